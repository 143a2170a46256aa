"""Run directories: made, read with tolerance, locked, steered; and what damage is told."""

import dataclasses
import json
import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract import run_directory, storage
from playground.contract.config import RunConfig
from playground.contract.errors import ConfigError, RunError, RunLockedError, StorageError
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import (
    Control,
    DataFacts,
    RunDirectory,
    Status,
    find_runs,
    hold_lock,
    is_locked,
    record_from_mapping,
)


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory.create(tmp_path / "my-run", RunConfig())


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in [folder, *folder.rglob("*")]}


# ---------------------------------------------------------------- making


def test_a_new_run_holds_only_its_config(run: RunDirectory) -> None:
    assert [path.name for path in run.path.iterdir()] == ["config.toml"]
    assert run.exists()
    assert run.name == "my-run"
    assert run.config() == RunConfig()


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert RunDirectory.create(tmp_path / "a" / "b" / "本", RunConfig()).exists()


def test_a_second_run_of_the_name_is_refused(run: RunDirectory) -> None:
    config = RunConfig(model=ModelConfig(n_layers=2))
    with pytest.raises(RunError, match=r"already holds a run. Choose another name, or resume it"):
        RunDirectory.create(run.path, config)
    assert run.config() == RunConfig()


def test_an_impossible_config_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"model.n_layers is 0"):
        RunDirectory.create(tmp_path / "x", RunConfig(model=ModelConfig(n_layers=0)))
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Cannot create the folder"):
        RunDirectory.create(tmp_path / "file" / "x", RunConfig())
    with pytest.raises(StorageError, match=r"The name is too long. Choose a shorter one"):
        RunDirectory.create(tmp_path / ("x" * 300), RunConfig())


# ---------------------------------------------------------------- reading


def test_a_run_that_never_spoke_has_fresh_records(run: RunDirectory) -> None:
    assert run.status() == Status()
    assert run.control() == Control()
    assert run.data_facts() == DataFacts()
    assert run.state() == run_directory.NEW
    assert run.snapshot_steps() == run.checkpoint_steps() == []
    assert run.metrics_tail().read() == run.events_tail().read() == []


def test_reading_a_run_changes_nothing_in_it(run: RunDirectory) -> None:
    run.write_status(Status(state=run_directory.TRAINING))
    run.lock_path.touch()
    before = contents(run.path)
    run.config(), run.status(), run.state(), run.control(), run.data_facts()
    run.snapshot_steps(), run.checkpoint_steps(), run.metrics_tail().read(), is_locked(run.lock_path)
    assert contents(run.path) == before


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", tmp_path / ("x" * 300), tmp_path / "a\0b"):
        assert not RunDirectory(path).exists()
        with pytest.raises(RunError, match=r"holds no run: there is no config.toml in it. Choose a run directory"):
            RunDirectory(path).config()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[model", "config.toml is not a valid TOML file"),
        ("format = 9", "made by a newer version"),
        ("[model]\nn_layers = 0", "model.n_layers is 0"),
    ],
)
def test_a_damaged_config_is_told(run: RunDirectory, text: str, words: str) -> None:
    run.config_path.write_text(text)
    with pytest.raises(ConfigError, match=words):
        run.config()


def test_the_trainers_word_is_stamped(run: RunDirectory) -> None:
    began = time.time()
    run.write_status(Status(state=run_directory.TRAINING, step=7))
    found = run.status()
    assert (found.state, found.step, found.pid) == ("training", 7, os.getpid())
    assert found.host
    assert began <= found.updated_at <= time.time()


def test_wishes_and_facts_travel(run: RunDirectory) -> None:
    control = Control(wish=run_directory.PAUSE, checkpoint_request=3, learning_rate_factor=0.5)
    run.write_control(control)
    assert run.control() == control
    facts = DataFacts(source="本.txt", sha256="ab", size_bytes=5, n_train_tokens=3)
    run.write_data_facts(facts)
    assert run.data_facts() == facts


RECORDS = [("control.json", "control"), ("data.json", "data_facts")]
DAMAGED = [b"", b"{", b"[]", b"\xff", b'{"step": "7", "wish": 1, "source": 2}']


@pytest.mark.parametrize(("name", "read"), RECORDS)
@pytest.mark.parametrize("data", DAMAGED)
def test_damaged_records_name_their_file(run: RunDirectory, name: str, read: str, data: bytes) -> None:
    (run.path / name).write_bytes(data)
    with pytest.raises(RunError, match=f"{name} is damaged"):
        getattr(run, read)()


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_status_is_an_interruption(run: RunDirectory, data: bytes) -> None:
    """It is written every second and not synced: a machine that lost its power must not cost the run."""
    run.status_path.write_bytes(data)
    found = run.status()
    assert (found.state, found.step) == (run.state(), 0) == (run_directory.INTERRUPTED, 0)
    assert "status.json is damaged or cannot be read" in found.message
    assert "Resume the run" in found.message


def test_records_of_a_newer_version_are_read(run: RunDirectory) -> None:
    run.status_path.write_text(json.dumps({"state": "paused", "step": 4, "temperature_of_the_room": 21}))
    assert run.status() == Status(state="paused", step=4)


def test_whole_numbers_serve_as_floats(run: RunDirectory) -> None:
    run.control_path.write_text('{"learning_rate_factor": 2}')
    assert run.control().learning_rate_factor == 2.0
    assert type(run.control().learning_rate_factor) is float


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**308, 10**400),
    st.floats(),
    st.text(),
    st.lists(st.integers()),
)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 10**400, -(10**400)])
def test_numbers_that_are_not_finite_are_damage(value: float) -> None:
    with pytest.raises(RunError, match=r"x.json is damaged: time_left_s is"):
        record_from_mapping({"time_left_s": value}, Status, "x.json")


@pytest.mark.parametrize("kind", [Status, Control, DataFacts])
@given(data=st.data())
def test_a_record_is_whole_or_damaged(kind: type[Any], data: st.DataObject) -> None:
    """Whatever a file says: values of the right kind, finite, or a `RunError`; never anything else."""
    names = [field.name for field in dataclasses.fields(kind)]
    values = {data.draw(st.sampled_from(names)): data.draw(VALUES)}
    try:
        record = record_from_mapping(values, kind, "x.json")
    except RunError as error:
        if "x.json is damaged" not in str(error):
            raise
        return
    for field in dataclasses.fields(kind):
        value = getattr(record, field.name)
        assert type(value) is type(field.default)
        assert not isinstance(value, float) or abs(value) < float("inf")


# ---------------------------------------------------------------- snapshots and checkpoints


def test_snapshots_are_listed_by_step(run: RunDirectory) -> None:
    run.snapshots_path.mkdir()
    for step in (1000, 5, 100_000_000):
        run.snapshot_path(step).write_bytes(b"")
    for stray in (".step-00000007.safetensors.tmp", "step-7.safetensors", "step-00000008.pt", "notes.txt"):
        (run.snapshots_path / stray).write_bytes(b"")
    assert run.snapshot_steps() == [5, 1000, 100_000_000]
    assert run.snapshot_path(5).name == "step-00000005.safetensors"


def test_only_whole_checkpoints_count(run: RunDirectory) -> None:
    for step, is_whole in ((100, True), (200, False), (50, True)):
        run.checkpoint_path(step).mkdir(parents=True)
        if is_whole:
            (run.checkpoint_path(step) / "MANIFEST.json").write_text("{}")
    (run.checkpoints_path / ".step-00000300.tmp").mkdir()
    assert run.checkpoint_steps() == [50, 100]


def test_runs_in_a_folder(tmp_path: Path) -> None:
    for name in ("b", "A", "ç"):
        RunDirectory.create(tmp_path / name, RunConfig())
    (tmp_path / "no-run").mkdir()
    (tmp_path / "file").write_text("")
    assert [found.name for found in find_runs(tmp_path)] == ["A", "b", "ç"]
    assert find_runs(tmp_path / "none") == []
    assert find_runs(tmp_path / "file") == []


# ---------------------------------------------------------------- the lock


def _hold(path: Path, connection: Connection) -> None:
    with hold_lock(path):
        connection.send("held")
        connection.recv()


@pytest.fixture
def other_trainer(run: RunDirectory) -> Any:
    """A process that holds the lock of the run until it is killed."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_hold, args=(run.lock_path, theirs), daemon=True)
    process.start()
    assert ours.poll(60)
    assert ours.recv() == "held"
    yield process
    process.kill()
    process.join()


def test_only_one_trainer_at_a_time(run: RunDirectory, other_trainer: Any) -> None:
    assert is_locked(run.lock_path)
    with pytest.raises(RunLockedError, match="is being trained by another process"), hold_lock(run.lock_path, 0.1):
        pytest.fail("two trainers at once")
    run.write_status(Status(state=run_directory.TRAINING))
    assert run.state() == run_directory.TRAINING
    other_trainer.kill()
    other_trainer.join()
    assert not is_locked(run.lock_path), "the lock must die with its process"
    assert run.state() == run_directory.INTERRUPTED
    with hold_lock(run.lock_path, 0.1):
        assert run.state() == run_directory.TRAINING


def test_two_holders_in_one_process(run: RunDirectory) -> None:
    with hold_lock(run.lock_path), pytest.raises(RunLockedError), hold_lock(run.lock_path, 0.0):
        pytest.fail("two trainers at once")
    with hold_lock(run.lock_path):
        pass


def test_the_lock_is_freed_when_training_fails(run: RunDirectory) -> None:
    with pytest.raises(RuntimeError), hold_lock(run.lock_path):
        raise RuntimeError
    assert not is_locked(run.lock_path)


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Cannot open"), hold_lock(tmp_path / "gone" / "lock"):
        pytest.fail("held a lock that is nowhere")
    assert not is_locked(tmp_path / "gone" / "lock")


@pytest.mark.parametrize("state", run_directory.ACTIVE_STATES)
def test_an_active_run_without_a_trainer_is_interrupted(run: RunDirectory, state: str) -> None:
    run.write_status(Status(state=state))
    assert run.state() == run_directory.INTERRUPTED
    assert run.status().state == state, "the file keeps the trainer's last word"


@pytest.mark.parametrize("state", [run_directory.STOPPED, run_directory.FINISHED, run_directory.FAILED])
def test_a_run_at_rest_needs_no_trainer(run: RunDirectory, state: str) -> None:
    run.write_status(Status(state=state))
    assert run.state() == state


def test_a_trainer_on_another_machine_is_known_by_its_heartbeat(run: RunDirectory) -> None:
    """Its lock cannot be seen from here."""
    word = {"state": "training", "host": "some-other-machine", "updated_at": time.time() - 5}
    storage.write_json(run.status_path, word)
    assert run.state() == run_directory.TRAINING
    storage.write_json(run.status_path, {**word, "updated_at": time.time() - 60})
    assert run.state() == run_directory.INTERRUPTED
