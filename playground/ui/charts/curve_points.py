"""Numbers of a curve made ready to draw: smoothed, thinned to what a screen can show, looked up at a place.

Pure numpy. Shapes: n points of a curve; `x` rises and holds no NaN, `y` may have NaN where nothing is known.
"""

import numpy as np


def smoothed(y: np.ndarray, amount: float) -> np.ndarray:
    """Debiased exponential moving average of `y` (n,): each value weighs `amount` times its successor's weight.

    The weights of each average sum to 1 from the first value on (the correction of Kingma & Ba 2015, section 3).
    NaN takes no part and stays NaN.

    Args:
        amount: 0 (no smoothing) up to, not including, 1.
    """
    y = np.asarray(y, dtype=np.float64)
    if amount <= 0 or not len(y):
        return y.copy()
    known = np.isfinite(y)
    sums = geometric_sums(np.where(known, y, 0.0), amount)
    weights = geometric_sums(known.astype(np.float64), amount)
    return np.divide(sums, weights, out=np.full_like(y, np.nan), where=known)


def geometric_sums(values: np.ndarray, ratio: float) -> np.ndarray:
    """s[i] = sum over j of ratio^j * values[i - j], by doubling the reach (Hillis & Steele 1986): log n passes."""
    sums = values.copy()
    reach = 1
    while reach < len(sums) and ratio**reach > 1e-12:
        sums[reach:] += ratio**reach * sums[:-reach]
        reach *= 2
    return sums


def decimated(x: np.ndarray, y: np.ndarray, n_most: int) -> tuple[np.ndarray, np.ndarray]:
    """At most `n_most` points, 6 or more, that look like all n.

    Of each run of neighbours its lowest and its highest are kept, in order; the first and the last point too.
    """
    if len(x) <= n_most:
        return x, y
    n_buckets = max((n_most - 4) // 2, 1)  # the last, shorter run and both ends need places too
    length = -(-len(x) // n_buckets)
    n_whole = len(x) // length
    whole = y[: n_whole * length].reshape(n_whole, length)
    lows, highs = _extremes(whole)
    offsets = np.arange(n_whole) * length
    kept = [np.array([0, len(x) - 1]), lows + offsets, highs + offsets]
    if n_whole * length < len(x):
        low, high = _extremes(y[None, n_whole * length :])
        kept += [low + n_whole * length, high + n_whole * length]
    places = np.unique(np.concatenate(kept))
    return x[places], y[places]


def _extremes(runs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the lowest and the highest of each row are; NaN is neither, unless there is nothing else."""
    lows = np.where(np.isnan(runs), np.inf, runs).argmin(axis=1)
    highs = np.where(np.isnan(runs), -np.inf, runs).argmax(axis=1)
    return lows, highs


def in_view(x: np.ndarray, low: float, high: float) -> slice:
    """The points from `low` to `high`, and one beyond each end, so that lines leave the picture at its border."""
    first = int(np.searchsorted(x, low, side="left"))
    last = int(np.searchsorted(x, high, side="right"))
    return slice(max(first - 1, 0), min(last + 1, len(x)))


def nearest_index(x: np.ndarray, place: float) -> int:
    """The point closest to `place`; the earlier one of two equally close."""
    right = int(np.searchsorted(x, place))
    if right == 0:
        return 0
    if right == len(x):
        return len(x) - 1
    return right if x[right] - place < place - x[right - 1] else right - 1


def extent(values: list[np.ndarray]) -> tuple[float, float] | None:
    """Lowest and highest finite value of all arrays; None if there is none."""
    finite = [part[np.isfinite(part)] for part in values]
    finite = [part for part in finite if len(part)]
    if not finite:
        return None
    return min(float(part.min()) for part in finite), max(float(part.max()) for part in finite)
