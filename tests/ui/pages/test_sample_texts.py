"""What a line of events.jsonl becomes: a text with marks, and how many answers were right."""

from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from playground.ui.pages.train.sample_card import SampleCard
from playground.ui.pages.train.sample_texts import DIM, RIGHT, WRONG, Sample, sample_of
from playground.ui.theme import colour

MASKS: dict[str, Any] = {
    "kind": "masks", "step": 5, "texts": ["The", " fox", " saw", " 𝄞", "."], "masked": [1, 3],
    "guesses": [" fox", " hen"], "probabilities": [0.9, 0.4],
}  # fmt: skip
TRANSLATIONS: dict[str, Any] = {
    "kind": "translations", "step": 5, "sources": ["a fox", "a hen"], "references": ["狐", "鶏"],
    "translations": ["狐", "狐"],
}  # fmt: skip


def marked(sample: Sample) -> list[tuple[str, str]]:
    return [(sample.text[mark.start : mark.end], mark.kind) for mark in sample.marks]


def test_guesses_stand_in_place_of_the_masks() -> None:
    sample = sample_of(MASKS, 5)
    assert sample is not None
    assert sample.text == "The fox saw hen(𝄞)."
    assert marked(sample) == [(" fox", RIGHT), (" hen", WRONG), ("(𝄞)", DIM)]
    assert (sample.n_right, sample.n_judged) == (1, 2)


def test_translations_stand_under_their_sources() -> None:
    sample = sample_of(TRANSLATIONS, 5)
    assert sample is not None
    assert sample.text == "a fox\n狐\na hen\n狐\n(鶏)"
    assert marked(sample) == [("a fox\n", DIM), ("狐", RIGHT), ("a hen\n", DIM), ("狐", WRONG), ("\n(鶏)", DIM)]
    assert (sample.n_right, sample.n_judged) == (1, 2)


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "masks", "texts": ["a"], "masked": [0], "guesses": []},
        {"kind": "masks", "texts": "a", "masked": [0], "guesses": ["b"]},
        {"kind": "translations", "sources": ["a"], "references": ["b"], "translations": []},
        {"kind": "translations", "sources": ["a"], "references": ["b"], "translations": [3]},
        {"kind": "sample", "text": 3},
        {"kind": "paused"},
    ],
)
def test_damaged_lines_show_nothing(event: dict[str, Any]) -> None:
    assert sample_of(event, 1) is None


def test_the_card_colours_right_and_wrong_beyond_wide_characters_too(qtbot: QtBot) -> None:
    card = SampleCard()
    qtbot.addWidget(card)
    sample = sample_of({**MASKS, "texts": ["𝄞", " fox", " saw", " a", "."]}, 5)
    assert sample is not None
    card.show_samples([sample])
    assert "1 of 2" in card._name.text()
    document = card._text.document()
    cursor = QTextCursor(document)
    cursor.setPosition(2 + 2)  # behind the wide character, in " fox"
    assert cursor.charFormat().foreground().color() == colour("good")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert cursor.charFormat().foreground().color() != colour("good")
