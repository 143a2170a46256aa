"""The Tokenize page's second view: one token in hand in the table, in the map and in the list of its neighbours."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.contract.embedding_messages import DOT
from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.map_card import NO_MODEL, OTHER_TOKENIZER
from playground.ui.pages.tokenize.page import MAP, TOKENS, TokenizePage
from playground.ui.pages.tokenize.samples import sample_map, sample_neighbours, sample_vocabulary
from playground.ui.pages.tokenize.vocabulary_model import PIECE

VOCABULARY = sample_vocabulary()
CAT = VOCABULARY.pieces.index("▁cat")


def _tokens(ids: list[int]) -> Tokens:
    n_tokens = len(ids)
    return Tokens(
        ids=np.array(ids, dtype=np.int32),
        pieces=[VOCABULARY.pieces[index] for index in ids],
        starts=np.arange(n_tokens, dtype=np.int32),
        ends=np.arange(1, n_tokens + 1, dtype=np.int32),
        kinds=np.zeros(n_tokens, dtype=np.uint8),
        vocab_size=len(VOCABULARY.pieces),
    )


@pytest.fixture
def page(qtbot: QtBot) -> TokenizePage:
    """With a vocabulary and tokens, not yet with a map."""
    made = TokenizePage()
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show_vocabulary(VOCABULARY)
    made.show_text("abc")
    made.show_tokens(_tokens([CAT, CAT + 1, CAT + 2]), "abc")
    made.show()
    return made


@pytest.fixture
def mapped(page: TokenizePage) -> TokenizePage:
    page.show_view(MAP)
    page.show_map(sample_map(), 128)
    return page


def test_the_switch_puts_the_map_in_place_of_text_and_tokens(qtbot: QtBot, page: TokenizePage) -> None:
    assert page.view() == TOKENS
    changed = QSignalSpy(page.view_changed)
    qtbot.mouseClick(page.view_choice.button(MAP), Qt.MouseButton.LeftButton)
    assert changed.count() == 1
    assert page.map_card.isVisible()
    assert not page.editor.isVisible()
    assert page.tokenizer.neighbours.isVisible()
    assert not page.tokenizer.training_fold.isVisible()
    qtbot.mouseClick(page.view_choice.button(TOKENS), Qt.MouseButton.LeftButton)
    assert page.editor.isVisible()
    assert not page.tokenizer.neighbours.isVisible()


def test_no_map_no_chart_and_no_slow_library(page: TokenizePage) -> None:
    page.show_view(MAP)
    page.show_no_map(NO_MODEL)
    assert page.map_card._chart is None


def test_the_heading_says_what_is_on_the_map(mapped: TokenizePage) -> None:
    words = f"{len(VOCABULARY.pieces)} token vectors of 128 numbers each, at step 400"
    assert mapped.heading.words() == words
    mapped.show_view(TOKENS)
    assert mapped.heading.words().startswith("3 tokens")


def test_the_token_of_the_chip_in_hand_is_taken_along(page: TokenizePage) -> None:
    chosen = QSignalSpy(page.token_chosen)
    page.show_view(MAP)
    assert chosen.at(0) == [CAT]
    assert page.chosen_token == CAT


def test_a_row_of_the_table_is_taken_in_hand_on_the_map(qtbot: QtBot, mapped: TokenizePage) -> None:
    chosen = QSignalSpy(mapped.token_chosen)
    table = mapped.tokenizer.table
    index = table.model.index(table.model.row_of(CAT + 5), PIECE)
    table.table.scrollTo(index)
    place = table.table.visualRect(index).center()
    qtbot.mouseClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [chosen.at(each) for each in range(chosen.count())] == [[CAT + 5]]
    chart = mapped.map_card.chart
    wanted = f"chosen: ␣{VOCABULARY.pieces[CAT + 5][1:]}"
    qtbot.waitUntil(lambda: wanted in chart.accessibleDescription())


def test_a_row_that_was_marked_for_the_person_can_still_be_picked(qtbot: QtBot, mapped: TokenizePage) -> None:
    table = mapped.tokenizer.table
    table.show_entry(CAT)
    picked = QSignalSpy(table.entry_chosen)
    index = table.model.index(table.model.row_of(CAT), PIECE)
    qtbot.mouseClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=table.table.visualRect(index).center())
    assert picked.count() == 1
    assert picked.at(0) == [CAT]


def test_a_click_on_the_map_marks_the_row_and_reports_once(mapped: TokenizePage) -> None:
    chosen, entries = QSignalSpy(mapped.token_chosen), QSignalSpy(mapped.tokenizer.table.entry_chosen)
    mapped.map_card.chart.token_chosen.emit(CAT + 2)
    assert chosen.count() == 1
    assert entries.count() == 0
    (row,) = {index.row() for index in mapped.tokenizer.table.table.selectedIndexes()}
    assert mapped.tokenizer.table.model.token_id(row) == CAT + 2


def test_neighbours_are_listed_with_their_numbers(mapped: TokenizePage) -> None:
    near = sample_neighbours(CAT)
    mapped.show_neighbours(near)
    listed = mapped.tokenizer.neighbours
    assert listed.title() == "Nearest to ␣cat"
    cells = [[listed.model.data(listed.model.index(row, column)) for column in range(3)] for row in range(2)]
    assert cells == [["␣dog", "0.900", "1.8"], ["␣sun", "0.800", "1.6"]]
    assert listed.table.isVisible()


def test_neighbours_of_another_token_are_left_out(mapped: TokenizePage) -> None:
    mapped.show_neighbours(sample_neighbours(CAT + 4))
    assert mapped.tokenizer.neighbours.model.rowCount() == 0
    assert mapped.tokenizer.neighbours.title() == "Nearest tokens"


def test_a_neighbour_that_is_clicked_is_the_next_in_hand(qtbot: QtBot, mapped: TokenizePage) -> None:
    mapped.show_neighbours(sample_neighbours(CAT))
    listed, chosen = mapped.tokenizer.neighbours, QSignalSpy(mapped.token_chosen)
    place = listed.table.visualRect(listed.model.index(1, 0)).center()
    qtbot.mouseClick(listed.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.at(0) == [CAT + 2]
    assert mapped.chosen_token == CAT + 2


def test_the_mouse_over_a_neighbour_points_at_it_on_the_map(mapped: TokenizePage) -> None:
    mapped.show_neighbours(sample_neighbours(CAT))
    listed, chart = mapped.tokenizer.neighbours, mapped.map_card.chart
    listed.table.entered.emit(listed.model.index(0, 0))
    assert dict(chart.card_words())["Id"] == str(CAT + 1)
    listed.leaveEvent(QEvent(QEvent.Type.Leave))
    assert chart.card_words() == []


def test_the_other_measure_is_asked_for(qtbot: QtBot, mapped: TokenizePage) -> None:
    mapped.show_neighbours(sample_neighbours(CAT))
    wished = QSignalSpy(mapped.tokenizer.neighbours.measure_chosen)
    qtbot.mouseClick(mapped.tokenizer.neighbours.measure.button(DOT), Qt.MouseButton.LeftButton)
    assert wished.at(0) == [DOT]


def test_the_search_serves_the_table_and_the_map(qtbot: QtBot, mapped: TokenizePage) -> None:
    search, chart = mapped.tokenizer.table.search, mapped.map_card.chart
    qtbot.keyClicks(search, "cat")
    assert mapped.tokenizer.table.model.rowCount() == 1
    qtbot.waitUntil(lambda: chart.labels() == [CAT])
    search.clear()
    qtbot.waitUntil(lambda: len(chart.labels()) > 5)


@pytest.mark.parametrize("missing", [NO_MODEL, OTHER_TOKENIZER])
def test_what_is_missing_is_said_with_the_way_on(qtbot: QtBot, mapped: TokenizePage, missing: str) -> None:
    wished = QSignalSpy(mapped.map_card.way_on_requested)
    mapped.show_no_map(missing, "kites")
    assert not mapped.map_card.is_filled
    assert mapped.map_card.empty.isVisible()
    assert mapped.heading.words() == ""
    qtbot.mouseClick(mapped.map_card.empty._button, Qt.MouseButton.LeftButton)
    assert wished.at(0) == [missing]
    assert ("kites" in mapped.map_card.empty._words.text()) == (missing == OTHER_TOKENIZER)


def test_other_tokens_take_the_former_map_away(mapped: TokenizePage) -> None:
    mapped.show_vocabulary(VOCABULARY)
    assert not mapped.map_card.is_filled
    assert mapped.chosen_token == -1
