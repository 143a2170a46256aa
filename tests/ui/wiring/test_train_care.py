"""What a person can do about a run on the Train page beside starting and stopping it: one step, another length, a new
beginning, a remedy after a failure, and the proof that it can go on exactly."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_runs import add_checkpoint, append_events, make_run, trainer_at_work, write_status
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot
from train_bench import Bench

from playground.contract import run_directory
from playground.contract.config import StartConfig
from playground.contract.run_directory import Control, RunDirectory
from playground.contract.run_notes import read_notes, write_notes
from playground.ui.charts.curve_marks import FORK, Mark
from playground.ui.run_check import RunCheck
from playground.ui.wiring import train as train_wiring
from playground.ui.wiring.run_verifying import RunVerifying


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path) -> Bench:
    return Bench(qtbot, runs_folder)


def opened(bench: Bench, state: str, step: int = 150, **status: Any) -> RunDirectory:
    """A run in view whose newest checkpoint is at `step`."""
    run = make_run(bench.runs / "kites", state, **status)
    add_checkpoint(run, step)
    bench.app.current.open(run.path)
    return run


def test_a_held_training_takes_one_step(bench: Bench) -> None:
    run = make_run(bench.runs / "kites", run_directory.PAUSED)
    run.write_control(Control(wish=run_directory.PAUSE, step_request=4))
    with trainer_at_work(run):
        bench.app.current.open(run.path)
        bench.press("step")
        assert run.control() == Control(wish=run_directory.PAUSE, step_request=5)


def test_a_run_that_cannot_go_on_has_no_length_to_change(bench: Bench) -> None:
    """An imported one has no checkpoint; the sample model stays as it is."""
    bench.app.current.open(make_run(bench.runs / "imported", run_directory.FINISHED).path)
    assert not bench.page.run_panel._length.isEnabled()
    assert bench.page.run_panel._length.toolTip() == "This run has nothing to go on from."
    opened(bench, run_directory.STOPPED)
    assert bench.page.run_panel._length.isEnabled()


def test_the_sample_model_is_not_written_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(bench.runs / "sample", run_directory.FINISHED)
    add_checkpoint(run, 100)
    monkeypatch.setattr(train_wiring, "sample_model", lambda: run.path)
    bench.app.current.open(run.path)
    assert not bench.page.run_panel._length.isEnabled()
    assert bench.keys() == ["new"]


def test_the_disk_is_looked_at_once_for_each_word_of_the_trainer(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it happens on the window's thread."""
    run = make_run(bench.runs / "kites", run_directory.TRAINING)
    looks = []
    steps = RunDirectory.checkpoint_steps
    monkeypatch.setattr(RunDirectory, "checkpoint_steps", lambda self: (looks.append(self), steps(self))[1])
    with trainer_at_work(run):
        bench.app.current.open(run.path)
        looks.clear()
        write_status(run, run_directory.TRAINING, 201)
        bench.app.current.poll()
    assert len(looks) == 1


def test_the_length_is_changed_while_it_trains(bench: Bench, qtbot: QtBot) -> None:
    run = make_run(bench.runs / "kites", run_directory.TRAINING)
    with trainer_at_work(run):
        bench.app.current.open(run.path)
        field = bench.page.run_panel._length
        assert field.value() == run.config().training.max_steps
        type_into(qtbot, field, "5000")
        assert run.control().max_steps == 5000


def test_a_finished_run_that_is_made_longer_goes_on(bench: Bench, qtbot: QtBot) -> None:
    run = opened(bench, run_directory.FINISHED)
    length = run.status().max_steps + 500
    assert bench.keys() == ["restart", "new"]
    type_into(qtbot, bench.page.run_panel._length, str(length))
    assert bench.keys() == ["restart", "new", "resume"]
    bench.press("resume")
    assert bench.started == [(run.path, True)]
    assert run.control().max_steps == length


def test_a_run_begins_anew_and_comes_back(bench: Bench, qtbot: QtBot) -> None:
    run = opened(bench, run_directory.STOPPED)
    curve = run.metrics_path.read_bytes()
    bench.press("restart")
    assert bench.keys() == ["new", "launch"]
    assert not run.metrics_path.exists()
    assert "begins anew" in bench.notice()
    qtbot.mouseClick(bench.page.notice.button, Qt.MouseButton.LeftButton)
    assert run.metrics_path.read_bytes() == curve
    assert bench.keys() == ["restart", "new", "resume"]
    assert bench.notice() == ""
    assert bench.started == []


def test_a_run_that_diverged_goes_on_at_half_the_rate(bench: Bench, qtbot: QtBot) -> None:
    run = opened(bench, run_directory.FAILED, message="Training diverged.", problem=run_directory.DIVERGED)
    run.write_control(Control(learning_rate_factor=0.5))
    assert bench.page.notice.button.text() == "Go on from step 150 at half the rate"
    qtbot.mouseClick(bench.page.notice.button, Qt.MouseButton.LeftButton)
    assert run.control().learning_rate_factor == 0.25
    assert bench.started == [(run.path, True)]


def test_a_batch_that_was_too_large_is_cut_in_two(bench: Bench, qtbot: QtBot) -> None:
    run = opened(bench, run_directory.FAILED, message="Not enough memory.", problem=run_directory.OUT_OF_MEMORY)
    before = run.config().training
    assert bench.page.notice.button.text() == f"Go on with batches of {before.batch_size // 2}, 2 to a step"
    qtbot.mouseClick(bench.page.notice.button, Qt.MouseButton.LeftButton)
    after = run.config().training
    assert (after.batch_size, after.accumulation_steps) == (before.batch_size // 2, before.accumulation_steps * 2)
    assert bench.started == [(run.path, True)]


def test_a_failure_that_nobody_can_mend_offers_nothing(bench: Bench) -> None:
    opened(bench, run_directory.FAILED, message="The text is gone.")
    assert bench.notice().startswith("The text is gone.")
    assert not bench.page.notice.button.isVisible()


class FakeCheck(QObject):
    progressed = Signal(int, int, int)
    found = Signal(int, int, int, str)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.started: list[Path] = []
        self.n_cancelled = 0

    def start(self, path: Path) -> None:
        self.started.append(path)

    def cancel(self) -> None:
        self.n_cancelled += 1


@pytest.fixture
def check(bench: Bench) -> FakeCheck:
    """Takes the place of the process that verifies."""
    fake = FakeCheck()
    bench.page.run_panel.verify_requested.disconnect()
    bench.page.run_panel.verify_cancelled.disconnect()
    bench.wiring.verifying = RunVerifying(bench.page, bench.wiring._context, fake)  # type: ignore[arg-type]
    return fake


def press_verify(bench: Bench, qtbot: QtBot) -> None:
    qtbot.mouseClick(bench.page.run_panel._verify, Qt.MouseButton.LeftButton)


def test_what_was_verified_is_told(bench: Bench, check: FakeCheck, qtbot: QtBot) -> None:
    run = opened(bench, run_directory.FINISHED)
    press_verify(bench, qtbot)
    assert check.started == [run.path]
    check.progressed.emit(100, 110, 150)
    assert "Step 110 again, of 100 to 150" in bench.page.run_panel._verifying._words.text()
    check.found.emit(100, 150, 12_345, "")
    assert bench.notice() == "Steps 101 to 150 were trained again: all 12,345 numbers are equal bit for bit."
    check.found.emit(100, 150, 7, "At step 103 the loss is 1.0, and was 2.0 when the run was trained.")
    assert "not all is equal. At step 103 the loss is 1.0" in bench.notice()
    check.failed.emit("The checkpoint at step 100 is damaged.")
    assert bench.notice() == "The checkpoint at step 100 is damaged."
    assert bench.page.run_panel._verify.isVisible()


def test_adapters_say_how_much_of_the_model_they_are(bench: Bench) -> None:
    run = make_run(bench.runs / "kites", run_directory.FINISHED, n_parameters=514_944)
    append_events(run, [{"kind": "started", "step": 0, "n_trained": 12_288}])
    bench.app.current.open(run.path)
    assert dict(bench.page.run_panel._facts.facts())["Of them trained"] == "12,288 (2.39 %)"


def test_another_run_in_view_ends_the_check(bench: Bench, check: FakeCheck, qtbot: QtBot) -> None:
    opened(bench, run_directory.FINISHED)
    press_verify(bench, qtbot)
    before = check.n_cancelled
    bench.app.current.open(make_run(bench.runs / "other", run_directory.FINISHED).path)
    assert check.n_cancelled > before
    assert bench.page.run_panel._verify.isVisible()


def test_a_run_without_a_checkpoint_or_in_training_cannot_be_verified(bench: Bench, check: FakeCheck) -> None:
    run = make_run(bench.runs / "kites", run_directory.TRAINING)
    bench.app.current.open(run.path)
    assert bench.page.run_panel._verify.toolTip() == "The run has no checkpoint yet."
    add_checkpoint(run, 100)
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 201)
        bench.app.current.poll()
        assert not bench.page.run_panel._verify.isEnabled()
        assert bench.page.run_panel._verify.toolTip() == "Stop the training first."


def test_the_real_process_tells_its_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    check = RunCheck()
    with qtbot.waitSignal(check.failed, timeout=60_000) as caught:
        check.start(tmp_path / "nothing")
    assert "There is no run" in caught.args[0]
    assert not check.is_running


def type_into(qtbot: QtBot, field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_notes_are_kept_with_the_run_in_view(bench: Bench, qtbot: QtBot) -> None:
    first, second = (make_run(bench.runs / name, run_directory.FINISHED) for name in ("kites", "bells"))
    write_notes(second.path, "of bells")
    field = bench.page.run_panel.notes
    assert field.isHidden()
    bench.app.current.open(first.path)
    qtbot.waitUntil(field.isVisible)
    qtbot.keyClicks(field.text, "a good one")
    bench.app.current.open(second.path)
    assert field.text.toPlainText() == "of bells"
    assert (read_notes(first.path), read_notes(second.path)) == ("a good one", "of bells")
    qtbot.keyClicks(field.text, "the best ")
    bench.page.hide()
    assert read_notes(second.path) == "the best of bells"


def test_a_run_that_went_on_from_this_one_is_marked(bench: Bench, qtbot: QtBot) -> None:
    base = make_run(bench.runs / "kites", run_directory.FINISHED)
    config = replace(base.config(), start=StartConfig(run=str(base.path), step=120))
    make_run(bench.runs / "higher kites", run_directory.NEW, config=config)
    bench.app.current.open(base.path)

    def forks() -> list[Mark]:
        picture = bench.page.run_picture
        marks = picture.chart._overlay.marks.all() if picture.has_chart else ()
        return [mark for mark in marks if mark.kind == FORK]

    qtbot.waitUntil(lambda: bool(forks()))
    assert forks()[0].x == 120
    assert "higher kites" in forks()[0].words
