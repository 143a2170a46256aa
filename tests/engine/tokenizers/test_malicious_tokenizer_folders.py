"""Folders with a tokenizer that are not what they seem: links, pipes, huge files, other encodings, Python code."""

import os
import re
from pathlib import Path

import pytest
from foreign_tokenizers import sentencepiece_model, write_folder, write_json
from refusals import refusal

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers import foreign
from playground.engine.tokenizers.importing import import_tokenizer

GPT2 = "gpt2"
NAMES = ["tokenizer.json", "tokenizer.model", "spiece.model", "source.spm", "vocab.txt", "tokenizer_config.json"]


@pytest.mark.parametrize("name", NAMES)
def test_links_are_not_followed(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret").write_text("{}")
    (tmp_path / "folder" / name).symlink_to(tmp_path / "secret")
    assert "is a link" in refusal(tmp_path / "folder")


@pytest.mark.parametrize("name", NAMES)
def test_a_pipe_is_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    assert "is no plain file" in refusal(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_in_the_place_of_a_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    assert name in refusal(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_huge_file_is_not_read(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(1 << 40)
    assert "more than the" in refusal(tmp_path)


def test_a_vocabulary_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_bytes("[UNK]\n猫\n".encode("shift_jis"))
    assert "vocab.txt is not UTF-8: byte 6 is 0x94" in refusal(tmp_path)


def test_a_vocabulary_in_utf16(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_bytes("[UNK]\ncat\n".encode("utf-16"))
    assert "vocab.txt is not UTF-8: byte 0 is 0xff" in refusal(tmp_path)


def test_a_line_twice(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("[UNK]\ncat\ncat\n")
    assert "vocab.txt occurs twice" in refusal(tmp_path)


def test_a_vocabulary_without_an_unknown_piece(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("cat\ndog\n")
    assert "its unknown piece '[UNK]' is not in its vocabulary" in refusal(tmp_path)


@pytest.mark.parametrize("line", ["nothing", "a  b", " a", "a b c", "x y"])
def test_merges_that_are_none(line: str, tmp_path: Path) -> None:
    write_json(tmp_path / "vocab.json", {"a": 0, "b": 1, "ab": 2})
    (tmp_path / "merges.txt").write_text(f"#version: 0.2\na b\n{line}\n")
    assert "merge 1 " in refusal(tmp_path)


def test_python_code_is_not_run(tmp_path: Path) -> None:
    write_folder(tmp_path, GPT2, auto_map={"AutoTokenizer": ["tokenization_own.OwnTokenizer", None]})
    (tmp_path / "tokenization_own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    assert "own Python code (auto_map), which is never run" in refusal(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_python_code_that_config_names_is_not_run(tmp_path: Path) -> None:
    write_folder(tmp_path, GPT2)
    write_json(tmp_path / "config.json", {"auto_map": {"AutoTokenizer": "tokenization_own.OwnTokenizer"}})
    assert "own Python code" in refusal(tmp_path)


def test_a_template_is_not_even_looked_at(tmp_path: Path) -> None:
    write_folder(tmp_path, GPT2, chat_template="{{ ''.__class__.__mro__ }}{% for a in range(10**9) %}{% endfor %}")
    assert import_tokenizer(tmp_path).vocab_size == 600


def test_a_folder_without_a_tokenizer(tmp_path: Path) -> None:
    assert "has no tokenizer: no tokenizer.json, tokenizer.model" in refusal(tmp_path)


def test_fewer_rows_than_pieces(tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match=r"has 600 pieces, and the model's table 599 rows"):
        import_tokenizer(write_folder(tmp_path, GPT2), 599)


def test_more_rows_than_any_model_has(tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match=r"600 pieces, and the model's table 1,000,001 rows"):
        import_tokenizer(write_folder(tmp_path, GPT2), 1_000_001)


@pytest.mark.parametrize("id", [600, 1 << 70])
def test_a_special_id_outside_of_the_vocabulary(id: int, tmp_path: Path) -> None:
    write_folder(tmp_path, GPT2)
    write_json(tmp_path / "config.json", {"pad_token_id": id})
    with pytest.raises(TokenizerError, match=r"config\.json gives pad_token_id"):
        import_tokenizer(tmp_path)


@pytest.mark.parametrize("n_bytes", [0, 1, 500, 3000])
def test_a_cut_sentencepiece_model(n_bytes: int, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.model").write_bytes(sentencepiece_model()[:n_bytes])
    assert "tokenizer.model is refused" in refusal(tmp_path)


def test_a_sentencepiece_model_with_a_long_piece(tmp_path: Path) -> None:
    # a message SentencePiece of its field 1: piece (1) of 100,000 bytes, and its score (2)
    piece = b"\x0a" + varint(100_000) + b"a" * 100_000 + b"\x15\0\0\0\0"
    (tmp_path / "tokenizer.model").write_bytes(sentencepiece_model() + b"\x0a" + varint(len(piece)) + piece)
    assert re.search(r"Piece \d+ of the tokenizer has 100,000 bytes|broke the process|damaged", refusal(tmp_path))


def test_nothing_is_opened_here_that_was_not_tried_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, data: bytes) -> None:
        raise TokenizerError("Not today.")

    monkeypatch.setattr(foreign, "try_elsewhere", refuse)
    monkeypatch.setattr(foreign, "_passed", set())
    assert "Not today." in refusal(write_folder(tmp_path, GPT2))


def varint(number: int) -> bytes:
    """As protocol buffers write numbers."""
    parts = []
    while number >= 128:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])
