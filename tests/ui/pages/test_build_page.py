"""The Build page: what it shows of a draft, and what it reports."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.model_config import ModelConfig
from playground.contract.model_size import training_flops_per_step
from playground.contract.presets import preset
from playground.ui.charts.block_parts import extra_parts
from playground.ui.charts.block_rows import ATTENTION
from playground.ui.pages.build.fact_words import UNKNOWN, flops_words, passes_words
from playground.ui.pages.build.model_facts import FLOPS, PARAMETERS, PASSES, STEP, TIME, TRAINING
from playground.ui.pages.build.page import BuildPage
from playground.ui.pages.build.row_focus import control_of
from playground.ui.pages.build.side import heads_snap, sharing_snap, width_snap
from playground.ui.state.speed import Speed
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.fields import ComboField
from playground.ui.widgets.term_label import TermLabel
from playground.ui.widgets.value_slider import SliderTrack

TINY = preset("tiny").applied_to(RunConfig())
TEXT = TextDescription(
    source="builtin:tales-en", size_bytes=200_000, n_characters=100_000, n_distinct_characters=60, n_lines=9, n_files=1,
    encoding="utf-8", preview="Once",
)  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot) -> BuildPage:
    made = BuildPage()
    qtbot.addWidget(made)
    made.resize(1364, 767)
    made.show_config(TINY, 1024, "tiny")
    made.show_problems(())
    made.show()
    return made


def button(page: BuildPage, words: str) -> Button:
    return next(each for each in page.findChildren(Button) if each.text() == words)


def test_the_figures_of_a_model_are_shown(page: BuildPage) -> None:
    # 1024 * 128 + 2 * (4 * 128² + 8 * 128²) + 5 * 128
    assert page.facts.number(PARAMETERS) == "524,928"
    assert page.facts.number(STEP) == "1,024"
    # 2 * (2 * 12 * 128² + 1024 * 128 + 2 * 2 * 128 * 64) = 1,114,112
    assert page.facts.number(FLOPS) == "1.11 M"
    assert page.facts.number(PASSES) == UNKNOWN
    page.show_config(TINY.with_values({"model.n_layers": 8}), 1024, "")
    assert page.facts.number(PARAMETERS) == f"{524_928 + 6 * (12 * 128**2 + 2 * 128):,}"


def test_passes_over_the_text_once_its_size_is_known(page: BuildPage) -> None:
    page.show_text(TEXT.source, TEXT)
    # 1000 steps of 768 tokens over 90,000 characters of training text
    assert page.facts.number(PASSES) == "≥ 13.7"
    assert passes_words(TINY.with_values({"tokenizer.type": "characters"}), TEXT) == "13.7"
    page.show_text("other", None)
    assert page.facts.number(PASSES) == UNKNOWN


def test_passes_over_lines_are_counted_in_lines() -> None:
    lines = TINY.with_values({"data.examples": "lines", "training.max_steps": 9, "training.batch_size": 9})
    assert passes_words(lines, TEXT) == "10.0"  # 81 lines of the 8.1 that are trained on
    assert passes_words(TINY.with_values({"model.kind": "encoder_decoder"}), TEXT).startswith("≥") is False


def test_in_a_narrow_window_the_last_figures_give_way(qtbot: QtBot, page: BuildPage) -> None:
    figures = page.facts.figures
    assert all(figure.isVisible() for figure in figures)
    page.resize(884, 467)
    qtbot.waitUntil(lambda: not figures[PASSES].isVisible())
    assert figures[PARAMETERS].isVisible()
    page.resize(1364, 767)
    qtbot.waitUntil(figures[PASSES].isVisible)


@pytest.mark.parametrize(("n", "words"), [(950, "950"), (1_900_544, "1.9 M"), (265_900_000, "266 M"), (1e12, "1 T")])
def test_flops_have_three_digits(n: int, words: str) -> None:
    assert flops_words(n) == words


def test_a_slider_reports_the_setting_and_the_preset_its_name(qtbot: QtBot, page: BuildPage) -> None:
    row = page.settings.row("model.n_layers")
    assert row is not None
    with qtbot.waitSignal(page.value_changed) as changed:
        qtbot.keyClick(row.findChild(SliderTrack), Qt.Key.Key_Right)
    assert changed.args == ["model.n_layers", 3]
    combo = page.side.findChildren(ComboField)[0]
    with qtbot.waitSignal(page.preset_chosen) as chosen:
        combo.activated.emit(combo.findData("small"))
    assert chosen.args == ["small"]


def test_showing_reports_nothing(qtbot: QtBot, page: BuildPage) -> None:
    with qtbot.assertNotEmitted(page.value_changed), qtbot.assertNotEmitted(page.preset_chosen):
        page.show_config(preset("gpt2-small").applied_to(TINY), 50_257, "gpt2-small")
    assert page.settings.preset() == "gpt2-small"


def test_a_changed_preset_is_the_persons_own(page: BuildPage) -> None:
    page.show_config(TINY.with_values({"model.n_layers": 5}), 1024, "")
    assert page.settings.preset() == ""
    page.show_config(TINY, 1024, "tiny")
    assert page.settings.preset() == "tiny"


def test_a_problem_stands_at_its_setting_and_blocks_training(qtbot: QtBot, page: BuildPage) -> None:
    config = TINY.with_values({"model.n_heads": 5, "training.seed": -1})
    page.show_config(config, 1024, "")
    page.show_problems(config.problems())
    row, seed = page.settings.row("model.n_heads"), page.settings.row("training.seed")
    assert row is not None
    assert seed is not None
    assert row.problem().startswith("Heads is 5")
    assert seed.isVisible()  # its fold opened
    assert not button(page, "Train this model").isEnabled()
    assert "Heads is 5" in button(page, "Train this model").toolTip()
    assert page.facts.number(TRAINING) == UNKNOWN
    page.show_problems(())
    assert row.problem() == ""
    with qtbot.waitSignal(page.training_requested):
        qtbot.mouseClick(button(page, "Train this model"), Qt.MouseButton.LeftButton)


def test_undo_and_redo_can_be_pressed_only_when_there_is_something(qtbot: QtBot, page: BuildPage) -> None:
    assert not button(page, "Undo").isEnabled()
    assert button(page, "Undo").toolTip()
    page.show_undo(True, True)
    with qtbot.waitSignal(page.undo_requested):
        qtbot.mouseClick(button(page, "Undo"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.redo_requested):
        qtbot.mouseClick(button(page, "Redo"), Qt.MouseButton.LeftButton)


def test_pointing_at_a_part_tells_its_formula_and_parameters(qtbot: QtBot, page: BuildPage) -> None:
    layout = page.diagram.layout_now()
    qtbot.mouseMove(page.diagram, layout.bands[ATTENTION].center().toPoint())
    assert "√32" in page.details.words()
    assert "2 layers × 65,536 = 131,072 parameters" in page.details.words()
    page.show_config(TINY.with_values({"model.n_layers": 2}), 1024, "")  # the mouse stays, the model changes
    assert "2 layers × 65,536 = 131,072 parameters" in page.details.words()
    qtbot.mouseMove(page.diagram, QPoint(2, layout.boxes[ATTENTION].top().__trunc__() - 400))


@pytest.mark.parametrize("dotted", ["model.n_heads", "model.tied_embeddings", "tokenizer.vocab_size", "model.norm"])
def test_a_part_that_is_clicked_leads_to_its_setting(qtbot: QtBot, page: BuildPage, dotted: str) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.diagram.setting_requested.emit(dotted)
    row = page.settings.row(dotted)
    assert row is not None
    assert row.isVisible()
    control = control_of(row)
    assert control is not None
    assert control.hasFocus()
    assert page.side.viewport().rect().contains(row.mapTo(page.side.viewport(), row.rect().center()))


def test_every_part_asks_for_a_setting_that_is_here(page: BuildPage) -> None:
    page.show_config(TINY.with_values({"model.position": "learned"}), 1024, "")
    for part in page.diagram.parts():
        assert page.settings.row(part.setting) is not None, part.key


def test_labels_that_are_terms_lead_to_the_glossary(qtbot: QtBot, page: BuildPage) -> None:
    row = page.settings.row("model.d_model")
    assert row is not None
    with qtbot.waitSignal(page.term_requested) as asked:
        qtbot.mouseClick(row.findChild(TermLabel), Qt.MouseButton.LeftButton)
    assert asked.args == ["d_model"]


@pytest.mark.parametrize("position", ["rotary", "sinusoidal", "learned"])
@pytest.mark.parametrize("n_heads", [1, 3, 4, 7])
def test_sliders_stop_only_at_possible_models(position: str, n_heads: int) -> None:
    model = ModelConfig(n_heads=n_heads, d_model=168, position=position)
    for value in (16, 40, 133, 500, 1024):
        width = int(width_snap(model)(value))
        assert replace(model, d_model=width).problems() == []
        heads = int(heads_snap(model)(value / 64))
        assert replace(model, n_heads=heads).problems() == []


def test_the_time_of_a_training_is_estimated_once_this_machine_has_trained(page: BuildPage) -> None:
    assert page.facts.number(TIME) == UNKNOWN
    per_step = float(training_flops_per_step(TINY.model, TINY.training, 1024))
    fast = Speed(flops_per_step=per_step, flops_per_s=per_step * 20, device="cpu")
    page.show_speeds([fast])
    assert page.facts.number(TIME) == "≈ 60 s"  # 1,200 steps at 20 a second
    slow = Speed(flops_per_step=per_step, flops_per_s=per_step, device="cpu")
    page.show_speeds([fast, slow])
    assert page.facts.number(TIME) == "60 s – 20 min"


@pytest.mark.parametrize("name", ["bert-tiny", "transformer-tiny", "llama-tiny"])
def test_every_part_of_every_kind_asks_for_a_setting_that_is_shown(page: BuildPage, name: str) -> None:
    config = preset(name).applied_to(RunConfig())
    page.show_config(config, 1024, name)
    for part in (*page.diagram.parts(), *extra_parts(config.model)):
        row = page.settings.row(part.setting)
        assert row is not None, part.key
        assert not row.isHidden(), part.key


def test_heads_stop_where_they_can_be_shared(page: BuildPage) -> None:
    shared = ModelConfig(n_heads=8, queries_per_kv_head=4, d_model=128)
    assert [heads_snap(shared)(n) for n in (3, 7, 13)] == [4, 8, 16]
    assert [sharing_snap(shared)(n) for n in (3, 5, 7)] == [2, 4, 8]


def test_a_click_on_the_positions_opens_their_picture(page: BuildPage) -> None:
    page.show_config(TINY.with_values({"model.position": "sinusoidal"}), 1024, "")
    side = page.settings
    assert not side.positions.is_open
    assert side.position_picture.sentence() == ""  # nothing is computed for what is folded away
    page.diagram.setting_requested.emit("model.position")
    assert side.position_picture.isVisible()
    waves = side.position_picture.sentence()
    page.show_config(TINY.with_values({"model.position": "alibi"}), 1024, "")
    assert side.position_picture.sentence() not in ("", waves)
