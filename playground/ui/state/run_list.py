"""All runs there are: those in the person's folder, those opened elsewhere, the sample model.

Reads them on a thread, so that a slow disk never holds the window up; moves nothing and writes nothing.
"""

import contextlib
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground import places
from playground.contract.run_directory import find_runs
from playground.ui.state.quiet_collector import start_quietly
from playground.ui.state.run_summary import RunSummary, SummaryReader

_LOOK_MS = 20  # how often a finished reading is looked for
_BREATH_S = 0.001  # after each run, so that the window's thread gets its turn


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
        self.runs: tuple[RunSummary, ...] = ()
        self._reader = SummaryReader()
        self._thread: threading.Thread | None = None
        self._found: tuple[RunSummary, ...] | None = None
        self._asked_again: Sequence[Path] | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._take)

    def refresh(self, elsewhere: Sequence[Path] = ()) -> None:
        """Read the disk anew: the person's folder, and the runs `elsewhere` that still exist."""
        if self._thread is not None:
            self._asked_again = elsewhere
            return
        self._thread = threading.Thread(target=self._read, args=(tuple(elsewhere),), name="runs", daemon=True)
        start_quietly(self._thread)
        self._look.start()

    def _read(self, elsewhere: tuple[Path, ...]) -> None:
        """On the thread; only `_take` looks at what it leaves, after its end."""
        self._found = read_runs(self._reader, places.runs_folder(), elsewhere)

    def _take(self) -> None:
        if self._thread is None or self._thread.is_alive():
            return
        self._look.stop()
        self._thread, found, self._found = None, self._found, None
        if found is not None and found != self.runs:
            self.runs = found
            self.runs_changed.emit()
        self.refreshed.emit()
        if self._asked_again is not None:
            elsewhere, self._asked_again = self._asked_again, None
            self.refresh(elsewhere)


def read_runs(reader: SummaryReader, folder: Path, elsewhere: Iterable[Path]) -> tuple[RunSummary, ...]:
    """Summaries of all runs in `folder`, then of those `elsewhere`; each once."""
    paths = [run.path for run in find_runs(folder)]
    seen = {_resolved(path) for path in paths}
    for path in elsewhere:
        if _resolved(path) not in seen and (path / "config.toml").is_file():
            seen.add(_resolved(path))
            paths.append(path)
    reader.keep_only(paths)
    found = []
    for path in paths:
        found.append(reader.read(path))
        time.sleep(_BREATH_S)
    return tuple(found)


def _resolved(path: Path) -> Path:
    with contextlib.suppress(OSError):
        return path.resolve()
    return path
