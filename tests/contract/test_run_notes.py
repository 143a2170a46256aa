"""Notes lie with their run as plain text, whole or not at all."""

import os
from pathlib import Path

import pytest
from made_runs import make_run

from playground.contract.errors import RunError, StorageError
from playground.contract.run_notes import MOST_BYTES, notes_hint, notes_path, read_notes, try_read_notes, write_notes


def test_what_is_written_is_read(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites").path
    assert read_notes(run) == ""
    write_notes(run, "\n 学習率を下げた \nlower rate")
    assert read_notes(run) == "\n 学習率を下げた \nlower rate"
    assert notes_hint(run) == "学習率を下げた"
    assert (run / "notes.txt").read_bytes().decode() == "\n 学習率を下げた \nlower rate"


def test_no_file_without_words(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites").path
    write_notes(run, "")
    assert not notes_path(run).exists()
    write_notes(run, "x")
    write_notes(run, "")
    assert read_notes(run) == ""


def test_too_much_is_refused_and_the_former_stays(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites").path
    write_notes(run, "kept")
    with pytest.raises(RunError, match="Shorten"):
        write_notes(run, "x" * (MOST_BYTES + 1))
    assert read_notes(run) == "kept"


def test_no_run_no_notes(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is gone"):
        write_notes(tmp_path / "nothing", "x")
    assert not (tmp_path / "nothing").exists()


def test_a_disk_that_refuses_leaves_the_former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path / "kites").path
    write_notes(run, "kept")

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        write_notes(run, "new")
    assert read_notes(run) == "kept"


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites").path
    notes_path(run).mkdir()
    text, problem = try_read_notes(run)
    assert (text, "not a plain file" in problem) == ("", True)
    assert notes_hint(run) == ""
