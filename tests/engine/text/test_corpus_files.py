"""Files and folders as one text, and the sentences where there is none."""

import hashlib
import os
from pathlib import Path

import pytest

from playground.contract.errors import TextError
from playground.engine.text import corpus as corpus_module
from playground.engine.text.corpus import BUILTIN_NAMES, describe, read_corpus


def put(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def test_a_file_is_one_text(tmp_path: Path) -> None:
    path = put(tmp_path / "cats.txt", "猫がいました。\r\n")
    corpus = read_corpus(str(path))
    assert corpus.text == "猫がいました。\n"
    assert (corpus.source, corpus.n_files, corpus.encoding) == (str(path), 1, "UTF-8")
    assert corpus.size_bytes == 7 * 3 + 2
    assert corpus.sha256 == hashlib.sha256("猫がいました。\n".encode()).hexdigest()


def test_line_ends_and_encoding_do_not_change_the_fingerprint(tmp_path: Path) -> None:
    one = put(tmp_path / "one.txt", "a\nb\n")
    other = put(tmp_path / "other.txt", "a\r\nb\r\n".encode("utf-16"))
    assert read_corpus(str(one)).sha256 == read_corpus(str(other)).sha256


def test_home_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    put(tmp_path / "mine.txt", "mine")
    assert read_corpus("~/mine.txt").text == "mine"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\u3000\n".encode()])
def test_nothing_but_whitespace_is_empty(tmp_path: Path, data: bytes) -> None:
    path = put(tmp_path / "empty.txt", data)
    with pytest.raises(TextError, match=r"empty\.txt is empty\. Choose a file with some text"):
        read_corpus(str(path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"There is no file .*gone\.txt\. Check the name"):
        read_corpus(str(tmp_path / "gone.txt"))


def test_a_pipe_is_no_text_file_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(TextError, match="is not a plain file"):
        read_corpus(str(tmp_path / "pipe.txt"))


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "bad\0name.txt", "~nobody-of-that-name/x.txt"])
def test_names_that_no_file_has_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A name too long, or the home of somebody unknown, once raised a bare error of the system."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TextError, match=r"Cannot read|There is no file"):
        read_corpus(name)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    path = put(tmp_path / "secret.txt", "hidden")
    path.chmod(0)
    with pytest.raises(TextError, match="Check its permissions"):
        read_corpus(str(path))


def test_an_unreadable_file_is_told_by_a_failing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "secret.txt", "hidden")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(TextError, match=r"Cannot read .*secret\.txt: Permission denied\. Check its permissions"):
        read_corpus(str(path))


def test_a_folder_is_its_text_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    put(tmp_path / "b.txt", "second")
    put(tmp_path / "a.md", "first")
    put(tmp_path / "c" / "deep" / "d.TXT", "third")
    put(tmp_path / "z.text", b"\xef\xbb\xbffourth\r\n")
    put(tmp_path / "picture.png", b"\x89PNG\0")
    put(tmp_path / ".hidden.txt", "hidden")
    put(tmp_path / ".git" / "notes.txt", "hidden too")
    corpus = read_corpus(str(tmp_path))
    assert corpus.text == "first\nsecond\nthird\nfourth\n"
    assert corpus.n_files == 4
    assert corpus.encoding == "UTF-8, UTF-8 (BOM)"
    assert corpus.size_bytes == sum(map(len, (b"first", b"second", b"third", b"\xef\xbb\xbffourth\r\n")))


def test_a_folder_inside_a_hidden_one_is_read_when_it_was_asked_for(tmp_path: Path) -> None:
    put(tmp_path / ".cache" / "books" / "a.txt", "chosen")
    assert read_corpus(str(tmp_path / ".cache" / "books")).text == "chosen"


def test_a_folder_without_text_files_says_what_was_looked_for(tmp_path: Path) -> None:
    put(tmp_path / "picture.png", b"\x89PNG\0")
    put(tmp_path / "shelf.txt" / "data.csv", "1,2")
    with pytest.raises(TextError, match=r"holds no text file \(looked for \.txt, \.text, \.md\)"):
        read_corpus(str(tmp_path))


def test_a_bad_file_in_a_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path / "good.txt", "good")
    put(tmp_path / "old.txt", "猫がいました。".encode("shift_jis"))
    with pytest.raises(TextError, match=r"old\.txt is not UTF-8 .* Shift_JIS"):
        read_corpus(str(tmp_path))


def test_more_than_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_module, "SIZE_LIMIT_BYTES", 10)
    put(tmp_path / "a.txt", "123456")
    assert read_corpus(str(tmp_path / "a.txt")).text == "123456"
    put(tmp_path / "b.txt", "12345")
    with pytest.raises(TextError, match=r"b\.txt brings the text to more than"):
        read_corpus(str(tmp_path))


def test_one_huge_line_is_a_text(tmp_path: Path) -> None:
    path = put(tmp_path / "line.txt", "ab " * 1_000_000)
    found = describe(read_corpus(str(path)))
    assert (found.n_lines, found.n_characters, found.n_distinct_characters) == (1, 3_000_000, 3)
    assert 0 < len(found.preview) < 10_000


@pytest.mark.parametrize(("text", "n_lines"), [("a", 1), ("a\n", 1), ("a\nb", 2), ("a\nb\n", 2), ("a\n\nb\n", 3)])
def test_lines_are_counted_as_a_person_does(tmp_path: Path, text: str, n_lines: int) -> None:
    assert describe(read_corpus(str(put(tmp_path / "a.txt", text)))).n_lines == n_lines


def test_facts_of_a_text(tmp_path: Path) -> None:
    found = describe(read_corpus(str(put(tmp_path / "a.txt", "猫と猫\r\n"))))
    assert (found.n_characters, found.n_distinct_characters) == (4, 3)  # the newline is one
    assert found.size_bytes == 11
    assert found.n_files == 1
    assert found.preview == "猫と猫\n"


def test_an_unknown_builtin_names_those_that_there_are() -> None:
    with pytest.raises(TextError) as caught:
        read_corpus("builtin:tales-de")
    assert all(f"builtin:{name}" in str(caught.value) for name in BUILTIN_NAMES)
