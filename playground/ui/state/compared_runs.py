"""Further runs whose loss is drawn beside that of the run in view: which there are, which are chosen, their numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import DataFacts, RunDirectory, Status, find_runs
from playground.ui.state.metrics import Metrics
from playground.ui.state.metrics_file import MetricsFile

MOST_CHOSEN = 4  # as many as there are colours
_MOST_OFFERED = 8
_BUDGET_S = 0.004  # of reading, for all chosen runs together; a long history comes in many bites
_FOLLOW_MS = 500

R = TypeVar("R")


class ComparedRun:
    """A chosen run; `slot` is its colour, from 0, and stays its own while it is chosen."""

    def __init__(self, path: Path, slot: int) -> None:
        self.path, self.slot = path, slot
        run = RunDirectory(path)
        self.config = _or(run.config, RunConfig())
        self.facts = _or(run.data_facts, DataFacts())
        self.vocab_size = _or(run.status, Status()).vocab_size
        self._file = MetricsFile(run.metrics_path)

    @property
    def metrics(self) -> Metrics:
        """All that was read so far."""
        return self._file.metrics

    @property
    def sample(self) -> Metrics | None:
        """While a long history is being read: a few of its numbers, from the beginning to the end."""
        return self._file.sample

    @property
    def is_reading(self) -> bool:
        """Whether there is more to be read at once."""
        return self._file.is_reading

    @property
    def share_read(self) -> float:
        """How much of the history is read, 0 to 1."""
        return self._file.share

    def read(self, budget_s: float) -> bool:
        """Take what is new; whether there was anything.

        Raises:
            PlaygroundError: the file cannot be read.
        """
        return self._file.read(budget_s)


class ComparedRuns(QObject):
    """Signals:
    chosen_changed: another set of runs is chosen.
    metrics_appended: a chosen run has new numbers.
    """

    chosen_changed = Signal()
    metrics_appended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offered: tuple[Path, ...] = ()
        self._chosen: dict[Path, ComparedRun] = {}
        self._follow = QTimer(self, interval=_FOLLOW_MS)
        self._follow.timeout.connect(self.read)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self.read)

    @property
    def chosen(self) -> tuple[ComparedRun, ...]:
        """In the order of their colours."""
        return tuple(sorted(self._chosen.values(), key=lambda run: run.slot))

    def slot(self, path: Path) -> int | None:
        """The colour of a chosen run."""
        run = self._chosen.get(path)
        return run.slot if run else None

    def offer(self, folder: Path, current: Path | None) -> None:
        """Look which runs there are: the newest few of `folder` that have numbers, without the one in view."""
        runs = [run for run in find_runs(folder) if run.path != current]
        dated = [(_changed_at(run.metrics_path), run.path) for run in runs]
        newest = [path for at, path in sorted(dated, key=lambda pair: -pair[0]) if at > 0]
        kept = [path for path in newest if path in self._chosen]
        self.offered = tuple(path for path in newest if path in {*kept, *newest[:_MOST_OFFERED]})
        gone = [path for path in self._chosen if path not in self.offered]
        for path in gone:
            del self._chosen[path]
        if gone:
            self._tell_chosen()

    def choose(self, path: Path, is_chosen: bool) -> None:
        """Add a run, if there is a colour left, or take it away."""
        if is_chosen and path not in self._chosen and len(self._chosen) < MOST_CHOSEN:
            taken = {run.slot for run in self._chosen.values()}
            slot = next(slot for slot in range(MOST_CHOSEN) if slot not in taken)
            self._chosen[path] = ComparedRun(path, slot)
            self._tell_chosen()
            self.read()
        elif not is_chosen and path in self._chosen:
            del self._chosen[path]
            self._tell_chosen()

    def read(self) -> None:
        """One bite of each chosen run; comes back at once while there is more, and then now and then."""
        news = [self._read(run) for run in self._chosen.values()]
        if any(news):
            self.metrics_appended.emit()
        if any(run.is_reading for run in self._chosen.values()):
            self._more.start()

    def pause(self) -> None:
        """Nobody looks."""
        self._follow.stop()
        self._more.stop()

    def go_on(self) -> None:
        """Somebody looks again."""
        if self._chosen:
            self._follow.start()
            self._more.start()

    def _read(self, run: ComparedRun) -> bool:
        try:
            return run.read(_BUDGET_S / len(self._chosen))
        except PlaygroundError:  # what came before the damage is drawn; the run says more when it is opened
            return False

    def _tell_chosen(self) -> None:
        if self._chosen:
            self._follow.start()
        else:
            self._follow.stop()
        self.chosen_changed.emit()


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _or(read: Callable[[], R], otherwise: R) -> R:
    """What a file of the run says, or what stands for it: a damaged one says more when it is opened."""
    try:
        return read()
    except PlaygroundError:
        return otherwise
