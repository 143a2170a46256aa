"""The lowest and the highest value of any stretch of a long column, at the cost of a short one. Pure numpy.

Level k holds both for each block of FACTOR^k neighbours. It grows with the column, in amortised constant time, and is
used from the level that is just finer than what is asked for, so the answers are exact.
"""

import numpy as np

from playground.ui.growing import Growing

FACTOR = 16
_NEIGHBOURS = 160  # stretches that are looked up on the same level


class Pyramid:
    """Over one column; NaN is neither low nor high, unless there is nothing else."""

    def __init__(self, source: Growing) -> None:
        self._source = source
        self._levels: list[tuple[Growing, Growing]] = []  # lows and highs of whole blocks
        self._n_cuts = source.n_cuts
        self._n_synced = 0  # values of the column that are taken in

    @property
    def n_held(self) -> int:
        """How many numbers are kept besides the column."""
        return sum(len(lows) + len(highs) for lows, highs in self._levels)

    def sync(self, n_most: int | None = None) -> bool:
        """Take in what the column has gained since the last time, or `n_most` values of it; whether that was all."""
        if self._source.n_cuts != self._n_cuts:
            self._levels, self._n_cuts, self._n_synced = [], self._source.n_cuts, 0
        if self._n_synced == len(self._source):
            return True
        n_taken = len(self._levels[0][0]) * FACTOR if self._levels else 0
        n_end = len(self._source) if n_most is None else min(n_taken + n_most, len(self._source))
        lows, highs = self._source.values[:n_end], self._source.values[:n_end]
        for level in range(64):
            n_blocks = len(lows) // FACTOR
            if not n_blocks:
                break
            if level == len(self._levels):
                self._levels.append((Growing(), Growing()))
            upper_lows, upper_highs = self._levels[level]
            new = slice(len(upper_lows) * FACTOR, n_blocks * FACTOR)
            upper_lows.append(_halved(lows[new], np.fmin))
            upper_highs.append(_halved(highs[new], np.fmax))
            lows, highs = upper_lows.values, upper_highs.values
        self._n_synced = n_end
        return n_end == len(self._source)

    def overall(self) -> tuple[float, float]:
        """Lowest and highest of all, infinity included; NaN if nothing is known."""
        if not len(self._source):
            return np.nan, np.nan
        _, lows, highs = self.stretches(np.array([0, len(self._source)]))
        return float(lows[0]), float(highs[0])

    def stretches(self, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Lows and highs between neighbouring edges.

        Args:
            edges: (k + 1,) rising positions in the column. Empty stretches are left out. All but the first and the
                last may be moved down by at most a quarter of the shortest of the stretches around.

        Returns:
            The edges as they were taken (m + 1,), and of each stretch its lowest and its highest value (m,).
        """
        self.sync()
        edges = edges[np.concatenate([[True], np.diff(edges) > 0])]
        if len(edges) < 2:
            return edges, np.empty(0), np.empty(0)
        taken, lows, highs = [edges[:1]], [], []
        sizes = np.diff(edges)
        start = int(edges[0])
        for first in range(0, len(edges) - 1, _NEIGHBOURS):
            ends = edges[first + 1 : first + 1 + _NEIGHBOURS]
            is_last = first + _NEIGHBOURS >= len(edges) - 1
            shortest = int(sizes[first : first + _NEIGHBOURS].min())
            ends, low, high = self._some(start, ends, shortest, is_last)
            taken.append(ends)
            lows.append(low)
            highs.append(high)
            start = int(ends[-1])
        return np.concatenate(taken), np.concatenate(lows), np.concatenate(highs)

    def _some(
        self, start: int, ends: np.ndarray, shortest: int, is_last: bool
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Stretches from `start` to each of `ends`, looked up on one level."""
        level, block = 0, 1
        while level < len(self._levels) and block * FACTOR * 4 <= shortest:
            level, block = level + 1, block * FACTOR
        last = int(ends[-1])
        ends = ends // block * block
        lows, highs = (self._source, self._source) if level == 0 else self._levels[level - 1]
        whole = -(-start // block)  # the first whole block
        firsts = np.concatenate([[whole], ends[:-1] // block])
        until = int(ends[-1]) // block
        low = np.fmin.reduceat(lows.values[:until], firsts)
        high = np.fmax.reduceat(highs.values[:until], firsts)
        raw = self._source.values
        if start < whole * block:
            head = raw[start : whole * block]
            low[0], high[0] = np.fmin(low[0], np.fmin.reduce(head)), np.fmax(high[0], np.fmax.reduce(head))
        if is_last and until * block < last:
            tail = raw[until * block : last]
            low[-1], high[-1] = np.fmin(low[-1], np.fmin.reduce(tail)), np.fmax(high[-1], np.fmax.reduce(tail))
            ends[-1] = last
        return ends, low, high


def _halved(values: np.ndarray, choose: np.ufunc) -> np.ndarray:
    """One of each FACTOR neighbours, by four rounds of pairs: many times faster than reducing short rows."""
    n = FACTOR
    while n > 1:
        values = choose(values[0::2], values[1::2])
        n //= 2
    return values
