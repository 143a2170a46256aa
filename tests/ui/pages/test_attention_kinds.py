"""The Attention page for all three kinds: what can be chosen, what is said, and the two pictures of the lower card."""

import dataclasses
import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.messages import CROSS, ENCODER_PART, SELF
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.charts.attention_samples import sample_cross_head
from playground.ui.pages.attention.cross_shares import cross_sentence, cross_shares
from playground.ui.pages.attention.example_text import MASKED_EXAMPLES, SENTENCE, example_of, example_text
from playground.ui.pages.attention.head_shares import head_shares, share_facts
from playground.ui.pages.attention.lower_card import STREAM
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.attention.reading import EDIT_MS
from playground.ui.pages.attention.samples import (
    TEXT,
    TRANSLATION,
    sample_attention,
    sample_cross_overview,
    sample_overview,
    sample_stream,
)
from playground.ui.pages.attention.text_facts import text_facts


@pytest.fixture
def page(qtbot: QtBot) -> AttentionPage:
    made = AttentionPage()
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    return made


def show_cross(page: AttentionPage) -> None:
    overview = sample_cross_overview()
    page.show_kind(ENCODER_DECODER, has_mask=True)
    page.show_part(CROSS)
    page.show_trace(overview)
    page.show_chosen_head(1, 2)
    page.show_attention(sample_cross_head(len(overview.tokens.ids), len(overview.columns.ids)))


def show_text(page: AttentionPage, kind: str, text: str = TEXT) -> None:
    overview = dataclasses.replace(sample_overview(text, 2, 2), is_causal=kind == DECODER)
    if kind == ENCODER:
        overview = dataclasses.replace(overview, losses=np.zeros(0, dtype=np.float32))
    page.show_kind(kind, has_mask=True)
    page.show_part(SELF)
    page.show_trace(overview)
    page.show_chosen_head(0, 0)
    page.show_attention(sample_attention(len(overview.tokens.ids)))


def test_each_kind_has_the_fields_that_it_needs(page: AttentionPage) -> None:
    reading = page.settings.reading
    for kind, titles in (
        (DECODER, ["Text"]),
        (ENCODER, ["Text"]),
        (ENCODER_DECODER, ["Part", "Sentence", "Translation"]),
    ):
        page.show_kind(kind, has_mask=True)
        page.show_part(SELF)
        assert reading.titles() == titles
        assert reading.part.isHidden() == reading.target_field.isHidden() == (kind != ENCODER_DECODER)
        assert reading.causal_mask.isHidden() == (kind == ENCODER)


def test_the_mask_is_offered_where_it_changes_what_is_seen(page: AttentionPage) -> None:
    page.show_kind(ENCODER_DECODER, has_mask=True)
    for part, is_there in ((SELF, True), (CROSS, False), (ENCODER_PART, False)):
        page.show_part(part)
        assert page.settings.reading.causal_mask.isHidden() != is_there


def test_a_translation_looks_at_its_sentence(page: AttentionPage, qtbot: QtBot) -> None:
    show_cross(page)
    assert page.heading._title.text() == "Cross-attention: layer 2, head 3"
    assert page.heatmap.shape() == (6, 6)
    assert page.bars.title() == "To write ␣は, looks at", "the first row reads ミア and writes は"
    qtbot.mouseMove(page.heatmap, page.heatmap.view().cell_box(4, 0).center().toPoint())
    assert page.bars.title() == "To write ␣見た, looks at"
    assert all(word in ("␣saw", "␣Mia", "Mia", "␣the", "␣red", "␣ball", ".") for word, _ in page.bars.shown())
    assert page.settings.text_facts()[:2] == [("Source tokens", "6"), ("Target tokens", "6")]


def test_the_model_s_own_translation_stands_in_the_empty_field(page: AttentionPage) -> None:
    show_cross(page)
    assert page.target() == ""
    assert page.settings.reading.target_field.placeholderText() == TRANSLATION


def test_parts_and_the_mask_are_asked_for(page: AttentionPage, qtbot: QtBot) -> None:
    show_cross(page)
    with qtbot.waitSignal(page.part_requested) as requested:
        page.settings.reading.part.button(ENCODER_PART).click()
    assert requested.args == [ENCODER_PART]
    page.show_part(SELF)
    with qtbot.waitSignal(page.causal_mask_requested) as switched:
        page.settings.reading.causal_mask.click()
    assert switched.args == [False]


def test_typing_a_translation_is_reported(page: AttentionPage, qtbot: QtBot) -> None:
    show_cross(page)
    reports: list[tuple[str, str]] = []
    page.text_changed.connect(lambda: reports.append((page.text(), page.target())))
    page.show_texts("Mia", "")
    qtbot.wait(EDIT_MS * 2)
    assert reports == []
    qtbot.keyClicks(page.settings.reading.target_field, "ab")
    qtbot.waitUntil(lambda: bool(reports))
    assert reports == [("Mia", "ab")]


def test_an_encoder_says_why_there_is_no_surprise(page: AttentionPage) -> None:
    show_text(page, ENCODER)
    assert [name for name, _ in page.settings.text_facts()] == ["Tokens"]
    assert "no surprise" in page.settings.reading.why()
    show_text(page, DECODER)
    assert page.settings.reading.why() == ""
    assert [name for name, _ in page.settings.text_facts()] == ["Tokens", "Surprise"]


def test_an_encoder_is_first_looked_at_where_its_mask_is(page: AttentionPage) -> None:
    overview = sample_overview("Mia saw <mask> Tom", 2, 2)
    overview.tokens.pieces[2] = "<mask>"
    page.show_kind(ENCODER, has_mask=True)
    page.show_trace(dataclasses.replace(overview, is_causal=False, losses=np.zeros(0, dtype=np.float32)))
    page.show_attention(sample_attention(4))
    assert page.bars.title() == "<mask> looks at"


def test_both_surprises_are_told_when_the_mask_is_switched() -> None:
    overview = dataclasses.replace(
        sample_overview("Mia saw Tom", 1, 1),
        losses=np.array([0, 1, 3], dtype=np.float32), other_losses=np.array([0, 0.5, 0.5], dtype=np.float32),
    )  # fmt: skip
    lifted = text_facts(overview, is_causal_asked=False)
    assert lifted[1:] == [("Surprise with mask", "0.50 nats a token"), ("… without mask", "2.00 nats a token")]
    added = text_facts(overview, is_causal_asked=True)
    assert added[1:] == [("Surprise with mask", "2.00 nats a token"), ("… without mask", "0.50 nats a token")]


def test_the_lower_card_shows_the_stream_on_request(page: AttentionPage, qtbot: QtBot) -> None:
    show_text(page, DECODER)
    assert page.bars.isVisible()
    page.lower_card.choice.button(STREAM).click()
    assert page.stream.isVisible()
    assert not page.bars.isVisible()
    assert page.stream.n_rows() == 3
    assert page.lower_card.meaning() == "Mean length of a token's vector, and of what each part adds to it"
    page.lower_card.show_stream(dataclasses.replace(sample_stream(2), is_norm_after=True))
    assert "change by each part with the norm" in page.lower_card.meaning()


def test_cross_shares_by_hand() -> None:
    """Places 2, 1, 0, 0 of three: of five pairs of different places none rises; of 0, 2, 1 two of three do."""
    backwards = np.eye(3, dtype=np.float32)[[2, 1, 0, 0]]
    shares = cross_shares(backwards)
    assert (shares.order_kept, shares.strongest, shares.end, shares.n_spread) == (0.0, 1.0, 0.25, 1.0)
    assert cross_shares(np.eye(3, dtype=np.float32)[[0, 2, 1]]).order_kept == pytest.approx(2 / 3)
    even = cross_shares(np.full((2, 4), 0.25, dtype=np.float32))
    assert even.n_spread == pytest.approx(4.0)
    assert math.isnan(even.order_kept)
    assert cross_sentence(even) == "Spreads over about 4.0 source tokens"
    assert cross_sentence(shares) == "Spreads over about 1.0 source tokens; 0.00 % of the pairs keep the source's order"
    assert cross_sentence(cross_shares(np.zeros((0, 0), dtype=np.float32))) == ""


def test_without_a_mask_shares_cover_all_tokens() -> None:
    weights = np.array([[0.5, 0.5, 0], [0.2, 0.2, 0.6], [1, 0, 0]], dtype=np.float32)
    shares = head_shares(weights, np.array([0, 1, 2]), is_causal=False)
    assert shares.after == pytest.approx((0.5 + 0.6) / 2)
    assert shares.before == pytest.approx((0.2 + 0.0) / 2)
    assert shares.itself == pytest.approx((0.5 + 0.2 + 0.0) / 3)
    assert ("Token after", "55 %") in share_facts(shares)
    assert "After the same token" not in [name for name, _ in share_facts(shares)]


def test_examples_fit_the_kind() -> None:
    encoder = RunConfig().with_values({"model.kind": ENCODER, "data.source": "builtin:tales-en"})
    assert example_text(encoder, "") == MASKED_EXAMPLES["builtin:tales-en"]
    pairs = RunConfig().with_values({"model.kind": ENCODER_DECODER})
    events = [
        {"kind": "translations", "sources": ["old"]},
        {"kind": "translations", "sources": ["Tom ran.", "The dog lost the letter.", "x" * 200, 5]},
        {"kind": "snapshot"},
    ]
    assert example_of(pairs, events) == "The dog lost the letter."
    assert example_of(pairs, [{"kind": "translations", "sources": "damaged"}]) == SENTENCE


def test_the_parts_are_reached_by_keyboard(page: AttentionPage, qtbot: QtBot) -> None:
    show_cross(page)
    button = page.settings.reading.part.button(SELF)
    button.setFocus()
    with qtbot.waitSignal(page.part_requested) as requested:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert requested.args == [SELF]
