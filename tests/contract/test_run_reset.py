"""A run that begins anew: what it learned is set aside, whole, and can be brought back until it trains again."""

from pathlib import Path

import pytest

from playground.contract import storage
from playground.contract.config import RunConfig
from playground.contract.errors import RunError, RunLockedError, StorageError
from playground.contract.run_directory import FINISHED, NEW, RunDirectory, Status, hold_lock
from playground.contract.run_reset import can_undo, reset, undo


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    run = RunDirectory.create(tmp_path / "run", RunConfig())
    run.metrics_path.write_text('{"kind":"train","step":1}\n', encoding="utf-8")
    run.write_status(Status(state=FINISHED, step=1))
    for folder in (run.snapshots_path, run.checkpoint_path(1), run.tokenizer_path):
        folder.mkdir(parents=True)
        (folder / "part").write_bytes(b"learned")
    return run


def files(run: RunDirectory) -> dict[str, bytes]:
    return {
        str(path.relative_to(run.path)): path.read_bytes()
        for path in run.path.rglob("*") if path.is_file() and path.name != "lock"
    }  # fmt: skip


def test_a_reset_run_is_new_and_keeps_config_and_tokenizer(run: RunDirectory) -> None:
    reset(run)
    assert run.state() == NEW
    assert (run.snapshot_steps(), run.checkpoint_steps()) == ([], [])
    assert not run.metrics_path.exists()
    assert run.config() == RunConfig()
    assert (run.tokenizer_path / "part").read_bytes() == b"learned"


def test_all_of_it_comes_back(run: RunDirectory) -> None:
    before = files(run)
    assert not can_undo(run)
    reset(run)
    assert can_undo(run)
    undo(run)
    assert files(run) == before
    assert not can_undo(run)
    with pytest.raises(RunError, match="nothing to bring back"):
        undo(run)


def test_what_was_learned_since_is_never_thrown_away(run: RunDirectory) -> None:
    reset(run)
    run.metrics_path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(RunError, match="has been trained since"):
        undo(run)
    assert run.metrics_path.read_text(encoding="utf-8") == "{}\n"


def test_a_run_in_training_is_left_alone(run: RunDirectory) -> None:
    before = files(run)
    with hold_lock(run.lock_path), pytest.raises(RunLockedError):
        reset(run)
    assert files(run) == before


@pytest.mark.parametrize("n_moves", [0, 1, 2, 3, 4])
def test_a_disk_that_refuses_costs_nothing(run: RunDirectory, monkeypatch: pytest.MonkeyPatch, n_moves: int) -> None:
    before, move, n_done = files(run), storage.move_folder, 0

    def refuse(source: Path, target: Path) -> None:
        nonlocal n_done
        if n_done == n_moves and target.parent.name == ".former-draft":
            raise StorageError("The disk is full.")
        n_done += target.parent.name == ".former-draft"
        move(source, target)

    monkeypatch.setattr(storage, "move_folder", refuse)
    if n_moves < 4:
        with pytest.raises(StorageError):
            reset(run)
        assert files(run) == before
    monkeypatch.undo()
    reset(run)
    undo(run)
    assert files(run) == before


def test_a_reset_that_was_killed_in_the_middle_is_finished_by_the_next(run: RunDirectory) -> None:
    before = files(run)
    draft = run.path / ".former-draft"
    draft.mkdir()
    run.metrics_path.rename(draft / "metrics.jsonl")
    reset(run)
    undo(run)
    assert files(run) == before
