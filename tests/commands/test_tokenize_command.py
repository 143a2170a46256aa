"""`playground tokenize` and `playground tokenizer train`: every token is a span of the text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.contract.run_directory import RunDirectory

Says = Callable[..., str]
SaysJson = Callable[..., Any]

TEXT = "".join(
    f"The {animal} saw {n} stars over the hill. 夜空に星が光る。\n" for n in range(60) for animal in ("cat", "owl")
)


@pytest.fixture(scope="session")
def own_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "own.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_characters_by_their_spans(trained: RunDirectory, says: Says, says_json: SaysJson) -> None:
    text = "abc=ab"
    tokens = says_json("tokenize", trained.path, text)["tokens"]
    assert [text[token["start"] : token["end"]] for token in tokens] == list(text)
    assert [token["piece"] for token in tokens] == list(text)
    assert tokens[0]["id"] == tokens[4]["id"]
    lines = says("tokenize", trained.path, text).splitlines()
    assert len(lines) == 6
    assert lines[1].split() == [str(tokens[1]["id"]), "1:2", "b"]


def test_what_the_tokenizer_does_not_know_is_marked(trained: RunDirectory, says_json: SaysJson) -> None:
    (token,) = says_json("tokenize", trained.path, "本")["tokens"]
    assert token["kind"] == "unknown"
    assert (token["start"], token["end"]) == (0, 1)


@pytest.mark.parametrize(("kind", "size"), [("unigram", 400), ("bpe", 400), ("characters", 400)])
def test_a_tokenizer_of_ones_own(
    own_text: Path, tmp_path: Path, says: Says, says_json: SaysJson, kind: str, size: int
) -> None:
    out = tmp_path / "t"
    made = says_json("tokenizer", "train", out, "--corpus", own_text, "--type", kind, "--vocab-size", size)
    assert made["folder"] == str(out)
    assert 256 < made["vocab_size"] <= size
    text = "The cat 🙂 saw 夜空\nover  it"
    found = says_json("tokenize", "--tokenizer", out, text)
    assert found["vocab_size"] == made["vocab_size"]
    spans = [(token["start"], token["end"]) for token in found["tokens"]]
    assert "".join(text[start:end] for start, end in dict.fromkeys(spans)) == text
    assert {token["kind"] for token in found["tokens"]} == {"piece", "byte"}
    rows = says("tokenize", "--tokenizer", out, text).splitlines()
    assert len(rows) == len(found["tokens"])
    assert sum("(byte)" in row for row in rows) == sum(token["kind"] == "byte" for token in found["tokens"])


def test_a_folder_with_a_tokenizer_is_not_overwritten(trained: RunDirectory, own_text: Path, fails: Says) -> None:
    before = (trained.tokenizer_path / "tokenizer.toml").read_bytes()
    sentence = fails("tokenizer", "train", trained.tokenizer_path, "--corpus", own_text)
    assert "already holds a tokenizer. Choose another folder." in sentence
    assert (trained.tokenizer_path / "tokenizer.toml").read_bytes() == before


def test_a_vocabulary_that_cannot_be(own_text: Path, tmp_path: Path, fails: Says) -> None:
    arguments = ("tokenizer", "train", tmp_path / "t", "--corpus", own_text)
    assert "byte fallback alone takes 256 pieces" in fails(*arguments, "--vocab-size", "280")
    assert "distinct characters" in fails(*arguments, "--vocab-size", "16", "--no-byte-fallback")
    assert "tokenizer.vocab_size is 'big', but must be a whole number." in fails(*arguments, "--vocab-size", "big")
    assert not (tmp_path / "t").exists()


def test_control_characters_never_reach_the_terminal(trained: RunDirectory, says: Says) -> None:
    assert "\x1b" not in says("tokenize", trained.path, "a\x1b[31mb")
    assert "\x1b" not in json.dumps(says("tokenize", trained.path, "a\x1b[31mb"))


def test_an_empty_text_has_no_tokens(trained: RunDirectory, says_json: SaysJson) -> None:
    assert says_json("tokenize", trained.path, "")["tokens"] == []


def test_a_tokenizer_folder_that_is_none(tmp_path: Path, fails: Says) -> None:
    (tmp_path / "tokenizer.toml").write_text("format = 1\n[")
    assert "tokenizer.toml" in fails("tokenize", "--tokenizer", tmp_path, "text")
