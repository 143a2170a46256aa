"""The numbers of one run's metrics.jsonl as growing numpy columns. No Qt, no disk."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

TRAIN_COLUMNS = ("step", "loss", "learning_rate", "gradient_norm", "tokens", "elapsed_s", "tokens_per_s")
EVALUATION_COLUMNS = ("step", "validation_loss", "perplexity", "bits_per_byte", "accuracy", "exact", "elapsed_s")


class Columns:
    """Rows of numbers, appended in amortised constant time and cut off at the end when a run goes back."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._data = np.empty((len(names), 1024), dtype=np.float64)
        self.n_rows = 0

    def append(self, row: Mapping[str, Any]) -> None:
        """Add one row; a missing or non-numeric value is NaN."""
        if self.n_rows == self._data.shape[1]:
            self._data = np.concatenate([self._data, np.empty_like(self._data)], axis=1)
        self._data[:, self.n_rows] = [_number(row.get(name)) for name in self.names]
        self.n_rows += 1

    def column(self, name: str) -> np.ndarray:
        """(n_rows,) float64, a view: valid until the next append."""
        return self._data[self.names.index(name), : self.n_rows]

    def drop_from_step(self, step: float) -> None:
        """Forget the rows after `step`."""
        self.n_rows = int(np.searchsorted(self.column("step"), step, side="right"))

    def last(self, name: str) -> float:
        """The newest value; NaN if there is none."""
        return float(self.column(name)[-1]) if self.n_rows else math.nan


class Metrics:
    """Training steps and evaluations of one run, as one unbroken curve.

    A record of a later segment hides what earlier segments wrote beyond its step: a resumed run does not draw
    back over itself.
    """

    def __init__(self) -> None:
        self.train = Columns(TRAIN_COLUMNS)
        self.evaluation = Columns(EVALUATION_COLUMNS)
        self._segment = 0

    def extend(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Take records as metrics.jsonl holds them; unknown kinds are ignored."""
        for record in records:
            step, segment = _number(record.get("step")), record.get("segment", 0)
            if math.isnan(step) or not isinstance(segment, int):
                continue
            if segment > self._segment:
                self._segment = segment
                self._begin_segment(step, record.get("kind"))
            if record.get("kind") == "train":
                self.train.append(record)
            elif record.get("kind") == "evaluation":
                self.evaluation.append(record)

    def _begin_segment(self, step: float, kind: Any) -> None:
        self.train.drop_from_step(step - 1 if kind == "train" else step)
        self.evaluation.drop_from_step(step - 1)


def _number(value: Any) -> float:
    if type(value) is float:  # nearly all are
        return value
    if isinstance(value, str):  # "NaN" and "Infinity" travel as strings: JSON has none
        try:
            return float(value)
        except ValueError:
            return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    return float(value)
