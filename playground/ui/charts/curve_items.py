"""The pyqtgraph items of one curve: a light line of what was measured, a strong one smoothed, or a line with dots.

Knows how a curve becomes at most a few thousand points on the screen; which part is in view it is told.
"""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF

from playground.ui.charts.curve import Curve, curve_colour
from playground.ui.charts.curve_pyramid import Pyramid
from playground.ui.charts.curve_scaling import Scaling
from playground.ui.charts.curve_thinning import in_view
from playground.ui.growing import Growing
from playground.ui.theme import colours, mixed

_FINE_UP_TO = 600  # points; a denser line is as good without smooth edges, and several times faster
_LIGHT = 0.35
_DOT, _SMALL_DOT = 6, 4
_DOTS_UP_TO = 400  # more of them would be a band
_SMALL_DOTS_UP_TO = 60  # so few points in view are shown as points
_BEHIND = -10  # further runs lie under the run's own curves


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """What is in view: `edges` (k + 1,) are the places between its pixel columns, in data coordinates."""

    edges: np.ndarray
    scaling: Scaling


class CurveItems:
    """What one curve put into a plot; `remove` takes it out again."""

    def __init__(self, plot: pg.PlotItem, *, is_behind: bool = False) -> None:
        self._plot = plot
        self._light = pg.PlotCurveItem(connect="finite", skipFiniteCheck=False)
        self._strong = pg.PlotCurveItem(connect="finite", skipFiniteCheck=False)
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self.end: QPointF | None = None  # of the strong line, in the plot's coordinates
        for z, item in enumerate((self._light, self._strong, self._dots)):
            item.setZValue(z + (_BEHIND if is_behind else 0))
            plot.addItem(item, ignoreBounds=True)

    def remove(self) -> None:
        for item in (self._light, self._strong, self._dots):
            self._plot.removeItem(item)

    def draw(self, curve: Curve, view: View) -> None:
        """Draw the part that is in view."""
        colour = curve_colour(curve.role)
        light = mixed(colour.name(), colours().panel, _LIGHT)
        measured = _shown(curve, curve.y, curve.raw, view)
        if curve.is_sample:
            self._set(self._light, measured, light, 1)
            self._clear(self._strong)
            self._dots.setData([], [])
            self.end = None
            return
        if curve.is_smoothed:
            self._set(self._light, measured, light, 1)
            strong = _shown(curve, curve.smooth, curve.smooth_pyramid, view)
        else:
            self._clear(self._light)
            strong = measured
        self._set(self._strong, strong, colour, 2)
        self._draw_dots(curve, measured, light.name() if curve.is_smoothed else colour.name())
        self.end = _last_point(*strong)

    def _draw_dots(self, curve: Curve, points: tuple[np.ndarray, np.ndarray], ink: str) -> None:
        n_most, size = (_DOTS_UP_TO, _DOT) if curve.has_points else (_SMALL_DOTS_UP_TO, _SMALL_DOT)
        if len(points[0]) <= n_most:
            known = np.isfinite(points[0]) & np.isfinite(points[1])
            self._dots.setData(points[0][known], points[1][known], size=size, pen=None, brush=pg.mkBrush(ink))
        else:
            self._dots.setData([], [])

    def _set(self, item: pg.PlotCurveItem, points: tuple[np.ndarray, np.ndarray], ink: object, width: int) -> None:
        is_fine = len(points[0]) <= _FINE_UP_TO and item is self._strong
        item.setData(*points, pen=pg.mkPen(ink, width=width), antialias=is_fine)

    def _clear(self, item: pg.PlotCurveItem) -> None:
        if item.xData is not None and len(item.xData):
            item.setData([], [])


def _shown(curve: Curve, column: Growing, pyramid: Pyramid, view: View) -> tuple[np.ndarray, np.ndarray]:
    """The part of a column in view, in the plot's coordinates."""
    x, y = in_view(curve.x.values, column.values, pyramid, view.edges / curve.x_factor)
    shown = view.scaling.y(curve.changed(y))
    if view.scaling.log_y and len(y):  # a column's lowest value may have no place though its highest has
        kept = np.isfinite(shown) | np.isnan(y)
        x, shown = x[kept], shown[kept]
    return view.scaling.x(x * curve.x_factor), shown


def _last_point(x: np.ndarray, y: np.ndarray) -> QPointF | None:
    known = np.flatnonzero(np.isfinite(y) & np.isfinite(x))
    return QPointF(float(x[known[-1]]), float(y[known[-1]])) if len(known) else None
