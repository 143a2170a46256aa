"""The Generate page shows what it is given and reports what the person does."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from playground.contract.config import SamplingConfig
from playground.contract.messages import Generated, NextToken
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.generate.prompt_editor import MOST_LINES
from playground.ui.pages.generate.sampling_presets import SAMPLING_PRESETS, sampling_preset
from playground.ui.pages.generate.token_boxes import tint
from playground.ui.pages.generate.words import Ending, bits
from playground.ui.pages.generate.writing import Writing, WrittenToken, text_of_piece, written_tokens
from playground.ui.widgets.term_label import TermLabel
from playground.ui.widgets.value_slider import SliderTrack

PROMPT = "Once 😀 upon"  # the picture takes two of Qt's positions


def token(text: str, probability: float = 0.5, id: int = 7) -> WrittenToken:
    return WrittenToken(id=id, text=text, probability=probability)


def distribution() -> NextToken:
    return NextToken(
        ids=np.array([11, 12, 13], dtype=np.int32),
        pieces=["▁a", "▁the", "<0xE3>"],
        before=np.array([0.6, 0.3, 0.1], dtype=np.float32),
        after=np.array([0.8, 0.2, 0.0], dtype=np.float32),
        cut_by=["", "", "top_p"],
        n_kept=2,
        entropy_nats=0.9,
    )


@pytest.fixture
def page(qtbot: QtBot) -> GeneratePage:
    made = GeneratePage()
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show_model()
    made.show()
    qtbot.waitExposed(made)
    return made


def box_centre(page: GeneratePage, index: int) -> QPoint:
    return page.text.view.token_boxes(index)[0].center().toPoint()


def test_the_text_is_prompt_and_tokens_and_grows(page: GeneratePage) -> None:
    page.show_text(PROMPT, [token(" a"), token(" time")])
    page.append([token(","), token("\n")])
    page.append([token("there")])
    assert page.text.view.toPlainText() == PROMPT + " a time,\nthere"


def test_only_the_prompt_is_dim(page: GeneratePage) -> None:
    page.show_text(PROMPT, [token(" a")])
    cursor = QTextCursor(page.text.view.document())
    cursor.setPosition(3)
    prompt_ink = cursor.charFormat().foreground().color()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert prompt_ink != cursor.charFormat().foreground().color()


def test_each_token_is_found_under_the_mouse(page: GeneratePage) -> None:
    page.show_text(PROMPT, [token(" a"), token(" time"), token("", id=8), token(" いつ")])
    page.append([token("\n"), token("there")])
    for index in (0, 1, 3, 5):
        assert page.text.view.token_at(box_centre(page, index)) == index
    assert page.text.view.token_boxes(2) == []
    assert page.text.view.token_at(QPoint(14, 24)) == -1  # the prompt


def test_pointing_at_a_token_tells_its_probability(qtbot: QtBot, page: GeneratePage) -> None:
    page.show_text("", [token("Once", 0.25), token(" there", 0.5)])
    qtbot.mouseMove(page.text.view.viewport(), box_centre(page, 0))
    name, words = page.text.details()
    assert name == "Once"
    assert "25" in words
    assert "2.0 bits" in words  # -log2(1/4)


def test_a_click_on_a_token_reports_it_and_beside_all_none(qtbot: QtBot, page: GeneratePage) -> None:
    page.show_text("", [token("Once"), token(" there")])
    viewport = page.text.view.viewport()
    with qtbot.waitSignal(page.text.token_chosen) as chosen:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=box_centre(page, 1))
    assert chosen.args == [1]
    with qtbot.waitSignal(page.text.token_chosen) as chosen:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(viewport.width() - 20, viewport.height() - 20))
    assert chosen.args == [-1]


def test_enter_picks_the_token_at_the_caret(qtbot: QtBot, page: GeneratePage) -> None:
    page.show_text("A", [token(" b"), token(" c")])
    page.text.view.setFocus()
    qtbot.keyClick(page.text.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(4):
        qtbot.keyClick(page.text.view, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.text.token_chosen) as chosen:
        qtbot.keyClick(page.text.view, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_what_is_selected_is_copied_as_plain_text(page: GeneratePage) -> None:
    page.show_text("<b>A</b>", [token(" x\n"), token("y")])
    page.text.view.selectAll()
    copied = page.text.view.createMimeDataFromSelection()
    assert copied.text() == "<b>A</b> x\ny"
    assert not copied.hasHtml()
    page.text.menu.copy_text()
    assert QGuiApplication.clipboard().text() == "<b>A</b> x\ny"


def test_the_table_of_the_text_has_a_row_for_each_token(page: GeneratePage) -> None:
    page.show_text("A", [token(" b", 0.5)])
    page.append([token(" c", 0.125, id=9)])
    assert list(page.text.menu.tokens().rows) == [(0, 7, " b", 0.5, 1.0), (1, 9, " c", 0.125, 3.0)]


def test_the_less_likely_the_stronger_the_tint() -> None:
    shades = [tint(probability).alphaF() for probability in (1.0, 0.5, 0.1, 0.004)]
    assert shades[0] == 0
    assert shades == sorted(shades)
    assert bits(0.0) < 130  # a probability that was rounded to nothing has a surprise all the same


def test_colour_by_surprise_changes_the_picture_and_is_reported(qtbot: QtBot, page: GeneratePage) -> None:
    page.show_text("", [token("unlikely", 0.001)])
    corner = page.text.view.token_boxes(0)[0].topLeft().toPoint() + QPoint(4, 2)
    before = page.text.view.grab().toImage().pixelColor(corner)
    with qtbot.waitSignal(page.text.tint_toggled) as toggled:
        qtbot.mouseClick(page.text.tint, Qt.MouseButton.LeftButton)
    assert toggled.args == [True]
    assert page.text.view.grab().toImage().pixelColor(corner) != before


def test_the_prompt_grows_to_four_lines(qtbot: QtBot, page: GeneratePage) -> None:
    heights = []
    for n_lines in (1, 2, MOST_LINES, 9):
        page.show_prompt("\n".join("line" for _ in range(n_lines)))
        heights.append(page.editor.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_typing_is_reported_and_showing_is_not(qtbot: QtBot, page: GeneratePage) -> None:
    with qtbot.assertNotEmitted(page.prompt_changed, wait=80):
        page.show_prompt("Once")
    with qtbot.waitSignal(page.prompt_changed):
        qtbot.keyClicks(page.editor, " more")
    assert page.prompt() == "Once more"


def test_the_button_stops_while_the_model_writes(qtbot: QtBot, page: GeneratePage) -> None:
    with qtbot.waitSignal(page.generate_requested):
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    page.show_writing(True)
    assert page.start.text() == "Stop"
    with qtbot.waitSignal(page.stop_requested), qtbot.assertNotEmitted(page.generate_requested):
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)


def test_escape_stops_only_while_the_model_writes(qtbot: QtBot, page: GeneratePage) -> None:
    page.activateWindow()
    page.editor.setFocus()
    with qtbot.assertNotEmitted(page.stop_requested):
        qtbot.keyClick(page.editor, Qt.Key.Key_Escape)
    page.show_writing(True)
    with qtbot.waitSignal(page.stop_requested):
        qtbot.keyClick(page.editor, Qt.Key.Key_Escape)


def test_go_on_and_clear_need_a_text_at_rest(page: GeneratePage) -> None:
    assert not page.go_on.isEnabled()
    page.show_text("A", [token(" b")])
    assert page.go_on.isEnabled()
    assert page.clear.isEnabled()
    page.show_writing(True)
    assert not page.go_on.isEnabled()


def test_the_ending_is_told_in_full(page: GeneratePage) -> None:
    page.show_ending(Ending(reason="end", n_tokens=1200, tokens_per_s=340.4, seed=42, step=1250))
    facts = dict(page.sampling.facts.facts())
    assert facts["Tokens"] == "1,200"
    assert facts["Speed"] == "340 tokens/s"
    assert facts["Seed"] == "42"
    assert facts["Model"] == "step 1,250"
    page.show_ending(Ending(reason="stopped", n_tokens=3, tokens_per_s=0.0, seed=42, step=1250))
    assert "Speed" not in dict(page.sampling.facts.facts())  # nobody measured it


def test_a_picked_bar_reports_its_row(qtbot: QtBot, page: GeneratePage) -> None:
    page.next.show_distribution(distribution())
    page.next.bars.setFocus()
    qtbot.keyClick(page.next.bars, Qt.Key.Key_Down)
    qtbot.keyClick(page.next.bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.token_requested) as picked:
        qtbot.keyClick(page.next.bars, Qt.Key.Key_Return)
    assert picked.args == [1]


def test_the_bars_say_how_many_can_be_drawn_and_lead_to_entropy(qtbot: QtBot, page: GeneratePage) -> None:
    page.next.show_distribution(distribution())
    label = page.next.findChild(TermLabel)
    assert label.text() == "entropy 0.90 nats"
    with qtbot.waitSignal(page.next.term_requested) as asked:
        qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert asked.args == ["entropy"]


def test_sliders_and_presets_report_names_and_keys(qtbot: QtBot, page: GeneratePage) -> None:
    page.sampling.show_sampling(SamplingConfig(temperature=0.8))
    track = page.sampling.sliders["temperature"].findChild(SliderTrack)
    with qtbot.waitSignal(page.sampling.value_changed) as changed:
        qtbot.keyClick(track, Qt.Key.Key_Right)
    assert changed.args == ["temperature", pytest.approx(0.82)]
    with qtbot.waitSignal(page.sampling.preset_chosen) as preset:
        qtbot.mouseClick(page.sampling.presets["wild"], Qt.MouseButton.LeftButton)
    assert preset.args == ["wild"]
    assert not page.sampling.presets["wild"].isChecked()  # only what is really set is marked


def test_the_preset_that_holds_is_marked(page: GeneratePage) -> None:
    for preset in SAMPLING_PRESETS:
        page.sampling.show_sampling(preset.applied_to(SamplingConfig(max_tokens=17, seed=3)))
        assert [key for key, button in page.sampling.presets.items() if button.isChecked()] == [preset.key]
    page.sampling.show_sampling(dataclasses.replace(sampling_preset("wild").applied_to(SamplingConfig()), top_k=3))
    assert not any(button.isChecked() for button in page.sampling.presets.values())


def test_the_empty_page_leads_to_training(qtbot: QtBot, page: GeneratePage) -> None:
    page.show_no_model(is_training=False)
    assert not page.start.isVisible()
    assert not page.side.isVisible()
    with qtbot.waitSignal(page.train_requested):
        page.empty.filled_requested.emit()
    page.show_model()
    assert page.start.isVisible()


def test_pieces_become_text() -> None:
    assert text_of_piece("▁kite") == " kite"
    assert text_of_piece("▁kite", is_first=True) == "kite"
    assert text_of_piece("<0x0A>") == "\n"
    assert text_of_piece("<0xE3>") is None
    assert text_of_piece("</s>") is None
    assert text_of_piece("<b>") == "<b>"


def test_a_text_is_cut_and_gone_on_with_another_token() -> None:
    writing = Writing("Once")
    writing.add([token(" a"), token(" b"), token(" c")])
    assert writing.text_before(1) == "Once a"
    writing.replace_at(1, token(" x"))
    assert writing.text == "Once a x"


def test_a_distribution_belongs_to_the_last_token_of_its_part() -> None:
    part = Generated(
        ids=np.array([1, 2], dtype=np.int32),
        texts=[" a", " b"],
        probabilities=np.array([0.5, 0.25], dtype=np.float32),
        last=distribution(),
    )
    first, second = written_tokens(part, 0)
    assert first.distribution is None
    assert second.distribution is part.last
    assert (second.id, second.text, second.probability) == (2, " b", 0.25)
