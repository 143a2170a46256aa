"""Columns of a run's numbers as curves over steps, tokens, epochs, time or FLOPs; they grow with the run. Pure numpy.

Shapes: n training steps, m evaluations.
"""

import math
from dataclasses import dataclass

import numpy as np

from playground.ui.growing import Growing
from playground.ui.pages.train.plot import CLIPPED, STEP, TIME, Change, Line, RunNumbers
from playground.ui.state.metrics import Metrics


@dataclass(frozen=True, kw_only=True, eq=False)
class Series:
    """A curve's points: `x` (n,) times `x_factor` never falls, `y` (n,) may hold NaN and is shown after `change`."""

    x: Growing
    y: Growing
    x_factor: float = 1.0
    change: Change | None = None


class SeriesBook:
    """Makes series of runs; columns that must be made are made once and then only go on."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, str], tuple[Growing, Growing, int]] = {}

    def forget(self) -> None:
        self._made = {}

    def series(self, run: RunNumbers, line: Line, measure: str, across: str) -> Series | None:
        """A line of a measure along an axis; None if where it lies is not known."""
        factor = run.factor(across)
        if not math.isfinite(factor):
            return None
        columns = run.metrics.evaluation if line.is_judged else run.metrics.train
        y = columns.growing(line.column)
        if measure == CLIPPED:
            y = self._clipped(y, run.clip)
        if line.is_judged and across not in (STEP, TIME):
            x = Growing(_steps_to(run.metrics, columns.column("step"), across))
            return Series(x=x, y=y, x_factor=factor, change=line.change)
        return Series(x=columns.growing(_place_column(across)), y=y, x_factor=factor, change=line.change)

    def _clipped(self, source: Growing, longest: float) -> Growing:
        """Lengths after clipping, which shortens the longer ones."""
        key = (id(source), f"{longest}")
        kept, made, n_cuts = self._made.get(key, (source, Growing(), source.n_cuts))
        if n_cuts != source.n_cuts:
            made.cut(0)
        made.append(np.minimum(source.values[len(made) :], longest))
        self._made[key] = (kept, made, source.n_cuts)
        return made


def places_of_steps(run: RunNumbers, steps: np.ndarray, across: str) -> np.ndarray:
    """Where steps lie on the axis; NaN where it cannot be known yet."""
    factor = run.factor(across)
    if across == STEP or not math.isfinite(factor):
        return factor * np.asarray(steps, dtype=np.float64)
    metrics = run.sample if run.sample is not None else run.metrics
    return factor * _steps_to(metrics, steps, across)


def end_of(run: RunNumbers, across: str) -> float | None:
    """Where the run will end on the axis; time alone does not know."""
    max_steps = run.config.training.max_steps
    if across == STEP:
        return float(max_steps)
    train = (run.sample or run.metrics).train
    steps, tokens = train.last("step"), train.last("tokens")
    if across == TIME or not (steps > 0 and math.isfinite(tokens)):
        return None
    end = tokens / steps * max_steps * run.factor(across)
    return float(end) if math.isfinite(end) else None


def _steps_to(metrics: Metrics, steps: np.ndarray, across: str) -> np.ndarray:
    """Interpolated between the training steps; at step 0 all is 0. NaN where nothing is known."""
    train = metrics.train
    places, known_steps = train.column(_place_column(across)), train.column("step")
    first = int(np.searchsorted(places, -np.inf, side="right"))  # what is not known lies at the beginning
    if first == len(places):
        return np.full(len(steps), np.nan)
    found = np.interp(steps, known_steps[first:], places[first:])
    share = np.asarray(steps, dtype=np.float64) / (known_steps[first] or 1.0)
    return np.where(share < 1, np.maximum(share, 0) * places[first], found)


def _place_column(across: str) -> str:
    return {STEP: "step", TIME: "elapsed_s"}.get(across, "tokens")
