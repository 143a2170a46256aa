"""Which axes of a chart are logarithmic, and how far its curves reach on them. Pure numpy."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from playground.ui.charts.curve import Curve
from playground.ui.charts.curve_points import extent

Extent = tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Scaling:
    """Turns data into the plot's own coordinates; NaN where there is no place."""

    log_x: bool = False
    log_y: bool = False

    def x(self, values: np.ndarray) -> np.ndarray:
        return _log10(values) if self.log_x else values

    def y(self, values: np.ndarray) -> np.ndarray:
        return _log10(values) if self.log_y else values

    def place_x(self, x: float) -> float:
        return float(self.x(np.array([x]))[0])

    def place_y(self, y: float) -> float:
        return float(self.y(np.array([y]))[0])

    def value_x(self, place: float) -> float:
        """The way back."""
        return float(10.0 ** min(max(place, -300.0), 300.0)) if self.log_x else place


def extent_x(curves: Iterable[Curve], scaling: Scaling) -> Extent:
    """From the leftmost to the rightmost point that has a place."""
    found = []
    for curve in curves:
        x = curve.x.values[: len(curve)]
        first = int(np.searchsorted(x, 0.0 if scaling.log_x else -np.inf, side="right"))
        if first < len(x):
            found.append(scaling.x(x[[first, -1]] * curve.x_factor))
    return extent(found)


def extent_y(curves: Iterable[Curve], scaling: Scaling) -> Extent:
    """From the lowest to the highest measured value that has a place."""
    return extent([scaling.y(_bounds(curve, scaling)) for curve in curves])


def _bounds(curve: Curve, scaling: Scaling) -> np.ndarray:
    bounds = curve.changed(np.array(curve.raw.overall()))
    is_plain = np.isfinite(bounds).all() and not (scaling.log_y and bounds[0] <= 0)
    if is_plain or not len(curve):
        return bounds
    values = curve.changed(curve.y.values)  # a diverged loss, or a rate of 0 on a logarithmic axis: look at each
    return values[np.isfinite(values) & ((values > 0) | (not scaling.log_y))]


def _log10(values: np.ndarray) -> np.ndarray:
    values = np.asarray(values, dtype=np.float64)
    return np.log10(values, out=np.full_like(values, np.nan), where=values > 0)
