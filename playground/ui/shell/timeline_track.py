"""The time machine's track: the whole training as a small loss curve, one tick a snapshot, a handle on the one in view.

A slider over the snapshots: arrow keys, Home, End and Page keys walk them, a press or a drag goes to the nearest.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from playground.ui.shell.loss_line import LossLine, thinned, value_at
from playground.ui.theme import colour, interface_font, theme
from playground.ui.translation import translate

_MARGIN = 10  # the handle's room at both ends
_CURVE_TOP = 10
_TICK_HEIGHT = 8
_HANDLE_RADIUS = 6.5
_NO_LINE = LossLine(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0), np.empty(0))


class TimelineTrack(QAbstractSlider):
    """Its value is the place of the snapshot in view among `snapshots`."""

    step_requested = Signal(int)  # by the person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshots: list[int] = []
        self._step = 0
        self._last_step = 0
        self._steps = np.empty(0)
        self._losses = np.empty(0)
        self._line = _NO_LINE
        self._hint = ""
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setPageStep(5)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.valueChanged.connect(self._on_value_changed)
        theme().changed.connect(self.update)

    def show_snapshots(self, steps: Sequence[int], last_step: int) -> None:
        """All stops, rising, on a track that reaches to `last_step`."""
        self._snapshots = list(steps)
        self._last_step = max(last_step, steps[-1] if steps else 0)
        with QSignalBlocker(self):
            self.setRange(0, max(len(steps) - 1, 0))
        self._thin()

    def show_losses(self, steps: np.ndarray, losses: np.ndarray) -> None:
        """The training loss, (N,) steps and (N,) nats; the arrays are kept, not copied."""
        self._steps, self._losses = steps, losses
        self._thin()

    def show_step(self, step: int) -> None:
        """The snapshot in view; no signal is sent."""
        self._step = step
        if step in self._snapshots:
            with QSignalBlocker(self):
                self.setValue(self._snapshots.index(step))
        self.update()

    def show_hint(self, sentence: str) -> None:
        """What to say while there is nothing to stop at."""
        self._hint = sentence
        self.update()

    def loss_at(self, step: int) -> float:
        """The training loss in nats at a step; NaN if it is not known."""
        return value_at(self._steps, self._losses, step)

    def x_of(self, step: int) -> float:
        """Where a step lies, in pixels from the left."""
        share = step / self._last_step if self._last_step else 0.0
        return _MARGIN + share * (self.width() - 2 * _MARGIN)

    def nearest(self, x: float) -> int:
        """The snapshot nearest to a place; there must be one."""
        return min(self._snapshots, key=lambda step: abs(self.x_of(step) - x))

    def sizeHint(self) -> QSize:
        return QSize(400, 64)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 56)

    def _thin(self) -> None:
        self._line = thinned(self._steps, self._losses, self._last_step, self.width() - 2 * _MARGIN)
        self.update()

    def _on_value_changed(self, index: int) -> None:
        if index < len(self._snapshots):
            self.step_requested.emit(self._snapshots[index])

    def _go_to(self, x: float) -> None:
        if self._snapshots:
            self.setValue(self._snapshots.index(self.nearest(x)))

    # Qt overrides.

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tool_tip(event)
            return True
        return super().event(event)

    def _show_tool_tip(self, event: QHelpEvent) -> None:
        if not self._snapshots:
            QToolTip.hideText()
            return
        step = self.nearest(event.pos().x())
        loss = self.loss_at(step)
        words = translate("Timeline", "Snapshot at step {0}").format(f"{step:,}")
        if np.isfinite(loss):
            words += "\n" + translate("Timeline", "train loss {0}").format(f"{loss:.3f}")
        QToolTip.showText(event.globalPos(), words, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._snapshots and event.angleDelta().y():
            self.setValue(self.value() + (1 if event.angleDelta().y() < 0 else -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._thin()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._snapshots and self._line.is_empty:
            painter.setFont(interface_font())
            painter.setPen(colour("dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
            return
        self._paint_curve(painter)
        self._paint_ground(painter)
        if self._snapshots:
            self._paint_handle(painter)

    @property
    def _ground_y(self) -> float:
        return self.height() - 13.0

    def _paint_curve(self, painter: QPainter) -> None:
        if self._line.is_empty:
            return
        low, high = float(np.min(self._line.low)), float(np.max(self._line.mean))
        span = max(high - low, 1e-9)
        bottom = self._ground_y - _TICK_HEIGHT - 3

        def places(values: np.ndarray) -> np.ndarray:
            return bottom - np.clip((values - low) / span, 0.0, 1.0) * (bottom - _CURVE_TOP)

        xs = self._line.columns + float(_MARGIN)
        self._paint_band(painter, xs, places(self._line.low), places(self._line.high))
        ys = places(self._line.mean)
        seen = xs <= self.x_of(self._step) if self._snapshots else np.ones(len(xs), dtype=bool)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part, strength in ((~seen, 0.38), (seen, 1.0)):
            painter.setPen(QPen(colour("train", strength), 1.6))
            painter.drawPolyline(_polygon(xs[part], ys[part]))

    def _paint_band(self, painter: QPainter, xs: np.ndarray, lows: np.ndarray, highs: np.ndarray) -> None:
        outline = _polygon(np.concatenate([xs, xs[::-1]]), np.concatenate([highs, lows[::-1]]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("train", 0.14))
        painter.drawPolygon(outline)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(QPen(colour("line"), 2))
        painter.drawLine(QPointF(_MARGIN, self._ground_y), QPointF(self.width() - _MARGIN, self._ground_y))
        painter.setPen(QPen(colour("dim", 0.8), 1.4))
        for step in self._snapshots:
            x = self.x_of(step)
            painter.drawLine(QPointF(x, self._ground_y - _TICK_HEIGHT / 2), QPointF(x, self._ground_y + 4))

    def _paint_handle(self, painter: QPainter) -> None:
        x = self.x_of(self._step)
        painter.setPen(QPen(colour("accent"), 2))
        painter.drawLine(QPointF(x, 4), QPointF(x, self._ground_y))
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent", 0.25))
            painter.drawEllipse(QPointF(x, self._ground_y), _HANDLE_RADIUS + 4, _HANDLE_RADIUS + 4)
        painter.setPen(QPen(colour("panel"), 1.5))
        painter.setBrush(colour("accent"))
        painter.drawEllipse(QPointF(x, self._ground_y), _HANDLE_RADIUS, _HANDLE_RADIUS)


def _polygon(xs: np.ndarray, ys: np.ndarray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)])
