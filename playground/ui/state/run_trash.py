"""Deleted runs, set aside so that they can come back: a folder inside the runs' own, hence on the same disk. No Qt."""

import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from playground.contract import storage
from playground.contract.errors import RunError, RunLockedError
from playground.contract.run_directory import RunDirectory, is_locked
from playground.ui.state.run_names import free_name

FOLDER = ".trash"
LEFT_OVER_S = 86_400.0  # what a killed window has left is removed after a day: another one may still need it


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """A run that was set aside: where it was, and where it is."""

    path: Path
    place: Path


class RunTrash:
    """The deleted runs of one window. `runs` are those that can still come back, in the order of deletion."""

    def __init__(self, runs_folder: Path) -> None:
        self._folder = runs_folder / FOLDER
        self.runs: tuple[Deleted, ...] = ()

    def put(self, path: Path) -> Deleted:
        """Set a run aside; a link to a run goes without what it leads to.

        Raises:
            RunError: there is no run.
            RunLockedError: a trainer took it in this moment; it is where it was.
            StorageError: the disk refuses; it is where it was.
        """
        if not RunDirectory(path).exists():
            raise RunError(f"{path} holds no run any more, so nothing was deleted.")
        home = self._folder / uuid.uuid4().hex[:12]
        storage.make_folder(home)
        deleted = Deleted(path=path, place=home / path.name)
        with storage.reporting(path, "delete"):
            path.rename(deleted.place)
        if is_locked(deleted.place / "lock"):
            deleted.place.rename(path)
            home.rmdir()
            raise RunLockedError(f"A trainer has just begun with {path}. Stop it first.")
        self.runs = (*self.runs, deleted)
        return deleted

    def put_back(self, deleted: Deleted) -> Path:
        """Bring a run back, under another name if its own was taken meanwhile; returns where it is now.

        Raises:
            StorageError: it cannot come back; it stays set aside.
        """
        path = deleted.path.with_name(free_name(deleted.path.name, deleted.path.parent))
        storage.make_folder(path.parent)
        with storage.reporting(path, "bring back"):
            deleted.place.rename(path)
        self.forget(deleted)
        _remove_empty(deleted)
        return path

    def remove(self, deleted: Deleted) -> None:
        """Delete a run for good. What the disk refuses to delete stays and is tried again another day."""
        self.forget(deleted)
        remove_for_good(deleted)

    def empty(self) -> None:
        """Delete all of this window's for good."""
        for deleted in self.runs:
            self.remove(deleted)

    def sweep(self, now_s: float | None = None) -> None:
        """Delete for good what windows that were killed have left here long ago."""
        now_s = time.time() if now_s is None else now_s
        own = {deleted.place.parent for deleted in self.runs}
        try:
            homes = [home for home in self._folder.iterdir() if home not in own]
            old = [home for home in homes if now_s - home.lstat().st_mtime > LEFT_OVER_S]
        except OSError:
            return
        for home in old:
            shutil.rmtree(home, ignore_errors=True)

    def forget(self, deleted: Deleted) -> None:
        """It can come back no more; it still lies there."""
        self.runs = tuple(other for other in self.runs if other != deleted)


def remove_for_good(deleted: Deleted) -> None:
    """Take it from the disk. What the disk refuses to delete stays and is tried again another day."""
    try:
        if deleted.place.is_symlink():
            deleted.place.unlink()
    except OSError:
        return
    shutil.rmtree(deleted.place, ignore_errors=True)
    _remove_empty(deleted)


def _remove_empty(deleted: Deleted) -> None:
    for folder in (deleted.place.parent, deleted.place.parent.parent):
        try:
            folder.rmdir()
        except OSError:  # something is left in it
            return
