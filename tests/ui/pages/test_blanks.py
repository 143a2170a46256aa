"""An encoder's text: masks by click and key, guesses in their place, rivals at the side."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.pages.generate.blanks_card import BlanksCard
from playground.ui.pages.generate.blanks_view import Blank, BlanksView, BlankText
from playground.ui.pages.generate.page import GeneratePage

TEXTS = ("The", " fox", " saw", " a", " hen", ".")
RIGHT = Blank(guess=" fox", probability=0.7, true_probability=0.7, is_right=True)
WRONG = Blank(guess=" owl", probability=0.6, true_probability=0.3, is_right=False)


@pytest.fixture
def card(qtbot: QtBot) -> BlanksCard:
    card = BlanksCard()
    qtbot.addWidget(card)
    card.resize(500, 200)
    card.show()
    card.show_text(BlankText(texts=TEXTS, blanks=((1, RIGHT), (4, WRONG)), chosen=4))
    return card


def middle_of(card: BlanksCard, index: int) -> QPoint:
    return card.view.box_of(index).center().toPoint()


def test_a_click_asks_for_a_mask_or_takes_it_away(qtbot: QtBot, card: BlanksCard) -> None:
    for index in (2, 4):
        with qtbot.waitSignal(card.mask_requested) as asked:
            qtbot.mouseClick(card.view, Qt.MouseButton.LeftButton, pos=middle_of(card, index))
        assert asked.args == [index]


def test_the_keyboard_reaches_every_token(qtbot: QtBot, card: BlanksCard) -> None:
    card.view.setFocus()
    for _ in range(3):
        qtbot.keyClick(card.view, Qt.Key.Key_Right)
    with qtbot.waitSignal(card.mask_requested) as asked:
        qtbot.keyClick(card.view, Qt.Key.Key_Space)
    assert asked.args == [2]


def test_pointing_at_a_mask_asks_for_its_rivals(qtbot: QtBot, card: BlanksCard) -> None:
    with qtbot.waitSignal(card.place_requested) as asked:
        qtbot.mouseMove(card.view, middle_of(card, 1))
    assert asked.args == [1]


def test_the_line_under_the_text_names_guess_and_truth(card: BlanksCard) -> None:
    assert "owl" in card.details()
    assert "hen" in card.details()
    assert "60.0 %" in card.details()
    assert "30.0 %" in card.details()
    assert card.score().startswith("1 of 2")


def test_a_screen_reader_hears_guesses_in_brackets(card: BlanksCard) -> None:
    assert card.view.accessibleDescription() == "The [␣fox] ␣saw ␣a [␣owl] ."


def test_a_narrow_view_breaks_lines_between_tokens(qtbot: QtBot) -> None:
    view = BlanksView()
    qtbot.addWidget(view)
    view.show_text(BlankText(texts=TEXTS))
    view.resize(150, 100)
    view.show()
    assert len({view.box_of(index).top() for index in range(len(TEXTS))}) > 1
    assert all(view.box_of(index).right() <= 150 for index in range(len(TEXTS)))


@pytest.mark.parametrize(
    ("kind", "start", "has_blanks"),
    [(DECODER, "Generate", False), (ENCODER_DECODER, "Translate", False), (ENCODER, "", True)],
)
def test_the_page_suits_the_kind_of_model(qtbot: QtBot, kind: str, start: str, has_blanks: bool) -> None:
    page = GeneratePage()
    qtbot.addWidget(page)
    page.show_model()
    page.show_kind(kind)
    page.show()
    assert page.blanks.isVisible() is has_blanks
    assert page.text.isVisible() is not has_blanks
    assert page.start.isVisible() is bool(start)
    if start:
        assert page.start.text() == start
