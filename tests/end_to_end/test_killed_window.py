"""A window that is killed takes its worker along, and never its trainer."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.child_process import child_environment, module_command
from playground.contract.run_directory import Control, RunDirectory
from playground.ui.state.current_run import CurrentRun

PATIENCE_S = 150.0

# A window of its own, in which the button of the Train page is pressed.
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from playground.ui.app import assemble
from playground.ui.pages.train import controls
from playground.ui.state.settings import Settings

built = assemble(Settings(), None, "train", "light", "en")
built.window.show()
draft = built.window.app.draft
draft.set_source(sys.argv[1])
draft.replace(draft.config.with_values({
    "model.n_layers": 2, "model.n_heads": 2, "model.d_model": 32, "model.d_ff": 64, "model.n_ctx": 32,
    "tokenizer.vocab_size": 300, "training.max_steps": 1_000_000, "training.batch_size": 4,
    "training.warmup_steps": 5,
}))

def start():
    if built.window.page.can(controls.START) and draft.text is not None:
        looking.stop()
        built.window.page.button(controls.START).click()
        print(built.window.app.current.path, built.worker.pid, flush=True)

looking = QTimer()
looking.timeout.connect(start)
looking.start(50)
sys.exit(built.application.exec())
"""


def _window(text: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(text)], stdout=subprocess.PIPE, text=True, env=child_environment()
    )


@pytest.fixture
def killed_window(playground_home: Path, small_text: Path) -> Iterator[tuple[RunDirectory, int]]:
    """The run whose training a window began before it was killed, and the worker that the window had."""
    window = _window(small_text)
    assert window.stdout
    run_path, _, worker_pid = window.stdout.readline().strip().rpartition(" ")
    run = RunDirectory(run_path)
    try:
        _wait_for(lambda: run.state() == run_directory.TRAINING and run.status().step > 0)
        assert window.poll() is None
        window.kill()
        window.wait()
        yield run, int(worker_pid)
    finally:
        window.kill()
        window.wait()
        window.stdout.close()
        if run.exists() and run.state() in run_directory.ACTIVE_STATES:
            psutil.Process(run.status().pid).kill()


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def test_the_training_goes_on_and_the_next_window_sees_all_of_it(
    killed_window: tuple[RunDirectory, int], qtbot: QtBot
) -> None:
    run, worker_pid = killed_window
    _wait_for(lambda: not _is_at_work(worker_pid))
    at_death = run.status().step
    _wait_for(lambda: run.status().step > at_death + 20)
    assert run.state() == run_directory.TRAINING

    current = CurrentRun()
    current.open(run.path)
    assert current.is_active
    rows = current.metrics.train
    qtbot.waitUntil(lambda: rows.n_rows > at_death + 20, timeout=int(1000 * PATIENCE_S))
    assert rows.column("step").tolist() == list(range(1, rows.n_rows + 1))
    n_seen = rows.n_rows
    qtbot.waitUntil(lambda: rows.n_rows > n_seen, timeout=int(1000 * PATIENCE_S))
    assert [event["kind"] for event in current.events].count("started") == 1

    trainer_pid = run.status().pid
    current.wish(run_directory.STOP)
    qtbot.waitUntil(lambda: current.state == run_directory.STOPPED, timeout=int(1000 * PATIENCE_S))
    _wait_for(lambda: not _is_at_work(trainer_pid))
    qtbot.waitUntil(lambda: rows.n_rows == run.status().step, timeout=int(1000 * PATIENCE_S))
    assert rows.column("step").tolist() == list(range(1, rows.n_rows + 1))
    assert run.checkpoint_steps()[-1] == run.status().step
    assert current.snapshots
    current.close()


@pytest.mark.slow
@pytest.mark.parametrize("attempt", range(20))
def test_a_training_survives_its_window_whenever_that_dies(
    playground_home: Path, small_text: Path, attempt: int
) -> None:
    """From right after the button was pressed, before the trainer has said a word, to some seconds later."""
    window = _window(small_text)
    assert window.stdout
    run = RunDirectory(window.stdout.readline().strip().rpartition(" ")[0])
    time.sleep(0.3 * attempt)
    window.kill()
    window.wait()
    window.stdout.close()
    try:
        _wait_for(lambda: run.state() == run_directory.TRAINING and run.status().step > 20)
        at_death = run.status().step
        _wait_for(lambda: run.status().step > at_death)
    finally:
        _end(run)
    assert run.state() == run_directory.STOPPED


def test_a_run_that_was_started_by_hand_is_seen_and_steered_in_the_same_way(
    playground_home: Path, small_text: Path, qtbot: QtBot
) -> None:
    path = playground_home / "by-hand"
    settings = (
        "model.n_layers=1", "model.n_heads=2", "model.d_model=16", "model.d_ff=32", "model.n_ctx=16",
        "tokenizer.type=characters", "training.max_steps=1000000", "training.batch_size=2",
    )  # fmt: skip
    trainer = subprocess.Popen(
        [
            *module_command("playground", "train", str(path), "--corpus", str(small_text)),
            *(part for setting in settings for part in ("--set", setting)),
        ],
        stdout=subprocess.DEVNULL,
        env=child_environment(),
    )
    current = CurrentRun()
    try:
        _wait_for(lambda: RunDirectory(path).exists())
        current.open(path)
        rows = current.metrics.train
        qtbot.waitUntil(lambda: rows.n_rows > 20, timeout=int(1000 * PATIENCE_S))
        assert current.is_active
        current.wish(run_directory.PAUSE)
        qtbot.waitUntil(lambda: current.state == run_directory.PAUSED, timeout=int(1000 * PATIENCE_S))
        step = current.status.step
        current.request_step()
        qtbot.waitUntil(lambda: current.status.step == step + 1, timeout=int(1000 * PATIENCE_S))
        current.wish(run_directory.STOP)
        assert trainer.wait(PATIENCE_S) == 0
        qtbot.waitUntil(lambda: current.state == run_directory.STOPPED, timeout=int(1000 * PATIENCE_S))
    finally:
        current.close()
        trainer.kill()
        trainer.wait()


def _end(run: RunDirectory) -> None:
    """Stop a trainer, hard if it does not listen."""
    run.write_control(Control(wish=run_directory.STOP))
    deadline = time.monotonic() + 30
    while run.state() in run_directory.ACTIVE_STATES and time.monotonic() < deadline:
        time.sleep(0.05)
    if run.state() in run_directory.ACTIVE_STATES:
        psutil.Process(run.status().pid).kill()


def _is_at_work(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
