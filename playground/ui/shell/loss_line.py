"""A run's loss thinned to one low, high and mean a pixel column, so that a long run paints as fast as a short one."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class LossLine:
    """W pixel columns that hold at least one finite loss, from left to right; losses in nats."""

    columns: np.ndarray  # (W,) int64, pixels from the left
    low: np.ndarray  # (W,) float64
    high: np.ndarray  # (W,) float64
    mean: np.ndarray  # (W,) float64

    @property
    def is_empty(self) -> bool:
        return len(self.columns) == 0


def thinned(steps: np.ndarray, losses: np.ndarray, last_step: float, width: int) -> LossLine:
    """Thin a curve to `width` pixels that reach from step 0 to `last_step`.

    Args:
        steps: (N,) rising.
        losses: (N,) nats; NaN and infinity are left out.
    """
    sound = np.isfinite(losses) & np.isfinite(steps)
    if not sound.all():  # a million of them are not copied for nothing
        steps, losses = steps[sound], losses[sound]
    if len(steps) == 0 or last_step <= 0 or width < 2:
        none = np.empty(0)
        return LossLine(none.astype(np.int64), none, none, none)
    begins = np.searchsorted(steps, np.arange(width) * (last_step / (width - 1)))
    begins[0] = 0
    counts = np.diff(np.append(begins, len(steps)))
    columns = np.flatnonzero(counts)
    firsts = begins[columns]
    return LossLine(
        columns,
        np.minimum.reduceat(losses, firsts),
        np.maximum.reduceat(losses, firsts),
        np.add.reduceat(losses, firsts) / counts[columns],
    )


def value_at(steps: np.ndarray, values: np.ndarray, step: float) -> float:
    """The value of the last row at or before `step`; NaN if there is none."""
    index = int(np.searchsorted(steps, step, side="right")) - 1
    return float(values[index]) if index >= 0 else float("nan")
