"""A tokenizer's folder: it comes back the same, and what is damaged is told and never used."""

from pathlib import Path

import pytest
from trained_tokenizers import mixed_text, trained_once

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.tokenizer import Tokenizer, load_tokenizer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trained_once("unigram", True).save(tmp_path / "tokenizer")
    return tmp_path / "tokenizer"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_comes_back_the_same(tokenizer: Tokenizer, tmp_path: Path) -> None:
    tokenizer.save(tmp_path / "deep" / "tokenizer")
    loaded = load_tokenizer(tmp_path / "deep" / "tokenizer")
    assert (loaded.type, loaded.vocab_size) == (tokenizer.type, tokenizer.vocab_size)
    assert loaded.vocabulary().pieces == tokenizer.vocabulary().pieces
    text = mixed_text()[:2000]
    assert loaded.encode(text).tolist() == tokenizer.encode(text).tolist()


def test_saving_over_another_replaces_it(folder: Path) -> None:
    trained_once("bpe", False).save(folder)
    assert load_tokenizer(folder).type == "bpe"
    assert sorted(path.name for path in folder.iterdir()) == ["tokenizer.model", "tokenizer.toml"]


@pytest.mark.parametrize("name", ["tokenizer.toml", "tokenizer.model"])
def test_a_missing_file_means_no_tokenizer(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(TokenizerError, match="holds no tokenizer"):
        load_tokenizer(folder)


def test_a_missing_folder_means_no_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(TokenizerError, match=r"nowhere holds no tokenizer\. Train one"):
        load_tokenizer(tmp_path / "nowhere")


@pytest.mark.parametrize("n_bytes", [0, 1, 100, 3000])
def test_a_cut_model_is_told(folder: Path, n_bytes: int) -> None:
    path = folder / "tokenizer.model"
    path.write_bytes(path.read_bytes()[:n_bytes])
    with pytest.raises(TokenizerError, match="damaged"):
        load_tokenizer(folder)


@pytest.mark.parametrize("noise", [b"\xff" * 2000, b"not a model\n" * 100, b"\0" * 500])
def test_a_model_of_noise_is_told(folder: Path, noise: bytes) -> None:
    (folder / "tokenizer.model").write_bytes(noise)
    with pytest.raises(TokenizerError, match=r"tokenizer\.model is damaged"):
        load_tokenizer(folder)


@pytest.mark.parametrize("noise", [b"= nothing", b"\xff\xfe\0", b"vocab_size = ["])
def test_a_header_of_noise_is_told(folder: Path, noise: bytes) -> None:
    (folder / "tokenizer.toml").write_bytes(noise)
    with pytest.raises(TokenizerError, match=r"tokenizer\.toml is damaged"):
        load_tokenizer(folder)


def test_a_huge_header_is_not_read(folder: Path) -> None:
    (folder / "tokenizer.toml").write_bytes(b"#" * 1_000_000)
    with pytest.raises(TokenizerError, match=r"tokenizer\.toml is larger than"):
        load_tokenizer(folder)


def test_another_vocabulary_size_is_told(folder: Path) -> None:
    n = load_tokenizer(folder).vocab_size
    rewrite(folder / "tokenizer.toml", f"vocab_size = {n}", f"vocab_size = {n + 1}")
    with pytest.raises(TokenizerError, match=f"says {n + 1} pieces, and tokenizer.model has {n}"):
        load_tokenizer(folder)


@pytest.mark.parametrize("value", ["2", '"1"', "true", "[1]"])
def test_another_format_is_told(folder: Path, value: str) -> None:
    rewrite(folder / "tokenizer.toml", "format = 1", f"format = {value}")
    with pytest.raises(TokenizerError, match="format"):
        load_tokenizer(folder)


@pytest.mark.parametrize("value", ['"wordpiece"', "1", '["unigram"]', "{}"])
def test_another_type_is_told(folder: Path, value: str) -> None:
    rewrite(folder / "tokenizer.toml", 'type = "unigram"', f"type = {value}")
    with pytest.raises(TokenizerError, match=r"there are unigram, bpe, characters"):
        load_tokenizer(folder)


def test_a_folder_in_the_place_of_the_model_is_told(folder: Path) -> None:
    (folder / "tokenizer.model").unlink()
    (folder / "tokenizer.model").mkdir()
    with pytest.raises(TokenizerError, match="is not a plain file"):
        load_tokenizer(folder)
