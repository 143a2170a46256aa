"""The Attention page: what it shows of a head, which row's keys it lists, and what the person asks of it."""

import dataclasses
import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.messages import HeadAttention
from playground.ui.charts.heatmap_values import SCORES
from playground.ui.pages.attention.example_text import EXAMPLE, TALES_EXAMPLES, beginning, example_text
from playground.ui.pages.attention.head_shares import head_sentence, head_shares
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.attention.query_bars import QueryBars
from playground.ui.pages.attention.reading import EDIT_MS
from playground.ui.pages.attention.samples import TEXT, sample_attention, sample_overview
from playground.ui.pages.attention.stepper import Stepper


@pytest.fixture
def page(qtbot: QtBot) -> AttentionPage:
    made = AttentionPage()
    qtbot.addWidget(made)
    made.resize(1200, 720)
    overview = sample_overview(TEXT, 3, 4)
    made.show_texts(TEXT, "")
    made.show_trace(overview)
    made.show_chosen_head(1, 2)
    made.show_attention(sample_attention(len(overview.tokens.ids)))
    made.show()
    return made


def test_the_last_query_is_listed_until_one_is_pointed_at_or_kept(page: AttentionPage, qtbot: QtBot) -> None:
    assert page.bars.title() == ". looks at"
    heatmap = page.heatmap
    qtbot.mouseMove(heatmap, heatmap.view().cell_box(12, 0).center().toPoint())
    assert page.bars.title() == "␣hello looks at"
    qtbot.mouseClick(heatmap, Qt.MouseButton.LeftButton, pos=heatmap.view().cell_box(8, 0).center().toPoint())
    qtbot.mouseMove(heatmap, heatmap.view().cell_box(3, 0).center().toPoint())
    assert page.bars.title() == "␣red looks at"
    qtbot.mouseMove(heatmap, heatmap.rect().bottomRight())
    assert page.bars.title() == "␣Mia looks at", "the kept row is back when the mouse is gone"


def test_bars_list_the_strongest_first(qtbot: QtBot) -> None:
    bars = QueryBars()
    qtbot.addWidget(bars)
    bars.resize(280, 300)
    bars.show_query("c", ["a", "b", "c", "d"], np.array([0.2, 0.7, 0.1, 0.0], dtype=np.float32), 2)
    assert bars.shown() == [("b", "70 %"), ("a", "20 %"), ("c", "10 %")], "a masked key is not listed"
    assert [row[1] for row in bars.table().rows] == ["b", "a", "c"]


def test_a_bar_under_the_mouse_lights_its_cell_up(page: AttentionPage, qtbot: QtBot) -> None:
    strongest = int(page.heatmap.head().weights[15].argmax())  # type: ignore[union-attr]
    qtbot.mouseMove(page.bars, QPoint(40, 40))
    assert page.heatmap.cell() == (15, strongest)
    qtbot.mouseMove(page.bars, QPoint(40, 5))
    assert page.heatmap.cell() is None
    assert page.bars.title() == ". looks at"


def test_a_head_is_asked_for_from_the_grid_and_the_steppers(page: AttentionPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.head_requested) as requested:
        qtbot.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=page.grid.box(2, 1).center().toPoint())
    assert requested.args == [2, 1]
    with qtbot.waitSignal(page.head_requested) as requested:
        page.settings.layer._more.click()
    assert requested.args == [2, 2]
    assert page.settings.layer.words() == "3 of 3"
    with qtbot.waitSignal(page.head_requested) as requested:
        page.settings.head._fewer.click()
    assert requested.args == [1, 1]


def test_typing_is_reported_after_a_pause_showing_is_not(page: AttentionPage, qtbot: QtBot) -> None:
    reports: list[str] = []
    page.text_changed.connect(lambda: reports.append(page.text()))
    page.show_texts("shown", "")
    qtbot.wait(EDIT_MS * 2)
    assert reports == []
    qtbot.keyClicks(page.settings.reading.field, "ab")
    qtbot.waitUntil(lambda: bool(reports))
    assert reports == ["abshown"]


def test_scores_and_colours(page: AttentionPage, qtbot: QtBot) -> None:
    page.quantity.button(SCORES).click()
    array = page.heatmap.array()
    assert array is not None
    assert np.isneginf(array[0, 1])
    with qtbot.waitSignal(page.colours_requested) as requested:
        page.settings.lifted.click()
    assert requested.args == ["viridis", True]


def test_an_empty_page_leads_to_training(page: AttentionPage, qtbot: QtBot) -> None:
    page.show_no_model()
    assert page.side.isHidden()
    with qtbot.waitSignal(page.training_requested):
        page.empty._button.click()
    page.show_attention(sample_attention(16))
    assert not page.side.isHidden()


def test_dropped_tokens_are_told(page: AttentionPage) -> None:
    assert [name for name, _ in page.settings.text_facts()] == ["Tokens", "Surprise"]
    page.show_trace(dataclasses.replace(sample_overview(TEXT, 3, 4), n_dropped=1234))
    assert ("Left out at the front", "1,234") in page.settings.text_facts()
    assert page.settings.text_facts()[0] == ("Tokens", "16")


def test_shares_by_hand() -> None:
    """Four tokens a b a c; the third looks with 0.5 at b, which followed the earlier a."""
    weights = np.array(
        [[1, 0, 0, 0], [0, 1, 0, 0], [0.25, 0.5, 0.25, 0], [0, 0, 1, 0]], dtype=np.float32
    )  # fmt: skip
    shares = head_shares(weights, np.array([0, 1, 0, 2]))
    assert shares.itself == pytest.approx(0.125)
    assert shares.before == pytest.approx(0.75)
    assert shares.first == pytest.approx(0.125)
    assert shares.after_same == pytest.approx(0.5)
    assert shares.n_spread == pytest.approx((2**1.5 + 1) / 2)  # entropies of 1.5 bits and 0
    assert head_sentence(shares) == "Looks mostly at the token before: 75 % of its weight"


def test_too_short_a_text_has_no_shares() -> None:
    shares = head_shares(np.array([[1.0, 0.0], [0.5, 0.5]], dtype=np.float32), np.array([0, 0]))
    assert math.isnan(shares.before)
    assert head_sentence(shares) == ""


def test_without_repetition_nothing_is_said_of_induction() -> None:
    shares = head_shares(np.full((4, 4), 0.25, dtype=np.float32), np.arange(4))
    assert math.isnan(shares.after_same)
    assert head_sentence(shares) == "Spreads over about 4.0 tokens; the token before gets 25 % of the weight"


def test_a_stepper_stays_within_its_values(qtbot: QtBot) -> None:
    stepper = Stepper("head")
    qtbot.addWidget(stepper)
    stepper.show_value(1, 2)
    assert stepper.words() == "2 of 2"
    assert not stepper._more.isEnabled()
    with qtbot.waitSignal(stepper.value_requested) as requested:
        qtbot.keyClick(stepper, Qt.Key.Key_Left)
    assert requested.args == [0]


def test_the_example_repeats_a_name_or_is_what_the_run_wrote() -> None:
    tales = RunConfig().with_values({"data.source": "builtin:tales-ja"})
    own = RunConfig().with_values({"data.source": "/a/text.txt"})
    assert example_text(tales, "Once") == TALES_EXAMPLES["builtin:tales-ja"]
    assert example_text(own, " ") == EXAMPLE
    assert example_text(own, "  To be. Or not. ") == "To be. Or not."
    assert example_text(own, "To be. " * 60).startswith("To be. To be.")


def test_an_example_of_characters_fits_into_the_context() -> None:
    own = RunConfig().with_values({"data.source": "/a", "tokenizer.type": "characters", "model.n_ctx": 16})
    assert example_text(own, "To be. Or not. That is asked.") == "To be. Or not."
    assert example_text(own, "I:\nmany words follow") == "I:\nmany words"
    assert beginning("Eins. " * 60).endswith("Eins.")
    assert beginning("x" * 300) == "x" * 220


def test_a_single_token_has_a_picture(page: AttentionPage) -> None:
    page.show_trace(sample_overview("Mia", 3, 4))
    one, none = np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32)
    page.show_attention(HeadAttention(layer=0, head=0, weights=one, scores=none, row_ids=np.zeros(1, np.int32)))
    assert not page.grab().isNull()
    assert page.bars.shown() == [("␣Mia", "100 %")]
