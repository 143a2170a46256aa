"""Rows of token ids out of a text: windows of one long row, or whole lines filled up to the longest of them.

Knows ids and lengths. What a model should say about them is the objective's affair.

Shapes: N rows, T longest row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

FILLING = 0  # any id will do: filled places are never judged, and never looked at


@dataclass(frozen=True)
class Rows:
    """Ids (N, T) int64, of which the first `lengths` (N,) of each row are real."""

    ids: np.ndarray
    lengths: np.ndarray

    @property
    def padding(self) -> np.ndarray:
        """True where a row is only filled up: (N, T)."""
        found: np.ndarray = np.arange(self.ids.shape[1]) >= self.lengths[:, None]
        return found


class RowSource(Protocol):
    """Where rows come from."""

    def __len__(self) -> int:
        """How many different rows may be drawn."""
        ...

    def rows(self, indices: np.ndarray) -> Rows:
        """Those rows, each index from 0 to len - 1."""
        ...

    def judged(self) -> np.ndarray:
        """Indices of rows that together cover everything once."""
        ...


class Windows:
    """Stretches of `size` tokens of one long row of ids (n,), which may begin anywhere.

    The rows that judge begin `stride` apart; a stride below the size lets the last token of one be the first of the
    next, as a next-token objective wants it.
    """

    def __init__(self, ids: np.ndarray, size: int, stride: int) -> None:
        assert len(ids) >= 1, "an empty text has no windows"
        self._ids, self._size, self._stride = ids, size, stride

    def __len__(self) -> int:
        return max(1, len(self._ids) - self._size + 1)

    def rows(self, indices: np.ndarray) -> Rows:
        lengths = np.minimum(self._size, len(self._ids) - indices)
        places = indices[:, None] + np.arange(lengths.max())  # (N, T)
        ids = self._ids[np.minimum(places, len(self._ids) - 1)].astype(np.int64)
        return Rows(ids, lengths)

    def judged(self) -> np.ndarray:
        overlap = self._size - self._stride
        return np.arange(0, max(1, len(self._ids) - overlap), self._stride)


class Lines:
    """Whole lines of different lengths, none of them empty."""

    def __init__(self, lines: Sequence[np.ndarray]) -> None:
        self._lengths = np.array([len(line) for line in lines], dtype=np.int64)
        assert len(lines), "there must be a line"
        assert self._lengths.min() > 0, "no line may be empty"
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)[:-1]])
        self._ids = np.concatenate(list(lines)).astype(np.int64)

    def __len__(self) -> int:
        return len(self._lengths)

    def rows(self, indices: np.ndarray) -> Rows:
        lengths = self._lengths[indices]
        steps = np.arange(lengths.max())
        places = self._starts[indices, None] + steps  # (N, T)
        ids = self._ids[np.minimum(places, len(self._ids) - 1)]
        return Rows(np.where(steps < lengths[:, None], ids, FILLING), lengths)

    def judged(self) -> np.ndarray:
        return np.arange(len(self))
