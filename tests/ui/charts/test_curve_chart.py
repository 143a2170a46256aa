"""Curves: what is drawn, read, smoothed and thinned, and that the person's zoom is respected."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.ui.charts.curve import Curve, curve_colour, readings
from playground.ui.charts.curve_chart import CurveChart
from playground.ui.charts.curve_points import decimated, extent, in_view, nearest_index, smoothed
from playground.ui.theme import theme

NAN = math.nan

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


def test_what_leaves_the_picture_leaves_it_at_its_border() -> None:
    x = np.arange(0.0, 100, 10)
    assert x[in_view(x, 25, 55)].tolist() == [20, 30, 40, 50, 60]
    assert x[in_view(x, -50, -10)].tolist() == [0]
    assert x[in_view(np.empty(0), 0, 1)].tolist() == []


@pytest.mark.parametrize(("place", "index"), [(-9, 0), (4, 0), (5, 0), (6, 1), (14.9, 1), (99, 2)])
def test_the_nearest_point(place: float, index: int) -> None:
    assert nearest_index(np.array([0.0, 10, 20]), place) == index


def test_the_extent_leaves_out_what_is_no_number() -> None:
    assert extent([np.array([NAN, 3.0, math.inf]), np.array([-1.0]), np.empty(0)]) == (-1, 3)
    assert extent([np.array([NAN])]) is None


def test_readings_are_measured_values_of_each_curve() -> None:
    curves = [
        Curve(name="a", x=np.array([1.0, 2, 3]), y=np.array([5.0, 4, 3]), role="train", label="train"),
        Curve(name="b", x=np.array([2.0]), y=np.array([4.5]), role="validation", label="validation"),
        Curve(name="c", x=np.empty(0), y=np.empty(0), role="other-0", label="none"),
    ]
    assert [(each.label, each.x, each.value) for each in readings(curves, 2.9)] == [
        ("train", 3, 3), ("validation", 2, 4.5)
    ]  # fmt: skip


def test_roles_have_their_own_colours(qtbot: QtBot) -> None:
    roles = ("train", "validation", "other-0", "other-1", "other-2", "other-3")
    assert len({curve_colour(role).name() for role in roles}) == len(roles)
    assert curve_colour("other-4") == curve_colour("other-0")


# The chart.


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[CurveChart]:
    theme().use("light")
    made = CurveChart()
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show_axis_labels("Step", "Loss in nats")
    made.show()
    qtbot.waitExposed(made)
    yield made
    theme().use("light")


@pytest.fixture
def filled(chart: CurveChart, qtbot: QtBot) -> CurveChart:
    x = np.arange(1.0, 101)
    chart.show_curve("train", x, 5 - x / 50, "train", "train")
    chart.show_curve("validation", x[9::10], 5.2 - x[9::10] / 50, "validation", "validation")
    qtbot.waitUntil(lambda: "validation" in chart.accessibleDescription())
    return chart


def ranges(chart: CurveChart) -> tuple[tuple[float, float], tuple[float, float]]:
    x, y = chart._view.viewRange()
    return tuple(x), tuple(y)  # type: ignore[return-value]


def test_without_curves_it_says_so(chart: CurveChart, qtbot: QtBot) -> None:
    chart.show_empty("The loss will fall here.")
    qtbot.waitUntil(lambda: chart._overlay.empty_words == "The loss will fall here.")
    chart.show_curve("train", np.array([1.0]), np.array([2.0]), "train", "train")
    qtbot.waitUntil(lambda: chart._overlay.empty_words == "")


def test_everything_is_in_view_and_named_at_its_end(filled: CurveChart) -> None:
    (left, right), (low, high) = ranges(filled)
    assert left <= 1
    assert right > 100, "room for the names"
    assert low < 3 < 5 < high
    assert filled.accessibleDescription() == "train 3.00, validation 3.20"
    assert filled.accessibleName() == "Loss in nats"


def test_the_curve_is_painted_where_its_values_are(filled: CurveChart, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPointF

    image = filled.grab().toImage()
    wanted = curve_colour("train")
    for x in (20.5, 50.5, 90.5):
        place = filled._to_pixel(QPointF(x, 5 - x / 50)).toPoint()
        near = [image.pixelColor(place.x(), place.y() + dy) for dy in range(-2, 3)]
        assert any(abs(each.red() - wanted.red()) + abs(each.blue() - wanted.blue()) < 60 for each in near)


def test_new_points_are_followed(filled: CurveChart, qtbot: QtBot) -> None:
    x = np.arange(1.0, 301)
    filled.show_curve("train", x, 5 - x / 100, "train", "train")
    qtbot.waitUntil(lambda: ranges(filled)[0][1] > 300)
    assert ranges(filled)[1][0] < 2


def test_the_data_may_change_after_it_was_shown(filled: CurveChart) -> None:
    y = np.array([2.0, 1.0])
    filled.show_curve("train", np.array([1.0, 2.0]), y, "train", "train")
    y[:] = 99
    assert [row[2] for row in filled.table().rows if row[0] == "train"] == [2.0, 1.0]


def test_a_zoom_is_kept_until_the_person_wants_everything(filled: CurveChart, qtbot: QtBot) -> None:
    followed = QSignalSpy(filled.following_changed)
    filled._view.setRange(xRange=(40, 60), yRange=(3.5, 4.5), padding=0)
    filled._view.sigRangeChangedManually.emit([True, True])
    assert [followed.at(0)[0], filled.is_following] == [False, False]
    x = np.arange(1.0, 301)
    filled.show_curve("train", x, 5 - x / 100, "train", "train")
    qtbot.waitUntil(lambda: not filled._timer.isActive())
    assert ranges(filled)[0] == pytest.approx((40, 60))
    qtbot.keyClick(filled, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: ranges(filled)[0][1] > 300)
    assert filled.is_following


def test_the_axis_reaches_to_the_planned_end(filled: CurveChart, qtbot: QtBot) -> None:
    filled.show_x_end(1000)
    qtbot.waitUntil(lambda: ranges(filled)[0][1] >= 1000)
    filled.show_x_end(None)
    qtbot.waitUntil(lambda: ranges(filled)[0][1] < 200)


def test_logarithmic_axes_leave_out_what_has_no_place(chart: CurveChart, qtbot: QtBot) -> None:
    chart.show_logarithmic(x=True, y=True)
    chart.show_curve("train", np.array([0.0, 1, 10, 100]), np.array([9.0, 0.0, 1, 0.1]), "train", "train")
    qtbot.waitUntil(lambda: chart.accessibleDescription() == "train 0.100")
    (left, right), (low, high) = ranges(chart)
    assert -0.1 <= left <= 0
    assert right >= 2
    assert low <= -1
    assert high < 2


def test_the_axis_may_turn_logarithmic_while_it_holds_many_steps(chart: CurveChart, qtbot: QtBot) -> None:
    """10 to the power of a step beyond 308 is no number, and the axis is painted before the view is fitted anew."""
    x = np.arange(1.0, 2001)
    chart.show_curve("train", x, 5 - x / 1000, "train", "train")
    qtbot.waitUntil(lambda: ranges(chart)[0][1] > 2000)
    chart.show_logarithmic(x=True, y=False)
    chart.grab()
    qtbot.waitUntil(lambda: ranges(chart)[0][1] < 10)


def test_arrows_read_the_measured_values(filled: CurveChart, qtbot: QtBot) -> None:
    qtbot.keyClick(filled, Qt.Key.Key_Left)
    assert [(each.label, each.x, each.value) for each in filled._overlay.readings] == [
        ("train", 100, 3.0), ("validation", 100, pytest.approx(3.2))
    ]  # fmt: skip
    filled.show_smoothing(0.9)
    qtbot.keyClick(filled, Qt.Key.Key_Left)
    assert filled._overlay.readings[0].value == pytest.approx(5 - 99 / 50), "not the smoothed one"
    assert filled._overlay.hover_title == "Step 99"
    qtbot.keyClick(filled, Qt.Key.Key_Escape)
    assert filled._overlay.hover_x is None


def test_smoothing_calms_training_alone(filled: CurveChart, qtbot: QtBot) -> None:
    filled.show_smoothing(0.9)
    qtbot.waitUntil(lambda: filled.accessibleDescription() != "train 3.00, validation 3.20")
    assert filled.accessibleDescription().endswith("validation 3.20")
    filled.show_smoothing(0)
    qtbot.waitUntil(lambda: filled.accessibleDescription() == "train 3.00, validation 3.20")


def test_curves_go_away_one_by_one_and_all(filled: CurveChart, qtbot: QtBot) -> None:
    n_items = len(filled._plot.getPlotItem().items)
    filled.remove_curve("validation")
    filled.remove_curve("never there")
    qtbot.waitUntil(lambda: filled.accessibleDescription() == "train 3.00")
    assert len(filled._plot.getPlotItem().items) < n_items
    filled.show_reference(6.9, "guessing")
    filled.clear()
    qtbot.waitUntil(lambda: filled.accessibleDescription() == "")
    assert list(filled.table().rows) == []
    assert filled._reference is None


def test_the_numbers_can_be_taken_along(filled: CurveChart) -> None:
    table = filled.table()
    rows = list(table.rows)
    assert table.header == ("curve", "Step", "Loss in nats")
    assert len(rows) == 110
    assert rows[0] == ("train", 1.0, 4.98)


@pytest.mark.parametrize(
    "y", [[NAN], [NAN, NAN], [math.inf, 2.0], [2.0], [2.0, 2.0], [3e38, -3e38], [1e300, -1e300], []]
)
def test_odd_curves_are_drawn_too(chart: CurveChart, qtbot: QtBot, y: list[float]) -> None:
    for is_log in (False, True):
        chart.show_logarithmic(x=is_log, y=is_log)
        chart.show_curve("train", np.arange(1.0, len(y) + 1), np.array(y), "train", "train")
        chart.show_current(1)
        chart.show_events([(1, "paused")])
        qtbot.waitUntil(lambda: not chart._timer.isActive())
        assert all(math.isfinite(value) for pair in ranges(chart) for value in pair)
        assert not chart.grab().isNull()
