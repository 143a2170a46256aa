"""Renames runs on disk, and says of which ones neither name nor place may change now."""

from pathlib import Path

from playground.contract import storage
from playground.contract.errors import PlaygroundError, RunError, RunLockedError
from playground.contract.run_directory import RunDirectory
from playground.ui.state.run_names import name_problem
from playground.ui.translation import translate
from playground.ui.wiring.opening import sample_model


def care_problem(path: Path) -> str:
    """Why a run can be neither renamed nor deleted now, in a sentence; "" if it can."""
    sample = sample_model()
    if sample is not None and path == sample:
        return translate("RunsPage", "The sample model belongs to the program and stays as it is.")
    run = RunDirectory(path)
    if not run.exists():
        return translate("RunsPage", "Its folder is not there now.")
    try:
        is_at_work = run.is_trainer_alive(run.status())
    except PlaygroundError:  # damaged: nobody trains it, and deleting it is what it needs
        is_at_work = False
    if is_at_work:
        return translate("RunsPage", "A trainer is at work on this run. Stop it on the Train page first.")
    return ""


def rename_run(path: Path, name: str) -> Path:
    """Give a run's folder another name; returns where it is now.

    Raises:
        RunLockedError: a trainer is at work on it.
        RunError: the name is not possible.
        StorageError: the disk refuses.
    """
    _check(path)
    problem = name_problem(name, path.parent, former=path.name)
    if problem:
        raise RunError(problem)
    target = path.with_name(name)
    with storage.reporting(path, "rename"):
        path.rename(target)
    return target


def _check(path: Path) -> None:
    problem = care_problem(path)
    if problem:
        raise RunLockedError(problem)
