"""The shelf: what was used last stays, within a budget; a file that was written anew is not taken for the old one."""

import os
from pathlib import Path

from playground.answers.shelf import Shelf, look_of


def test_the_least_recently_used_thing_goes_first() -> None:
    shelf: Shelf[str] = Shelf(10, len)
    shelf.keep("a", "aaaa")
    shelf.keep("b", "bbbb")
    assert shelf.find("a") == "aaaa"
    shelf.keep("c", "cccc")  # 12 of 10
    assert [shelf.find(key) for key in "abc"] == ["aaaa", None, "cccc"]


def test_the_newest_thing_stays_however_large() -> None:
    shelf: Shelf[str] = Shelf(10, len)
    shelf.keep("a", "aaaa")
    shelf.keep("large", "x" * 100)
    assert shelf.find("large") == "x" * 100
    assert shelf.find("a") is None


def test_a_thing_kept_anew_replaces_the_former() -> None:
    shelf: Shelf[str] = Shelf(10, len)
    shelf.keep("a", "old")
    shelf.keep("a", "new")
    assert shelf.find("a") == "new"


def test_a_file_looks_different_once_it_was_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_bytes(b"1234")
    os.utime(path, ns=(10**18, 10**18))
    before = look_of(path)
    assert look_of(path) == before
    os.utime(path, ns=(10**18, 10**18 + 1))
    later = look_of(path)
    path.write_bytes(b"12345")
    os.utime(path, ns=(10**18, 10**18 + 1))
    assert len({before, later, look_of(path)}) == 3


def test_a_folder_looks_different_once_a_file_in_it_changes(tmp_path: Path) -> None:
    assert look_of(tmp_path / "missing") == ()
    (tmp_path / "tokenizer.model").write_bytes(b"1")
    before = look_of(tmp_path)
    (tmp_path / "tokenizer.toml").write_bytes(b"2")
    assert look_of(tmp_path) != before
