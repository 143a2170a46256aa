"""Speed and time left, by a clock that the test turns."""

from types import SimpleNamespace

import pytest

from playground.engine.training import pace
from playground.engine.training.pace import Pace, TimeLeft


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands still until the test turns it."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_active_time_goes_on_from_before_and_leaves_out_pauses(clock: SimpleNamespace) -> None:
    found = Pace(50.0)
    clock.now += 5
    assert found.elapsed_s == 55
    found.hold()
    clock.now += 1000
    assert found.elapsed_s == 55
    found.go_on()
    clock.now += 2
    assert found.elapsed_s == 57


def test_speed_is_that_of_recent_steps(clock: SimpleNamespace) -> None:
    found = Pace(0.0)
    assert found.tokens_per_s == 0.0
    for _ in range(60):
        found.step_took(10.0, 100)
    assert found.tokens_per_s == pytest.approx(10)
    for _ in range(60):
        found.step_took(0.5, 100)
    assert found.tokens_per_s == pytest.approx(200)


def test_time_left_counts_steps_and_evaluations_and_ignores_a_hiccup(clock: SimpleNamespace) -> None:
    found = Pace(0.0)
    assert found.time_left(10, 2) == TimeLeft(middle_s=0.0, low_s=0.0, high_s=0.0)
    for seconds in (0.1, 0.1, 0.1, 30.0, 0.1):
        found.step_took(seconds, 100)
    assert found.time_left(10, 2).middle_s == pytest.approx(1.0)
    found.evaluation_took(3.0)
    assert found.time_left(10, 2).middle_s == pytest.approx(7.0)


def test_time_left_has_a_range_that_a_first_slow_step_does_not_widen(clock: SimpleNamespace) -> None:
    found = Pace(0.0)
    for seconds in (90.0, 1.0, 1.0, 2.0, 3.0, 3.0, 1.0, 2.0, 2.0):
        found.step_took(seconds, 100)
    left = found.time_left(10, 0)
    assert (left.low_s, left.middle_s, left.high_s) == (10.0, 20.0, 30.0)
