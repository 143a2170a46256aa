"""A small card with one curve: its name, its newest value in bold, and how it came there.

Hovering shows an earlier value. Painted directly; knows no run.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.ui.charts.curve import TRAIN, Change, Curve, curve_colour
from playground.ui.charts.curve_rows import CurveRows
from playground.ui.charts.curve_scaling import Scaling, extent_x, extent_y
from playground.ui.charts.curve_thinning import edges_of_columns, in_view, positions_of
from playground.ui.growing import Growing
from playground.ui.theme import colour, theme
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.export import PictureMenu, Table
from playground.ui.widgets.term_label import TermLabel

_MARGIN = 4
_FINE_UP_TO = 1500  # pixels up and down; a wilder line is as good without smooth edges, and ten times faster


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

    def show_curve(
        self, x: Growing, y: Growing, *, smoothing: float = 0.0, change: Change | None = None, logarithmic: bool = False
    ) -> None:
        """Steps that never fall and their values; NaN where unknown. `logarithmic` leaves out 0 and less."""
        self._line.show_curve(x, y, smoothing, change, logarithmic)
        self._show_value()

    def show_current(self, x: float | None) -> None:
        """A thin line at the snapshot in view, or none."""
        self._line.show_current(x)

    def value_text(self) -> str:
        return self._value.text()

    def table(self) -> Table:
        rows = [(x, y) for _, x, y in CurveRows([self._line.curve])]
        return Table(header=("step", self.accessibleName()), rows=rows)

    def _show_value(self) -> None:
        """The value under the mouse, or the newest known one."""
        line = self._line
        if line.hovered_index is not None:
            words = translate("Curves", "{0} at {1}")
            value, step = line.curve.smooth_at(line.hovered_index), line.curve.x_at(line.hovered_index)
            self._value.setText(words.format(self._format(value), f"{step:,.0f}"))
            return
        last = line.curve.last_shown
        self._value.setText(self._format(last) if math.isfinite(last) else "–")
        self.setAccessibleDescription(self._value.text())


class SparkLine(QWidget):
    """The curve alone, without axes; it fills its box from the lowest to the highest value."""

    hovered = Signal()  # another point, or none, is under the mouse

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curve = Curve("spark", Growing(), Growing(), TRAIN, "")
        self.hovered_index: int | None = None
        self._scaling = Scaling()
        self._smoothing = 0.0
        self._current: float | None = None
        self._rest = QTimer(self, interval=0, singleShot=True)
        self._rest.timeout.connect(self.follow)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(36)
        theme().changed.connect(self.update)

    def show_curve(self, x: Growing, y: Growing, smoothing: float, change: Change | None, logarithmic: bool) -> None:
        if not self.curve.is_of(x, y, 1.0, change):
            self.curve = Curve("spark", x, y, TRAIN, "", change=change)
            self.curve.n_drawn = -1
        if smoothing != self._smoothing:
            self._smoothing = smoothing
            self.curve.n_drawn = -1
        self.curve.show_smoothing(smoothing)
        self._scaling = Scaling(log_y=logarithmic)
        if self.hovered_index is not None and self.hovered_index >= len(self.curve):
            self.hovered_index = None
        self.follow()

    def follow(self) -> None:
        """Take in what the columns have gained, a long history over several turns."""
        if not self.curve.sync():
            self._rest.start()
        if self.curve.n_drawn != len(self.curve.smooth):
            self.hovered.emit()
            self.update()

    def show_current(self, x: float | None) -> None:
        self._current = x
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._rest.isActive():  # not all is taken in; to look for its extent would take in the rest at once
            return
        area = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        across, up = extent_x([self.curve], self._scaling), extent_y([self.curve], self._scaling)
        if across is None or up is None:
            return
        self.curve.n_drawn = len(self.curve.smooth)
        x, y = self._shown(across, max(int(area.width() * 0.75), 2))
        up = up if not self.curve.is_smoothed else _extent_of(y, up)
        painter = QPainter(self)
        places = _Places(across, up, area)
        pixels_x, pixels_y = places.x(x), places.y(y)
        is_wild = np.nansum(np.abs(np.diff(pixels_y))) > _FINE_UP_TO
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not is_wild)
        if self._current is not None:
            painter.setPen(QPen(colour("accent"), 1))
            painter.drawLine(QPointF(places.x(self._current), 0), QPointF(places.x(self._current), self.height()))
        painter.setPen(QPen(curve_colour(TRAIN), 1 if is_wild else 1.5))
        for stretch in np.split(np.arange(len(y)), np.flatnonzero(~np.isfinite(y))):
            kept = stretch[np.isfinite(y[stretch])]
            painter.drawPolyline(QPolygonF([QPointF(pixels_x[i], pixels_y[i]) for i in kept]))
        self._paint_hovered(painter, places)

    def _shown(self, across: tuple[float, float], n_columns: int) -> tuple[np.ndarray, np.ndarray]:
        curve = self.curve
        edges = edges_of_columns(*across, n_columns, logarithmic=False)
        positions = positions_of(curve.x.values[: len(curve)], edges)
        x, y = in_view(curve.x.values, curve.smooth.values, curve.smooth_pyramid, positions)
        return x, self._scaling.y(curve.changed(y))

    def _paint_hovered(self, painter: QPainter, places: "_Places") -> None:
        if self.hovered_index is None:
            return
        value = self._scaling.place_y(self.curve.smooth_at(self.hovered_index))
        if math.isfinite(value):
            painter.setBrush(curve_colour(TRAIN))
            painter.drawEllipse(QPointF(places.x(self.curve.x_at(self.hovered_index)), places.y(value)), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        across = extent_x([self.curve], self._scaling)
        if across is not None:
            share = (event.position().x() - _MARGIN) / max(self.width() - 2 * _MARGIN, 1)
            self._hover(self.curve.index_near(across[0] + share * (across[1] - across[0])))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, index: int | None) -> None:
        if index != self.hovered_index:
            self.hovered_index = index
            self.update()
            self.hovered.emit()


@dataclass(frozen=True)
class _Places:
    """Where values lie in the box, which the curve fills."""

    across: tuple[float, float]
    up: tuple[float, float]
    area: QRectF

    def x(self, x: Any) -> Any:
        low, high = self.across
        return self.area.left() + (x - low) / (high - low or 1.0) * self.area.width()

    def y(self, y: Any) -> Any:
        low, high = self.up
        share = (y - low) / (high - low) if high > low else 0.5 + 0 * y
        return self.area.bottom() - share * self.area.height()


def _extent_of(y: np.ndarray, otherwise: tuple[float, float]) -> tuple[float, float]:
    """Of an average, which reaches less far than what was measured."""
    known = y[np.isfinite(y)]
    return (float(known.min()), float(known.max())) if len(known) else otherwise
