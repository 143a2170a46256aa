"""A curve's points in view, as few as a screen can tell apart. Pure numpy.

Of each pixel column the lowest and the highest value are kept (after Jugel et al. 2014, "M4"), so what is drawn covers
just what all points would. Where there are few points, they are all drawn.
"""

import numpy as np

from playground.ui.charts.curve_pyramid import Pyramid

PER_COLUMN = 2  # points; with fewer in view, each is drawn


def edges_of_columns(low: float, high: float, n_columns: int, *, logarithmic: bool) -> np.ndarray:
    """(n_columns + 1,) places between pixel columns from `low` to `high`; logarithmic ones lie above 0."""
    if not logarithmic:
        return np.linspace(low, high, n_columns + 1)
    with np.errstate(over="ignore"):
        return 10.0 ** np.linspace(np.log10(low), np.log10(high), n_columns + 1)


def positions_of(x: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Where pixel columns begin and end among places that never fall.

    Args:
        x: (n,) never falls.
        edges: (k + 1,) rising places between pixel columns.

    Returns:
        (k + 1,) rising positions; the first and the last are moved outwards to one point beyond the picture.
    """
    found = np.searchsorted(x, edges)
    found[0] = max(found[0] - 1, 0)
    found[-1] = min(np.searchsorted(x, edges[-1], side="right") + 1, len(x))
    return np.clip(found, found[0], found[-1])


def in_view(x: np.ndarray, y: np.ndarray, pyramid: Pyramid, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The points in pixel columns, which reach from one of `positions` to the next.

    Args:
        x: (n,) never falls.
        y: (n,) the column under `pyramid`, or its beginning.
        positions: (k + 1,) of `positions_of`.

    Returns:
        (m,) places and values, m at most 2 k + 4; all of the points where they are no more than that.
    """
    n = min(len(x), len(y))
    first, last = min(int(positions[0]), n), min(int(positions[-1]), n)
    if last - first <= PER_COLUMN * (len(positions) - 1):
        return x[first:last], y[first:last]
    taken, lows, highs = pyramid.stretches(positions if positions[-1] <= n else np.minimum(positions, n))
    starts, ends = taken[:-1], taken[1:] - 1
    falls = y[ends] < y[starts]
    places = np.repeat(x[(starts + ends) // 2], 2)
    values = np.column_stack([np.where(falls, highs, lows), np.where(falls, lows, highs)]).ravel()
    return (
        np.concatenate([x[first : first + 1], places, x[last - 1 : last]]),
        np.concatenate([y[first : first + 1], values, y[last - 1 : last]]),
    )
