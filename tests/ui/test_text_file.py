"""The beginnings of files as people have them."""

from pathlib import Path

import pytest

from playground.contract.errors import TextError
from playground.ui.text_file import read_beginning


def written(folder: Path, data: bytes) -> Path:
    path = folder / "text.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "吾輩は\r\n猫である\r🐈\n".encode(encoding))
    assert read_beginning(path, 100) == ("吾輩は\n猫である\n🐈\n", True)


def test_a_long_file_is_cut_at_a_whole_character(tmp_path: Path) -> None:
    path = written(tmp_path, ("a" + "猫" * 1000).encode())
    assert read_beginning(path, 10) == ("a" + "猫" * 9, False)
    assert read_beginning(path, 1001) == ("a" + "猫" * 1000, True)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 picture", b"zero\0byte", b"caf\xe9"])
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(TextError, match=r"text\.txt"):
        read_beginning(written(tmp_path, data), 100)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(TextError, match="Choose a text file"):
            read_beginning(path, 100)
