"""What a training writes: lines, snapshots, the status, as the readers are promised."""

import json
import math
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file
from small_runs import STORIES, break_off, letters, make_run, metrics, read_lines, steps_of, train, train_until

from playground.contract import run_directory
from playground.engine.training import checkpoints, events, loop, recorder
from playground.engine.training.recorder import Recorder, was_evaluated
from playground.engine.training.trainer import train_run

TRAIN_KEYS = {
    "kind", "seq", "segment", "step", "loss", "learning_rate", "gradient_norm", "weight_norm", "tokens", "elapsed_s",
    "tokens_per_s",
}  # fmt: skip
EVALUATION_KEYS = {
    "kind", "seq", "segment", "step", "validation_loss", "perplexity", "bits_per_byte", "accuracy", "exact", "elapsed_s"
}  # fmt: skip


def a_step(step: int, loss: float = 1.0) -> events.StepDone:
    return events.StepDone(
        step=step, loss=loss, learning_rate=0.1, weight_norm=2.0, gradient_norm=1.0, tokens=step, elapsed_s=float(step),
        tokens_per_s=1.0, time_left_s=0.0, time_left_low_s=0.0, time_left_high_s=0.0,
    )  # fmt: skip


def test_every_step_and_every_evaluation_is_a_line(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    records = metrics(run)
    assert [record["step"] for record in records if record["kind"] == "train"] == list(range(1, 13))
    assert [record["step"] for record in records if record["kind"] == "evaluation"] == [0, 4, 8, 12]
    assert [record["seq"] for record in records] == list(range(len(records)))
    assert {record["segment"] for record in records} == {0}
    for record in records:
        assert set(record) == (TRAIN_KEYS if record["kind"] == "train" else EVALUATION_KEYS)
    elapsed = [record["elapsed_s"] for record in records]
    assert elapsed == sorted(elapsed)
    assert [record["tokens"] for record in records if record["kind"] == "train"] == [64 * n for n in range(1, 13)]


def test_the_weight_norm_is_that_of_the_weights_before_the_step(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__max_snapshots=100)
    train(run)
    matrices = [value for value in load_file(run.snapshot_path(4)).values() if value.ndim >= 2]
    by_hand = math.sqrt(sum(float((value.astype(np.float64) ** 2).sum()) for value in matrices))
    told = next(record["weight_norm"] for record in metrics(run, "train") if record["step"] == 5)
    assert told == pytest.approx(by_hand, rel=1e-5)


def test_lines_are_there_before_the_event_is_told(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    for event in train_run(run):
        if isinstance(event, events.StepDone):
            assert metrics(run)[-1]["step"] == event.step


def test_a_resumed_run_raises_the_segment_and_goes_on_counting(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 6)
    train_until(run, 9, resume=True)
    train(run, resume=True)
    records = metrics(run)
    assert [record["seq"] for record in records] == list(range(len(records)))
    assert [record["segment"] for record in records if record["kind"] == "train"] == [0] * 6 + [1] * 3 + [2] * 3
    elapsed = [record["elapsed_s"] for record in records]
    assert elapsed == sorted(elapsed), "active time goes on where it was"


def test_orphaned_steps_are_hidden_by_the_segment_after_them(tmp_path: Path) -> None:
    """After a kill, steps beyond the checkpoint are taken again; a reader keeps the later segment's."""
    run = make_run(tmp_path)
    break_off(run, 9)
    resumed = train(run, resume=True)
    assert steps_of(resumed, events.Started) == [5]
    records = metrics(run)
    assert [record["seq"] for record in records] == list(range(len(records)))
    steps = [(record["segment"], record["step"]) for record in records if record["kind"] == "train"]
    assert steps == [(0, step) for step in range(1, 10)] + [(1, step) for step in range(6, 13)]
    shown: list[tuple[int, int]] = []
    for segment, step in steps:
        shown = [each for each in shown if each[1] < step or each[0] == segment] + [(segment, step)]
    assert [step for _, step in shown] == list(range(1, 13))


def test_a_line_torn_by_a_kill_is_ended_and_costs_no_other(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    break_off(run, 7)
    with run.metrics_path.open("ab") as file:
        file.write(b'{"kind":"train","seq":9,"segm')
    train(run, resume=True)
    found = run.metrics_tail()
    records = found.read()
    assert found.n_damaged == 1
    assert [record["seq"] for record in records] == list(range(len(records)))
    assert records[-1]["segment"] == 1


def test_the_curve_is_pushed_to_the_disk_before_a_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a machine that loses power could have a checkpoint ahead of its curve."""
    run = make_run(tmp_path)
    done: list[str] = []
    sync, save = Recorder.sync, checkpoints.save_checkpoint

    def synced(self: Recorder) -> None:
        done.append("sync")
        sync(self)

    def saved(*arguments: Any) -> None:
        done.append("save")
        save(*arguments)

    monkeypatch.setattr(Recorder, "sync", synced)
    monkeypatch.setattr(loop, "save_checkpoint", saved)
    train(run)
    assert done == ["sync", "save"] * 3


def test_what_people_call_events_is_written_in_order(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train_until(run, 7)
    kinds = [(record["kind"], record["step"]) for record in read_lines(run.events_path)]
    assert kinds == [
        ("started", 0), ("snapshot", 0), ("sample", 0), ("snapshot", 1), ("sample", 4), ("checkpoint", 5),
        ("snapshot", 6), ("checkpoint", 7), ("snapshot", 7), ("stopped", 7),
    ]  # fmt: skip
    assert all(record["at"] > 1e9 for record in read_lines(run.events_path))


def test_the_status_says_where_it_stands(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    status = run.status()
    assert (status.state, status.step, status.max_steps) == (run_directory.FINISHED, 12, 12)
    assert status.vocab_size == letters().vocab_size
    assert status.device == "cpu"
    assert status.time_left_s == 0.0
    assert status.elapsed_s > 0
    assert status.n_parameters > status.vocab_size * 32


def test_the_text_is_described_with_its_split(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    train(run)
    facts = run.data_facts()
    assert facts.n_characters == len(STORIES) == facts.n_train_tokens + facts.n_validation_tokens
    assert facts.n_train_characters == facts.n_train_tokens  # a token a character
    assert facts.n_validation_bytes == facts.n_validation_tokens


def test_snapshots_are_planned_ones_and_the_first_and_last(tmp_path: Path) -> None:
    run = make_run(tmp_path, training__max_snapshots=6)
    happened = train(run)
    assert run.snapshot_steps() == steps_of(happened, events.SnapshotSaved)
    assert len(run.snapshot_steps()) == 6
    assert run.snapshot_steps()[0] == 0
    assert run.snapshot_steps()[-1] == 12


@pytest.mark.parametrize("n_snapshots", [2, 4, 6])
def test_stops_do_not_add_up_to_more_snapshots_than_wanted(tmp_path: Path, n_snapshots: int) -> None:
    """Each stop or pause left one behind, beyond number and bytes."""
    run = make_run(tmp_path, training__max_snapshots=n_snapshots)
    for step in range(1, 12):
        train_until(run, step, resume=step > 1)
        assert run.snapshot_steps()[-1] == step, "the newest is what one wants to look at"
        assert len(run.snapshot_steps()) <= n_snapshots
    train(run, resume=True)
    assert len(run.snapshot_steps()) <= n_snapshots
    assert {0, 12} <= set(run.snapshot_steps())


def test_snapshots_stay_within_their_bytes(tmp_path: Path) -> None:
    run = make_run(
        tmp_path, model__d_model=128, model__d_ff=512, training__max_snapshots=100,
        training__max_snapshot_megabytes=6, training__batch_size=1,
    )  # fmt: skip
    train_until(run, 7)
    train(run, resume=True)
    sizes = [run.snapshot_path(step).stat().st_size for step in run.snapshot_steps()]
    assert len(sizes) > 2
    assert sum(sizes) <= 6_000_000 * 1.01  # the headers are not counted
    assert sum(sizes) + sizes[0] > 6_000_000


def test_numbers_that_json_has_not_travel_as_words(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    with Recorder(run) as found:
        found.record(a_step(1, float("nan")))
        found.record(a_step(2, float("inf")))
    lines = run.metrics_path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line, parse_constant=pytest.fail)["loss"] for line in lines] == ["nan", "inf"]


def test_the_status_is_rewritten_at_most_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path)
    clock = SimpleNamespace(now=1000.0)
    written: list[int] = []
    monkeypatch.setattr(recorder, "time", SimpleNamespace(monotonic=lambda: clock.now, time=time.time))
    monkeypatch.setattr(type(run), "write_status", lambda self, status: written.append(status.step))
    with Recorder(run) as found:
        for step in range(1, 101):
            clock.now += 0.25
            found.record(a_step(step))
    assert len(written) == 25


def test_whether_a_step_was_evaluated_is_read_off_the_curve(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    assert not was_evaluated(path, 4)
    lines = [
        {"kind": "train", "seq": 0, "segment": 0, "step": 4}, {"kind": "train", "seq": 1, "segment": 0, "step": 40},
        {"kind": "evaluation", "seq": 2, "segment": 0, "step": 40, "perplexity": 4},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines), encoding="utf-8")
    assert not was_evaluated(path, 4)
    assert was_evaluated(path, 40)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"kind":"train","seq":3,"segment":1,"step":40,"loss":1}\n')
    assert not was_evaluated(path, 40), "the step was taken anew since"
