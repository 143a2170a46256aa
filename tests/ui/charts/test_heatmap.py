"""The heatmap: exact values under the mouse, keys, zoom, labels, colours, and what can be taken along."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.contract.messages import HeadAttention, Tokens
from playground.ui.charts.attention_samples import sample_head, sample_words
from playground.ui.charts.colour_maps import COLOUR_MAPS, lookup_table
from playground.ui.charts.heatmap import Heatmap
from playground.ui.charts.heatmap_labels import shown_indices, token_labels
from playground.ui.charts.heatmap_values import SCORES, ColourScale, heat_image, masked_cells, scale_of
from playground.ui.charts.heatmap_view import CellView, area_in
from playground.ui.charts.heatmap_words import weight_words
from playground.ui.theme import colour
from playground.ui.widgets.export import svg_bytes

N = 8


def by_hand() -> HeadAttention:
    """Two tokens: the first sees itself, the second gives a quarter and three quarters."""
    scores = np.array([[1.0, -np.inf], [0.0, np.log(3.0)]], dtype=np.float32)
    weights = np.array([[1.0, 0.0], [0.25, 0.75]], dtype=np.float32)
    return HeadAttention(layer=0, head=0, weights=weights, scores=scores, row_ids=np.arange(2, dtype=np.int32))


@pytest.fixture
def heatmap(qtbot: QtBot) -> Heatmap:
    made = Heatmap()
    qtbot.addWidget(made)
    made.resize(500, 500)
    made.show_tokens(sample_words(N))
    made.show_head(sample_head(N))
    made.show()
    return made


def middle(heatmap: Heatmap, row: int, column: int) -> QPoint:
    return heatmap.view().cell_box(row, column).center().toPoint()


def wheel(heatmap: Heatmap, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at, heatmap.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(heatmap, event)


def test_hover_names_the_cell_and_its_query(heatmap: Heatmap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(heatmap.query_pointed) as pointed:
        qtbot.mouseMove(heatmap, middle(heatmap, 5, 2))
    assert pointed.args == [5]
    head = heatmap.head()
    assert head is not None
    words = sample_words(N)
    assert heatmap.cell_words() == [words[5], words[2], f"{head.weights[5, 2]:.4f}", f"{head.scores[5, 2]:.4g}"]
    assert words[5] in heatmap.accessibleDescription()


def test_weights_are_exact(qtbot: QtBot) -> None:
    made = Heatmap()
    qtbot.addWidget(made)
    made.show_tokens(["a", "b"])
    made.show_head(by_hand())
    made.show_cell(1, 1)
    assert made.cell_words() == ["b", "b", "0.7500", "1.099"]
    made.show_cell(0, 1)
    assert len(made.cell_words()) == 3, "a masked cell has no weight"


def test_the_strip_tells_each_token_s_surprise(heatmap: Heatmap, qtbot: QtBot) -> None:
    losses = np.zeros(N, dtype=np.float32)
    losses[3] = np.log(4.0)
    heatmap.show_tokens(sample_words(N), losses)
    area = heatmap.view().area
    place = QPoint(middle(heatmap, 0, 3).x(), int(area.top()) - 5)
    qtbot.mouseMove(heatmap, place)
    assert heatmap.cell_words() == [sample_words(N)[3], "1.3863 nats", "0.25"]
    drawn, y = heatmap.grab().toImage(), int(area.top()) - 8
    left, right = (drawn.pixelColor(middle(heatmap, 0, j).x(), y) for j in (2, 3))
    assert left != right, "only the surprising token has a bar"
    qtbot.mouseMove(heatmap, middle(heatmap, 5, 3))
    assert len(heatmap.cell_words()) == 4


def test_a_click_chooses_a_query_and_gives_it_back(heatmap: Heatmap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(heatmap.query_chosen) as chosen:
        qtbot.mouseClick(heatmap, Qt.MouseButton.LeftButton, pos=middle(heatmap, 6, 1))
    assert chosen.args == [6]
    with qtbot.waitSignal(heatmap.query_chosen) as chosen:
        qtbot.mouseClick(heatmap, Qt.MouseButton.LeftButton, pos=middle(heatmap, 6, 3))
    assert chosen.args == [-1]


def test_a_label_chooses_too(heatmap: Heatmap, qtbot: QtBot) -> None:
    place = QPoint(4, middle(heatmap, 3, 0).y())
    with qtbot.waitSignal(heatmap.query_chosen) as chosen:
        qtbot.mouseClick(heatmap, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [3]


def test_arrow_keys_walk_and_stop_at_the_edge(heatmap: Heatmap, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(heatmap, key)
    assert heatmap.cell() == (1, 1)
    for _ in range(N + 2):
        qtbot.keyClick(heatmap, Qt.Key.Key_Down)
    assert heatmap.cell() == (N - 1, 1)
    with qtbot.waitSignal(heatmap.query_chosen) as chosen:
        qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert chosen.args == [N - 1]


def test_the_wheel_zooms_at_the_mouse_and_double_click_shows_all(heatmap: Heatmap, qtbot: QtBot) -> None:
    at = QPointF(middle(heatmap, 5, 2))
    wheel(heatmap, at, 2)
    assert heatmap.view().span < N
    assert heatmap.view().cell_at(at) == (5, 2)
    wheel(heatmap, at, -9)
    assert heatmap.view().is_whole
    wheel(heatmap, at, 2)
    qtbot.mouseDClick(heatmap, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert heatmap.view().is_whole


def test_dragging_pans_and_chooses_nothing(heatmap: Heatmap, qtbot: QtBot) -> None:
    wheel(heatmap, QPointF(middle(heatmap, 4, 4)), 3)
    before = heatmap.view()
    start = before.area.center().toPoint()
    with qtbot.assertNotEmitted(heatmap.query_chosen):
        qtbot.mousePress(heatmap, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(heatmap, start + QPoint(40, 25))
        qtbot.mouseRelease(heatmap, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 25))
    after = heatmap.view()
    assert (before.left - after.left) * before.cell == pytest.approx(40, abs=1)
    assert (before.top - after.top) * before.cell == pytest.approx(25, abs=1)


def test_another_moment_keeps_zoom_and_choice_another_text_does_not(heatmap: Heatmap) -> None:
    heatmap.show_chosen(2)
    heatmap.zoom(1.5)
    heatmap.show_tokens(sample_words(N))
    heatmap.show_head(sample_head(N, seed=5))
    assert heatmap.chosen() == 2
    assert not heatmap.view().is_whole
    heatmap.show_tokens(["other", "words"])
    assert heatmap.chosen() == -1
    assert heatmap.view().is_whole
    assert heatmap.head() is None, "eight rows do not fit two tokens"


def test_the_picture_has_the_colours_of_the_map(heatmap: Heatmap) -> None:
    table = lookup_table("viridis")
    picture = heatmap.grab().toImage()
    first = picture.pixelColor(middle(heatmap, 0, 0))  # the first token can only look at itself: weight 1
    assert first == QColor(*table[255].tolist())
    assert picture.pixelColor(middle(heatmap, 0, N - 1)) == colour("window"), "masked is not zero"
    heatmap.show_colours("inferno", lifted=False)
    assert heatmap.grab().toImage().pixelColor(middle(heatmap, 0, 0)) == QColor(*lookup_table("inferno")[255].tolist())


def test_colour_maps_are_those_of_matplotlib() -> None:
    assert [lookup_table(name)[0].tolist() for name in ("viridis", "inferno")] == [[68, 1, 84], [0, 0, 4]]
    assert lookup_table("viridis")[255].tolist() == [253, 231, 37]


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_more_is_always_brighter(name: str) -> None:
    luminance = lookup_table(name) @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(luminance[::8]) > 0).all()


def test_values_become_pixels() -> None:
    head = by_hand()
    table = np.stack([np.arange(256)] * 3, axis=1).astype(np.uint8)
    image = heat_image(head.weights, masked_cells(head), ColourScale(), table)
    assert [image.pixelColor(x, 1).red() for x in range(2)] == [64, 191]
    assert image.pixelColor(1, 0).alpha() == 0
    lifted = heat_image(head.weights, masked_cells(head), ColourScale(lifted=True), table)
    assert lifted.pixelColor(0, 1).red() == 128  # the root of a quarter is a half


def test_scores_have_their_own_range() -> None:
    scale = scale_of(by_hand(), SCORES, lifted=True)
    assert (scale.low, scale.high) == (0.0, pytest.approx(np.log(3.0)))
    assert not scale.lifted


@pytest.mark.parametrize(
    ("cell", "expected"), [(20.0, [0, 1, 2, 3, 4, 5]), (6.0, [0, 2, 4]), (12.0, [0, 1, 2, 3, 4, 5])]
)
def test_labels_are_thinned(cell: float, expected: list[int]) -> None:
    assert shown_indices(range(6), cell, 12.0) == expected


def test_a_marked_label_drives_its_neighbours_away() -> None:
    assert shown_indices(range(9), 6.0, 12.0, {3}) == [0, 6, 8]


def test_labels_show_signs_and_bytes() -> None:
    tokens = Tokens(
        ids=np.arange(4, dtype=np.int32), pieces=["▁a\n", "<0xE3>", "<unk>", "\u202e"],
        starts=np.array([0, 2, 3, 4], dtype=np.int32), ends=np.array([2, 3, 4, 5], dtype=np.int32),
        kinds=np.array([0, 1, 2, 0], dtype=np.uint8), vocab_size=9,
    )  # fmt: skip
    assert token_labels(tokens, "a\nあ鷗\u202e") == ["␣a⏎", "E3", "鷗", "‹U+202E›"]


def test_the_square_has_alike_cells() -> None:
    assert area_in(QRectF(0, 0, 100, 300), 7, 7).width() == 98
    view = CellView.whole(7, 7, area_in(QRectF(0, 0, 100, 300), 7, 7))
    assert view.cell_at(QPointF(view.area.right() - 0.5, view.area.top() + 0.5)) == (0, 6)
    assert view.cell_at(QPointF(view.area.right() + 5, 10)) is None


def test_revealing_moves_no_more_than_needed() -> None:
    view = CellView.whole(20, 20, QRectF(0, 0, 200, 200)).zoomed(QPointF(0, 0), 4.0)
    assert (view.left, view.top, view.span) == (0, 0, 5)
    moved = view.revealing(7, 2)
    assert (moved.left, moved.top) == (0, 3)


@pytest.mark.parametrize(("weight", "words"), [(0.0, "0.0000"), (0.12345, "0.1235"), (0.00001, "1.0e-05")])
def test_weight_words(weight: float, words: str) -> None:
    assert weight_words(weight) == words


def test_the_table_leaves_masked_cells_out(heatmap: Heatmap) -> None:
    rows = list(heatmap.table().rows)
    assert len(rows) == N * (N + 1) // 2
    array = heatmap.array()
    assert array is not None
    assert rows[-1][4] == pytest.approx(array[N - 1, N - 1])


def test_vectors_hold_the_cells_as_rectangles(heatmap: Heatmap) -> None:
    svg = svg_bytes(heatmap)
    assert svg.count(b"<rect") >= N * (N + 1) // 2
