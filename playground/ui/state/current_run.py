"""The run in view and the moment of its training in view: the truth that every page shows.

Watches a run directory by reading what is new in it a few times a second. Writes only wishes (control.json).
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import Control, DataFacts, RunDirectory, Status
from playground.ui.state.metrics import Metrics
from playground.ui.state.metrics_file import MetricsFile

POLL_MS = 250
_BYTES_PER_POLL = 32 << 10  # of events: keeps one poll within a few milliseconds
_BUDGET_S = 0.004  # of numbers, in one go: a long history arrives over many


class CurrentRun(QObject):
    """One run directory, or none.

    Signals:
        run_selected: another run (or none) is in view; everything must be asked anew.
        status_changed: state, step, speed or message of the trainer changed.
        metrics_appended: `metrics` has new rows.
        events_appended (list of dict): new records of events.jsonl.
        snapshots_changed: `snapshots` has other steps.
        snapshot_selected (int): the moment in view changed.
        trouble_found (str): the run directory is damaged; one sentence.
    """

    run_selected = Signal()
    status_changed = Signal()
    metrics_appended = Signal()
    events_appended = Signal(list)
    snapshots_changed = Signal()
    snapshot_selected = Signal(int)
    trouble_found = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._read_rest)
        self._forget()

    def _forget(self) -> None:
        self.directory: RunDirectory | None = None
        self.config = RunConfig()
        self.status = Status()
        self.state = run_directory.NEW
        self.facts = DataFacts()
        self._metrics_file: MetricsFile | None = None
        self._no_metrics = Metrics()
        self.events: list[dict[str, Any]] = []
        self.snapshots: list[int] = []
        self.step = 0  # the snapshot in view
        self.is_following = True  # the newest snapshot is in view, whichever that is
        self._read_events: Callable[[int], list[dict[str, Any]]] = _no_events
        self._trouble = ""

    @property
    def path(self) -> Path | None:
        return self.directory.path if self.directory else None

    @property
    def metrics(self) -> Metrics:
        """All that was read so far."""
        return self._metrics_file.metrics if self._metrics_file else self._no_metrics

    @property
    def sample(self) -> Metrics | None:
        """While a long history is being read: a few of its numbers, from the beginning to the end."""
        return self._metrics_file.sample if self._metrics_file else None

    @property
    def is_reading(self) -> bool:
        """Whether there are more lines, which come at once."""
        return self._metrics_file is not None and self._metrics_file.is_reading

    @property
    def share_read(self) -> float:
        """How much of the history is read, 0 to 1."""
        return self._metrics_file.share if self._metrics_file else 1.0

    @property
    def has_model(self) -> bool:
        """Whether there are weights to ask."""
        return bool(self.snapshots)

    @property
    def is_active(self) -> bool:
        """Whether a trainer is at work on it."""
        return self.state in run_directory.ACTIVE_STATES

    def open(self, path: Path) -> None:
        """Put a run in view.

        Raises:
            PlaygroundError: it is missing, damaged or newer; the former run stays in view.
        """
        directory = RunDirectory(path)
        config = directory.config()
        status = directory.status()
        self._forget()
        self.directory, self.config, self.status = directory, config, status
        self._metrics_file = MetricsFile(directory.metrics_path)
        self._read_events = directory.events_tail().read
        self.run_selected.emit()
        self.poll()
        self._timer.start()

    def close(self) -> None:
        """Put no run in view."""
        self._timer.stop()
        self._more.stop()
        self._forget()
        self.run_selected.emit()

    def poll(self) -> None:
        """Read what is new; called by the timer."""
        if self.directory is None:
            return
        try:
            self._read_status(self.directory)
            self._read_lines()
            self._read_snapshots(self.directory)
        except PlaygroundError as error:
            self._report(str(error))
        else:
            self._trouble = ""

    def select_step(self, step: int) -> None:
        """Put the snapshot nearest to `step` in view; the newest one is followed from then on."""
        if not self.snapshots:
            return
        nearest = min(self.snapshots, key=lambda kept: (abs(kept - step), kept))
        self.is_following = nearest == self.snapshots[-1]
        if nearest != self.step:
            self.step = nearest
            self.snapshot_selected.emit(nearest)

    def wish(self, wish: str) -> None:
        """Tell the trainer: `run_directory.TRAIN`, `PAUSE` or `STOP`.

        Raises:
            PlaygroundError: the disk refuses.
        """
        self._change_control(wish=wish)

    def request_checkpoint(self) -> None:
        """Ask the trainer for a checkpoint now; raises as `wish`."""
        assert self.directory, "no run is in view"
        self._change_control(checkpoint_request=self.directory.control().checkpoint_request + 1)

    def request_step(self) -> None:
        """Ask a held trainer for one step; raises as `wish`."""
        assert self.directory, "no run is in view"
        self._change_control(wish=run_directory.PAUSE, step_request=self.directory.control().step_request + 1)

    def set_max_steps(self, max_steps: int) -> None:
        """Let the run end at another step, now or when it goes on; raises as `wish`."""
        self._change_control(max_steps=max_steps)

    def set_learning_rate_factor(self, factor: float) -> None:
        """Scale the learning rate of the running training; raises as `wish`."""
        self._change_control(learning_rate_factor=factor)

    def _change_control(self, **changes: Any) -> None:
        assert self.directory, "no run is in view"
        control: Control = dataclasses.replace(self.directory.control(), **changes)
        self.directory.write_control(control)

    def _read_status(self, directory: RunDirectory) -> None:
        status, state = directory.status(), directory.state()
        if (status, state) == (self.status, self.state):
            return
        self.status, self.state = status, state
        if not self.facts.n_train_tokens:
            self.facts = directory.data_facts()
        self.status_changed.emit()

    def _read_lines(self) -> None:
        assert self._metrics_file, "an open run has its numbers"
        if self._metrics_file.read(_BUDGET_S):
            self.metrics_appended.emit()
        events = self._read_events(_BYTES_PER_POLL)
        if events:
            self.events += events
            self.events_appended.emit(events)
        if self.is_reading or events:  # perhaps there is more: come back at once, but let the window breathe
            self._more.start()

    def _read_rest(self) -> None:
        if self._metrics_file is None:
            return
        try:
            self._read_lines()
        except PlaygroundError as error:
            self._report(str(error))

    def _read_snapshots(self, directory: RunDirectory) -> None:
        steps = directory.snapshot_steps()
        if steps == self.snapshots:
            return
        first = not self.snapshots
        self.snapshots = steps
        self.snapshots_changed.emit()
        if steps and (self.is_following or self.step not in steps):
            newest = steps[-1] if self.is_following else min(steps, key=lambda s: abs(s - self.step))
            if newest != self.step or first:
                self.step = newest
                self.snapshot_selected.emit(newest)

    def _report(self, sentence: str) -> None:
        if sentence != self._trouble:
            self._trouble = sentence
            self.trouble_found.emit(sentence)


def _no_events(limit_bytes: int) -> list[dict[str, Any]]:
    return []
