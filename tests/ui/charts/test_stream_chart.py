"""The residual stream's chart: its bars are as long as the sizes, and what it says of each layer."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from playground.contract.messages import StreamSizes
from playground.ui.charts.stream_chart import StreamChart
from playground.ui.theme import colours

NOTHING = np.zeros(0, dtype=np.float32)


def sizes(n_layers: int, cross: np.ndarray = NOTHING) -> StreamSizes:
    return StreamSizes(
        stream=np.arange(1.0, n_layers + 2, dtype=np.float32),
        attention=np.full(n_layers, 0.5, dtype=np.float32),
        cross=cross,
        feed_forward=np.full(n_layers, 0.25, dtype=np.float32),
        is_norm_after=False,
    )


@pytest.fixture
def chart(qtbot: QtBot) -> StreamChart:
    made = StreamChart()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show_sizes(sizes(3))
    made.show()
    return made


def bar_length(picture: QImage, shade: str, top: int, bottom: int) -> int:
    """The longest run of a colour in some lines."""
    wanted = QColor(shade)
    return max(sum(picture.pixelColor(x, y) == wanted for x in range(picture.width())) for y in range(top, bottom))


def test_bars_are_in_proportion(chart: StreamChart) -> None:
    picture = chart.grab().toImage()
    found = []
    for row in (1, 3):
        box = chart.row_box(row)
        found.append(bar_length(picture, colours().train, int(box.top()), int(box.bottom())))
    assert found[0] / found[1] == pytest.approx(2 / 4, abs=0.03)
    box = chart.row_box(2)
    attention = bar_length(picture, colours().others[0], int(box.top()), int(box.bottom()))
    assert attention / found[1] == pytest.approx(0.5 / 4, abs=0.03)


def test_hover_tells_a_layer(chart: StreamChart, qtbot: QtBot) -> None:
    qtbot.mouseMove(chart, chart.row_box(2).center().toPoint())
    assert chart.card_words() == [("L2", ""), ("stream", "3"), ("attention", "0.5"), ("feed-forward", "0.25")]
    qtbot.mouseMove(chart, chart.row_box(0).center().toPoint())
    assert chart.card_words() == [("Embedding", ""), ("stream", "1")]
    qtbot.mouseMove(chart, QPoint(5, 2))
    assert chart.card_words() == []


def test_cross_attention_is_named_where_there_is_a_source(chart: StreamChart) -> None:
    chart.show_sizes(sizes(2, np.array([0.1, 0.2], dtype=np.float32)))
    table = chart.table()
    assert list(table.header) == ["layer", "stream", "attention", "cross_attention", "feed_forward"]
    rows = list(table.rows)
    assert rows[0] == (0, 1.0, "", "", "")
    assert rows[2] == (2, 3.0, 0.5, pytest.approx(0.2), 0.25)
    assert "cross-attention 0.2" in chart.accessibleDescription()


def test_the_array_has_gaps_before_the_first_layer(chart: StreamChart) -> None:
    array = chart.array()
    assert array is not None
    assert array.shape == (4, 3)
    assert array[:, 0].tolist() == [1, 2, 3, 4]
    assert math.isnan(array[0, 1])


def test_many_layers_fit(chart: StreamChart, qtbot: QtBot) -> None:
    chart.show_sizes(sizes(96))
    assert chart.row_box(96).bottom() <= 300.5
    qtbot.mouseMove(chart, chart.row_box(50).center().toPoint())
    assert chart.card_words()[0] == ("L50", "")
    assert not chart.grab().isNull()


def test_before_anything_is_known_it_is_empty(qtbot: QtBot) -> None:
    made = StreamChart()
    qtbot.addWidget(made)
    assert made.array() is None
    assert list(made.table().rows) == []
    assert not made.grab().isNull()
