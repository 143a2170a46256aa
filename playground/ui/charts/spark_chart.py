"""A small card with one curve: its name, its newest value in bold, and how it came there.

Hovering shows an earlier value. Painted directly; knows no run.
"""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.ui.charts.curve import TRAIN, curve_colour
from playground.ui.charts.curve_points import decimated, extent, nearest_index
from playground.ui.theme import colour, theme
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.export import PictureMenu, Table
from playground.ui.widgets.term_label import TermLabel

_MARGIN = 4


def plain_value(value: float) -> str:
    """Three significant digits, commas for thousands."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


class SparkChart(Card):
    """One number over steps. `term` is the glossary key of its name; `format` makes a value into words."""

    term_requested = Signal(str)

    def __init__(
        self, term: str = "", *, format: Callable[[float], str] = plain_value, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._format = format
        self._name = TermLabel(term=term)
        self._value = PlainLabel(bold=True)
        self._line = SparkLine()
        self._name.term_requested.connect(self.term_requested)
        self._line.hovered.connect(self._show_value)
        top = QHBoxLayout()
        top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self._value)
        self.body.addLayout(top)
        self.body.addWidget(self._line, 1)
        self.menu = PictureMenu(self, "curve", table=self.table)

    def show_title(self, title: str, help: str = "") -> None:
        self._name.setText(title)
        self._name.show_help(help)
        self.setAccessibleName(title)

    def show_curve(self, x: np.ndarray, y: np.ndarray, *, logarithmic: bool = False) -> None:
        """`x`, `y` (n,): rising steps and their values; NaN where unknown. `logarithmic` leaves out 0 and less."""
        self._line.show_curve(np.array(x, dtype=np.float64), np.array(y, dtype=np.float64), logarithmic)
        self._show_value()

    def show_current(self, x: float | None) -> None:
        """A thin line at the snapshot in view, or none."""
        self._line.show_current(x)

    def value_text(self) -> str:
        return self._value.text()

    def table(self) -> Table:
        rows = [(float(x), float(y)) for x, y in zip(self._line.steps, self._line.values, strict=True)]
        return Table(header=("step", self.accessibleName()), rows=rows)

    def _show_value(self) -> None:
        """The value under the mouse, or the newest known one."""
        line = self._line
        if line.hovered_index is not None:
            words = translate("Curves", "{0} at {1}")
            value, step = float(line.values[line.hovered_index]), float(line.steps[line.hovered_index])
            self._value.setText(words.format(self._format(value), f"{step:,.0f}"))
            return
        known = np.flatnonzero(np.isfinite(line.values))
        self._value.setText(self._format(float(line.values[known[-1]])) if len(known) else "–")
        self.setAccessibleDescription(self._value.text())


class SparkLine(QWidget):
    """The curve alone, without axes; it fills its box from the lowest to the highest value."""

    hovered = Signal()  # another point, or none, is under the mouse

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = np.empty(0)
        self.values = np.empty(0)
        self.hovered_index: int | None = None
        self._logarithmic = False
        self._current: float | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(36)
        theme().changed.connect(self.update)

    def show_curve(self, x: np.ndarray, y: np.ndarray, logarithmic: bool) -> None:
        self.steps, self.values, self._logarithmic = x, y, logarithmic
        if self.hovered_index is not None and self.hovered_index >= len(x):
            self.hovered_index = None
        self.update()

    def show_current(self, x: float | None) -> None:
        self._current = x
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        x, y = decimated(self.steps, self._scaled(), max(int(area.width()), 2))
        bounds = extent([y])
        if bounds is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current is not None:
            place = self._place_x(self._current, area)
            painter.setPen(QPen(colour("accent"), 1))
            painter.drawLine(QPointF(place, 0), QPointF(place, self.height()))
        painter.setPen(QPen(curve_colour(TRAIN), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for stretch in np.split(np.arange(len(y)), np.flatnonzero(~np.isfinite(y))):
            kept = stretch[np.isfinite(y[stretch])]
            painter.drawPolyline(QPolygonF([self._place(x[i], y[i], bounds, area) for i in kept]))
        if self.hovered_index is not None and np.isfinite(self._scaled()[self.hovered_index]):
            at = self.hovered_index
            painter.setBrush(curve_colour(TRAIN))
            painter.drawEllipse(self._place(self.steps[at], self._scaled()[at], bounds, area), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if len(self.steps):
            share = (event.position().x() - _MARGIN) / max(self.width() - 2 * _MARGIN, 1)
            self._hover(nearest_index(self.steps, float(self.steps[0] + share * (self.steps[-1] - self.steps[0]))))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, index: int | None) -> None:
        if index != self.hovered_index:
            self.hovered_index = index
            self.update()
            self.hovered.emit()

    def _scaled(self) -> np.ndarray:
        if not self._logarithmic:
            return self.values
        return np.log10(self.values, out=np.full_like(self.values, np.nan), where=self.values > 0)

    def _place_x(self, x: float, area: QRectF) -> float:
        span = float(self.steps[-1] - self.steps[0]) or 1.0
        return area.left() + (x - float(self.steps[0])) / span * area.width()

    def _place(self, x: float, y: float, bounds: tuple[float, float], area: QRectF) -> QPointF:
        low, high = bounds
        height = (y - low) / (high - low) if high > low else 0.5
        return QPointF(self._place_x(x, area), area.bottom() - height * area.height())
