"""Time and memory of attention over the context length, fused and explicit: two small log-log charts in one picture.

Draws what was measured; knows no worker and no page.
"""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.contract.attention_cost_messages import AttentionCost, WayCost
from playground.ui.charts.curve import TRAIN, VALIDATION
from playground.ui.charts.heatmap_overlay import paint_card
from playground.ui.charts.log_painting import LogLine, LogView, index_near, paint_log_view, place_of, plot_box
from playground.ui.theme import theme
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table
from playground.ui.widgets.source_field import size_words

FORWARD, TRAINING = "forward", "training"
_HEADER = (
    "tokens", "fused_forward_ms", "explicit_forward_ms", "fused_training_ms", "explicit_training_ms",
    "fused_forward_bytes", "explicit_forward_bytes", "fused_training_bytes", "explicit_training_bytes",
    "largest_difference",
)  # fmt: skip
_VIEW, _LEAST_VIEW, _GAP = 168, 130, 10


class AttentionCostPicture(QWidget):
    """Time above, memory below; empty before the first row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AttentionCost, ...] = ()
        self._pass = FORWARD
        self._views: list[LogView] = []
        self._pointed: tuple[int, int] | None = None  # view, row
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu = PictureMenu(self, "attention-cost", table=self.table, array=self.array)
        theme().changed.connect(self.update)
        self.retranslate()

    def show_rows(self, rows: Sequence[AttentionCost], what: str = FORWARD) -> None:
        """Measured lengths, the shortest first; `what` is FORWARD, or TRAINING for forward and backward."""
        self._rows, self._pass = tuple(rows), what
        self._refresh()

    def point_words(self) -> list[tuple[str, str]]:
        """What the card says of the length under the mouse; [] if there is none."""
        if self._pointed is None:
            return []
        view = self._views[self._pointed[0]]
        values = [float(line.values[self._pointed[1]]) for line in view.lines]
        return [
            (translate("AttentionCost", "Tokens"), f"{self._rows[self._pointed[1]].n_tokens:,}"),
            *((line.name, view.words(value)) for line, value in zip(view.lines, values, strict=True)),
            (translate("AttentionCost", "Explicit / fused"), f"{values[1] / values[0]:.3g}"),
        ]

    def view_box(self, index: int) -> QRectF:
        """Where a chart lies, its title and axes included."""
        each = (self.height() - _GAP) / 2
        return QRectF(0, index * (each + _GAP), self.width(), each)

    def table(self) -> Table:
        """Everything that was measured, a row per length."""
        return Table(header=_HEADER, rows=[_cells(row) for row in self._rows])

    def array(self) -> np.ndarray | None:
        """The same as numbers (n, 10), None while there are none."""
        return np.array([_cells(row) for row in self._rows], dtype=np.float64) if self._rows else None

    def retranslate(self) -> None:
        self.setAccessibleName(translate("AttentionCost", "Time and memory of attention over the context length"))
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(256, 2 * _VIEW + _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 2 * _LEAST_VIEW + _GAP)

    def _refresh(self) -> None:
        self._pointed = None
        self._views = [self._time_view(), self._memory_view()] if self._rows else []
        self.update()

    def _time_view(self) -> LogView:
        is_forward = self._pass == FORWARD
        times = [[way.forward_ms if is_forward else way.training_ms for way in _ways(row)] for row in self._rows]
        return self._view(translate("AttentionCost", "Time over tokens"), times, time_words)

    def _memory_view(self) -> LogView:
        is_forward = self._pass == FORWARD
        sizes = [[way.forward_bytes if is_forward else way.training_bytes for way in _ways(row)] for row in self._rows]
        return self._view(translate("AttentionCost", "Memory at its peak over tokens"), sizes, _short_size)

    def _view(self, title: str, values: Sequence[Sequence[float]], words: Callable[[float], str]) -> LogView:
        each = np.array(values, dtype=np.float64)  # (n, 2)
        lines = (
            LogLine(name=translate("AttentionCost", "fused"), role=TRAIN, values=each[:, 0]),
            LogLine(name=translate("AttentionCost", "explicit"), role=VALIDATION, values=each[:, 1]),
        )
        return LogView(title=title, x=np.array([row.n_tokens for row in self._rows]), lines=lines, words=words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index, view in enumerate(self._views):
            row = self._pointed[1] if self._pointed is not None else None
            paint_log_view(painter, view, self.view_box(index), row)
        if self._pointed is not None:
            index, row = self._pointed
            area = plot_box(self._views[index], self.view_box(index))
            spot = place_of(self._views[index], 1, row, area)
            card = [(name, value, False) for name, value in self.point_words()]
            paint_card(painter, QRectF(spot.x() - 6, spot.y() - 6, 12, 12), QRectF(self.rect()), card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _row_at(self, point: QPointF) -> tuple[int, int] | None:
        for index, view in enumerate(self._views):
            row = index_near(view, self.view_box(index), point)
            if row is not None:
                return index, row
        return None

    def _point(self, place: tuple[int, int] | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.update()


def time_words(time_ms: float) -> str:
    """Three digits at most: "0.12 ms", "43.8 ms", "1.55 s"."""
    return f"{time_ms:.3g} ms" if time_ms < 999.5 else f"{time_ms / 1000:,.3g} s"


def _short_size(size_bytes: float) -> str:
    return size_words(size_bytes).replace(".0 ", " ")


def _ways(row: AttentionCost) -> tuple[WayCost, WayCost]:
    return row.fused, row.explicit


def _cells(row: AttentionCost) -> tuple[float, ...]:
    fused, explicit = _ways(row)
    return (
        row.n_tokens, fused.forward_ms, explicit.forward_ms, fused.training_ms, explicit.training_ms,
        fused.forward_bytes, explicit.forward_bytes, fused.training_bytes, explicit.training_bytes,
        row.largest_difference,
    )  # fmt: skip
