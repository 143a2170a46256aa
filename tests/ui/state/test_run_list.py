"""The list of all runs, read on a thread."""

import shutil
from pathlib import Path

from made_runs import make_run, write_status
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.ui.state.run_list import RunList, read_runs
from playground.ui.state.run_summary import SummaryReader


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
