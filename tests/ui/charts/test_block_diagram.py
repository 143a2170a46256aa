"""The diagram shows the very model: its parts, their numbers, where they lie, and what a click asks for."""

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from playground.contract.model_config import ModelConfig
from playground.contract.model_size import model_size
from playground.contract.presets import preset
from playground.ui.charts.block_diagram import BlockDiagram
from playground.ui.charts.block_formulas import feed_forward_formula, norm_formula
from playground.ui.charts.block_layout import lay_out
from playground.ui.charts.block_parts import parts_of
from playground.ui.charts.block_rows import (
    ATTENTION,
    BLOCK,
    EMBEDDING,
    FEED_FORWARD,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
)
from playground.ui.charts.block_words import share_words
from playground.ui.theme import theme

TINY = preset("tiny").model
SIZES = [(1012, 548), (852, 380), (560, 260)]


@pytest.fixture
def diagram(qtbot: QtBot) -> BlockDiagram:
    made = BlockDiagram()
    qtbot.addWidget(made)
    made.resize(1012, 548)
    made.show_model(TINY, 1024, 12)
    made.show()
    return made


def middle_of(diagram: BlockDiagram, key: str) -> QPoint:
    return diagram.layout_now().bands[key].center().toPoint()


@pytest.mark.parametrize("position", ["learned", "sinusoidal", "rotary"])
@pytest.mark.parametrize("activation", ["gelu", "swiglu"])
@pytest.mark.parametrize("tied", [True, False])
def test_the_parts_hold_all_parameters(position: str, activation: str, tied: bool) -> None:
    config = replace(TINY, position=position, activation=activation, tied_embeddings=tied)
    parts = parts_of(config, 1000, 4)
    assert sum(part.n_parameters for part in parts) == model_size(config, 1000).total


def test_rotary_positions_are_no_part_but_the_others_are() -> None:
    assert POSITIONS not in [part.key for part in parts_of(TINY, 100, 1)]
    assert POSITIONS in [part.key for part in parts_of(replace(TINY, position="learned"), 100, 1)]


def test_words_carry_real_shapes_and_formulas() -> None:
    by_key = {part.key: part for part in parts_of(TINY, 1024, 12)}
    assert by_key[ATTENTION].words == "Q, K, V (B, 4, T, 32)"
    assert "rot(Q) rot(K)ᵀ / √32" in by_key[ATTENTION].formula
    assert by_key[FEED_FORWARD].words == "(B, T, 128 → 512 → 128)"
    assert by_key[OUTPUT].formula == "logits = x Eᵀ"
    assert feed_forward_formula(replace(TINY, activation="swiglu")) == "(SiLU(x W₁) · (x W₂)) W₃"
    assert norm_formula(ModelConfig(norm="layer", bias=True)).endswith("+ b")
    assert not norm_formula(ModelConfig(norm="layer", bias=False)).endswith("+ b")


@pytest.mark.parametrize(("share", "words"), [(0, ""), (0.0004, "< 0.1 %"), (0.0042, "0.4 %"), (0.61, "61 %")])
def test_shares(share: float, words: str) -> None:
    assert share_words(share) == words


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["tiny", "gpt2-small"])
def test_nothing_overlaps_and_all_lies_inside(size: tuple[int, int], name: str) -> None:
    config = preset(name).model
    layout = lay_out(config, 50_257, *size, 80)
    boxes = list(layout.boxes.values())
    assert all(above.bottom() <= below.top() for above, below in itertools.pairwise(boxes))
    assert all(box.left() >= 0 and box.right() < layout.ledger_x for box in boxes)
    assert boxes[0].top() >= 0
    assert boxes[-1].bottom() <= size[1]
    assert all(layout.block.contains(layout.boxes[key]) for key in BLOCK)


def test_wider_is_drawn_wider() -> None:
    layout = lay_out(TINY, 1024, 1012, 548, 80)
    widths = [layout.width_of(n) for n in (16, 64, 128, 512, 3072, 16_384)]
    assert widths == sorted(set(widths))
    assert layout.boxes[FEED_FORWARD].width() > layout.boxes[ATTENTION].width()


def test_a_click_asks_for_the_setting(qtbot: QtBot, diagram: BlockDiagram) -> None:
    wanted = {ATTENTION: "model.n_heads", FEED_FORWARD: "model.d_ff", OUTPUT: "model.tied_embeddings"}
    for key, dotted in wanted.items():
        with qtbot.waitSignal(diagram.setting_requested) as asked:
            qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=middle_of(diagram, key))
        assert asked.args == [dotted]
    layout = diagram.layout_now()
    for point, dotted in (
        (layout.badge.center(), "model.n_layers"),
        ((layout.boxes[ATTENTION].center()) - QPoint(round(layout.branch_x - layout.stream_x), 0), "model.d_model"),
    ):
        with qtbot.waitSignal(diagram.setting_requested) as asked:
            qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=point.toPoint())
        assert asked.args == [dotted]


def test_pointing_tells_which_part(qtbot: QtBot, diagram: BlockDiagram) -> None:
    with qtbot.waitSignal(diagram.part_hovered) as hovered:
        qtbot.mouseMove(diagram, middle_of(diagram, EMBEDDING))
    assert hovered.args == [EMBEDDING]
    part = diagram.part(EMBEDDING)
    assert part is not None
    assert part.n_parameters == 1024 * 128


def test_the_keyboard_walks_and_asks(qtbot: QtBot, diagram: BlockDiagram) -> None:
    with qtbot.waitSignal(diagram.part_hovered) as hovered:
        qtbot.keyClick(diagram, Qt.Key.Key_Up)
    assert hovered.args == [SOFTMAX]
    qtbot.keyClick(diagram, Qt.Key.Key_Up)
    with qtbot.waitSignal(diagram.setting_requested) as asked:
        qtbot.keyClick(diagram, Qt.Key.Key_Return)
    assert asked.args == ["model.tied_embeddings"]


def test_a_mark_on_a_part_that_is_gone_is_taken_away(qtbot: QtBot, diagram: BlockDiagram) -> None:
    diagram.show_model(replace(TINY, position="learned"), 1024, 12)
    qtbot.mouseMove(diagram, middle_of(diagram, POSITIONS))
    with qtbot.waitSignal(diagram.part_hovered) as hovered:
        diagram.show_model(TINY, 1024, 12)
    assert hovered.args == [""]


def test_heads_that_do_not_fit_leave_red(qtbot: QtBot, diagram: BlockDiagram) -> None:
    theme().use("light")

    def has_red() -> bool:
        picture = diagram.grab().toImage()
        box = diagram.layout_now().boxes[ATTENTION].toRect()
        colours = (QColor(picture.pixel(box.right() - 2, y)) for y in range(box.top(), box.bottom()))
        return any(each.red() > 1.2 * each.green() and abs(each.green() - each.blue()) < 12 for each in colours)

    diagram.show_model(replace(TINY, n_heads=8), 1024, 12)
    assert not has_red()
    diagram.show_model(replace(TINY, n_heads=12), 1024, 12)
    assert has_red()


def test_the_table_can_be_taken_along(diagram: BlockDiagram) -> None:
    rows = list(diagram.table().rows)
    assert len(rows) == len(diagram.parts())
    assert sum(int(row[-1]) for row in rows) == model_size(TINY, 1024).total
