"""All runs there are: those in the person's folder, those attached or opened elsewhere, the sample model.

Reads them on a thread, so that a slow disk never holds the window up; of many runs the names are there at once and
the rest follows, the newest first. Moves nothing and writes nothing.
"""

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground import places
from playground.ui.state.quiet_collector import start_quietly
from playground.ui.state.run_summary import UNREAD, RunSummary, SummaryReader

_LOOK_MS = 20  # how often a reading is looked at
_PORTION_S = 0.25  # after which what is read so far is told
_PAUSE_S = 0.08  # after each portion: it is being shown, and two threads at work would take turns
_FEW = 24  # of unread runs: they are read before the eye sees their names
_BREATH_S = 0.001  # after each run, so that the window's thread gets its turn

Reading = tuple[RunSummary, ...]
Wanted = tuple[tuple[Path, ...], tuple[Path, ...]]  # runs elsewhere, attached runs


class RunList(QObject):
    """`runs` is the last reading.

    Signals:
        runs_changed: `runs` differs from before.
        refreshed: a reading has ended, changed or not.
    """

    runs_changed = Signal()
    refreshed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: Reading = ()
        self._work = _Work()
        self._thread: threading.Thread | None = None
        self._wanted: Wanted = ((), ())
        self._asked_again: Wanted | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._take)

    def refresh(self, elsewhere: Sequence[Path] = (), attached: Sequence[Path] = ()) -> None:
        """Read the disk anew: the person's folder, the `attached` runs, and those `elsewhere` that still exist."""
        wanted = tuple(elsewhere), tuple(attached)
        if self._thread is not None:
            self._asked_again = wanted
            return
        self._wanted = wanted
        self._thread = threading.Thread(target=self._work.read, args=wanted, name="runs", daemon=True)
        start_quietly(self._thread)
        self._look.start()

    def _take(self) -> None:
        if self._thread is None:
            return
        has_ended = not self._thread.is_alive()  # asked first, so that its last word is not missed
        found, self._work.found = self._work.found, None
        is_outdated = self._asked_again not in (None, self._wanted)  # it lacks what was attached since
        if found is not None and found != self.runs and not is_outdated:
            self.runs = found
            self.runs_changed.emit()
        if has_ended:
            self._end()

    def _end(self) -> None:
        self._look.stop()
        self._thread = None
        self.refreshed.emit()
        if self._asked_again is not None:
            again, self._asked_again = self._asked_again, None
            self.refresh(*again)


class _Work:
    """What the thread holds: nothing of Qt's, which must not be let go on a thread."""

    def __init__(self) -> None:
        self._reader = SummaryReader()
        self.found: Reading | None = None  # set here, taken by the list

    def read(self, elsewhere: Sequence[Path], attached: Sequence[Path]) -> None:
        for reading in readings(self._reader, places.runs_folder(), elsewhere, attached):
            self.found = reading
            time.sleep(_PAUSE_S)


def readings(
    reader: SummaryReader, folder: Path, elsewhere: Sequence[Path] = (), attached: Sequence[Path] = ()
) -> Iterator[Reading]:
    """Summaries of all runs in `folder`, by name, then of the others, each once; again as more of them are read.

    Between two of them lies a moment; the last is complete.
    """
    paths = _paths(folder, elsewhere, attached)
    reader.keep_only(paths)
    found = {path: replace(reader.known(path), is_attached=is_attached) for path, is_attached in paths.items()}
    if sum(run.state == UNREAD for run in found.values()) > _FEW:
        yield tuple(found.values())
    told_at = time.monotonic()
    for path in sorted(paths, key=lambda path: -found[path].changed_at):
        summary = reader.read(path)
        found[path] = replace(summary, is_attached=True) if paths[path] else summary
        time.sleep(_BREATH_S)
        if time.monotonic() - told_at > _PORTION_S:
            told_at = time.monotonic()
            yield tuple(found.values())
    yield tuple(found.values())


def read_runs(
    reader: SummaryReader, folder: Path, elsewhere: Sequence[Path] = (), attached: Sequence[Path] = ()
) -> Reading:
    """The complete one of `readings`."""
    return list(readings(reader, folder, elsewhere, attached))[-1]


def _paths(folder: Path, elsewhere: Sequence[Path], attached: Sequence[Path]) -> dict[Path, bool]:
    """The runs, and whether each is an attached one. Links that lead to the same run count once."""
    own = _own_runs(folder)
    seen = {real for _, real in own}
    paths = {path: False for path, _ in own}
    for path, is_attached in (*((path, True) for path in attached), *((path, False) for path in elsewhere)):
        real = _resolved(path)
        if real not in seen and (is_attached or (path / "config.toml").is_file()):
            seen.add(real)
            paths[path] = is_attached
    return paths


def _own_runs(folder: Path) -> list[tuple[Path, Path]]:
    """The run directories directly inside a folder, by name, each with where it really lies."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.is_symlink()) for entry in entries]
    except OSError:
        return []
    real = _resolved(folder)
    runs = []
    for name, is_link in sorted(found, key=lambda pair: pair[0].casefold()):
        if os.path.isfile(folder / name / "config.toml"):  # noqa: PTH113 - never raises, unlike Path's
            runs.append((folder / name, _resolved(folder / name) if is_link else real / name))
    return runs


def _resolved(path: Path) -> Path:
    with contextlib.suppress(OSError):
        return path.resolve()
    return path
