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
    sums = _geometric_sums(np.where(known, y, 0.0), amount)
    weights = _geometric_sums(known.astype(np.float64), amount)
    return np.divide(sums, weights, out=np.full_like(y, np.nan), where=known)


def _geometric_sums(values: np.ndarray, ratio: float) -> np.ndarray:
    """s[i] = sum over j of ratio^j * values[i - j], by doubling the reach (Hillis & Steele 1986): log n passes."""
    sums = values.copy()
    reach = 1
    while reach < len(sums) and ratio**reach > 1e-12:
        sums[reach:] += ratio**reach * sums[:-reach]
        reach *= 2
    return sums


def decimated(x: np.ndarray, y: np.ndarray, n_most: int) -> tuple[np.ndarray, np.ndarray]:
    """At most `n_most` points that look like all n: of each run of neighbours its lowest and its highest, in order."""
    n_buckets = max(n_most // 2, 1)
    if len(x) <= 2 * n_buckets:
        return x, y
    length = -(-len(x) // n_buckets)
    n_whole = len(x) // length
    whole = y[: n_whole * length].reshape(n_whole, length)
    lows = np.where(np.isnan(whole), np.inf, whole).argmin(axis=1)
    highs = np.where(np.isnan(whole), -np.inf, whole).argmax(axis=1)
    pairs = np.stack([np.minimum(lows, highs), np.maximum(lows, highs)], axis=1)
    kept = (pairs + np.arange(n_whole)[:, None] * length).ravel()
    rest = len(x) - n_whole * length
    if rest:
        tail, start = y[n_whole * length :], n_whole * length
        ends = {int(np.where(np.isnan(tail), np.inf, tail).argmin()), rest - 1}
        kept = np.concatenate([kept, start + np.array(sorted(ends))])[:n_most]
    kept[0], kept[-1] = 0, len(x) - 1  # a curve begins and ends where it does
    return x[kept], y[kept]


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
