"""Points of a curve: smoothed, thinned to what a screen shows, looked up; pure."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from playground.ui.charts.curve import Curve, curve_colour, readings
from playground.ui.charts.curve_items import thinned_where_smooth
from playground.ui.charts.curve_points import decimated, extent, nearest_index, smoothed
from playground.ui.charts.curve_pyramid import Pyramid
from playground.ui.charts.curve_thinning import edges_of_columns, in_view, positions_of
from playground.ui.growing import Growing

NAN = math.nan


def growing(*values: float) -> Growing:
    return Growing(np.array(values, dtype=float))


# The points.


def test_smoothing_weighs_the_past_and_is_not_pulled_towards_zero() -> None:
    y = np.array([4.0, 2.0, 8.0])
    expected = [4.0, (2 + 0.5 * 4) / 1.5, (8 + 0.5 * 2 + 0.25 * 4) / 1.75]
    np.testing.assert_allclose(smoothed(y, 0.5), expected)
    assert smoothed(y, 0.0).tolist() == y.tolist()
    np.testing.assert_allclose(smoothed(np.full(1000, 3.0), 0.99), 3.0)


def test_smoothing_steps_over_what_is_unknown() -> None:
    found = smoothed(np.array([NAN, 4.0, NAN, 2.0]), 0.5)
    assert np.isnan(found[[0, 2]]).all()
    np.testing.assert_allclose(found[[1, 3]], [4.0, (2 + 0.25 * 4) / 1.25])


@given(st.lists(st.floats(-9, 9), max_size=200), st.floats(0, 0.99))
def test_smoothing_is_the_average_written_out(values: list[float], amount: float) -> None:
    """Against the plain loop of the definition."""
    sums = weights = 0.0
    expected = []
    for value in values:
        sums, weights = amount * sums + value, amount * weights + 1
        expected.append(sums / weights)
    np.testing.assert_allclose(smoothed(np.array(values), amount), expected, atol=1e-8)


@given(st.lists(st.floats(-9, 9) | st.just(NAN), min_size=1, max_size=400), st.integers(6, 60))
def test_thinning_keeps_ends_extremes_and_order(values: list[float], n_most: int) -> None:
    y, x = np.array(values), np.arange(float(len(values)))
    thin_x, thin_y = decimated(x, y, n_most)
    assert len(thin_x) <= max(n_most, 0)
    assert (thin_x[0], thin_x[-1]) == (0, len(values) - 1)
    assert (np.diff(thin_x) > 0).all()
    np.testing.assert_array_equal(thin_y, y[thin_x.astype(int)])
    assert extent([thin_y]) == extent([y])


def thinned(x: np.ndarray, y: np.ndarray, low: float, high: float, n_columns: int) -> tuple[np.ndarray, np.ndarray]:
    positions = positions_of(x, edges_of_columns(low, high, n_columns, logarithmic=False))
    return in_view(x, y, Pyramid(Growing(y)), positions)


def test_what_leaves_the_picture_leaves_it_at_its_border() -> None:
    x = np.arange(0.0, 100, 10)
    assert thinned(x, x, 25, 55, 100)[0].tolist() == [20, 30, 40, 50, 60]
    assert thinned(x, x, -50, -10, 100)[0].tolist() == [0]
    assert thinned(np.empty(0), np.empty(0), 0, 1, 100)[0].tolist() == []


@given(st.integers(0, 99), st.integers(1, 5000), st.integers(2, 100), st.floats(0, 0.8), st.floats(0.01, 1))
def test_each_pixel_column_keeps_its_lowest_and_highest(seed: int, n: int, k: int, start: float, width: float) -> None:
    """Against looking at every point: what is drawn covers in each column what all points would, and no more."""
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(rng.random(n)), rng.normal(size=n)
    low, high = start * x[-1], start * x[-1] + width * x[-1]
    shown_x, shown_y = thinned(x, y, low, high, k)
    assert len(shown_x) <= 2 * k + 4
    assert (np.diff(shown_x) >= 0).all()
    inside = (x >= low) & (x <= high)
    if inside.any():
        first, last = np.flatnonzero(inside)[[0, -1]]
        whole = y[max(first - 1, 0) : last + 2]
        assert (shown_y.min(), shown_y.max()) == (whole.min(), whole.max())
    assert np.isin(shown_y, y).all()
    edges = np.linspace(low, high, k + 1)
    reach = 1.3 * (high - low) / k  # a stretch may begin a quarter of a column early
    for left, right in itertools.pairwise(edges):
        own = y[(x >= left) & (x < right)]
        near = shown_y[(shown_x >= left - reach) & (shown_x < right + reach)]
        if len(own):
            assert near.min() <= own.min()
            assert near.max() >= own.max()


def test_zooming_in_comes_to_the_points_themselves() -> None:
    x = np.arange(100_000.0)
    y = np.random.default_rng(0).normal(size=len(x))
    shown_x, shown_y = thinned(x, y, 5000, 5100, 500)
    np.testing.assert_array_equal(shown_x, x[4999:5102])
    np.testing.assert_array_equal(shown_y, y[4999:5102])


def test_a_logarithmic_picture_has_as_many_columns_at_its_left() -> None:
    """A hundred steps of a hundred thousand fill two fifths of the picture: none of them may be lost."""
    x = np.arange(1.0, 100_001)
    edges = edges_of_columns(1, 100_000, 1000, logarithmic=True)
    shown, _ = in_view(x, x, Pyramid(Growing(x)), positions_of(x, edges))
    assert set(range(1, 100)) <= set(shown.tolist())
    assert len(shown) <= 2004


@pytest.mark.parametrize(("place", "index"), [(-9, 0), (4, 0), (5, 0), (6, 1), (14.9, 1), (99, 2)])
def test_the_nearest_point(place: float, index: int) -> None:
    assert nearest_index(np.array([0.0, 10, 20]), place) == index


def test_the_extent_leaves_out_what_is_no_number() -> None:
    assert extent([np.array([NAN, 3.0, math.inf]), np.array([-1.0]), np.empty(0)]) == (-1, 3)
    assert extent([np.array([NAN])]) is None


def test_readings_are_measured_values_of_each_curve() -> None:
    curves = [
        Curve("a", growing(1, 2, 3), growing(5, 4, 3), "train", "train"),
        Curve("b", growing(2), growing(4.5), "validation", "validation"),
        Curve("c", growing(), growing(), "other-0", "none"),
        Curve("d", growing(3), growing(9), "other-1", "", is_sample=True),
    ]
    assert [(each.label, each.x, each.value) for each in readings(curves, 2.9)] == [
        ("train", 3, 3), ("validation", 2, 4.5)
    ]  # fmt: skip


def test_roles_have_their_own_colours(qtbot: QtBot) -> None:
    roles = ("train", "validation", "other-0", "other-1", "other-2", "other-3")
    assert len({curve_colour(role).name() for role in roles}) == len(roles)
    assert curve_colour("other-4") == curve_colour("other-0")


@given(st.integers(0, 99), st.integers(501, 5000), st.floats(0, 0.02))
def test_a_smooth_line_needs_few_points(seed: int, n: int, noise: float) -> None:
    """Each point that is left out lies near one that is drawn, and both ends stay."""
    x = np.arange(float(n))
    y = np.sin(x / n) + noise * np.random.default_rng(seed).normal(size=n)
    shown_x, shown_y = thinned_where_smooth(x, y, 0.01)
    assert (shown_x[0], shown_x[-1]) == (0, n - 1)
    assert (np.diff(shown_x) > 0).all()
    np.testing.assert_array_equal(shown_y, y[shown_x.astype(int)])
    before = shown_y[np.searchsorted(shown_x, x, side="right") - 1]
    assert np.abs(before - y).max() <= 8 * 0.01 + 1e-12, "as many rounds as there may be"
    if noise == 0:
        assert len(shown_x) <= 502


def test_a_spike_is_never_left_out() -> None:
    y = np.zeros(2001)
    y[1001] = 5.0
    assert thinned_where_smooth(np.arange(2001.0), y, 0.1)[1].max() == 5
    gap = np.where(np.arange(2001) == 700, NAN, 0.0)
    assert np.isnan(thinned_where_smooth(np.arange(2001.0), gap, 0.1)[1]).any()
