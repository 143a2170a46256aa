"""A debiased exponential moving average that follows a growing column. Pure numpy."""

import numpy as np

from playground.ui.charts.curve_points import geometric_sums
from playground.ui.growing import Growing

_CHUNK = 8192  # values; fits the processor's cache


class Average:
    """The average of `source`: each value weighs `amount` times its successor's weight, and the weights sum to 1.

    NaN takes no part and stays NaN. `amount` lies above 0 and below 1; see `curve_points.smoothed`.
    """

    def __init__(self, source: Growing, amount: float) -> None:
        assert 0 < amount < 1, f"an average needs an amount between 0 and 1, not {amount}"
        self.amount = amount
        self.column = Growing()
        self._source = source
        self._n_cuts = source.n_cuts
        self._sum = self._weight = 0.0
        with np.errstate(under="ignore"):
            self._decay = amount ** np.arange(1.0, _CHUNK + 1)
        self._decay[self._decay < 1e-200] = 0.0
        self._weights = geometric_sums(np.ones(_CHUNK), amount)

    @property
    def is_complete(self) -> bool:
        """Whether it has caught up with the column."""
        return self._n_cuts == self._source.n_cuts and len(self.column) == len(self._source)

    def sync(self, n_most: int) -> None:
        """Go on, by at most about `n_most` values."""
        if self._source.n_cuts != self._n_cuts:
            self._n_cuts = self._source.n_cuts
            self.column.cut(0)
            self._sum = self._weight = 0.0
        self.column.reserve(self._source.capacity)  # else it would be copied as it grows, which takes a frame
        end = min(len(self._source), len(self.column) + n_most)
        while len(self.column) < end:
            first = len(self.column)
            self.column.append(self._next(self._source.values[first : min(first + _CHUNK, end)]))

    def _next(self, values: np.ndarray) -> np.ndarray:
        n = len(values)
        known = np.isfinite(values)
        if known.all():
            sums, weights = geometric_sums(values, self.amount), self._weights[:n]
        else:
            sums = geometric_sums(np.where(known, values, 0.0), self.amount)
            weights = geometric_sums(known.astype(np.float64), self.amount)
        sums += self._sum * self._decay[:n]
        weights = weights + self._weight * self._decay[:n]
        self._sum, self._weight = float(sums[-1]), float(weights[-1])
        return np.divide(sums, weights, out=np.full(n, np.nan), where=known)
