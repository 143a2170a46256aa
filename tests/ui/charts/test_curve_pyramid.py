"""Lows and highs of stretches against looking at every point; averages that grow against those of the whole."""

import itertools
import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.charts.curve_average import Average
from playground.ui.charts.curve_points import smoothed
from playground.ui.charts.curve_pyramid import FACTOR, Pyramid
from playground.ui.growing import Growing

VALUES = st.floats(-9, 9) | st.sampled_from([math.nan, math.inf, -math.inf])


def column(seed: int, n: int, share_unknown: float = 0.2) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.where(rng.random(n) < share_unknown, np.nan, rng.normal(size=n))


def extremes(values: np.ndarray) -> tuple[float, float]:
    """By looking at each."""
    known = values[~np.isnan(values)]
    return (float(known.min()), float(known.max())) if len(known) else (math.nan, math.nan)


def check(pyramid: Pyramid, values: np.ndarray, edges: np.ndarray) -> None:
    taken, lows, highs = pyramid.stretches(edges)
    if edges[0] == edges[-1]:
        assert len(lows) == len(highs) == 0
        return
    assert (taken[0], taken[-1]) == (edges[0], edges[-1])
    assert (np.diff(taken) > 0).all()
    distinct = np.unique(edges)
    assert len(taken) == len(distinct)
    assert (taken <= distinct).all()
    assert (4 * (distinct - taken)[1:] <= np.diff(distinct)).all(), "moved by no more than a quarter of a stretch"
    expected = [extremes(values[a:b]) for a, b in itertools.pairwise(taken)]
    np.testing.assert_array_equal(np.column_stack([lows, highs]), expected)


@given(st.lists(VALUES, max_size=300), st.data())
def test_any_stretch_of_a_short_column(values: list[float], data: Any) -> None:
    pyramid = Pyramid(Growing(np.array(values)))
    edges = data.draw(st.lists(st.integers(0, len(values)), min_size=2, max_size=12).map(sorted))
    check(pyramid, np.array(values), np.array(edges))


@given(st.integers(0, 99), st.integers(1, 40_000), st.integers(1, 300), st.booleans(), st.data())
def test_any_stretch_of_a_long_column(seed: int, n: int, k: int, is_log: bool, data: Any) -> None:
    values = column(seed, n)
    first = data.draw(st.integers(0, n - 1))
    last = data.draw(st.integers(first + 1, n))
    edges = np.geomspace(first + 1, last + 1, k + 1) - 1 if is_log else np.linspace(first, last, k + 1)
    edges = edges.round().astype(int)
    edges[0], edges[-1] = first, last
    check(Pyramid(Growing(values)), values, edges)


@given(st.integers(0, 99), st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 9000)), min_size=1, max_size=8))
def test_it_grows_and_is_cut_with_its_column(seed: int, changes: list[tuple[int, int]]) -> None:
    growing, expected = Growing(), np.empty(0)
    pyramid = Pyramid(growing)
    for index, (n_more, n_kept) in enumerate(changes):
        more = column(seed + index, n_more)
        growing.append(more)
        growing.cut(n_kept)
        expected = np.concatenate([expected, more])[:n_kept]
        n = len(expected)
        check(pyramid, expected, np.unique([0, n // 7, n // 3, n]) if n else np.array([0, 0]))
        np.testing.assert_array_equal(pyramid.overall(), extremes(expected))


def test_it_holds_little_and_takes_in_only_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    growing = Growing(column(0, 100_000))
    pyramid = Pyramid(growing)
    pyramid.sync()
    assert pyramid.n_held < 2 * 100_000 / (FACTOR - 1) + 64
    n_taken: list[int] = []
    plain = Growing.append
    monkeypatch.setattr(Growing, "append", lambda self, values: (n_taken.append(len(values)), plain(self, values))[1])
    growing.append(column(1, 160))
    n_taken.clear()
    pyramid.sync()
    assert sum(n_taken) <= 2 * (160 / FACTOR + 3)


def test_nothing_is_known_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(Pyramid(Growing()).overall()).all()
        assert np.isnan(Pyramid(Growing(np.full(100, np.nan))).overall()).all()


# Averages.


@given(
    st.integers(0, 99), st.sampled_from([0.5, 0.9, 0.99, 0.9999]), st.sampled_from([0.0, 0.3]),
    st.lists(st.integers(1, 9000), min_size=1, max_size=5), st.integers(1, 20_000),
)  # fmt: skip
def test_an_average_that_grows_is_that_of_the_whole(
    seed: int, amount: float, share_unknown: float, sizes: list[int], n_most: int
) -> None:
    growing = Growing()
    average = Average(growing, amount)
    for index, n_more in enumerate(sizes):
        growing.append(column(seed + index, n_more, share_unknown))
        average.sync(n_most)
    while not average.is_complete:
        average.sync(n_most)
    np.testing.assert_allclose(average.column.values, smoothed(growing.values, amount), atol=1e-9)


def test_an_average_follows_a_run_that_went_back() -> None:
    growing = Growing(np.arange(100.0))
    average = Average(growing, 0.9)
    average.sync(1000)
    growing.cut(40)
    growing.append(np.ones(60))
    assert not average.is_complete
    average.sync(1000)
    np.testing.assert_allclose(average.column.values, smoothed(growing.values, 0.9))


def test_an_average_is_not_copied_for_each_value(monkeypatch: pytest.MonkeyPatch) -> None:
    growing = Growing(np.ones(100_000))
    average = Average(growing, 0.9)
    average.sync(10**9)
    n_copied: list[int] = []
    plain = Growing.reserve

    def counted(self: Growing, capacity: int) -> None:
        if self is average.column and capacity > len(self._data):
            n_copied.append(len(self))
        plain(self, capacity)

    monkeypatch.setattr(Growing, "reserve", counted)
    for _ in range(1000):
        growing.append(np.ones(1))
        average.sync(10**9)
    assert len(n_copied) <= 2
