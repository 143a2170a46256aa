"""The thinned curve of the timeline: every value lies between the low and the high of its column, none is lost."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.shell.loss_line import thinned, value_at


def test_each_column_holds_low_high_and_mean_of_its_steps() -> None:
    steps = np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    losses = np.array([9.0, 7, 8, 6, 5, 5, 4, 3, 3, 2, 1])
    line = thinned(steps, losses, 10, 6)  # half a column a step: two steps share one
    assert line.columns.tolist() == [0, 1, 2, 3, 4, 5]
    assert line.low.tolist() == [7, 6, 5, 3, 2, 1]
    assert line.high.tolist() == [9, 8, 5, 4, 3, 1]
    assert line.mean.tolist() == [8, 7, 5, 3.5, 2.5, 1]


def test_a_short_run_on_a_wide_track_leaves_columns_out() -> None:
    line = thinned(np.array([1.0, 2.0]), np.array([3.0, 2.0]), 4, 101)
    assert line.columns.tolist() == [25, 50]


def test_what_is_no_number_is_left_out() -> None:
    line = thinned(np.array([0.0, 1, 2, 3]), np.array([math.nan, 5, math.inf, 4]), 3, 4)
    assert line.columns.tolist() == [1, 3]
    assert line.mean.tolist() == [5, 4]
    assert thinned(np.array([1.0]), np.array([math.nan]), 3, 4).is_empty


def test_without_room_steps_or_values_it_is_empty() -> None:
    one = np.array([1.0])
    assert thinned(np.empty(0), np.empty(0), 10, 100).is_empty
    assert thinned(one, one, 0, 100).is_empty
    assert thinned(one, one, 10, 1).is_empty


@given(
    st.lists(st.floats(0, 20), min_size=1, max_size=300),
    st.integers(2, 90),
    st.floats(0.2, 3),
)
def test_no_column_is_outside_the_track_and_no_extreme_is_lost(losses: list[float], width: int, reach: float) -> None:
    """Even if the run went on beyond the steps that were planned."""
    values, steps = np.array(losses), np.arange(1.0, len(losses) + 1)
    line = thinned(steps, values, max(reach * len(losses), 1), width)
    assert 0 <= line.columns[0] <= line.columns[-1] < width
    assert (np.diff(line.columns) > 0).all()
    assert line.low.min() == values.min()
    assert line.high.max() == values.max()
    assert (line.low <= line.mean + 1e-9).all()
    assert (line.mean <= line.high + 1e-9).all()


def test_the_value_at_a_step_is_the_last_one_known() -> None:
    steps, losses = np.array([10.0, 20, 30]), np.array([3.0, 2, 1])
    assert [value_at(steps, losses, step) for step in (10, 19, 20, 99)] == [3, 3, 2, 1]
    assert math.isnan(value_at(steps, losses, 9))
    assert math.isnan(value_at(np.empty(0), np.empty(0), 9))
