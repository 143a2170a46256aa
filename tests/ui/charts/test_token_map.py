"""The map of tokens: what is seen where, what a click picks, and what can be taken along."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.contract.messages import Vocabulary
from playground.ui.charts.token_map import TokenMap
from playground.ui.charts.token_map_words import percent
from playground.ui.pages.tokenize.samples import sample_map, sample_neighbours, sample_vocabulary
from playground.ui.pages.tokenize.token_kinds import (
    BYTES,
    GOES_ON,
    SPECIAL,
    STARTS,
    kinds_of,
    labelled_first,
    token_groups,
)
from playground.ui.theme import theme
from playground.ui.visible_text import visible_piece
from playground.ui.widgets.export import png_bytes, svg_bytes, table_text

VOCABULARY = sample_vocabulary()
N_TOKENS = len(VOCABULARY.pieces)
THE = VOCABULARY.pieces.index("▁the")


def _label(index: int) -> str:
    return visible_piece(VOCABULARY.pieces[index])


@pytest.fixture
def chart(qtbot: QtBot) -> TokenMap:
    made = TokenMap()
    qtbot.addWidget(made)
    made.show_groups(token_groups())
    made.show_tokens(_label, kinds_of(VOCABULARY), labelled_first(VOCABULARY))
    found = sample_map()
    made.show_points(found.points, found.lengths, found.shares, found.frame)
    made.resize(800, 520)
    made.show()
    qtbot.waitUntil(lambda: bool(made.labels()))
    return made


def _wait(qtbot: QtBot, chart: TokenMap, done: Callable[[], bool]) -> None:
    qtbot.waitUntil(lambda: not chart._timer.isActive() and done())


def test_pieces_bytes_and_marks_are_told_apart() -> None:
    kinds = kinds_of(VOCABULARY)
    assert kinds[0] == SPECIAL
    assert set(kinds[1:9]) == {BYTES}
    assert kinds[THE] == STARTS
    assert kinds[VOCABULARY.pieces.index("ing")] == GOES_ON


def test_frequent_pieces_are_named_before_rare_ones_and_bytes_last() -> None:
    order = labelled_first(VOCABULARY).tolist()
    assert sorted(order) == list(range(N_TOKENS))
    assert order[0] == THE
    assert set(order[-9:]) == set(range(9))


def test_every_token_lies_where_its_numbers_say(chart: TokenMap) -> None:
    points = sample_map().points
    right, left = int(points[:, 0].argmax()), int(points[:, 0].argmin())
    top, bottom = int(points[:, 1].argmax()), int(points[:, 1].argmin())
    assert chart.place_of(right).x() > chart.place_of(left).x()
    assert chart.place_of(top).y() < chart.place_of(bottom).y()
    across = chart.place_of(right).x() - chart.place_of(left).x()
    up = chart.place_of(bottom).y() - chart.place_of(top).y()
    extent = points.max(axis=0) - points.min(axis=0)
    assert across / up == pytest.approx(extent[0] / extent[1], rel=1e-3)  # distances look as they are
    for index in range(N_TOKENS):
        assert chart.rect().contains(chart.place_of(index).toPoint())


def test_axes_say_how_much_of_the_variance_they_show(chart: TokenMap) -> None:
    assert chart.axis_words() == (
        "1st principal component, 23 % of the variance", "2nd principal component, 4.8 % of the variance",
    )  # fmt: skip
    assert percent(0.0996) == "10"
    assert percent(0.0) == "0.0"


def test_an_earlier_step_moves_the_tokens_and_not_the_frame(qtbot: QtBot, chart: TokenMap) -> None:
    late = {index: chart.place_of(index) for index in (THE, THE + 3)}
    early = sample_map(step=100)
    chart.show_points(early.points, early.lengths, early.shares, early.frame)
    _wait(qtbot, chart, lambda: chart.place_of(THE) != late[THE])
    for index, before in late.items():
        middle = chart._to_pixel(QPointF(0, 0))
        now = chart.place_of(index) - middle
        assert now.x() == pytest.approx((before - middle).x() / 4, abs=0.1)
        assert now.y() == pytest.approx((before - middle).y() / 4, abs=0.1)


def test_a_click_on_a_dot_picks_its_token_and_one_beside_none(qtbot: QtBot, chart: TokenMap) -> None:
    picked = QSignalSpy(chart.token_chosen)
    lonely = int(sample_map().points[:, 1].argmax())
    qtbot.mouseClick(chart._plot.viewport(), Qt.MouseButton.LeftButton, pos=chart.place_of(lonely).toPoint())
    qtbot.waitUntil(lambda: picked.count() == 1)
    assert picked.at(0) == [lonely]
    qtbot.mouseClick(chart._plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(780, 20))
    assert picked.count() == 1


def test_the_mouse_over_a_dot_says_what_it_is(chart: TokenMap) -> None:
    chart.show_chosen(THE)
    near = sample_neighbours(THE)
    chart.show_neighbours(near.ids, near.cosines)
    chart.point_at(int(near.ids[0]))
    words = dict(chart.card_words())
    assert words["Piece"] == _label(int(near.ids[0]))
    assert words["Id"] == str(near.ids[0])
    assert words["Kind"] == "begins a word"
    assert words["Cosine"] == "0.900"
    chart.point_at(-1)
    assert chart.card_words() == []


def test_the_chosen_token_and_its_neighbours_are_named_first(qtbot: QtBot, chart: TokenMap) -> None:
    chart.show_chosen(3)
    chart.show_neighbours(np.array([5, 6], dtype=np.int32), np.array([0.5, 0.4], dtype=np.float32))
    _wait(qtbot, chart, lambda: 3 in chart.labels())
    assert chart.labels()[0] == 3
    assert {5, 6} & set(chart.labels())


def test_a_search_leaves_only_what_was_found_to_name_and_to_click(qtbot: QtBot, chart: TokenMap) -> None:
    found = [THE, THE + 1]
    chart.show_found(np.array(found))
    _wait(qtbot, chart, lambda: set(chart.labels()) == set(found))
    other = chart.place_of(int(sample_map().points[:, 1].argmax()))
    assert chart.token_at(other.x(), other.y()) in (-1, *found)
    chart.show_found(None)
    _wait(qtbot, chart, lambda: len(chart.labels()) > 2)


def test_a_screen_reader_hears_what_is_seen(qtbot: QtBot, chart: TokenMap) -> None:
    chart.show_chosen(THE)
    near = sample_neighbours(THE)
    chart.show_neighbours(near.ids, near.cosines)
    _wait(qtbot, chart, lambda: "␣the" in chart.accessibleDescription())
    said = chart.accessibleDescription()
    assert said.startswith(f"{N_TOKENS} tokens; 1st principal component")
    assert "chosen: ␣the; ␣cat 0.90" in said


def test_zooming_stays_while_tokens_move_until_the_whole_is_wanted(qtbot: QtBot, chart: TokenMap) -> None:
    whole = chart._view.viewRange()
    chart._view.sigRangeChangedManually.emit([True, True])
    chart._view.setRange(xRange=(0, 0.1), yRange=(0, 0.1), padding=0)
    early = sample_map(step=100)
    chart.show_points(early.points, early.lengths, early.shares, early.frame)
    _wait(qtbot, chart, lambda: True)
    assert chart._view.viewRange()[1][1] < whole[1][1]
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    _wait(qtbot, chart, lambda: chart._view.viewRange()[1][1] == pytest.approx(whole[1][1]))


def test_pictures_and_numbers_can_be_taken_along(chart: TokenMap) -> None:
    assert png_bytes(chart).startswith(b"\x89PNG")
    drawn = ElementTree.fromstring(svg_bytes(chart))
    circles = [each for each in drawn.iter() if each.tag.endswith("circle")]
    assert len(circles) >= N_TOKENS  # vectors, not a picture of them
    lines = table_text(chart.table(), ",").splitlines()
    assert lines[0] == "id,piece,kind,component_1,component_2,length"
    assert len(lines) == N_TOKENS + 1
    assert lines[1 + THE].startswith(f"{THE},␣the,begins a word,")
    assert chart.array() is not None


def test_the_same_dots_wear_the_colours_of_the_dark_theme(qtbot: QtBot, chart: TokenMap) -> None:
    light = png_bytes(chart)
    theme().use("dark")
    _wait(qtbot, chart, lambda: png_bytes(chart) != light)


def test_32_000_tokens_move_within_a_frame_or_two(qtbot: QtBot, chart: TokenMap) -> None:
    n_tokens = 32_000
    pieces = [f"▁{number}" for number in range(n_tokens)]
    many = Vocabulary(pieces=pieces, scores=np.zeros(n_tokens), kinds=np.zeros(n_tokens, np.uint8), type="bpe")
    chart.show_tokens(lambda index: pieces[index], kinds_of(many), labelled_first(many))
    frame, shares = np.array([-4, 4, -4, 4], np.float32), np.zeros(2, np.float32)
    for seed in range(2):
        points = np.random.default_rng(seed).normal(size=(n_tokens, 2)).astype(np.float32)
        chart.show_points(points, np.ones(n_tokens, np.float32), shares, frame)
        _wait(qtbot, chart, lambda: len(chart._overlay.points) == n_tokens)
    assert sum(len(dots.data) for pair in chart._dots._items for dots in pair) == n_tokens
    assert len(chart.labels()) <= 60
