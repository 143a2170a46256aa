"""What control.json and signals do to a training: the generator is driven by hand, no thread, no waiting."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_runs import are_equal, curve, make_run, metrics, steps_of, train, weights_at

from playground.contract import run_directory
from playground.contract.errors import RunLockedError
from playground.contract.run_directory import PAUSE, STOP, TRAIN, Control, RunDirectory, hold_lock
from playground.engine.training import events, loop, trainer, wishes
from playground.engine.training.events import TrainingEvent
from playground.engine.training.trainer import train_run
from playground.engine.training.wishes import Wishes


@pytest.fixture(autouse=True)
def asked_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """control.json is looked at between any two steps, not twenty times a second."""
    monkeypatch.setattr(wishes, "_ASK_EVERY_S", 0.0)


def while_paused(monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]) -> None:
    """Call `act` with 1, 2, ... in the place of each wait of a paused trainer."""
    n_waits = 0

    def sleep(seconds: float) -> None:
        nonlocal n_waits
        n_waits += 1
        assert n_waits < 100, "it waits for ever"
        act(n_waits)

    monkeypatch.setattr(loop, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))


def until_step(happening: Iterator[TrainingEvent], step: int) -> list[TrainingEvent]:
    """All that happens up to the end of a step."""
    happened = []
    for event in happening:
        happened.append(event)
        if isinstance(event, events.StepDone) and event.step == step:
            return happened
    raise AssertionError(f"there was no step {step}")


def kinds(happened: list[TrainingEvent]) -> list[type]:
    return [type(event) for event in happened]


def test_a_pause_keeps_everything_and_goes_on_when_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, run = make_run(tmp_path, "plain"), make_run(tmp_path, "paused")
    train(plain)
    seen: list[run_directory.Status] = []

    def act(n_waits: int) -> None:
        seen.append(run.status())
        if n_waits == 3:
            run.write_control(Control(wish=TRAIN))

    while_paused(monkeypatch, act)
    happening = train_run(run)
    until_step(happening, 7)
    run.write_control(Control(wish=PAUSE))
    rest = list(happening)
    assert rest[:4] == [
        events.CheckpointSaved(step=7), events.SnapshotSaved(step=7), events.Paused(step=7), events.Resumed(step=7)
    ]  # fmt: skip
    assert [status.state for status in seen] == [run_directory.PAUSED] * 3
    assert curve(run) == curve(plain)
    assert are_equal(weights_at(run, 12), weights_at(plain, 12))
    assert {record["segment"] for record in metrics(run)} == {0}


def test_a_held_training_takes_single_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each leaves a snapshot to look into."""
    plain, run = make_run(tmp_path, "plain"), make_run(tmp_path)
    train(plain)
    seen: list[tuple[str, int, int]] = []

    def act(n_waits: int) -> None:
        seen.append((run.status().state, run.status().step, run.snapshot_steps()[-1]))
        if n_waits < 4:
            run.write_control(Control(wish=PAUSE, step_request=n_waits))
        else:
            run.write_control(Control(wish=TRAIN, step_request=3))

    while_paused(monkeypatch, act)
    happening = train_run(run)
    until_step(happening, 5)
    run.write_control(Control(wish=PAUSE))
    rest = list(happening)
    assert seen == [(run_directory.PAUSED, step, step) for step in (5, 6, 7, 8)]
    assert steps_of(rest, events.Paused) == [5, 6, 7, 8]
    assert curve(run) == curve(plain)
    assert are_equal(weights_at(run, 12), weights_at(plain, 12))


def test_a_wish_for_a_step_of_before_a_pause_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    run.write_control(Control(step_request=7))
    while_paused(monkeypatch, lambda n: run.write_control(Control(wish=STOP, step_request=7)) if n == 3 else None)
    happening = train_run(run)
    until_step(happening, 3)
    run.write_control(Control(wish=PAUSE, step_request=7))
    assert steps_of(list(happening), events.Stopped) == [3]


def test_the_rate_may_be_turned_in_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)

    def act(n_waits: int) -> None:
        if n_waits == 1:
            run.write_control(Control(wish=PAUSE, learning_rate_factor=0.5))
        if n_waits == 3:
            run.write_control(Control(wish=TRAIN, learning_rate_factor=0.5))

    while_paused(monkeypatch, act)
    happening = train_run(run)
    until_step(happening, 3)
    run.write_control(Control(wish=PAUSE))
    rest = list(happening)
    assert steps_of(rest, events.RateChanged) == [3]
    assert kinds(rest).index(events.RateChanged) < kinds(rest).index(events.Resumed)


def test_paused_time_is_not_active_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)

    def act(n_waits: int) -> None:
        if n_waits == 10:
            run.write_control(Control(wish=TRAIN))
        time.sleep(0.05)

    while_paused(monkeypatch, act)
    began = time.monotonic()
    happening = train_run(run)
    until_step(happening, 7)
    run.write_control(Control(wish=PAUSE))
    last = [event for event in happening if isinstance(event, events.StepDone)][-1]
    elapsed = [record["elapsed_s"] for record in metrics(run, "train")]
    assert elapsed == sorted(elapsed)
    assert last.elapsed_s < time.monotonic() - began - 0.4


def test_a_pause_may_end_in_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    while_paused(monkeypatch, lambda _: run.write_control(Control(wish=STOP)))
    happening = train_run(run)
    until_step(happening, 3)
    run.write_control(Control(wish=PAUSE))
    assert steps_of(list(happening), events.Stopped) == [3]
    assert run.status().state == run_directory.STOPPED
    assert steps_of(train(run, resume=True), events.Started) == [3]


def test_a_signal_ends_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    is_signalled = False

    def signal(_: int) -> None:
        nonlocal is_signalled
        is_signalled = True

    while_paused(monkeypatch, signal)
    happening = train_run(run, should_stop=lambda: is_signalled)
    until_step(happening, 3)
    run.write_control(Control(wish=PAUSE))
    rest = list(happening)
    assert rest[-1] == events.Stopped(step=3)
    assert events.Resumed not in kinds(rest)


def test_a_stop_leaves_a_checkpoint_and_a_snapshot(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    happening = train_run(run)
    until_step(happening, 7)
    run.write_control(Control(wish=STOP))
    assert list(happening) == [
        events.CheckpointSaved(step=7), events.SnapshotSaved(step=7), events.Stopped(step=7)
    ]  # fmt: skip
    assert run.state() == run_directory.STOPPED


def test_a_former_wish_to_stop_does_not_stop_the_next_trainer(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    run.write_control(Control(wish=STOP, checkpoint_request=5, learning_rate_factor=0.5))
    happened = train(run)
    assert isinstance(happened[-1], events.Finished)
    assert run.control() == Control(wish=TRAIN, checkpoint_request=5, learning_rate_factor=0.5)
    assert steps_of(happened, events.CheckpointSaved) == [5, 10, 12]
    assert steps_of(happened, events.RateChanged) == [0]  # the factor stays
    assert curve(run)[2]["learning_rate"] == pytest.approx(1.5e-3)


def test_a_checkpoint_comes_when_asked_for_once(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    happening = train_run(run)
    until_step(happening, 7)
    run.write_control(Control(checkpoint_request=1))
    assert next(happening) == events.CheckpointSaved(step=7)
    assert run.checkpoint_steps() == [5, 7]
    assert steps_of(list(happening), events.CheckpointSaved) == [10, 12]


def test_the_learning_rate_is_multiplied_from_the_next_step_on(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__schedule="constant")
    happening = train_run(run)
    until_step(happening, 7)
    run.write_control(Control(learning_rate_factor=0.25))
    assert next(happening) == events.RateChanged(step=7, factor=0.25)
    rest = list(happening)
    assert steps_of(rest, events.RateChanged) == []
    rates = {record["step"]: record["learning_rate"] for record in metrics(run, "train")}
    assert rates[7] == pytest.approx(3e-3)
    assert [rates[step] for step in range(8, 13)] == pytest.approx([7.5e-4] * 5)


def test_the_factor_outlives_a_stop(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__schedule="constant")
    happening = train_run(run)
    until_step(happening, 7)
    run.write_control(Control(learning_rate_factor=0.25))
    assert next(happening) == events.RateChanged(step=7, factor=0.25)
    run.write_control(Control(wish=STOP, learning_rate_factor=0.25))
    list(happening)
    resumed = train(run, resume=True)
    assert steps_of(resumed, events.RateChanged) == []
    assert curve(run)[12]["learning_rate"] == pytest.approx(7.5e-4)


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"wish": "stop"', "[]", '{"wish": 3}', '{"learning_rate_factor": NaN}', '{"learning_rate_factor": -1}'],
)
def test_a_damaged_control_file_changes_nothing(tmp_path: Path, text: str) -> None:
    """A negative factor once made the model learn backwards."""
    run = make_run(tmp_path)
    happening = train_run(run)
    until_step(happening, 3)
    run.control_path.write_text(text, encoding="utf-8")
    rest = list(happening)
    assert isinstance(rest[-1], events.Finished)
    assert steps_of(rest, events.RateChanged) == []


def test_a_damaged_control_file_does_not_keep_a_run_from_starting(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    run.control_path.write_text("{", encoding="utf-8")
    assert isinstance(train(run)[-1], events.Finished)
    assert json.loads(run.control_path.read_text(encoding="utf-8"))["wish"] == TRAIN


def test_a_control_file_that_was_deleted_changes_nothing(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    happening = train_run(run)
    until_step(happening, 3)
    run.control_path.unlink()
    assert isinstance(list(happening)[-1], events.Finished)


def test_a_wish_of_the_very_moment_of_the_start_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was lost if it fell between the trainer's own first word and its look at the file's date."""
    run = make_run(tmp_path)
    write = RunDirectory.write_control

    def write_and_be_overtaken(self: RunDirectory, control: Control) -> None:
        write(self, control)
        write(self, Control(wish=STOP))

    monkeypatch.setattr(RunDirectory, "write_control", write_and_be_overtaken)
    found = Wishes(run, trainer.never)
    found.reset()
    assert found.is_stop


def test_a_stop_while_preparing_ends_it(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    happened = list(train_run(run, should_stop=lambda: True))
    assert happened == [events.Preparing(phase="text", progress=0.0), events.Stopped(step=0)]
    assert run.status().state == run_directory.STOPPED


def test_only_one_trainer_is_let_in(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    happening = train_run(run)
    until_step(happening, 2)
    status = run.status_path.read_bytes()
    with pytest.raises(RunLockedError, match="is being trained by another process"):
        next(train_run(run, resume=True))
    assert run.status_path.read_bytes() == status, "the first one's word stands"
    assert isinstance(list(happening)[-1], events.Finished)
    with hold_lock(run.lock_path):
        pass  # it is let go at the end


def test_control_is_asked_for_at_most_twenty_times_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    monkeypatch.setattr(wishes, "_ASK_EVERY_S", 0.05)
    clock = [100.0]
    monkeypatch.setattr(wishes, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    found = Wishes(run, trainer.never)
    found.reset()
    assert not found.is_stop
    run.write_control(Control(wish=STOP))
    clock[0] += 0.04
    assert not found.is_stop
    clock[0] += 0.02
    assert found.is_stop
