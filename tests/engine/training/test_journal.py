"""Rate and length that were changed while a run trained: a resumed run changes them at the same steps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from small_runs import are_equal, curve, make_run, read_lines, steps_of, train, weights_at

from playground.contract.run_directory import Control, RunDirectory
from playground.engine.training import events, wishes
from playground.engine.training.journal import Change, changes_from
from playground.engine.training.trainer import train_run

Turns = Mapping[int, Control]
TURNS: Turns = {
    3: Control(learning_rate_factor=0.5),
    7: Control(learning_rate_factor=0.25, max_steps=15),
    8: Control(learning_rate_factor=0.25, max_steps=18),
}


@pytest.fixture(autouse=True)
def asked_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "_ASK_EVERY_S", 0.0)


def turned(run: RunDirectory, turns: Turns, *, killed_at: int = 0, resume: bool = False) -> list[Any]:
    """Train, turning after those steps; vanish after `killed_at`. What happened."""
    happened = []
    happening = train_run(run, resume=resume)
    for event in happening:
        happened.append(event)
        if isinstance(event, events.StepDone):
            if event.step == killed_at:
                happening.close()  # type: ignore[attr-defined]
                break
            if event.step in turns:
                run.write_control(turns[event.step])
    return happened


@pytest.mark.parametrize("killed_at", [4, 6, 7, 8, 9, 13])
def test_a_killed_run_turns_again_where_it_did(tmp_path: Path, killed_at: int) -> None:
    """Checkpoints are made at 5 and 10: turns after them are in the journal alone."""
    unbroken, broken = make_run(tmp_path, "unbroken"), make_run(tmp_path, "broken")
    turned(unbroken, TURNS)
    turned(broken, TURNS, killed_at=killed_at)
    left = {step: control for step, control in TURNS.items() if step >= killed_at}
    resumed = turned(broken, left, resume=True)
    assert isinstance(resumed[-1], events.Finished)
    assert curve(broken) == curve(unbroken)
    assert max(curve(broken)) == 18
    assert are_equal(weights_at(broken, 18), weights_at(unbroken, 18))
    assert steps_of(resumed, events.RateChanged) == [step for step in (3, 7) if step in left], "not told twice"


def test_a_turn_anew_ends_the_replay(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__schedule="constant")
    turned(run, {7: Control(learning_rate_factor=0.5)}, killed_at=9)
    turned(run, {6: Control(learning_rate_factor=0.1)}, killed_at=9, resume=True)
    turned(run, {}, resume=True)
    rates = {step: record["learning_rate"] for step, record in curve(run).items()}
    assert [rates[step] for step in range(3, 13)] == pytest.approx([3e-3] * 4 + [3e-4] * 6)


def test_a_wish_made_while_nobody_trained_holds_at_once(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__schedule="constant")
    turned(run, {6: Control(learning_rate_factor=0.5)}, killed_at=8)
    run.write_control(Control(learning_rate_factor=0.1))
    resumed = turned(run, {}, resume=True)
    assert steps_of(resumed, events.RateChanged) == [5]
    assert {curve(run)[step]["learning_rate"] for step in range(6, 13)} == {3e-3 * 0.1}


def test_a_finished_run_can_be_made_longer(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    run.write_control(Control(max_steps=20))
    resumed = train(run, resume=True)
    assert steps_of(resumed, events.LengthChanged) == [12]
    assert steps_of(resumed, events.StepDone) == list(range(13, 21))
    assert (run.status().max_steps, run.status().step) == (20, 20)
    assert run.snapshot_steps()[-1] == 20


@pytest.mark.parametrize("length", [3, 7])
def test_a_run_that_is_made_shorter_ends_whole(tmp_path: Path, length: int) -> None:
    run = make_run(tmp_path)
    happened = turned(run, {7: Control(max_steps=length)})
    assert isinstance(happened[-1], events.Finished)
    assert steps_of(happened, events.StepDone) == list(range(1, 8))
    assert steps_of(happened, events.CheckpointSaved)[-1] == 7
    assert max(curve(run, "evaluation")) == 7
    assert run.snapshot_steps()[-1] == 7


def test_the_schedule_bends_to_the_new_length(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__schedule="linear", training__final_learning_rate_fraction=0.0)
    turned(run, {7: Control(max_steps=20)})
    assert curve(run)[7]["learning_rate"] == pytest.approx(3e-3 * 5 / 10)
    assert curve(run)[8]["learning_rate"] == pytest.approx(3e-3 * 12 / 18)


def test_the_journal_is_what_the_events_say(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    turned(run, TURNS, killed_at=9)
    assert changes_from(run, 5) == [
        Change(7, learning_rate_factor=0.25), Change(7, max_steps=15), Change(8, max_steps=18)
    ]  # fmt: skip
    assert [record["kind"] for record in read_lines(run.events_path) if "changed" in record["kind"]] == [
        "rate_changed", "rate_changed", "length_changed", "length_changed"
    ]  # fmt: skip
