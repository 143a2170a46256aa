"""What is remembered between starts: kept in one file, and never a reason not to start."""

from pathlib import Path

import pytest
from made_runs import make_run
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from playground import places
from playground.ui.state.settings import Settings


@pytest.fixture
def path(qtbot: QtBot, tmp_path: Path) -> Path:
    return tmp_path / "kept" / "settings.ini"


def test_values_are_there_at_the_next_start(path: Path) -> None:
    text = 'a "prompt"; with = signs, commas,\n[lines] and ふくろう 🦉 \\n %41'
    settings = Settings(path)
    settings.set_text("generate/prompt", text)
    settings.set_text("empty", "")
    settings.set_bytes("geometry", QByteArray(b"\x00\x01\xff"))
    settings.sync()
    again = Settings(path)
    assert again.text("generate/prompt") == text
    assert again.text("empty", "default") == ""
    assert again.bytes("geometry") == QByteArray(b"\x00\x01\xff")


def test_what_is_not_there_is_its_default(path: Path) -> None:
    settings = Settings(path)
    assert settings.text("theme", "system") == "system"
    assert settings.bytes("geometry").isEmpty()
    assert settings.recent_runs() == []
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00garbage", b"[General]\ntheme=a, b, c\ngeometry=text\nrecent_runs=@Invalid()\n", b"[[[\n==\n"],
)
def test_a_damaged_file_counts_for_nothing(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.text("theme", "system") == "system"
    assert settings.bytes("geometry").isEmpty()
    assert settings.recent_runs() == []
    settings.set_text("theme", "dark")
    settings.sync()
    assert Settings(path).text("theme") == "dark"


def test_recent_runs_come_newest_first_each_once(path: Path, tmp_path: Path) -> None:
    first, second, third = (make_run(tmp_path / name).path for name in ("one", "two, too", "ふくろう"))
    settings = Settings(path)
    for run in (first, second, third, first):
        settings.add_recent_run(run)
    assert settings.recent_runs() == [first, third, second]
    settings.sync()
    assert Settings(path).recent_runs() == [first, third, second]


def test_a_single_recent_run_is_remembered(path: Path, tmp_path: Path) -> None:
    """The file keeps a list of one as a plain string."""
    run = make_run(tmp_path / "one").path
    settings = Settings(path)
    settings.add_recent_run(run)
    settings.sync()
    assert Settings(path).recent_runs() == [run]


def test_ten_recent_runs_are_enough(path: Path, tmp_path: Path) -> None:
    settings = Settings(path)
    runs = [make_run(tmp_path / f"run {number}").path for number in range(12)]
    for run in runs:
        settings.add_recent_run(run)
    assert settings.recent_runs() == runs[:1:-1]


def test_a_run_that_is_gone_is_left_out(path: Path, tmp_path: Path) -> None:
    kept, gone = make_run(tmp_path / "kept run"), make_run(tmp_path / "gone")
    settings = Settings(path)
    settings.add_recent_run(kept.path)
    settings.add_recent_run(gone.path)
    gone.config_path.unlink()
    assert settings.recent_runs() == [kept.path]


def test_a_settings_file_that_cannot_be_written_is_no_hindrance(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    settings = Settings(tmp_path / "file" / "settings.ini")
    settings.set_text("theme", "dark")
    settings.sync()
    assert settings.text("theme") == "dark"


def test_it_lies_in_the_person_s_home(qtbot: QtBot, playground_home: Path) -> None:
    settings = Settings()
    settings.set_text("theme", "dark")
    settings.sync()
    assert places.settings_file() == playground_home / "settings.ini"
    assert "dark" in places.settings_file().read_text(encoding="utf-8")
