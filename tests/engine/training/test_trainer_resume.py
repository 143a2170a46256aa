"""A run that was stopped, or whose process vanished, goes on as if nothing had been."""

from pathlib import Path
from typing import Any

import pytest
from small_runs import (
    STORIES,
    are_equal,
    break_off,
    curve,
    flip_a_byte,
    make_run,
    metrics,
    steps_of,
    train,
    train_until,
    weights_at,
)

from playground.contract import run_directory
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory
from playground.engine.training import evaluation, events, loop, trainer

HARD: dict[str, Any] = {"model__dropout": 0.1, "training__accumulation_steps": 2}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory, one_core: None) -> RunDirectory:
    """The run that all others must equal."""
    run = make_run(tmp_path_factory.mktemp("unbroken"), **HARD)
    train(run)
    return run


def assert_same_end(run: RunDirectory, unbroken: RunDirectory) -> None:
    assert curve(run) == curve(unbroken)
    assert curve(run, "evaluation") == curve(unbroken, "evaluation")
    assert are_equal(weights_at(run, 12), weights_at(unbroken, 12))
    for name in ("model.safetensors", "optimizer.safetensors"):
        one, other = (each.checkpoint_path(12) / name for each in (run, unbroken))
        assert one.read_bytes() == other.read_bytes()
    assert run.status().state == run_directory.FINISHED


@pytest.mark.parametrize("step", [1, 4, 5, 7, 11])
def test_a_stopped_run_ends_as_the_unbroken_one(tmp_path: Path, unbroken: RunDirectory, step: int) -> None:
    run = make_run(tmp_path, **HARD)
    happened = train_until(run, step)
    assert happened[-1] == events.Stopped(step=step)
    assert run.checkpoint_steps()[-1] == step
    assert run.snapshot_steps()[-1] == step
    assert run.status().state == run_directory.STOPPED
    resumed = train(run, resume=True)
    assert steps_of(resumed, events.Started) == [step]
    assert steps_of(resumed, events.StepDone) == list(range(step + 1, 13))
    assert_same_end(run, unbroken)


def test_a_run_stopped_again_and_again_ends_as_the_unbroken_one(tmp_path: Path, unbroken: RunDirectory) -> None:
    run = make_run(tmp_path, **HARD)
    for step in range(1, 12, 2):
        train_until(run, step, resume=step > 1)
    train(run, resume=True)
    assert_same_end(run, unbroken)
    assert [record["segment"] for record in metrics(run, "train")] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6]


@pytest.mark.parametrize(("vanishes_at", "goes_on_from"), [(3, 0), (6, 5), (11, 10)])
def test_a_vanished_run_goes_on_from_its_checkpoint(
    tmp_path: Path, unbroken: RunDirectory, vanishes_at: int, goes_on_from: int
) -> None:
    run = make_run(tmp_path, **HARD)
    break_off(run, vanishes_at)
    assert run.state() == run_directory.INTERRUPTED
    resumed = train(run, resume=True)
    assert steps_of(resumed, events.Started) == [goes_on_from]
    assert_same_end(run, unbroken)


def test_a_stop_before_the_first_step_begins_anew(tmp_path: Path, unbroken: RunDirectory) -> None:
    run = make_run(tmp_path, **HARD)
    happened: list[events.TrainingEvent] = []
    for event in trainer.train_run(run, should_stop=lambda: events.Started in map(type, happened)):
        happened.append(event)
    assert happened[-1] == events.Stopped(step=0)
    assert run.checkpoint_steps() == []
    train(run, resume=True)
    assert_same_end(run, unbroken)


@pytest.mark.parametrize("step", [4, 12])
def test_an_evaluation_that_a_stop_cut_short_is_made_up_for(
    tmp_path: Path, unbroken: RunDirectory, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """It was missing from the curve for ever, and at the last step the run called itself finished without it."""
    run = make_run(tmp_path, **HARD)
    is_stop = False
    done = 0

    def evaluate_until_stopped(*arguments: object) -> evaluation.Evaluation:
        nonlocal is_stop
        is_stop = done == step
        return evaluation.evaluate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "evaluate", evaluate_until_stopped)
    last: object = None
    for last in trainer.train_run(run, should_stop=lambda: is_stop):
        done = last.step if isinstance(last, events.StepDone) else done
    assert last == events.Stopped(step=step)
    assert step not in curve(run, "evaluation")
    monkeypatch.undo()
    resumed = train(run, resume=True)
    assert isinstance(resumed[-1], events.Finished)
    assert steps_of(resumed, events.Evaluated)[0] == step
    assert_same_end(run, unbroken)


def test_a_run_killed_between_checkpoint_and_evaluation_makes_up_for_it(
    tmp_path: Path, unbroken: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(tmp_path, **HARD)
    happening = trainer.train_run(run)
    for event in happening:
        if event == events.CheckpointSaved(step=12):
            happening.close()  # type: ignore[attr-defined]
            break
    assert 12 not in curve(run, "evaluation")
    train(run, resume=True)
    assert_same_end(run, unbroken)


def test_an_evaluation_that_was_made_is_not_made_again(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    happened: list[events.TrainingEvent] = []
    for event in trainer.train_run(run, should_stop=lambda: events.Evaluated in map(type, happened[10:])):
        happened.append(event)
    assert happened[-1] == events.Stopped(step=4)
    assert steps_of(train(run, resume=True), events.Evaluated) == [8, 12]


def test_resuming_a_run_that_never_began_begins_it(tmp_path: Path, unbroken: RunDirectory) -> None:
    run = make_run(tmp_path, **HARD)
    train(run, resume=True)
    assert_same_end(run, unbroken)


def test_a_trained_run_is_not_trained_over(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 3)
    before = run.metrics_path.read_bytes()
    with pytest.raises(RunError, match=r"was trained before, to step 3\. Resume it with --resume"):
        train(run)
    assert run.metrics_path.read_bytes() == before


def test_a_finished_run_says_how_to_go_on_and_does(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    with pytest.raises(
        RunError,
        match=r"all 12 steps are done\. Make it longer with --resume --set training\.max_steps=24",
    ):
        train(run, resume=True)
    text = run.config_path.read_text(encoding="utf-8")
    run.config_path.write_text(text.replace("max_steps = 12", "max_steps = 20"), encoding="utf-8")
    resumed = train(run, resume=True)
    assert steps_of(resumed, events.StepDone) == list(range(13, 21))
    assert run.snapshot_steps()[-1] == 20
    assert len(run.snapshot_steps()) <= 4


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 3)
    Path(run.config().data.source).write_text(STORIES + "the end.\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"stories\.txt has changed since this run began"):
        train(run, resume=True)
    assert run.status().state == run_directory.FAILED
    Path(run.config().data.source).write_text(STORIES, encoding="utf-8")
    assert isinstance(train(run, resume=True)[-1], events.Finished)


def test_a_text_that_only_moved_its_line_ends_is_the_same(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 3)
    Path(run.config().data.source).write_bytes(STORIES.replace("\n", "\r\n").encode("utf-8"))
    assert isinstance(train(run, resume=True)[-1], events.Finished)


def test_a_changed_shape_is_refused(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 3)
    text = run.config_path.read_text(encoding="utf-8")
    run.config_path.write_text(text.replace("d_model = 32", "d_model = 16"), encoding="utf-8")
    with pytest.raises(RunError, match="belongs to another model"):
        train(run, resume=True)


@pytest.mark.parametrize("name", ["model.safetensors", "optimizer.safetensors", "state.json", "MANIFEST.json"])
def test_a_damaged_checkpoint_is_passed_over_with_a_sentence(tmp_path: Path, unbroken: RunDirectory, name: str) -> None:
    run = make_run(tmp_path, **HARD)
    train_until(run, 11)
    assert run.checkpoint_steps() == [10, 11]
    flip_a_byte(run.checkpoint_path(11) / name)
    resumed = train(run, resume=True)
    (started,) = [event for event in resumed if isinstance(event, events.Started)]
    assert started.step == 10
    assert started.passed_over.startswith("The checkpoint at step 11 is damaged (")
    assert started.passed_over in run.status().message
    assert_same_end(run, unbroken)


@pytest.mark.parametrize("name", ["model.safetensors", "optimizer.safetensors", "state.json"])
def test_a_checkpoint_with_a_missing_or_cut_file_is_passed_over(tmp_path: Path, name: str) -> None:
    run = make_run(tmp_path)
    train_until(run, 11)
    path = run.checkpoint_path(11) / name
    path.write_bytes(path.read_bytes()[:-1])
    (run.checkpoint_path(10) / name).unlink()
    with pytest.raises(RunError, match=r"cannot be resumed\. The checkpoint at step 11 .* step 10 is damaged"):
        train(run, resume=True)
    assert run.checkpoint_steps() == [10, 11], "a person may still mend them"


def test_a_checkpoint_without_its_manifest_does_not_count(tmp_path: Path) -> None:
    """The manifest is written last: without it the writer was killed in between."""
    run = make_run(tmp_path)
    train_until(run, 11)
    (run.checkpoint_path(11) / "MANIFEST.json").unlink()
    assert run.checkpoint_steps() == [10]
    assert steps_of(train(run, resume=True), events.Started) == [10]


def test_a_damaged_checkpoint_never_takes_the_place_of_a_sound_one(tmp_path: Path) -> None:
    """Two are kept; a damaged one of a later step counted as one of them."""
    run = make_run(tmp_path, training__checkpoint_every=3)
    break_off(run, 11)
    assert run.checkpoint_steps() == [6, 9]
    flip_a_byte(run.checkpoint_path(9) / "model.safetensors")
    train_until(run, 8, resume=True)
    assert run.checkpoint_steps() == [6, 8]


def test_a_checkpoint_that_was_damaged_is_made_anew_in_its_place(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__checkpoint_every=3)
    break_off(run, 11)
    flip_a_byte(run.checkpoint_path(9) / "model.safetensors")
    break_off(run, 10, resume=True)
    resumed = train(run, resume=True)
    (started,) = [event for event in resumed if isinstance(event, events.Started)]
    assert (started.step, started.passed_over) == (9, "")


def test_only_the_newest_two_checkpoints_are_kept_and_no_leftovers(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__checkpoint_every=2)
    leftover = run.checkpoints_path / ".tmp-0123456789ab"
    leftover.mkdir(parents=True)
    (leftover / "model.safetensors").write_bytes(b"half")
    happened = train(run)
    assert steps_of(happened, events.CheckpointSaved) == [2, 4, 6, 8, 10, 12]
    assert sorted(path.name for path in run.checkpoints_path.iterdir()) == ["step-00000010", "step-00000012"]
