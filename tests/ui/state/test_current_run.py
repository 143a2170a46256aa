"""The run in view: what it reads while a trainer writes, which moment is in view, and what it wishes."""

import json
from pathlib import Path

import pytest
from made_runs import TINY, append_events, append_steps, make_run, trainer_at_work, write_status
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.errors import ConfigError, RunError, StorageError
from playground.contract.run_directory import RunDirectory
from playground.ui.state.current_run import CurrentRun


@pytest.fixture
def current(qtbot: QtBot) -> CurrentRun:
    return CurrentRun()


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    """Short enough to be read in one bite."""
    return make_run(tmp_path / "run", n_steps=120)


def keep(run: RunDirectory, *steps: int) -> None:
    """Snapshots, as far as their names go."""
    run.snapshots_path.mkdir(exist_ok=True)
    for step in steps:
        run.snapshot_path(step).touch()


# Opening.


def test_at_first_no_run_is_in_view(current: CurrentRun) -> None:
    assert (current.path, current.has_model, current.is_active) == (None, False, False)
    current.poll()  # the timer may be one beat late
    current.select_step(5)
    assert current.step == 0


def test_a_run_is_read_at_once(current: CurrentRun, run: RunDirectory) -> None:
    keep(run, 0, 100, 200)
    selected, appended = QSignalSpy(current.run_selected), QSignalSpy(current.metrics_appended)
    current.open(run.path)
    assert selected.count() == appended.count() == 1
    assert current.path == run.path
    assert current.config == TINY
    assert current.state == run_directory.FINISHED
    assert current.facts.n_train_tokens == 482_113
    assert current.metrics.train.column("step").tolist() == list(range(1, 121))
    assert current.metrics.evaluation.column("step").tolist() == [100]
    assert [event["kind"] for event in current.events] == ["started", "sample", "sample"]
    assert (current.snapshots, current.step, current.is_following) == ([0, 100, 200], 200, True)
    assert current.has_model


@pytest.mark.parametrize("damage", ["none", "config"])
def test_a_run_that_cannot_be_opened_leaves_the_former_in_view(
    current: CurrentRun, run: RunDirectory, tmp_path: Path, damage: str
) -> None:
    other = make_run(tmp_path / "other")
    if damage == "none":
        other = RunDirectory(tmp_path / "nothing")
    else:
        other.config_path.write_text("format = ", encoding="utf-8")
    current.open(run.path)
    selected = QSignalSpy(current.run_selected)
    with pytest.raises((RunError, ConfigError)):
        current.open(other.path)
    assert (current.path, selected.count()) == (run.path, 0)
    assert current.metrics.train.n_rows == 120


def test_opening_another_run_forgets_everything_of_the_former(
    current: CurrentRun, run: RunDirectory, tmp_path: Path
) -> None:
    keep(run, 0, 100)
    current.open(run.path)
    current.select_step(0)
    fresh = make_run(tmp_path / "fresh", run_directory.NEW)
    current.open(fresh.path)
    assert (current.state, current.snapshots, current.step) == (run_directory.NEW, [], 0)
    assert current.is_following
    assert (current.metrics.train.n_rows, current.events, current.facts.n_train_tokens) == (0, [], 0)


def test_closing_puts_no_run_in_view(current: CurrentRun, run: RunDirectory, qtbot: QtBot) -> None:
    keep(run, 0)
    current.open(run.path)
    selected, appended = QSignalSpy(current.run_selected), QSignalSpy(current.metrics_appended)
    current.close()
    assert (selected.count(), current.path, current.has_model) == (1, None, False)
    append_steps(run, range(121, 130))
    qtbot.wait(400)  # longer than a beat of the timer
    assert appended.count() == 0


def test_looking_at_a_run_writes_nothing_into_it(current: CurrentRun, run: RunDirectory) -> None:
    keep(run, 0, 100)
    before = {path: path.stat().st_mtime_ns for path in run.path.rglob("*")}
    current.open(run.path)
    current.poll()
    current.select_step(0)
    assert {path: path.stat().st_mtime_ns for path in run.path.rglob("*")} == before


# Watching.


def test_new_lines_are_read_once_by_the_timer_alone(current: CurrentRun, run: RunDirectory, qtbot: QtBot) -> None:
    current.open(run.path)
    told: list[list[dict[str, object]]] = []
    current.events_appended.connect(told.append)
    append_steps(run, range(121, 151))
    append_events(run, [{"kind": "paused", "step": 150}])
    qtbot.waitUntil(lambda: current.metrics.train.n_rows == 150)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [[{"kind": "paused", "step": 150}]]
    appended = QSignalSpy(current.metrics_appended)
    current.poll()
    current.poll()
    assert appended.count() == 0
    assert current.metrics.train.column("step").tolist() == list(range(1, 151))


def test_a_long_history_arrives_in_bites_and_whole(current: CurrentRun, tmp_path: Path, qtbot: QtBot) -> None:
    run = make_run(tmp_path / "long", n_steps=20_000, samples=())
    current.open(run.path)
    assert current.metrics.train.n_rows < 20_000, "one bite does not hold up the window"
    assert current.is_reading
    qtbot.waitUntil(lambda: current.metrics.train.n_rows == 20_000, timeout=30_000)
    qtbot.waitUntil(lambda: not current.is_reading)
    assert current.metrics.train.column("step").tolist() == list(range(1, 20_001))


def test_half_a_line_waits_for_its_rest(current: CurrentRun, run: RunDirectory) -> None:
    current.open(run.path)
    line = json.dumps({"kind": "train", "segment": 0, "step": 121, "loss": 2.5}) + "\n"
    with run.metrics_path.open("a", encoding="utf-8") as file:
        file.write(line[:20])
        file.flush()
        current.poll()
        assert current.metrics.train.last("step") == 120
        file.write(line[20:])
    current.poll()
    assert current.metrics.train.last("step") == 121
    assert current.metrics.train.last("loss") == 2.5


def test_a_resumed_run_does_not_draw_back_over_itself(current: CurrentRun, run: RunDirectory) -> None:
    """It was killed at step 120 and goes on from its checkpoint at 50."""
    current.open(run.path)
    append_steps(run, range(51, 61), segment=1)
    current.poll()
    assert current.metrics.train.column("step").tolist() == list(range(1, 61))
    assert current.metrics.evaluation.column("step").tolist() == []


def test_the_status_is_told_when_it_changes_only(current: CurrentRun, run: RunDirectory) -> None:
    current.open(run.path)
    changed = QSignalSpy(current.status_changed)
    current.poll()
    assert changed.count() == 0
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 210)
        current.poll()
        assert (changed.count(), current.state, current.status.step) == (1, run_directory.TRAINING, 210)
        assert current.is_active
    current.poll()  # the trainer died: nothing was written, and yet the state is another
    assert (changed.count(), current.state, current.is_active) == (2, run_directory.INTERRUPTED, False)


def test_the_facts_of_the_text_come_with_the_preparation(current: CurrentRun, tmp_path: Path) -> None:
    run = make_run(tmp_path / "fresh", run_directory.NEW)
    current.open(run.path)
    assert current.facts.n_train_tokens == 0
    source = make_run(tmp_path / "other")
    with trainer_at_work(run):
        run.write_data_facts(source.data_facts())
        write_status(run, run_directory.TRAINING, 1)
        current.poll()
    assert current.facts.n_train_tokens == 482_113


def test_a_damaged_status_is_an_interruption(current: CurrentRun, run: RunDirectory) -> None:
    """A machine that lost its power may leave it so; all else of the run is in view."""
    run.status_path.write_text("[]", encoding="utf-8")
    current.open(run.path)
    assert current.state == run_directory.INTERRUPTED
    assert str(run.status_path) in current.status.message
    assert current.metrics.train.n_rows == 120


def test_damage_is_told_once_and_again_only_after_it_was_mended(current: CurrentRun, run: RunDirectory) -> None:
    current.open(run.path)
    told = QSignalSpy(current.trouble_found)
    whole = run.events_path.read_text(encoding="utf-8")
    for n_told in (1, 2):
        run.events_path.unlink()
        run.events_path.mkdir()
        for _ in range(3):
            current.poll()
        assert told.count() == n_told
        assert str(run.events_path) in told.at(n_told - 1)[0]
        run.events_path.rmdir()
        run.events_path.write_text(whole, encoding="utf-8")
        current.poll()


def test_a_folder_that_is_moved_away_is_no_crash(current: CurrentRun, run: RunDirectory, tmp_path: Path) -> None:
    current.open(run.path)
    run.path.rename(tmp_path / "elsewhere")
    current.poll()
    assert current.metrics.train.n_rows == 120
    with pytest.raises(StorageError):
        current.wish(run_directory.PAUSE)


# The moment in view.


def test_the_newest_snapshot_is_followed_until_another_is_picked(current: CurrentRun, run: RunDirectory) -> None:
    keep(run, 0)
    current.open(run.path)
    moments: list[int] = []
    current.snapshot_selected.connect(moments.append)
    keep(run, 10)
    current.poll()
    current.select_step(0)
    assert not current.is_following
    keep(run, 20)
    current.poll()
    assert (moments, current.step) == ([10, 0], 0)
    current.select_step(20)
    keep(run, 30)
    current.poll()
    assert (moments, current.is_following) == ([10, 0, 20, 30], True)


@pytest.mark.parametrize(("wanted", "nearest"), [(-5, 0), (4, 0), (6, 10), (5, 0), (15, 10), (99, 20)])
def test_the_nearest_moment_is_picked(current: CurrentRun, run: RunDirectory, wanted: int, nearest: int) -> None:
    keep(run, 0, 10, 20)
    current.open(run.path)
    current.select_step(wanted)
    assert current.step == nearest


def test_picking_the_moment_in_view_says_nothing(current: CurrentRun, run: RunDirectory) -> None:
    keep(run, 0, 10)
    current.open(run.path)
    selected = QSignalSpy(current.snapshot_selected)
    current.select_step(10)
    assert selected.count() == 0


def test_a_moment_that_was_thinned_out_gives_way_to_its_neighbour(current: CurrentRun, run: RunDirectory) -> None:
    """A trainer keeps its snapshots within a number, and drops some in between."""
    keep(run, 0, 10, 20, 30)
    current.open(run.path)
    current.select_step(20)
    run.snapshot_path(20).unlink()
    keep(run, 32, 40)
    run.snapshot_path(30).unlink()
    current.poll()
    assert (current.step, current.is_following) == (10, False)


def test_other_files_among_the_snapshots_are_none(current: CurrentRun, run: RunDirectory) -> None:
    keep(run, 7)
    for name in ("step-00000009.safetensors.tmp", ".step-00000009.safetensors.1f.tmp", "step-9.safetensors", "notes"):
        (run.snapshots_path / name).touch()
    current.open(run.path)
    assert current.snapshots == [7]


# Wishing.


def test_wishes_keep_each_other(current: CurrentRun, run: RunDirectory) -> None:
    current.open(run.path)
    current.set_learning_rate_factor(0.5)
    current.request_checkpoint()
    current.request_checkpoint()
    current.wish(run_directory.PAUSE)
    control = run.control()
    assert (control.wish, control.checkpoint_request, control.learning_rate_factor) == (run_directory.PAUSE, 2, 0.5)
