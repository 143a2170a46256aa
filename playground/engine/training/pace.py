"""How fast a training goes and how long it will still take: pauses and preparing never count."""

import statistics
import time
from collections import deque

_RECENT = 60


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

    def time_left_s(self, n_steps: int, n_evaluations: int) -> float:
        """Seconds for what remains, at the median of recent steps and evaluations; 0 before the first step."""
        if not self._steps_s:
            return 0.0
        each = statistics.median(self._evaluations_s) if self._evaluations_s else 0.0
        return n_steps * statistics.median(self._steps_s) + n_evaluations * each

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
