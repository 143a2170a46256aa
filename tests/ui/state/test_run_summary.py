"""Summaries of runs: read at a bounded cost, told right, and never failing."""

import json
import math
import time
from pathlib import Path

import pytest
from made_runs import TINY, append_steps, loss_at, make_run, trainer_at_work, write_status

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory
from playground.contract.run_notes import write_notes
from playground.ui.state.run_summary import (
    DAMAGED,
    GONE,
    UNREAD,
    SummaryReader,
    last_validation_loss,
    sampled_losses,
    size_on_disk,
    summarize,
)


def test_a_finished_run(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", n_steps=250)
    found = summarize(run.path)
    assert (found.name, found.state, found.step, found.max_steps) == ("kites", run_directory.FINISHED, 250, 1000)
    assert math.isclose(found.validation_loss, loss_at(200) + 0.1)
    assert found.n_parameters == 918_656
    assert found.source == "builtin:tales-en"
    assert found.changed_at == run.status().updated_at
    assert found.size_bytes == sum(file.stat().st_size for file in run.path.rglob("*") if file.is_file())


def test_a_run_that_has_only_a_config(tmp_path: Path) -> None:
    found = summarize(make_run(tmp_path / "kites", run_directory.NEW).path)
    assert (found.state, found.step, found.losses) == (run_directory.NEW, 0, ())
    assert math.isnan(found.validation_loss)
    assert found.changed_at > 0


def test_a_run_whose_trainer_is_gone(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", run_directory.TRAINING)
    with trainer_at_work(run):
        assert summarize(run.path).state == run_directory.TRAINING
        assert summarize(run.path).is_active
    assert summarize(run.path).state == run_directory.INTERRUPTED


def test_damage_is_told(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites")
    run.config_path.write_text("format = [")
    found = summarize(run.path)
    assert found.state == DAMAGED
    assert "config.toml" in found.problem


def test_the_curve_spans_a_long_history_in_few_points(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", run_directory.NEW)
    append_steps(run, range(1, 5001))
    points = sampled_losses(run.metrics_path)
    steps = [step for step, _ in points]
    assert 20 <= len(points) <= 32
    assert steps == sorted(set(steps))
    assert steps[0] == 1
    assert steps[-1] > 4980
    assert all(math.isclose(loss, loss_at(int(step))) for step, loss in points)


def test_what_a_resumed_run_left_behind_is_not_drawn(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", run_directory.NEW)
    append_steps(run, range(1, 2001))
    append_steps(run, range(1000, 1500), segment=1)
    steps = [step for step, _ in sampled_losses(run.metrics_path)]
    assert steps == sorted(set(steps))
    assert steps[-1] < 1500


def test_half_a_line_is_waited_for(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", n_steps=100)
    with run.metrics_path.open("a") as file:
        file.write('{"kind": "evaluation", "step": 200, "validation_loss": 0.0')
    assert math.isclose(last_validation_loss(run.metrics_path), loss_at(100) + 0.1)


def test_a_loss_that_is_no_number_is_none(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", run_directory.NEW)
    run.metrics_path.write_text('{"kind": "evaluation", "step": 1, "validation_loss": "nan"}\n')
    assert math.isnan(last_validation_loss(run.metrics_path))


def test_only_what_has_changed_is_read_again(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites")
    reader = SummaryReader()
    first = reader.read(run.path)
    assert reader.read(run.path) is first
    write_status(run, run_directory.FINISHED, 201)
    second = reader.read(run.path)
    assert second.step == 201
    assert second.losses is first.losses  # of the same metrics
    append_steps(run, range(201, 301))
    assert math.isclose(reader.read(run.path).validation_loss, loss_at(300) + 0.1)


def test_forgotten_runs_are_read_anew(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites")
    reader = SummaryReader()
    first = reader.read(run.path)
    reader.keep_only([])
    again = reader.read(run.path)
    assert again is not first
    assert again == first


def test_sizes_of_what_is_not_there(tmp_path: Path) -> None:
    assert size_on_disk(tmp_path / "nothing") == 0
    assert summarize(RunDirectory(tmp_path / "nothing").path).state == GONE


def test_the_best_loss_is_not_the_last(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", n_steps=200)
    with run.metrics_path.open("a", encoding="utf-8") as file:
        file.write('{"kind": "evaluation", "segment": 0, "step": 300, "validation_loss": 9.5}\n')
    found = SummaryReader().read(run.path)
    assert (found.validation_loss, found.best_step) == (9.5, 200)
    assert math.isclose(found.best_loss, loss_at(200) + 0.1)


def test_a_run_of_another_machine_is_known_by_its_heartbeat(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites", run_directory.TRAINING)
    status = json.loads(run.status_path.read_text())
    run.status_path.write_text(json.dumps(status | {"host": "gpu7", "updated_at": time.time()}))
    reader = SummaryReader()
    assert (reader.read(run.path).state, reader.read(run.path).host) == (run_directory.TRAINING, "gpu7")
    run.status_path.write_text(json.dumps(status | {"host": "gpu7", "updated_at": time.time() - 60}))
    assert (reader.read(run.path).state, reader.read(run.path).host) == (run_directory.INTERRUPTED, "gpu7")
    assert summarize(make_run(tmp_path / "own").path).host == ""


def test_a_heart_that_stops_is_noticed_though_no_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path / "kites", run_directory.TRAINING)
    status = json.loads(run.status_path.read_text())
    run.status_path.write_text(json.dumps(status | {"host": "gpu7"}))
    reader = SummaryReader()
    assert reader.read(run.path).state == run_directory.TRAINING
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)
    assert reader.read(run.path).state == run_directory.INTERRUPTED


def test_notes_and_kind_and_origin_are_told(tmp_path: Path) -> None:
    config = TINY.with_values({"start.run": "/runs/base", "start.step": 40})
    run = make_run(tmp_path / "kites", config=config)
    reader = SummaryReader()
    found = reader.read(run.path)
    assert (found.kind, found.note) == ("decoder", "")
    assert found.origin is not None
    assert (found.origin.run, found.origin.step) == (Path("/runs/base"), 40)
    write_notes(run.path, "lower rate\nmore")
    assert reader.read(run.path).note == "lower rate"


def test_what_is_not_read_yet_has_a_name_and_a_date(tmp_path: Path) -> None:
    run = make_run(tmp_path / "kites")
    reader = SummaryReader()
    unread = reader.known(run.path)
    assert (unread.name, unread.state, unread.is_here) == ("kites", UNREAD, False)
    assert unread.changed_at == pytest.approx(time.time(), abs=60)
    assert reader.known(run.path) != reader.read(run.path) == reader.known(run.path)
