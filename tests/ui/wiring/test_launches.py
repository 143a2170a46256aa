"""Trainers between their start and their first word, with real processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from made_runs import make_run, write_status
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory
from playground.ui.wiring.launches import Launches


def launches(program: str) -> Launches:
    """Trainers that run `program` and print into the run's log, as the real ones."""

    def start(path: Path, resume: bool) -> "subprocess.Popen[bytes]":
        with RunDirectory(path).log_path.open("ab") as log:
            return subprocess.Popen([sys.executable, "-c", program], stderr=log, stdout=log)

    return Launches(start=start)


@pytest.fixture
def run(runs_folder: Path) -> RunDirectory:
    return make_run(runs_folder / "kites", run_directory.STOPPED)


def test_the_last_line_says_why(qtbot: QtBot, run: RunDirectory) -> None:
    started = launches("import sys; print('noise'); print('error: no torch\\n'); sys.exit(1)")
    with qtbot.waitSignal(started.changed):
        started.start(run.path, resume=True)
        assert started.is_waiting(run.path)
    assert not started.is_waiting(run.path)
    assert started.failure(run.path) == "The trainer ended before its first step: no torch"


def test_a_crash_without_a_line_names_the_log(qtbot: QtBot, run: RunDirectory) -> None:
    started = launches("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with qtbot.waitSignal(started.changed):
        started.start(run.path, resume=True)
    assert str(run.log_path) in started.failure(run.path)


def test_a_withdrawn_trainer_is_no_failure(qtbot: QtBot, run: RunDirectory) -> None:
    started = launches("import time; time.sleep(60)")
    with qtbot.waitSignal(started.changed):
        started.start(run.path, resume=True)
        started.withdraw(run.path)
    assert started.failure(run.path) == ""


def test_a_word_ends_the_waiting_and_the_process_is_reaped(qtbot: QtBot, run: RunDirectory) -> None:
    started = launches("import time; time.sleep(0.5)")
    with qtbot.waitSignal(started.changed):
        started.start(run.path, resume=True)
        write_status(run, run_directory.PREPARING, 0)
    assert not started.is_waiting(run.path)
    assert started.failure(run.path) == ""
    qtbot.waitUntil(lambda: not started._spoken)
    qtbot.waitUntil(lambda: not started._timer.isActive())


def test_another_start_forgets_the_failure(qtbot: QtBot, run: RunDirectory) -> None:
    started = launches("import sys; sys.exit(2)")
    with qtbot.waitSignal(started.changed):
        started.start(run.path, resume=True)
    assert started.failure(run.path)
    started.start(run.path, resume=True)
    assert started.failure(run.path) == ""
    qtbot.waitUntil(lambda: not started.is_waiting(run.path))
