"""The run in view and the moment of its training in view: the truth that every page shows.

Watches a run directory by reading what is new in it a few times a second. Writes only wishes (control.json).
"""

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import Control, DataFacts, RunDirectory, Status
from playground.contract.storage import LineTail
from playground.ui.state.metrics import Metrics

POLL_MS = 250
_BYTES_PER_POLL = 32 << 10  # keeps one poll within a few milliseconds; a long history arrives over several


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
        self._forget()

    def _forget(self) -> None:
        self.directory: RunDirectory | None = None
        self.config = RunConfig()
        self.status = Status()
        self.state = run_directory.NEW
        self.facts = DataFacts()
        self.metrics = Metrics()
        self.events: list[dict[str, Any]] = []
        self.snapshots: list[int] = []
        self.step = 0  # the snapshot in view
        self.is_following = True  # the newest snapshot is in view, whichever that is
        self._metrics_tail: LineTail | None = None
        self._events_tail: LineTail | None = None
        self._trouble = ""
        self.is_reading = False  # there may be more lines, which come at once

    @property
    def path(self) -> Path | None:
        return self.directory.path if self.directory else None

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
        self._metrics_tail, self._events_tail = directory.metrics_tail(), directory.events_tail()
        self.run_selected.emit()
        self.poll()
        self._timer.start()

    def close(self) -> None:
        """Put no run in view."""
        self._timer.stop()
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
        assert self._metrics_tail, "an open run has its tails"
        assert self._events_tail, "an open run has its tails"
        records = self._metrics_tail.read(_BYTES_PER_POLL)
        self.is_reading = bool(records)
        if records:
            self.metrics.extend(records)
            self.metrics_appended.emit()
        events = self._events_tail.read(_BYTES_PER_POLL)
        if events:
            self.events += events
            self.events_appended.emit(events)
        if records:  # perhaps there is more: come back at once, but let the window breathe
            QTimer.singleShot(0, self._read_rest)

    def _read_rest(self) -> None:
        if self._metrics_tail is not None:
            self._read_lines_quietly()

    def _read_lines_quietly(self) -> None:
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
