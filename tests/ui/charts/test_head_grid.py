"""The grid of heads: which head a click or a key asks for, and the colours of the tiles."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.ui.charts.attention_samples import sample_thumbnails
from playground.ui.charts.colour_maps import lookup_table
from playground.ui.charts.head_grid import HeadGrid, head_words
from playground.ui.theme import colour

L, H = 3, 4


@pytest.fixture
def grid(qtbot: QtBot) -> HeadGrid:
    made = HeadGrid()
    qtbot.addWidget(made)
    made.show_thumbnails(sample_thumbnails(L, H, 8))
    made.resize(270, 300)
    made.show()
    return made


def test_a_click_asks_for_the_head_under_it(grid: HeadGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.head_requested) as requested:
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.box(2, 1).center().toPoint())
    assert requested.args == [2, 1]


def test_beside_the_tiles_is_no_head(grid: HeadGrid, qtbot: QtBot) -> None:
    assert grid.head_at(QPointF(5, 40)) is None
    with qtbot.assertNotEmitted(grid.head_requested):
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPointF(5, 40).toPoint())


def test_arrow_keys_walk_and_stop_at_the_edge(grid: HeadGrid, qtbot: QtBot) -> None:
    asked: list[tuple[int, int]] = []
    grid.head_requested.connect(lambda layer, head: asked.append((layer, head)))
    grid.show_head(1, H - 1)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(grid, key)
    assert asked == [(2, H - 1), (2, H - 2)]


def test_showing_a_head_is_no_request(grid: HeadGrid, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(grid.head_requested):
        grid.show_head(2, 2)


def test_hover_names_the_head(grid: HeadGrid) -> None:
    assert head_words(0, 2) == "Layer 1, head 3"
    assert grid.head_at(grid.box(0, 2).center()) == (0, 2)


def test_each_tile_lies_in_its_place(grid: HeadGrid) -> None:
    thumbnails = np.zeros((L, H, 2, 2), dtype=np.uint8)
    thumbnails[1, 2] = [[255, 0], [0, 255]]
    grid.show_thumbnails(thumbnails)
    picture = grid.grab().toImage()
    box = grid.box(1, 2)
    quarter = box.width() / 4
    table = lookup_table("viridis")
    assert picture.pixelColor((box.topLeft() + QPointF(quarter, quarter)).toPoint()) == QColor(*table[255].tolist())
    low = picture.pixelColor((box.bottomLeft() + QPointF(quarter, -quarter)).toPoint())
    assert low == QColor(*table[0].tolist())
    masked = picture.pixelColor((box.topRight() + QPointF(-quarter, quarter)).toPoint())
    assert masked == colour("window")


def test_many_heads_fit_into_the_same_width(grid: HeadGrid) -> None:
    grid.show_thumbnails(sample_thumbnails(12, 12, 4))
    assert grid.height() <= 304
    assert grid.box(11, 0).bottom() <= grid.height()
    assert grid.box(0, 11).right() <= 270


def test_the_table_counts_from_one(grid: HeadGrid) -> None:
    rows = list(grid.table().rows)
    assert len(rows) == L * H * 64
    assert rows[0] == (1, 1, 0, 0, 1.0)


def test_tiles_are_as_wide_and_high_as_their_matrix(grid: HeadGrid) -> None:
    grid.show_thumbnails(np.full((L, H, 3, 6), 128, dtype=np.uint8), is_causal=False)
    box = grid.box(1, 2)
    assert box.width() == pytest.approx(2 * box.height(), abs=2)
    assert grid.head_at(box.center()) == (1, 2)
    assert grid.box(0, H - 1).right() <= 270
    grid.show_thumbnails(np.full((L, H, 2, 60), 128, dtype=np.uint8), is_causal=False)
    assert grid.box(0, 0).height() >= 8, "a thin matrix can still be seen"


def test_without_a_mask_nothing_is_see_through(grid: HeadGrid) -> None:
    thumbnails = np.zeros((L, H, 2, 2), dtype=np.uint8)
    grid.show_thumbnails(thumbnails, is_causal=False)
    box = grid.box(0, 0)
    corner = (box.topRight() + QPointF(-box.width() / 4, box.height() / 4)).toPoint()
    assert grid.grab().toImage().pixelColor(corner) == QColor(*lookup_table("viridis")[0].tolist())
    grid.show_thumbnails(thumbnails)
    assert grid.grab().toImage().pixelColor(corner) == colour("window")
