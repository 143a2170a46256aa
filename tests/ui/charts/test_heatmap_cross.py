"""The heatmap where rows and columns are different tokens, as in cross-attention: a rectangle, two sets of words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from playground.ui.charts.attention_samples import sample_cross_head, sample_head, sample_words
from playground.ui.charts.heatmap import Heatmap
from playground.ui.charts.heatmap_view import CellView, area_in

ROWS, WRITTEN, COLUMNS = ["⏎", "w1", "w2"], ["w1", "w2", "⏎"], ["k0", "k1", "k2", "k3", "k4"]


@pytest.fixture
def heatmap(qtbot: QtBot) -> Heatmap:
    made = Heatmap()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show_tokens(ROWS, np.array([0.0, np.log(2.0), np.log(8.0)], dtype=np.float32), COLUMNS, WRITTEN)
    made.show_head(sample_cross_head(3, 5))
    made.show()
    return made


def middle(heatmap: Heatmap, row: int, column: int) -> QPoint:
    return heatmap.view().cell_box(row, column).center().toPoint()


def test_each_cell_has_the_words_of_its_row_and_its_column(heatmap: Heatmap, qtbot: QtBot) -> None:
    head = heatmap.head()
    assert head is not None
    for row, column in ((0, 4), (2, 0), (1, 3)):
        qtbot.mouseMove(heatmap, middle(heatmap, row, column))
        assert heatmap.cell() == (row, column)
        weight = f"{head.weights[row, column]:.4f}"
        assert heatmap.cell_words()[:-1] == [ROWS[row], WRITTEN[row], COLUMNS[column], weight]
        assert ROWS[row] in heatmap.accessibleDescription()
        assert COLUMNS[column] in heatmap.accessibleDescription()


def test_the_strip_stands_beside_the_rows(heatmap: Heatmap, qtbot: QtBot) -> None:
    right = heatmap.width() - 12
    assert heatmap.view().area.right() < right - 10, "the written tokens have room"
    qtbot.mouseMove(heatmap, QPoint(right, middle(heatmap, 1, 0).y()))
    assert heatmap.cell_words() == ["w2", "0.6931 nats", "0.5"]
    drawn = heatmap.grab().toImage()
    none, some = (drawn.pixelColor(right, middle(heatmap, row, 0).y()) for row in (0, 2))
    assert none != some, "what is certain has no bar"


def test_nothing_lies_above_the_columns(heatmap: Heatmap, qtbot: QtBot) -> None:
    qtbot.mouseMove(heatmap, QPoint(middle(heatmap, 0, 2).x(), int(heatmap.view().area.top()) - 5))
    assert heatmap.cell_words() == []


def test_keys_stop_at_both_edges(heatmap: Heatmap, qtbot: QtBot) -> None:
    for _ in range(8):
        qtbot.keyClick(heatmap, Qt.Key.Key_Down)
        qtbot.keyClick(heatmap, Qt.Key.Key_Right)
    assert heatmap.cell() == (2, 4)


def test_the_table_has_every_cell(heatmap: Heatmap) -> None:
    rows = list(heatmap.table().rows)
    assert len(rows) == 15
    assert [row[1] for row in rows[::5]] == ROWS
    assert [row[3] for row in rows[:5]] == COLUMNS
    array = heatmap.array()
    assert array is not None
    assert array.shape == (3, 5)


def test_self_attention_follows_cross_attention_and_back(heatmap: Heatmap) -> None:
    heatmap.show_tokens(sample_words(4), np.ones(4, dtype=np.float32))
    assert heatmap.head() is None
    heatmap.show_head(sample_head(4))
    assert heatmap.view().area.width() == heatmap.view().area.height()
    heatmap.show_tokens(ROWS, None, COLUMNS)
    heatmap.show_head(sample_cross_head(3, 5))
    heatmap.grab()
    area = heatmap.view().area
    assert area.width() / area.height() == pytest.approx(5 / 3)


def test_words_of_the_same_number_but_another_shape_are_another_text(heatmap: Heatmap) -> None:
    heatmap.show_tokens([*ROWS, "w3"], None, COLUMNS, [*WRITTEN, "w4"])
    assert heatmap.head() is None


def test_other_words_that_are_written_are_shown_at_once(heatmap: Heatmap) -> None:
    before = heatmap.grab().toImage()
    heatmap.show_tokens(ROWS, None, COLUMNS, ["w1", "w2", "!"])
    assert heatmap.head() is not None
    assert heatmap.grab().toImage() != before


@given(st.integers(1, 90), st.integers(1, 90), st.integers(40, 900), st.integers(40, 900))
def test_cells_are_square_and_inside_the_room(n_rows: int, n_columns: int, width: int, height: int) -> None:
    room = QRectF(10, 20, width, height)
    area = area_in(room, n_rows, n_columns)
    assert room.adjusted(-1, -1, 1, 1).contains(area)
    view = CellView.whole(n_rows, n_columns, area)
    assert view.cell * n_rows == pytest.approx(area.height(), abs=1)
    assert view.cell_at(area.bottomRight() - QPointF(0.25, 0.25)) == (n_rows - 1, n_columns - 1)


@given(st.integers(5, 60), st.integers(5, 60), st.floats(0, 1), st.floats(0, 1), st.floats(1.0, 4.0))
def test_zooming_keeps_the_cell_under_the_mouse(
    n_rows: int, n_columns: int, right: float, down: float, factor: float
) -> None:
    view = CellView.whole(n_rows, n_columns, area_in(QRectF(0, 0, 600, 500), n_rows, n_columns))
    area = view.area
    at = QPointF(area.left() + right * (area.width() - 1), area.top() + down * (area.height() - 1))
    nearer = view.zoomed(at, factor)
    x, y = (at.x() - area.left()) / view.cell, (at.y() - area.top()) / view.cell
    assert nearer.left + (at.x() - area.left()) / nearer.cell == pytest.approx(x, abs=1e-6)
    assert nearer.top + (at.y() - area.top()) / nearer.cell == pytest.approx(y, abs=1e-6)
    assert 0 <= nearer.left <= n_columns - nearer.span + 1e-9
    assert 0 <= nearer.top <= n_rows - nearer.span_down + 1e-9
