"""A column of numbers that grows at its end, in amortised constant time, and may be cut. Pure numpy.

Whoever makes something of a column (a pyramid, an average) keeps how far it has come, and `n_cuts` to know whether
what it made still holds.
"""

import math

import numpy as np

_FIRST_CAPACITY = 256


class Growing:
    """(n,) float64. A view from `values` is good until the next change."""

    def __init__(self, values: np.ndarray | None = None) -> None:
        self._data = np.empty(_FIRST_CAPACITY) if values is None else np.array(values, dtype=np.float64)
        self.n = 0 if values is None else len(values)
        self.n_cuts = 0

    def __len__(self) -> int:
        return self.n

    @property
    def values(self) -> np.ndarray:
        """(n,), a view."""
        return self._data[: self.n]

    @property
    def last(self) -> float:
        """The newest value; NaN if there is none."""
        return float(self._data[self.n - 1]) if self.n else math.nan

    @property
    def size_bytes(self) -> int:
        """Of the memory that is held."""
        return self._data.nbytes

    @property
    def capacity(self) -> int:
        """How many values there is room for."""
        return len(self._data)

    def reserve(self, capacity: int) -> None:
        """Make room for so many values in all."""
        if capacity > len(self._data):
            grown = np.empty(capacity)
            grown[: self.n] = self.values
            self._data = grown

    def append(self, values: np.ndarray) -> None:
        """Add (k,) values."""
        n = self.n + len(values)
        if n > len(self._data):
            self.reserve(max(n, len(self._data) + len(self._data) // 2, _FIRST_CAPACITY))
        self._data[self.n : n] = values
        self.n = n

    def cut(self, n: int) -> None:
        """Keep the first `n` alone."""
        if n < self.n:
            self.n = n
            self.n_cuts += 1
