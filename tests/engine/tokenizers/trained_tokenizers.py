"""A tokenizer of each kind, trained once, on a small generated text in English, Japanese and emoji."""

import random
from functools import cache

from playground.contract.config import TokenizerConfig
from playground.engine.tokenizers.tokenizer import Tokenizer
from playground.engine.tokenizers.training import train_tokenizer


def ignore(progress: float) -> None:
    """Nobody watches."""


@cache
def mixed_text() -> str:
    """Lines as people write them: words, kana and kanji, emoji with joiners, tabs, blank lines, runs of spaces."""
    rng = random.Random(5)
    english = _words("the cat sat on a mat and then it slept while dogs ran past old houses near the river")
    japanese = _words("猫 が いました 。 犬 も 森 で 走って 空 を 見ました 、 とても 楽しい 日 でした")
    marks = ["😀", "👩‍👩‍👧", "🇯🇵", "é", "\t", "  ", "—", "Straße"]
    lines = []
    for _ in range(400):
        lines.append(" ".join(rng.choices(english, k=8)).capitalize() + ".")
        lines.append("".join(rng.choices(japanese, k=8)))
        lines.append(rng.choice(["", rng.choice(marks) + " " + rng.choice(english) + rng.choice(marks)]))
    return "\n".join(lines) + "\n"


@cache
def trained_once(type: str, byte_fallback: bool) -> Tokenizer:
    """Each is trained a single time, whatever asks for it."""
    config = TokenizerConfig(type=type, vocab_size=500, byte_fallback=byte_fallback)
    return train_tokenizer(mixed_text(), config, ignore)


def _words(line: str) -> list[str]:
    return line.split()
