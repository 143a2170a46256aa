"""Connects the timeline to the run in view: scrubbing selects snapshots, playing walks through them."""

from PySide6.QtCore import QObject, QTimer

from playground.ui.shell.timeline import Timeline
from playground.ui.state.current_run import CurrentRun
from playground.ui.state.metrics import Metrics

REDRAW_MS = 200  # at most five new curves a second, however fast the numbers arrive
PLAY_MS = 450  # a snapshot; pages need time to ask and to be seen


class TimelineWiring(QObject):
    """One timeline, one run in view."""

    def __init__(self, timeline: Timeline, current: CurrentRun) -> None:
        super().__init__(timeline)
        self._timeline, self._current = timeline, current
        self._shown_sample: Metrics | None = None
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._show_losses)
        self._player = QTimer(self, interval=PLAY_MS)
        self._player.timeout.connect(self._play_on)
        timeline.step_requested.connect(self._on_step_requested)
        timeline.play_requested.connect(self.toggle_playing)
        current.run_selected.connect(self._on_run_selected)
        current.snapshots_changed.connect(self._show_snapshots)
        current.status_changed.connect(self._show_snapshots)
        current.snapshot_selected.connect(self._on_snapshot_selected)
        current.metrics_appended.connect(self._on_metrics_appended)
        self._on_run_selected()

    def toggle_playing(self) -> None:
        """Walk through all snapshots from the one in view, or from the first if that is the last; or stop."""
        if self._player.isActive():
            self._stop()
        elif len(self._current.snapshots) > 1:
            if self._current.step == self._current.snapshots[-1]:
                self._current.select_step(self._current.snapshots[0])
            self._player.start()
            self._timeline.show_playing(True)

    def move(self, n_snapshots: int) -> None:
        """Go some snapshots forward, or back."""
        steps = self._current.snapshots
        if self._current.step in steps:
            index = steps.index(self._current.step) + n_snapshots
            self._on_step_requested(steps[min(max(index, 0), len(steps) - 1)])

    def _play_on(self) -> None:
        later = [step for step in self._current.snapshots if step > self._current.step]
        if later:
            self._current.select_step(later[0])
        if len(later) <= 1:
            self._stop()

    def _stop(self) -> None:
        self._player.stop()
        self._timeline.show_playing(False)

    def _on_step_requested(self, step: int) -> None:
        self._stop()
        self._current.select_step(step)

    def _on_run_selected(self) -> None:
        self._stop()
        self._show_snapshots()
        self._show_losses()

    def _on_snapshot_selected(self, step: int) -> None:
        self._timeline.show_step(step)

    def _on_metrics_appended(self) -> None:
        if self._current.sample is not None and self._shown_sample is self._current.sample:
            return  # a long history is being read, and the sample of it is shown
        if not self._redraw.isActive():
            self._redraw.start()

    def _show_snapshots(self) -> None:
        current = self._current
        last_step = current.config.training.max_steps if current.directory else 0
        self._timeline.show_snapshots(current.snapshots, last_step)
        if current.has_model:
            self._timeline.show_step(current.step)

    def _show_losses(self) -> None:
        self._shown_sample = self._current.sample
        train = (self._current.sample or self._current.metrics).train
        self._timeline.show_losses(train.column("step"), train.column("loss"))
