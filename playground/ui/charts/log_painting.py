"""Paints lines over logarithmic axes: points where something was measured, each line's name at its end.

Knows boxes and numbers; no widget.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from playground.ui.charts.curve import curve_colour
from playground.ui.theme import SMALL_PIXELS, colour, interface_font

_TITLE, _BELOW, _GAP = 20.0, 18.0, 6.0
_LINE = 14.0  # pixels from one name to the next
_POINT = 2.5
_PADDING = 0.12  # of a decade, above and below the values
_FEW_DECADES = 2.0  # less than that has room for 2 and 5 too
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, kw_only=True, eq=False)
class LogLine:
    """`values` (n,) above 0; `role` gives the colour, as of a curve."""

    name: str
    role: str
    values: np.ndarray


@dataclass(frozen=True, kw_only=True, eq=False)
class LogView:
    """Lines over the same `x` (n,), which rises and is above 0. `words` makes a value into words with its unit."""

    title: str
    x: np.ndarray
    lines: tuple[LogLine, ...]
    words: Callable[[float], str]

    @property
    def bounds(self) -> tuple[float, float]:
        """Powers of ten that the picture reaches down and up to."""
        values = np.concatenate([line.values for line in self.lines])
        return math.log10(float(values.min())) - _PADDING, math.log10(float(values.max())) + _PADDING

    def ticks(self) -> list[float]:
        """Round values within the bounds."""
        low, high = self.bounds
        factors = (1, 2, 5) if high - low < _FEW_DECADES else (1,)
        powers = range(math.floor(low), math.ceil(high) + 1)
        values = [factor * 10.0**power for power in powers for factor in factors]
        return [value for value in values if low <= math.log10(value) <= high]


def plot_box(view: LogView, box: QRectF) -> QRectF:
    """Where the points lie in a view's box; around them stand title, ticks and names."""
    metrics = QFontMetricsF(interface_font(SMALL_PIXELS))
    left = max((metrics.horizontalAdvance(view.words(tick)) for tick in view.ticks()), default=0.0) + _GAP
    right = max(metrics.horizontalAdvance(line.name) for line in view.lines) + _GAP + 4
    return box.adjusted(left, _TITLE + 2, -right, -_BELOW)


def place_of(view: LogView, line: int, index: int, area: QRectF) -> QPointF:
    """Where a point is drawn."""
    low, high = view.bounds
    power = math.log10(float(view.lines[line].values[index]))
    return QPointF(_across(view, index, area), area.bottom() - (power - low) / (high - low) * area.height())


def index_near(view: LogView, box: QRectF, point: QPointF) -> int | None:
    """Which x is meant by a point of the view's box; None outside."""
    if not box.contains(point) or not len(view.x):
        return None
    area = plot_box(view, box)
    return int(np.abs([_across(view, index, area) - point.x() for index in range(len(view.x))]).argmin())


def paint_log_view(painter: QPainter, view: LogView, box: QRectF, pointed: int | None) -> None:
    """One view with all around it; a thin line at the x that is pointed at."""
    area = plot_box(view, box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(interface_font(SMALL_PIXELS))
    painter.setPen(colour("text"))
    painter.drawText(QRectF(box.left(), box.top(), box.width(), _TITLE - 4), _LEFT, view.title)
    _paint_ticks(painter, view, box, area)
    if pointed is not None:
        x = _across(view, pointed, area)
        painter.setPen(QPen(colour("dim"), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    for line, each in enumerate(view.lines):
        points = [place_of(view, line, index, area) for index in range(len(view.x))]
        shade = curve_colour(each.role)
        painter.setPen(QPen(shade, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(shade)
        for index, point in enumerate(points):
            size = _POINT + 1.5 if index == pointed else _POINT
            painter.drawEllipse(point, size, size)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_names(painter, view, area)


def _across(view: LogView, index: int, area: QRectF) -> float:
    first, last = math.log2(float(view.x[0])), math.log2(float(view.x[-1]))
    share = (math.log2(float(view.x[index])) - first) / (last - first) if last > first else 0.5
    return area.left() + 6 + share * (area.width() - 12)


def _paint_ticks(painter: QPainter, view: LogView, box: QRectF, area: QRectF) -> None:
    low, high = view.bounds
    for tick in view.ticks():
        y = round(area.bottom() - (math.log10(tick) - low) / (high - low) * area.height()) + 0.5
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(colour("dim"))
        painter.drawText(QRectF(box.left(), y - 8, area.left() - box.left() - _GAP, 16), _RIGHT, view.words(tick))
    _paint_x(painter, view, area)


def _paint_x(painter: QPainter, view: LogView, area: QRectF) -> None:
    """The x of every point, or of every second or third, the last one included, where they are too close."""
    metrics = painter.fontMetrics()
    widest = max(metrics.horizontalAdvance(f"{value:,.0f}") for value in view.x) + 6
    n_points = len(view.x)
    apart = (_across(view, n_points - 1, area) - _across(view, 0, area)) / max(n_points - 1, 1)
    stride = max(math.ceil(widest / apart), 1) if apart > 0 else 1
    painter.setPen(colour("dim"))
    for index in range(n_points - 1, -1, -stride):
        x = _across(view, index, area)
        painter.drawText(QRectF(x - widest, area.bottom() + 2, 2 * widest, 16), _CENTRE, f"{view.x[index]:,.0f}")


def _paint_names(painter: QPainter, view: LogView, area: QRectF) -> None:
    """Right of the last points, pushed apart where they would lie on one another."""
    ends = sorted((place_of(view, line, -1, area).y(), line) for line in range(len(view.lines)))
    free_from = float("-inf")
    x = _across(view, len(view.x) - 1, area) + _GAP + 2
    for y, line in ends:
        y = max(y, free_from)
        painter.setPen(curve_colour(view.lines[line].role))
        painter.drawText(QRectF(x, y - 8, 200, 16), _LEFT, view.lines[line].name)
        free_from = y + _LINE
