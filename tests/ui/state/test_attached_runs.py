"""Attached runs are remembered between starts, there or not."""

from pathlib import Path

import pytest
from made_runs import make_run

from playground.ui.state.attached_runs import AttachedRuns
from playground.ui.state.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def test_they_are_remembered_even_if_gone(file: Path) -> None:
    settings = Settings(file)
    attached = AttachedRuns(settings)
    for name in ("/mnt/a, b", "/mnt/猫", "/mnt/a, b"):
        attached.attach(Path(name))
    settings.sync()
    assert AttachedRuns(Settings(file)).paths() == [Path("/mnt/猫"), Path("/mnt/a, b")]


def test_one_that_is_let_go_is_not_opened_last_either(file: Path, tmp_path: Path) -> None:
    run = make_run(tmp_path / "far").path
    settings = Settings(file)
    settings.add_recent_run(run)
    attached = AttachedRuns(settings)
    attached.attach(run)
    attached.detach(run)
    assert (attached.paths(), settings.recent_runs()) == ([], [])
    assert run.is_dir()


def test_another_name_keeps_its_place(file: Path) -> None:
    attached = AttachedRuns(Settings(file))
    attached.attach(Path("/mnt/a"))
    attached.attach(Path("/mnt/b"))
    attached.rename(Path("/mnt/a"), Path("/mnt/c"))
    assert attached.paths() == [Path("/mnt/c"), Path("/mnt/b")]


@pytest.mark.parametrize("text", ["{", "3", '["", 4, null]', "[" * 100_000])
def test_damage_is_none(file: Path, text: str) -> None:
    settings = Settings(file)
    settings.set_text("attached_runs", text)
    assert AttachedRuns(settings).paths() == []
