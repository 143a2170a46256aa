"""The numbers of one run's metrics.jsonl as growing numpy columns. No Qt, no disk."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from playground.ui.growing import Growing
from playground.ui.state.metric_lines import EVALUATION, TRAIN, Part, parts_of, records_of

TRAIN_COLUMNS = TRAIN.columns
EVALUATION_COLUMNS = EVALUATION.columns
_PLACES = ("step", "tokens", "elapsed_s")  # never fall, so that one can search in them


class Columns:
    """Rows of numbers, appended in amortised constant time and cut off at the end when a run goes back."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._columns = {name: Growing() for name in names}

    @property
    def n_rows(self) -> int:
        return self._columns["step"].n

    def extend(self, rows: np.ndarray) -> None:
        """Add (n, columns) rows. A place that is not known, or lies before the one above it, is that of the row above.

        Before the first known one it is minus infinity.
        """
        for name, values in zip(self.names, rows.T, strict=True):
            column = self._columns[name]
            column.append(_rising(values, column.last) if name in _PLACES else values)

    def reserve(self, n_rows: int) -> None:
        """Make room for so many rows at once, instead of bit by bit and copying what is there."""
        for column in self._columns.values():
            column.reserve(n_rows)

    def growing(self, name: str) -> Growing:
        """The column itself, for whoever follows it."""
        return self._columns[name]

    def column(self, name: str) -> np.ndarray:
        """(n_rows,) float64, a view: valid until the next append."""
        return self._columns[name].values

    def drop_from_step(self, step: float) -> None:
        """Forget the rows after `step`."""
        n_kept = int(np.searchsorted(self.column("step"), step, side="right"))
        for column in self._columns.values():
            column.cut(n_kept)

    def last(self, name: str) -> float:
        """The newest value; NaN if there is none."""
        return self._columns[name].last


class Metrics:
    """Training steps and evaluations of one run, as one unbroken curve.

    A record of a later segment hides what earlier segments wrote beyond its step: a resumed run does not draw
    back over itself.
    """

    def __init__(self) -> None:
        self.train = Columns(TRAIN_COLUMNS)
        self.evaluation = Columns(EVALUATION_COLUMNS)
        self._segment = 0

    def extend_lines(self, data: bytes) -> int:
        """Take whole lines as metrics.jsonl holds them; returns how many were damaged."""
        parts, n_damaged = parts_of(data)
        self._take(parts)
        return n_damaged

    def extend(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Take records as metrics.jsonl holds them; unknown kinds are ignored."""
        self._take(records_of(records))

    def _take(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.segment > self._segment:
                self._segment = part.segment
                self.train.drop_from_step(part.first_step - 1 if part.begins_with_train else part.first_step)
                self.evaluation.drop_from_step(part.first_step - 1)
            self.train.extend(part.train)
            self.evaluation.extend(part.evaluation)


def _rising(values: np.ndarray, last: float) -> np.ndarray:
    """The largest number so far, `last` included; minus infinity where none is known yet."""
    found: np.ndarray = np.fmax.accumulate(np.concatenate([[last], values]))[1:]
    return np.where(np.isnan(found), -np.inf, found)
