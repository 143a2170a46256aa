"""Where labels go beside their points so that none lies over another. Pure arithmetic over pixels; knows no fonts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

_CELL = 3.0  # pixels a side, of the raster that remembers what is taken
_GAP = 7.0  # pixels between a point and its label
_MOST_LABELS, _MOST_TRIED = 60, 160


@dataclass(frozen=True, kw_only=True)
class Place:
    """One label's box, in pixels, and whose it is."""

    index: int
    left: float
    top: float
    width: float
    height: float


class LabelPlaces:
    """Gives places in an area from (0, 0) to (`width`, `height`), first come, first served."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._taken = np.zeros((int(height / _CELL) + 2, int(width / _CELL) + 2), dtype=bool)

    def place(self, index: int, x: float, y: float, width: float, height: float) -> Place | None:
        """Right of the point, else left, above or below it; None if all of these are taken or outside."""
        for left, top in (
            (x + _GAP, y - height / 2),
            (x - _GAP - width, y - height / 2),
            (x - width / 2, y - _GAP - _CELL - height),
            (x - width / 2, y + _GAP + _CELL),
        ):
            if left < 0 or top < 0 or left + width > self._width or top + height > self._height:
                continue
            cells = self._cells(left, top, width, height)
            if not self._taken[cells].any():
                self._taken[cells] = True
                return Place(index=index, left=left, top=top, width=width, height=height)
        return None

    def _cells(self, left: float, top: float, width: float, height: float) -> tuple[slice, slice]:
        rows = slice(max(int(top / _CELL), 0), max(int((top + height) / _CELL) + 1, 0))
        columns = slice(max(int(left / _CELL), 0), max(int((left + width) / _CELL) + 1, 0))
        return rows, columns


def placed_labels(
    points: np.ndarray,
    size: tuple[float, float],
    first: Sequence[int],
    order: np.ndarray,
    width_of: Callable[[int], float],
    height: float,
) -> list[Place]:
    """Labels of points (N, 2) that lie in an area from (0, 0) to `size`, a readable few of them.

    Args:
        first, order: indices of the points that get a label before others, then of those that get one in turn.
    """
    if not len(points):
        return []
    is_inside: np.ndarray = np.all((points >= 0) & (points <= size), axis=1)
    rest = order[is_inside[order]][:_MOST_TRIED].tolist()
    turns = dict.fromkeys([*(index for index in first if is_inside[index]), *rest])
    places, made = LabelPlaces(*size), list[Place]()
    for index in turns:
        place = places.place(index, float(points[index, 0]), float(points[index, 1]), width_of(index), height)
        if place is not None:
            made.append(place)
        if len(made) == _MOST_LABELS:
            break
    return made


def nearest_point(points: np.ndarray, x: float, y: float, reach: float, allowed: np.ndarray | None = None) -> int:
    """The nearest of points (N, 2) within `reach` of a place, -1 for none; `allowed` (N,) bool leaves some out."""
    if not len(points):
        return -1
    far = np.square(points[:, 0] - x) + np.square(points[:, 1] - y)
    if allowed is not None:
        far = np.where(allowed, far, np.inf)
    index = int(np.argmin(far))
    return index if far[index] <= reach * reach else -1
