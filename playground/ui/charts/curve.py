"""One curve of a chart: its points, its words, the colour of its role, and what makes a million points quick.

Draws nothing and knows no axes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor

from playground.ui.charts.curve_average import Average
from playground.ui.charts.curve_points import nearest_index
from playground.ui.charts.curve_pyramid import Pyramid
from playground.ui.growing import Growing
from playground.ui.theme import colours

TRAIN, VALIDATION = "train", "validation"
OTHERS = ("other-0", "other-1", "other-2", "other-3")  # further runs
PER_SYNC = 1 << 16  # values of one column that are taken in at a time: a few milliseconds

Change = Callable[[np.ndarray], np.ndarray]


class Curve:
    """A named curve. `x` (n,) never falls, `y` (n,) may hold NaN; both may grow, and what is new is taken in by `sync`.

    What is shown are `x` times `x_factor`, and `change` of y, which rises with y (the exponential, say). `label` is
    drawn as plain text at its end. A sample stands for what is still being read: it is drawn lightly, and has no name
    and no exact values. One that has points has few values, each of which counts: they are drawn as dots and never
    smoothed.
    """

    def __init__(
        self,
        name: str,
        x: Growing,
        y: Growing,
        role: str,
        label: str,
        *,
        x_factor: float = 1.0,
        change: Change | None = None,
        is_sample: bool = False,
        has_points: bool = False,
    ) -> None:
        self.name, self.x, self.y, self.role, self.label = name, x, y, role, label
        self.x_factor, self.change, self.is_sample = x_factor, change, is_sample
        self.has_points = has_points
        self.n_drawn = 0  # points, when it was last on the screen
        self.raw = Pyramid(y)
        self._average: Average | None = None
        self._averaged: Pyramid | None = None
        self._next: Average | None = None  # of another amount, which takes the place when it is complete

    def __len__(self) -> int:
        return min(len(self.x), len(self.y))

    @property
    def smooth(self) -> Growing:
        """What the strong line shows, before `change`."""
        return self._average.column if self._average else self.y

    @property
    def smooth_pyramid(self) -> Pyramid:
        return self._averaged or self.raw

    @property
    def is_smoothed(self) -> bool:
        return self._average is not None

    @property
    def last_shown(self) -> float:
        """The newest known value of the strong line; NaN if there is none."""
        values = self.smooth.values
        for end in range(len(values), 0, -1024):
            known = np.flatnonzero(np.isfinite(values[max(end - 1024, 0) : end]))
            if len(known):
                return float(self.changed(values[max(end - 1024, 0) : end][known[-1:]])[0])
        return float("nan")

    def is_of(self, x: Growing, y: Growing, x_factor: float, change: Change | None) -> bool:
        """Whether it shows just these."""
        return self.x is x and self.y is y and self.x_factor == x_factor and self.change is change

    def changed(self, values: np.ndarray) -> np.ndarray:
        """Values of y as they are shown."""
        if self.change is None:
            return values
        with np.errstate(over="ignore"):
            return self.change(values)

    def show_smoothing(self, amount: float) -> None:
        """The strong line averages from now on; the former one stays until the new one is complete."""
        if self.has_points or self.is_sample or amount <= 0:
            self._average = self._averaged = self._next = None
            return
        wanted = self._next or self._average
        if wanted is None or wanted.amount != amount:
            self._next = Average(self.y, amount)

    def sync(self, n_most: int = PER_SYNC) -> bool:
        """Take in at most about `n_most` new values; whether all are taken in."""
        is_complete = self.raw.sync(n_most)
        for average in (self._average, self._next):
            if average is not None:
                average.sync(n_most)
                is_complete = is_complete and average.is_complete
        if self._averaged is not None:
            is_complete = self._averaged.sync(n_most) and is_complete
        if self._next is not None and (self._next.is_complete or self._average is None):
            self._average, self._averaged, self._next = self._next, Pyramid(self._next.column), None
            is_complete = self._averaged.sync(n_most) and is_complete
        return is_complete

    def index_near(self, place: float) -> int:
        """The point nearest to a shown x; there must be one."""
        return nearest_index(self.x.values[: len(self)], place / self.x_factor)

    def x_at(self, index: int) -> float:
        return float(self.x.values[index]) * self.x_factor

    def value_at(self, index: int) -> float:
        """The measured value, as it is shown."""
        return float(self.changed(self.y.values[index : index + 1])[0])

    def smooth_at(self, index: int) -> float:
        """The strong line's value; NaN where it has not come to yet."""
        smooth = self.smooth
        return float(self.changed(smooth.values[index : index + 1])[0]) if index < len(smooth) else float("nan")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A curve's exact value near a place; `smooth` is what its strong line shows there."""

    label: str
    role: str
    x: float
    value: float
    smooth: float = float("nan")


def curve_colour(role: str) -> QColor:
    """Okabe and Ito's colour of a role: train, validation, other-0 to other-3 (and round again)."""
    if role in (TRAIN, VALIDATION):
        return QColor(getattr(colours(), role))
    others = colours().others
    return QColor(others[int(role.rpartition("-")[2]) % len(others)])


def readings(curves: Iterable[Curve], place: float) -> list[Reading]:
    """Each curve's measured value at its point nearest to `place`; curves without points are left out."""
    found = []
    for curve in curves:
        if len(curve) and not curve.is_sample:
            index = curve.index_near(place)
            smooth = curve.smooth_at(index) if curve.is_smoothed else float("nan")
            found.append(
                Reading(
                    label=curve.label, role=curve.role, x=curve.x_at(index), value=curve.value_at(index), smooth=smooth
                )
            )
    return found
