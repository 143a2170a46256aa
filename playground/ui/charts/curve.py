"""One curve of a chart as a value: its points, its words, and the colour its role gives it. Draws nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor

from playground.ui.charts.curve_points import nearest_index, smoothed
from playground.ui.theme import colours

TRAIN, VALIDATION = "train", "validation"
OTHERS = ("other-0", "other-1", "other-2", "other-3")  # further runs


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """A named curve. `x` (n,) rises; `y` (n,) may hold NaN. `label` is drawn as plain text at its end."""

    name: str
    x: np.ndarray
    y: np.ndarray
    role: str
    label: str

    @property
    def has_points(self) -> bool:
        """Validation: few values, each of which counts, so they are drawn as dots and never smoothed."""
        return self.role == VALIDATION

    def smooth(self, amount: float) -> np.ndarray:
        """What the strong line shows, (n,)."""
        return self.y if self.has_points else smoothed(self.y, amount)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A curve's exact value near a place."""

    label: str
    role: str
    x: float
    value: float


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
        if len(curve.x):
            index = nearest_index(curve.x, place)
            found.append(
                Reading(label=curve.label, role=curve.role, x=float(curve.x[index]), value=float(curve.y[index]))
            )
    return found
