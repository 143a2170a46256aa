"""The pyqtgraph items of one curve: a light line of what was measured, a strong one smoothed, or a line with dots.

Knows how a curve becomes at most a few thousand points on the screen; which part is in view it is told.
"""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF

from playground.ui.charts.curve import Curve, curve_colour
from playground.ui.charts.curve_points import decimated, in_view
from playground.ui.theme import colours, mixed

N_MOST = 2000  # points of one line: more than a screen has columns
_FINE_UP_TO = 1000  # points; a denser line is as good without smooth edges, and several times faster
_LIGHT = 0.35
_DOT = 6
_DOTS_UP_TO = 400  # more of them would be a band
_BEHIND = -10  # further runs lie under the run's own curves


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Which axes are logarithmic; turns data into the plot's own coordinates."""

    log_x: bool = False
    log_y: bool = False

    def x(self, values: np.ndarray) -> np.ndarray:
        return _log10(values) if self.log_x else values

    def y(self, values: np.ndarray) -> np.ndarray:
        return _log10(values) if self.log_y else values


class CurveItems:
    """What one curve put into a plot; `remove` takes it out again."""

    def __init__(self, plot: pg.PlotItem, *, is_behind: bool = False) -> None:
        self._plot = plot
        self._light = pg.PlotCurveItem(connect="finite")
        self._strong = pg.PlotCurveItem(connect="finite")
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self.end: QPointF | None = None  # of the strong line, in the plot's coordinates
        for z, item in enumerate((self._light, self._strong, self._dots)):
            item.setZValue(z + (_BEHIND if is_behind else 0))
            plot.addItem(item, ignoreBounds=True)

    def remove(self) -> None:
        for item in (self._light, self._strong, self._dots):
            self._plot.removeItem(item)

    def draw(self, curve: Curve, smooth: np.ndarray, scaling: Scaling, low: float, high: float) -> None:
        """Draw the part from `low` to `high` (data coordinates of x)."""
        part = in_view(curve.x, low, high)
        x = curve.x[part]
        colour = curve_colour(curve.role)
        is_smoothed = not curve.has_points and smooth is not curve.y
        if is_smoothed:
            light = mixed(colour.name(), colours().panel, _LIGHT)
            self._set(self._light, x, curve.y[part], scaling, pg.mkPen(light, width=1))
        else:
            self._light.setData([], [])
        self._set(self._strong, x, smooth[part], scaling, pg.mkPen(colour, width=2))
        if curve.has_points and len(x) <= _DOTS_UP_TO:
            self._dots.setData(
                scaling.x(x), scaling.y(curve.y[part]), size=_DOT, pen=pg.mkPen(None), brush=pg.mkBrush(colour)
            )
        else:
            self._dots.setData([], [])
        self.end = _last_point(scaling.x(x), scaling.y(smooth[part]))

    def _set(self, item: pg.PlotCurveItem, x: np.ndarray, y: np.ndarray, scaling: Scaling, pen: object) -> None:
        shown_x, shown_y = decimated(x, y, N_MOST)
        is_fine = len(shown_x) <= _FINE_UP_TO and item is self._strong
        item.setData(scaling.x(shown_x), scaling.y(shown_y), pen=pen, antialias=is_fine)


def _last_point(x: np.ndarray, y: np.ndarray) -> QPointF | None:
    known = np.flatnonzero(np.isfinite(y) & np.isfinite(x))
    return QPointF(float(x[known[-1]]), float(y[known[-1]])) if len(known) else None


def _log10(values: np.ndarray) -> np.ndarray:
    """Logarithms; NaN where there is none."""
    values = np.asarray(values, dtype=np.float64)
    return np.log10(values, out=np.full_like(values, np.nan), where=values > 0)
