"""`playground score`: loss, perplexity and bits per byte of a text."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.contract.run_directory import RunDirectory

Says = Callable[..., str]
SaysJson = Callable[..., Any]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.txt"
    path.write_text("".join(f"{word}={word}\n" for word in ("abc", "kxw", "de", "fgh") * 10), encoding="utf-8")
    return path


def test_the_three_numbers_belong_together(trained: RunDirectory, other: Path, says_json: SaysJson) -> None:
    """One byte a token here: bits per byte are the loss in nats over ln 2."""
    found = says_json("score", trained.path, "--file", other)
    assert found["n_tokens"] == len(other.read_text())
    assert found["perplexity"] == pytest.approx(math.exp(found["loss"]))
    assert found["bits_per_byte"] == pytest.approx(found["loss"] / math.log(2))
    assert found["step"] == 30


def test_people_read_the_same_numbers(trained: RunDirectory, other: Path, says: Says, says_json: SaysJson) -> None:
    found = says_json("score", trained.path, "--file", other)
    lines = says("score", trained.path, "--file", other).splitlines()
    assert lines == [
        f"loss {found['loss']:.4f} nats per token over {found['n_tokens'] - 1} tokens",
        f"perplexity {found['perplexity']:.2f}",
        f"{found['bits_per_byte']:.4f} bits per byte",
    ]


def test_training_helps(trained: RunDirectory, other: Path, says_json: SaysJson) -> None:
    before = says_json("score", trained.path, "--file", other, "--step", 0)["loss"]
    assert says_json("score", trained.path, "--file", other)["loss"] < before - 0.5


def test_a_folder_of_texts(trained: RunDirectory, other: Path, says_json: SaysJson) -> None:
    alone = says_json("score", trained.path, "--file", other)
    assert says_json("score", trained.path, "--file", other.parent) == alone


def test_what_cannot_be_scored(trained: RunDirectory, tmp_path: Path, fails: Says) -> None:
    path = tmp_path / "x.txt"
    assert "There is no file" in fails("score", trained.path, "--file", path)
    path.write_text("")
    assert "is empty" in fails("score", trained.path, "--file", path)
    path.write_text("a")
    assert "Score a longer text" in fails("score", trained.path, "--file", path)
    path.write_bytes(b"\xff\xfe\xff")
    assert "Save it as UTF-8" in fails("score", trained.path, "--file", path)
