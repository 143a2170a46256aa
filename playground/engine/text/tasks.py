"""Built-in tasks whose rule is known, so that one can see whether a model has learned it: one example a line."""

import random
from collections.abc import Callable
from functools import cache

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_N_LINES = 60_000
_LENGTHS = range(3, 11)
_DIGITS = range(1, 4)
_PAIRS = range(2, 11)
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


@cache
def copy_text(seed: int) -> str:
    """Lines like `kxw=kxw`."""
    return _lines(seed, lambda word: word)


@cache
def reverse_text(seed: int) -> str:
    """Lines like `kxw=wxk`."""
    return _lines(seed, lambda word: word[::-1])


@cache
def sort_text(seed: int) -> str:
    """Lines like `kxw=kwx`."""
    return _lines(seed, lambda word: "".join(sorted(word)))


@cache
def brackets_text(seed: int) -> str:
    """Lines like `([]{})`: brackets of three kinds, each closed by its own and in the right order (Dyck words)."""
    rng = random.Random(f"brackets {seed}")
    return "".join(f"{_brackets(rng, rng.choice(_PAIRS))}\n" for _ in range(_N_LINES))


@cache
def addition_text(seed: int) -> str:
    """Lines like `27+308=335`, numbers of one to three digits."""
    rng = random.Random(f"addition {seed}")
    pairs = ((_number(rng), _number(rng)) for _ in range(_N_LINES))
    return "".join(f"{a}+{b}={a + b}\n" for a, b in pairs)


def _lines(seed: int, answer: Callable[[str], str]) -> str:
    rng = random.Random(f"words {seed}")
    words = ("".join(rng.choices(_LETTERS, k=rng.choice(_LENGTHS))) for _ in range(_N_LINES))
    return "".join(f"{word}={answer(word)}\n" for word in words)


def _brackets(rng: random.Random, n_pairs: int) -> str:
    written, open_ones = [], list[str]()
    while n_pairs or open_ones:
        if n_pairs and (not open_ones or rng.random() < 0.5):
            opening, closing = rng.choice(_BRACKETS)
            written.append(opening)
            open_ones.append(closing)
            n_pairs -= 1
        else:
            written.append(open_ones.pop())
    return "".join(written)


def _number(rng: random.Random) -> int:
    return rng.randrange(10 ** rng.choice(_DIGITS))
