"""Further runs beside the one in view: offered, chosen, followed."""

import os
import shutil
from pathlib import Path

from made_runs import append_steps, loss_at, make_run
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.ui.state.compared_runs import MOST_CHOSEN, ComparedRuns


def dated(folder: Path, name: str, at_s: int) -> Path:
    run = make_run(folder / name, n_steps=10)
    os.utime(run.metrics_path, (at_s, at_s))
    return run.path


def test_the_newest_with_numbers_are_offered_without_the_one_in_view(qtbot: QtBot, runs_folder: Path) -> None:
    paths = [dated(runs_folder, f"run {index}", 1000 + index) for index in range(12)]
    make_run(runs_folder / "never trained", run_directory.NEW)
    runs = ComparedRuns()
    runs.offer(runs_folder, paths[11])
    assert runs.offered == tuple(reversed(paths[3:11]))


def test_a_chosen_run_is_offered_however_old(qtbot: QtBot, runs_folder: Path) -> None:
    old = dated(runs_folder, "old", 1)
    runs = ComparedRuns()
    runs.offer(runs_folder, None)
    runs.choose(old, True)
    for index in range(9):
        dated(runs_folder, f"run {index}", 1000 + index)
    runs.offer(runs_folder, None)
    assert runs.offered[-1] == old
    assert len(runs.offered) == 9


def test_a_chosen_run_is_read_whole_and_followed(qtbot: QtBot, runs_folder: Path) -> None:
    run = make_run(runs_folder / "kites", n_steps=3000)  # several bites
    runs = ComparedRuns()
    runs.choose(run.path, True)
    (chosen,) = runs.chosen
    qtbot.waitUntil(lambda: chosen.metrics.train.n_rows == 3000)
    assert chosen.metrics.train.last("loss") == loss_at(3000)
    append_steps(run, range(3001, 3011))
    with qtbot.waitSignal(runs.metrics_appended):
        pass
    assert chosen.metrics.train.n_rows == 3010


def test_nothing_is_read_while_nobody_looks(qtbot: QtBot, runs_folder: Path) -> None:
    run = make_run(runs_folder / "kites", n_steps=10)
    runs = ComparedRuns()
    runs.choose(run.path, True)
    runs.pause()
    append_steps(run, range(11, 21))
    with qtbot.assertNotEmitted(runs.metrics_appended, wait=700):
        pass
    with qtbot.waitSignal(runs.metrics_appended):
        runs.go_on()


def test_colours_stay_and_are_used_again(qtbot: QtBot, runs_folder: Path) -> None:
    paths = [dated(runs_folder, f"run {index}", 1000 + index) for index in range(MOST_CHOSEN + 1)]
    runs = ComparedRuns()
    for path in paths:
        runs.choose(path, True)
    assert [runs.slot(path) for path in paths] == [0, 1, 2, 3, None]
    runs.choose(paths[1], False)
    runs.choose(paths[4], True)
    assert [runs.slot(path) for path in paths] == [0, None, 2, 3, 1]


def test_a_run_that_is_gone_or_comes_into_view_is_chosen_no_more(qtbot: QtBot, runs_folder: Path) -> None:
    first, second = dated(runs_folder, "first", 1), dated(runs_folder, "second", 2)
    runs = ComparedRuns()
    runs.choose(first, True)
    runs.choose(second, True)
    shutil.rmtree(first)
    with qtbot.waitSignal(runs.chosen_changed):
        runs.offer(runs_folder, None)
    assert [run.path for run in runs.chosen] == [second]
    runs.offer(runs_folder, second)
    assert runs.chosen == ()
