"""The pyqtgraph items of one curve: a light line of what was measured, a strong one smoothed, or a line with dots.

Knows how a curve becomes at most a few thousand points on the screen; which part is in view it is told.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF

from playground.ui.charts.curve import Curve, curve_colour
from playground.ui.charts.curve_dots import DotsItem
from playground.ui.charts.curve_pyramid import Pyramid
from playground.ui.charts.curve_scaling import Scaling
from playground.ui.charts.curve_thinning import in_view, positions_of
from playground.ui.growing import Growing
from playground.ui.theme import colours, mixed

_FINE_UP_TO = 1500  # pixels up and down; a wilder line is as good without smooth edges, and several times faster
_SMOOTH_POINTS = 500  # are enough for a line without corners
_LIGHT, _LIGHT_ON_DARK = 0.35, 0.5
_DOT, _SMALL_DOT = 6, 4
_DOTS_UP_TO = 300  # more of them would be a band
_SMALL_DOTS_UP_TO = 60  # so few points in view are shown as points
_BEHIND = -10  # further runs lie under the run's own curves

Points = tuple[np.ndarray, np.ndarray]  # x and y in the plot's coordinates


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """What is in view: `edges` (k + 1,) are the places between its pixel columns, in data coordinates."""

    edges: np.ndarray
    scaling: Scaling
    rows_per_unit: float = 1.0  # pixels upwards


class CurveItems:
    """What one curve put into a plot; `remove` takes it out again.

    Items are made when they are first needed: each costs time at every move of the view, even an empty one.
    """

    def __init__(self, plot: pg.PlotItem, *, is_behind: bool = False) -> None:
        self._plot = plot
        self._z = _BEHIND if is_behind else 0
        self.light: pg.PlotCurveItem | None = None
        self.strong: pg.PlotCurveItem | None = None
        self.dots: DotsItem | None = None
        self.end: QPointF | None = None  # of the strong line, in the plot's coordinates

    def remove(self) -> None:
        for item in (self.light, self.strong, self.dots):
            self._take_out(item)
        self.light = self.strong = self.dots = None

    def draw(self, curve: Curve, view: View) -> None:
        """Draw the part that is in view."""
        colour = curve_colour(curve.role)
        light = mixed(colour.name(), colours().panel, _LIGHT_ON_DARK if colours().is_dark else _LIGHT)
        positions = positions_of(curve.x.values[: len(curve)], view.edges / curve.x_factor)
        measured = _shown(curve, curve.y, curve.raw, view, positions)
        strong = None if curve.is_sample else measured
        if curve.is_smoothed:
            strong = _shown(curve, curve.smooth, curve.smooth_pyramid, view, positions)
        self.light = self._line(self.light, None if strong is measured else measured, 0)
        if self.light is not None:
            self.light.setData(*measured, pen=pg.mkPen(light, width=1), antialias=False)
        self.strong = self._line(self.strong, strong, 1)
        if self.strong is not None and strong is not None:
            is_fine = _way_up(strong[1], view) <= _FINE_UP_TO
            shown = thinned_where_smooth(*strong, 1.0 / view.rows_per_unit) if is_fine else strong
            self.strong.setData(*shown, pen=pg.mkPen(colour, width=2), antialias=is_fine)
        self._draw_dots(curve, measured, light.name() if curve.is_smoothed else colour.name())
        self.end = None if strong is None else _last_point(*strong)

    def _draw_dots(self, curve: Curve, points: Points, ink: str) -> None:
        n_most, size = (_DOTS_UP_TO, _DOT) if curve.has_points else (_SMALL_DOTS_UP_TO, _SMALL_DOT)
        if curve.is_sample or not 0 < len(points[0]) <= n_most:
            self._take_out(self.dots)
            self.dots = None
            return
        if self.dots is None:
            self.dots = self._added(DotsItem(), 2)
        known = np.isfinite(points[0]) & np.isfinite(points[1])
        self.dots.show_dots(points[0][known], points[1][known], ink, size)

    def _line(self, item: pg.PlotCurveItem | None, points: Points | None, z: int) -> pg.PlotCurveItem | None:
        """The item for these points, made if there is none; none for none."""
        if points is None:
            self._take_out(item)
            return None
        return item if item is not None else self._added(pg.PlotCurveItem(connect="finite"), z)

    def _added(self, item: Any, z: int) -> Any:
        item.setZValue(z + self._z)
        self._plot.addItem(item, ignoreBounds=True)
        return item

    def _take_out(self, item: Any) -> None:
        if item is not None:
            self._plot.removeItem(item)


def _shown(curve: Curve, column: Growing, pyramid: Pyramid, view: View, positions: np.ndarray) -> Points:
    """The part of a column in view, in the plot's coordinates."""
    x, y = in_view(curve.x.values, column.values, pyramid, positions)
    shown = view.scaling.y(curve.changed(y))
    if view.scaling.log_y and len(y):  # a column's lowest value may have no place though its highest has
        kept = np.isfinite(shown) | np.isnan(y)
        x, shown = x[kept], shown[kept]
    return view.scaling.x(x * curve.x_factor), shown


def thinned_where_smooth(x: np.ndarray, y: np.ndarray, tolerance: float) -> Points:
    """Without every second point, and again, where the point before it is drawn and no further than `tolerance` off.

    A line with smooth edges costs time for each of its points.
    """
    while (n := len(y)) > _SMOOTH_POINTS:
        is_kept = np.ones(n, dtype=bool)
        is_kept[1:-1:2] = ~(np.abs(y[1:-1:2] - y[0:-2:2]) <= tolerance)
        x, y = x[is_kept], y[is_kept]
        if len(y) > 0.9 * n:
            break
    return x, y


def _way_up(y: np.ndarray, view: View) -> float:
    """How many pixels a line goes up and down in all."""
    known = y[np.isfinite(y)]
    return float(np.abs(np.diff(known)).sum()) * view.rows_per_unit


def _last_point(x: np.ndarray, y: np.ndarray) -> QPointF | None:
    known = np.flatnonzero(np.isfinite(y) & np.isfinite(x))
    return QPointF(float(x[known[-1]]), float(y[known[-1]])) if len(known) else None
