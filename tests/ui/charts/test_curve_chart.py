"""Curves: what is drawn, read, smoothed and thinned, and that the person's zoom is respected."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.ui.charts.curve import Curve, curve_colour, readings
from playground.ui.charts.curve_card import _mark_line, paint_card
from playground.ui.charts.curve_chart import CurveChart, short_number
from playground.ui.charts.curve_items import CurveItems, View
from playground.ui.charts.curve_marks import EVENT, FORK, SAMPLE, SNAPSHOT, Mark
from playground.ui.charts.curve_scaling import Scaling
from playground.ui.charts.number_axis import log_word, tick_words
from playground.ui.growing import Growing
from playground.ui.theme import interface_font, theme

NAN = math.nan


def growing(*values: float) -> Growing:
    return Growing(np.array(values, dtype=float))


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
    image = filled.grab().toImage()
    wanted = curve_colour("train")
    for x in (20.5, 50.5, 90.5):
        place = filled._plot.to_pixel(QPointF(x, 5 - x / 50)).toPoint()
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
    filled.show_references([(6.9, "guessing")])
    filled.show_marks([Mark(x=2, kind=EVENT, words="paused")])
    filled.clear()
    qtbot.waitUntil(lambda: filled.accessibleDescription() == "")
    assert list(filled.table().rows) == []
    assert filled._overlay.references == []
    assert filled._overlay.marks.all() == ()


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
        chart.show_marks([Mark(x=1, kind=EVENT, words="paused"), Mark(x=0, kind=FORK, words="forked")])
        chart.show_references([(1.0, "one"), (0.0, "nothing"), (-1.0, "less")])
        qtbot.waitUntil(lambda: not chart._timer.isActive())
        assert all(math.isfinite(value) for pair in ranges(chart) for value in pair)
        assert not chart.grab().isNull()


# Growing, marks, and what can be taken along.


def drawn_points(chart: CurveChart, name: str) -> int:
    return len(chart._items[name].strong.xData)


def test_growing_columns_are_followed_without_being_shown_again(chart: CurveChart, qtbot: QtBot) -> None:
    x, y = growing(1, 2), growing(5, 4)
    chart.show_curve("train", x, y, "train", "train")
    qtbot.waitUntil(lambda: chart.accessibleDescription() == "train 4.00")
    x.append(np.array([3.0]))
    y.append(np.array([2.5]))
    chart.refresh()
    qtbot.waitUntil(lambda: chart.accessibleDescription() == "train 2.50")
    known = chart._curves["train"]
    chart.show_curve("train", x, y, "train", "the run")
    assert chart._curves["train"] is known, "what was made of it is kept"
    x.cut(1)
    y.cut(1)
    chart.refresh()
    qtbot.waitUntil(lambda: chart.accessibleDescription() == "the run 5.00")


def test_a_long_curve_is_taken_in_over_several_frames(
    chart: CurveChart, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.arange(400_000.0)
    chart.show_smoothing(0.9)
    chart.show_curve("train", x, np.sin(x), "train", "train")
    n_frames: list[int] = []
    plain = Curve.sync
    monkeypatch.setattr(Curve, "sync", lambda self, *more: (n_frames.append(1), plain(self, *more))[1])
    qtbot.waitUntil(lambda: "train" in chart.accessibleDescription())
    qtbot.waitUntil(lambda: not chart._timer.isActive())
    assert len(n_frames) >= 4
    assert 100 < drawn_points(chart, "train") < 4 * chart._plot.columns()


def test_factors_and_changes_are_what_is_read(chart: CurveChart, qtbot: QtBot) -> None:
    chart.show_curve("train", growing(1, 2), growing(0, 1), "train", "train", x_factor=10, change=np.exp)
    qtbot.waitUntil(lambda: chart.accessibleDescription() == "train 2.72")
    assert list(chart.table().rows) == [("train", 10, 1), ("train", 20, math.e)]
    chart.point_at(19)
    (reading,) = chart._overlay.readings
    assert (reading.x, reading.value) == (20, math.e)
    assert ranges(chart)[1][1] > 2.7


def test_a_sample_is_drawn_without_a_name_or_values(filled: CurveChart, qtbot: QtBot) -> None:
    n_rows = len(filled.table().rows)  # type: ignore[arg-type]  # a sequence
    filled.show_curve("rest", np.array([150.0, 300]), np.array([1.0, 0.5]), "train", "", is_sample=True)
    filled.show_reading("Reading: 43 %")
    qtbot.waitUntil(lambda: ranges(filled)[0][1] > 300)
    assert filled.accessibleDescription() == "train 3.00, validation 3.20"
    assert len(filled.table().rows) == n_rows  # type: ignore[arg-type]
    assert filled._overlay.reading_words == "Reading: 43 %"
    filled.point_at(300)
    assert [each.label for each in filled._overlay.readings] == ["train", "validation"]


def marks() -> list[Mark]:
    return [
        Mark(x=20, kind=EVENT, words="paused"), Mark(x=20, kind=SAMPLE, words="Once there was", step=20),
        Mark(x=80, kind=SNAPSHOT, words="snapshot", step=80),
    ]  # fmt: skip


def test_marks_near_the_mouse_are_told(filled: CurveChart, qtbot: QtBot) -> None:
    filled.show_marks(marks())
    scene = filled._view.mapViewToScene(QPointF(20, 4))
    filled._on_mouse_moved(scene)
    assert [mark.words for mark in filled._overlay.told] == ["paused", "Once there was"]
    assert filled._overlay.hover_title == "Step 20"
    assert not filled.grab().isNull()
    filled._on_mouse_moved(filled._view.mapViewToScene(QPointF(50, 4)))
    assert filled._overlay.told == []


def test_a_press_on_a_mark_asks_for_its_moment(filled: CurveChart, qtbot: QtBot) -> None:
    filled.show_marks(marks())
    foot = filled._plot.area().bottom() - 6
    places = [QPointF(filled._plot.to_pixel(QPointF(x, 4)).x(), foot) for x in (80, 50)]
    with qtbot.waitSignal(filled.moment_requested) as asked:
        qtbot.mouseClick(filled._plot.viewport(), Qt.MouseButton.LeftButton, pos=places[0].toPoint())
    assert asked.args == [80]
    with qtbot.assertNotEmitted(filled.moment_requested, wait=50):
        qtbot.mouseClick(filled._plot.viewport(), Qt.MouseButton.LeftButton, pos=places[1].toPoint())
        higher = QPointF(places[0].x(), foot - 60)
        qtbot.mouseClick(filled._plot.viewport(), Qt.MouseButton.LeftButton, pos=higher.toPoint())


def test_few_points_in_view_are_shown_as_points(filled: CurveChart, qtbot: QtBot) -> None:
    assert filled._items["train"].dots is None
    filled._view.setRange(xRange=(40, 60), yRange=(3.5, 4.5), padding=0)
    filled._view.sigRangeChangedManually.emit([True, True])
    assert len(filled._items["train"].dots) == 23


def test_lows_that_a_logarithmic_axis_cannot_show_leave_no_hole(qtbot: QtBot) -> None:
    y = np.tile([1.0, -1.0], 5000)
    curve = Curve("a", Growing(np.arange(10_000.0)), Growing(y), "train", "train")
    view = View(edges=np.linspace(0, 10_000, 101), scaling=Scaling(log_y=True))
    import pyqtgraph as pg

    items = CurveItems(pg.PlotItem())
    items.draw(curve, view)
    assert np.isfinite(items.strong.yData).all()


class Paintings(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.n = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False


def test_a_move_of_the_view_is_painted_once(filled: CurveChart, qtbot: QtBot) -> None:
    """pyqtgraph would paint, notice that the view has moved, and paint again."""
    filled._on_zoomed()
    qtbot.wait(100)
    paintings = Paintings(filled._plot.viewport())
    filled._view.setRange(xRange=(40, 60), padding=0)
    filled._on_zoomed()
    qtbot.wait(100)
    assert paintings.n == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0.00"), (1.2345, "1.23"), (21_437.4, "21,437"), (1e6, "1,000,000"), (0.000229, "2.29e-04")],
)
def test_short_numbers(value: float, words: str) -> None:
    assert short_number(value) == words


def test_axes_count_in_words_of_people() -> None:
    assert tick_words([0, 200_000, 1_000_000]) == ["0", "200,000", "1,000,000"]
    assert tick_words([0, 1e14, 2.5e14]) == ["0", "10¹⁴", "2.5×10¹⁴"]
    assert tick_words([0, 0.5, 1.0]) == ["0.0", "0.5", "1.0"]
    assert tick_words([2e-4, 4e-4]) == ["2×10⁻⁴", "4×10⁻⁴"]
    assert [log_word(value) for value in (1e-6, 0.001, 10, 1e5, 1e6, 5e12)] == [
        "10⁻⁶", "0.001", "10", "100,000", "1,000,000", "5×10¹²"
    ]  # fmt: skip


def test_what_is_told_of_foreign_origin_is_made_visible() -> None:
    metrics = QFontMetricsF(interface_font(12))
    assert _mark_line(Mark(x=0, kind=SAMPLE, words="a\u202eb"), metrics).name == "a‹U+202E›b"


def test_a_thousand_marks_are_painted_and_found(filled: CurveChart, qtbot: QtBot) -> None:
    many = [Mark(x=x / 20, kind=(SAMPLE, SNAPSHOT)[x % 2], words=str(x), step=x) for x in range(2000)]
    filled.show_marks([*many, Mark(x=50, kind=FORK, words="fork\u202e")])
    assert not filled.grab().isNull()
    pixel = filled._plot.to_pixel(QPointF(50, 4)).x()
    assert [mark.kind for mark in filled._overlay.marks.near(pixel)] == [FORK, SAMPLE, SNAPSHOT]
    assert filled._overlay.marks.near(pixel)[1].words == "1000", "the nearest"
    pressed = filled._overlay.marks.pressed(pixel)
    assert pressed is not None
    assert pressed.step == 1000


def test_the_card_stays_in_the_picture(filled: CurveChart, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[QRectF] = []
    plain = QPainter.drawRoundedRect

    def drawn(self: QPainter, box: QRectF, *more: float) -> None:
        boxes.append(box)
        plain(self, box, *more)

    monkeypatch.setattr(QPainter, "drawRoundedRect", drawn)
    image, found = QPixmap(filled.size()), readings(filled._curves.values(), 3)
    for x in (0, 200, 500, 780):
        painter = QPainter(image)
        paint_card(painter, x, QRectF(40, 0, 750, 300), "step 3", found, marks())
        painter.end()
    assert len(boxes) == 4
    assert all(box.left() >= 0 and box.right() <= 790 for box in boxes)


def test_while_the_picture_is_dragged_nothing_is_read(filled: CurveChart) -> None:
    filled._on_mouse_moved(QPointF(300, 150))
    assert filled._overlay.hover_x is not None
    filled._plot.scene().dragItem = filled._view
    filled._on_mouse_moved(QPointF(280, 150))
    assert filled._overlay.hover_x is None
    filled._plot.scene().dragItem = None
    filled._on_mouse_moved(QPointF(250, 150))
    assert filled._overlay.hover_x is not None
