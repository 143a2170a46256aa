"""The time machine under every page: play, the track with all snapshots, and where it stands."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.shell.timeline_track import TimelineTrack
from playground.ui.theme import SMALL_PIXELS, colour, theme
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.icons import icon

HEIGHT = 84


class Timeline(QWidget):
    """A view of one run's snapshots; reports which one is wanted."""

    step_requested = Signal(int)
    play_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.track = TimelineTrack()
        self.play = Button()
        self._is_playing = False
        self._step = -1
        self._at = PlainLabel(bold=True)
        self._loss = PlainLabel(dim=True, pixels=SMALL_PIXELS)
        self._lay_out()
        self.track.step_requested.connect(self.step_requested)
        self.play.clicked.connect(self.play_requested)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.retranslate()

    def show_snapshots(self, steps: Sequence[int], last_step: int) -> None:
        """All stops of the run, rising; [] when there are none yet."""
        self.track.show_snapshots(steps, last_step)
        self.play.setEnabled(len(steps) > 1)
        self._recolour()
        if not steps:
            self._step = -1
        self._retell()

    def show_losses(self, steps: np.ndarray, losses: np.ndarray) -> None:
        """The training loss: (N,) steps, (N,) nats."""
        self.track.show_losses(steps, losses)
        self._retell()

    def show_step(self, step: int) -> None:
        """The snapshot in view."""
        self._step = step
        self.track.show_step(step)
        self._retell()

    def show_playing(self, is_playing: bool) -> None:
        self._is_playing = is_playing
        self._recolour()
        self._retell()

    def retranslate(self) -> None:
        self.track.show_hint(translate("Timeline", "Train a model or open a run: its whole training will lie here."))
        self._retell()

    def _retell(self) -> None:
        """The words beside the track and for the screen reader."""
        loss = self.track.loss_at(self._step) if self._step >= 0 else math.nan
        step = translate("Timeline", "step {0}").format(f"{self._step:,}") if self._step >= 0 else ""
        spoken = translate("Timeline", "train loss {0}").format(f"{loss:.3f}") if math.isfinite(loss) else ""
        self._at.setText(step)
        self._loss.setText(spoken)
        self.track.setAccessibleName(translate("Timeline", "Timeline of the training"))
        self.track.setAccessibleDescription(", ".join(part for part in (step, spoken) if part))
        play = translate("Timeline", "Stop playing") if self._is_playing else translate("Timeline", "Play the training")
        self.play.setAccessibleName(play)
        why_not = translate("Timeline", "There are no snapshots to play through yet.")
        self.play.setToolTip(f"{play} (Ctrl+P)" if self.play.isEnabled() else why_not)

    def _recolour(self) -> None:
        ink = colour("text" if self.play.isEnabled() else "dim")
        self.play.setIcon(icon("pause" if self._is_playing else "play", ink, 16))
        self.update()

    def _lay_out(self) -> None:
        self.play.setFixedWidth(38)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self._at, self._loss):
            label.setMinimumWidth(112)
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.play, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.track, 1)
        row.addSpacing(8)
        row.addLayout(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        painter.setPen(colour("line"))
        painter.drawLine(0, 0, self.width(), 0)
