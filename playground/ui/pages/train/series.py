"""Columns of a run's metrics as curves over steps, tokens or time. Pure numpy.

Shapes: n training steps, m evaluations.
"""

from dataclasses import dataclass

import numpy as np

from playground.ui.state.metrics import Columns, Metrics

STEP, TOKENS, TIME = "step", "tokens", "time"
ACROSS = (STEP, TOKENS, TIME)


@dataclass(frozen=True, kw_only=True, eq=False)
class Series:
    """A curve's points, copies of their own: `x` (n,) never falls, `y` (n,) may hold NaN."""

    x: np.ndarray
    y: np.ndarray

    @property
    def last(self) -> float:
        """The newest known value; NaN if there is none."""
        known = self.y[np.isfinite(self.y)]
        return float(known[-1]) if len(known) else float("nan")


def train_series(metrics: Metrics, name: str, across: str = STEP) -> Series:
    """A column of the training steps, e.g. "loss"."""
    return _series(metrics.train, name, _train_places(metrics, across))


def evaluation_series(metrics: Metrics, name: str, across: str = STEP) -> Series:
    """A column of the evaluations, e.g. "validation_loss"."""
    evaluation = metrics.evaluation
    if across == TIME:
        places = evaluation.column("elapsed_s")
    elif across == TOKENS and metrics.train.n_rows:
        places = np.interp(evaluation.column("step"), metrics.train.column("step"), metrics.train.column("tokens"))
    else:
        places = evaluation.column("step")
    return _series(evaluation, name, places)


def place_of_step(metrics: Metrics, step: float, across: str) -> float:
    """Where a step lies on the axis; NaN if it cannot be known yet."""
    if across == STEP:
        return step
    if not metrics.train.n_rows:
        return float("nan")
    return float(np.interp(step, metrics.train.column("step"), _train_places(metrics, across)))


def _train_places(metrics: Metrics, across: str) -> np.ndarray:
    return metrics.train.column({STEP: "step", TOKENS: "tokens", TIME: "elapsed_s"}[across])


def _series(columns: Columns, name: str, places: np.ndarray) -> Series:
    """Without the rows whose place is not known; places never fall, though the clock of a resumed run may."""
    known = np.isfinite(places)
    return Series(x=np.maximum.accumulate(places[known]), y=columns.column(name)[known].copy())
