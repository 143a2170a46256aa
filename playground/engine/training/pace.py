"""How fast a training goes and how long it will still take: pauses and preparing never count."""

import statistics
import time
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

_RECENT = 60


@dataclass(frozen=True, kw_only=True)
class TimeLeft:
    """Seconds, at the median of what was seen lately, and at its quartiles: as long as it stays as it was."""

    middle_s: float
    low_s: float
    high_s: float


class Pace:
    """A stopwatch of active time, and the durations of recent steps and evaluations."""

    def __init__(self, elapsed_s: float) -> None:
        self._before_s = elapsed_s
        self._running_since = time.monotonic()
        self._is_running = True
        self._steps_s: deque[float] = deque(maxlen=_RECENT)
        self._tokens: deque[int] = deque(maxlen=_RECENT)
        self._evaluations_s: deque[float] = deque(maxlen=8)

    @property
    def elapsed_s(self) -> float:
        """Active seconds since the run began, over all its segments."""
        return self._before_s + (time.monotonic() - self._running_since if self._is_running else 0.0)

    @property
    def tokens_per_s(self) -> float:
        """Speed of the recent steps alone."""
        return sum(self._tokens) / sum(self._steps_s) if self._steps_s else 0.0

    def time_left(self, n_steps: int, n_evaluations: int) -> "TimeLeft":
        """For what remains, at the pace of recent steps and evaluations; zeros before the first step.

        A first step that compiles, or one that a busy machine held up, is beyond the quartiles and does not count.
        """
        steps, evaluations = _quartiles(self._steps_s), _quartiles(self._evaluations_s)
        low, middle, high = (
            n_steps * step + n_evaluations * each for step, each in zip(steps, evaluations, strict=True)
        )
        return TimeLeft(middle_s=middle, low_s=low, high_s=high)

    def step_took(self, seconds: float, n_tokens: int) -> None:
        self._steps_s.append(seconds)
        self._tokens.append(n_tokens)

    def evaluation_took(self, seconds: float) -> None:
        self._evaluations_s.append(seconds)

    def hold(self) -> None:
        """A pause begins."""
        self._before_s, self._is_running = self.elapsed_s, False

    def go_on(self) -> None:
        """A pause ends."""
        self._running_since, self._is_running = time.monotonic(), True


def _quartiles(seconds: Collection[float]) -> tuple[float, float, float]:
    """Zeros for nothing."""
    if not seconds:
        return 0.0, 0.0, 0.0
    if len(seconds) == 1:
        (only,) = seconds
        return only, only, only
    low, middle, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return low, middle, high
