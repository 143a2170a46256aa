"""The list of all runs, read on a thread."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from made_runs import make_run, write_status
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.ui.state import run_list
from playground.ui.state.run_list import RunList, read_runs, readings
from playground.ui.state.run_summary import GONE, UNREAD, SummaryReader


def refreshed(qtbot: QtBot, runs: RunList, *elsewhere: Path) -> list[str]:
    with qtbot.waitSignal(runs.refreshed):
        runs.refresh(elsewhere)
    return [run.name for run in runs.runs]


def test_runs_come_and_go(qtbot: QtBot, runs_folder: Path) -> None:
    runs = RunList()
    assert refreshed(qtbot, runs) == []
    make_run(runs_folder / "kites")
    make_run(runs_folder / "Bells")
    (runs_folder / "notes").mkdir()
    assert refreshed(qtbot, runs) == ["Bells", "kites"]
    shutil.rmtree(runs_folder / "Bells")
    assert refreshed(qtbot, runs) == ["kites"]


def test_news_are_told_once(qtbot: QtBot, runs_folder: Path) -> None:
    run = make_run(runs_folder / "kites")
    runs = RunList()
    refreshed(qtbot, runs)
    with qtbot.assertNotEmitted(runs.runs_changed):
        refreshed(qtbot, runs)
    write_status(run, run_directory.FINISHED, 999)
    with qtbot.waitSignal(runs.runs_changed):
        runs.refresh()
    assert runs.runs[0].step == 999


def test_a_question_during_a_reading_is_answered_after_it(qtbot: QtBot, runs_folder: Path, tmp_path: Path) -> None:
    far = make_run(tmp_path / "far")
    runs = RunList()
    runs.refresh()
    runs.refresh([far.path])
    qtbot.waitUntil(lambda: [run.name for run in runs.runs] == ["far"])


def test_runs_elsewhere_are_listed_once(tmp_path: Path, runs_folder: Path) -> None:
    kites = make_run(runs_folder / "kites").path
    far = make_run(tmp_path / "far").path
    (tmp_path / "link").symlink_to(far)
    elsewhere = [far, kites, tmp_path / "link", tmp_path / "gone"]
    found = read_runs(SummaryReader(), runs_folder, elsewhere)
    assert [run.path for run in found] == [kites, far]


def test_an_attached_run_stays_listed_when_it_is_gone(tmp_path: Path, runs_folder: Path) -> None:
    far = make_run(tmp_path / "far").path
    reader = SummaryReader()
    found = read_runs(reader, runs_folder, attached=[far, tmp_path / "gone"])
    assert [(run.name, run.is_attached, run.state == GONE) for run in found] == [
        ("far", True, False),
        ("gone", True, True),
    ]
    shutil.rmtree(far)
    assert [run.state for run in read_runs(reader, runs_folder, attached=[far])] == [GONE]


def test_the_persons_own_runs_are_never_attached_ones(runs_folder: Path) -> None:
    own = make_run(runs_folder / "kites").path
    assert [run.is_attached for run in read_runs(SummaryReader(), runs_folder, attached=[own])] == [False]


def many_runs(folder: Path, n_runs: int) -> None:
    """Copies of one run, each a minute older than the one before it."""
    first = make_run(folder / "run 0000", n_steps=100)
    status = json.loads(first.status_path.read_text())
    now = time.time()
    for number in range(1, n_runs):
        path = folder / f"run {number:04}"
        shutil.copytree(first.path, path)
        (path / "status.json").write_text(json.dumps(status | {"updated_at": now - 60 * number}))
        for file in path.iterdir():
            os.utime(file, (now - 60 * number, now - 60 * number))


def test_names_come_first_then_the_newest(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many_runs(runs_folder, 30)
    monkeypatch.setattr(run_list, "_PORTION_S", 0.0)
    told = list(readings(SummaryReader(), runs_folder))
    assert [len(reading) for reading in told] == [30] * len(told)
    assert [run.state for run in told[0]] == [UNREAD] * 30
    assert [run.name for run in told[1] if run.state != UNREAD] == ["run 0000"]
    assert not any(run.state == UNREAD for run in told[-1])


def test_many_runs_are_read_once(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many_runs(runs_folder, 200)
    opened: list[str] = []
    whole = Path.open

    def counted(path: Path, *arguments: object, **options: object) -> object:
        opened.append(path.name)
        return whole(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", counted)
    monkeypatch.setattr(run_list, "_BREATH_S", 0.0)
    reader = SummaryReader()
    assert len(read_runs(reader, runs_folder)) == 200
    assert len(opened) <= 9 * 200  # config, status (for facts and state), metrics three times, events, lock, notes
    opened.clear()
    read_runs(reader, runs_folder)
    assert opened == []
    (runs_folder / "run 0150" / "notes.txt").write_text("x")
    read_runs(reader, runs_folder)
    assert 0 < len(opened) <= 9
