"""The picture of what attention costs: where its points lie, what the mouse reads, what can be taken along."""

import math

import numpy as np
import pytest
from cost_rows import ROWS, cost
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.ui.charts.attention_cost_picture import TRAINING, AttentionCostPicture, time_words
from playground.ui.charts.log_painting import LogLine, LogView, place_of, plot_box
from playground.ui.theme import colours, theme
from playground.ui.widgets.export import png_bytes, svg_bytes


@pytest.fixture
def picture(qtbot: QtBot) -> AttentionCostPicture:
    made = AttentionCostPicture()
    qtbot.addWidget(made)
    made.resize(256, 346)
    made.show()
    return made


def spot(picture: AttentionCostPicture, chart: int, line: int, row: int) -> QPoint:
    view, box = picture._views[chart], picture.view_box(chart)
    return place_of(view, line, row, plot_box(view, box)).toPoint()


def test_the_mouse_reads_time_and_memory_of_a_length(picture: AttentionCostPicture, qtbot: QtBot) -> None:
    picture.show_rows(ROWS)
    qtbot.mouseMove(picture, spot(picture, 0, 1, 1))
    assert dict(picture.point_words()) == {
        "Tokens": "128", "fused": "2 ms", "explicit": "8 ms", "Explicit / fused": "4",
    }  # fmt: skip
    qtbot.mouseMove(picture, spot(picture, 1, 0, 2))
    assert dict(picture.point_words()) == {
        "Tokens": "256", "fused": "256 kB", "explicit": "2 MB", "Explicit / fused": "8",
    }  # fmt: skip
    picture.show_rows(ROWS, TRAINING)
    qtbot.mouseMove(picture, spot(picture, 0, 0, 0))
    assert dict(picture.point_words())["fused"] == "4 ms"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_way_has_its_colour_where_it_was_measured(picture: AttentionCostPicture, name: str) -> None:
    theme().use(name)
    picture.show_rows(ROWS)
    image = picture.grab().toImage()
    for chart in (0, 1):
        for line, wanted in enumerate((colours().train, colours().validation)):
            for row in range(3):
                assert image.pixelColor(spot(picture, chart, line, row)) == QColor(wanted)


def test_growth_with_the_square_is_twice_as_steep_in_the_picture(picture: AttentionCostPicture) -> None:
    picture.show_rows(ROWS)
    view = picture._views[0]
    area = plot_box(view, picture.view_box(0))
    fused, explicit = (place_of(view, line, 0, area).y() - place_of(view, line, 2, area).y() for line in (0, 1))
    assert explicit == pytest.approx(2 * fused)


def test_one_row_and_none_can_be_drawn(picture: AttentionCostPicture) -> None:
    assert picture.array() is None
    assert png_bytes(picture)
    picture.show_rows([cost(64)])
    assert png_bytes(picture)
    assert picture.point_words() == []


def test_the_numbers_can_be_taken_along(picture: AttentionCostPicture) -> None:
    picture.show_rows(ROWS)
    table = picture.table()
    assert table.header[:3] == ("tokens", "fused_forward_ms", "explicit_forward_ms")
    rows = [list(row) for row in table.rows]
    assert rows[1] == [128, 2.0, 8.0, 8.0, 16.0, 128_000, 512_000, 4000, 12_000, 1e-6]
    array = picture.array()
    assert array is not None
    np.testing.assert_array_equal(array, rows)
    assert b"explicit" in svg_bytes(picture)


def test_ticks_are_round_and_within() -> None:
    line = LogLine(name="a", role="train", values=np.array([0.09, 600.0]))
    view = LogView(title="", x=np.array([1, 2]), lines=(line,), words=time_words)
    assert view.ticks() == pytest.approx([0.1, 1, 10, 100])
    low, high = view.bounds
    assert low < math.log10(0.09) < math.log10(600) < high
    narrow = LogLine(name="a", role="train", values=np.array([3.0, 30.0]))
    assert LogView(title="", x=np.array([1, 2]), lines=(narrow,), words=time_words).ticks() == [5, 10, 20]


def test_times_as_words() -> None:
    assert [time_words(each) for each in (0.0952, 12.81, 999.0, 1546.0)] == ["0.0952 ms", "12.8 ms", "999 ms", "1.55 s"]
