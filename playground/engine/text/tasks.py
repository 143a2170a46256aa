"""Built-in tasks whose rule is known, so that one can see whether a model has learned it: one example a line."""

import random
from collections.abc import Callable
from functools import cache

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_N_LINES = 60_000
_LENGTHS = range(3, 11)
_DIGITS = range(1, 4)


@cache
def copy_text(seed: int) -> str:
    """Lines like `kxw=kxw`."""
    return _lines(seed, lambda word: word)


@cache
def reverse_text(seed: int) -> str:
    """Lines like `kxw=wxk`."""
    return _lines(seed, lambda word: word[::-1])


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


def _number(rng: random.Random) -> int:
    return rng.randrange(10 ** rng.choice(_DIGITS))
