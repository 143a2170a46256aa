"""Back to before the first step: all that a run has learned is set aside, and comes back at will until it trains again.

Config, tokenizer, text and notes stay. What is set aside lies in `.former` inside the run, only ever once.
"""

from pathlib import Path

from playground.contract import storage
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory, hold_lock

_FORMER, _DRAFT = ".former", ".former-draft"
_LEARNED = ("metrics.jsonl", "events.jsonl", "status.json", "control.json", "snapshots", "checkpoints")


def reset(run: RunDirectory) -> None:
    """Make a run new.

    Raises:
        RunLockedError: a trainer is at work on it.
        RunError, StorageError: there is no run, or the disk refuses; what was moved is moved back.
    """
    run.config()
    with hold_lock(run.lock_path):
        draft = run.path / _DRAFT  # there already if a reset was cut short
        storage.make_folder(draft)
        _move_all(run.path, draft)
        storage.move_folder(draft, run.path / _FORMER)


def can_undo(run: RunDirectory) -> bool:
    """Whether something is set aside, and nothing new was learned since."""
    return (run.path / _FORMER).is_dir() and not run.metrics_path.exists()


def undo(run: RunDirectory) -> None:
    """Bring back what `reset` set aside.

    Raises:
        RunLockedError: a trainer is at work on it.
        RunError: there is nothing to bring back, or the run has learned something new.
        StorageError: the disk refuses.
    """
    with hold_lock(run.lock_path):
        if not can_undo(run):
            raise RunError(f"{run.path} has nothing to bring back: it was not reset, or has been trained since.")
        former = run.path / _FORMER
        for name in ("status.json", "control.json"):
            storage.remove_file(run.path / name)
        _move_all(former, run.path)
        storage.remove_tree(former)


def _move_all(source: Path, target: Path) -> None:
    moved: list[str] = []
    try:
        for name in _LEARNED:
            if storage.exists(source / name):
                storage.move_folder(source / name, target / name)
                moved.append(name)
    except BaseException:
        for name in moved:
            storage.move_folder(target / name, source / name)
        raise
