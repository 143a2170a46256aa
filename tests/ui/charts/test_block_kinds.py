"""The diagram of encoders and encoder-decoders: two towers, cross-attention, norms where they stand."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.contract.model_config import ACTIVATIONS, KINDS, NORM_PLACES, NORMS, ModelConfig
from playground.contract.model_config import POSITIONS as POSITION_KINDS
from playground.contract.model_size import model_size
from playground.contract.presets import PRESETS, preset
from playground.ui.charts.block_diagram import BlockDiagram
from playground.ui.charts.block_formulas import attention_formula, layer_formula
from playground.ui.charts.block_layout import BlockLayout, lay_out
from playground.ui.charts.block_parts import extra_parts, parts_of
from playground.ui.charts.block_rows import (
    ATTENTION,
    ATTENTION_NORM,
    CROSS,
    EMBEDDING_NORM,
    ENCODER_SIDE,
    FINAL_NORM,
    LAYERS,
    OUTPUT,
    POSITIONS,
    STREAM,
    TRANSFORM,
)

BOTH = preset("transformer-tiny").model
BERT = preset("bert-tiny").model
SIZES = [(1012, 548), (852, 380), (700, 400)]


@st.composite
def configs(draw: st.DrawFn) -> ModelConfig:
    sharing = draw(st.integers(1, 2))
    flags = {
        name: draw(st.booleans())
        for name in (
            "bias", "qkv_bias", "query_key_norm", "tied_embeddings", "embedding_norm", "output_transform",
            "output_bias",
        )
    }  # fmt: skip
    return ModelConfig(
        kind=draw(st.sampled_from(KINDS)), n_layers=draw(st.integers(1, 5)), n_encoder_layers=draw(st.integers(1, 5)),
        n_heads=4, queries_per_kv_head=sharing, d_model=64, position=draw(st.sampled_from(POSITION_KINDS)),
        norm=draw(st.sampled_from(NORMS)), norm_place=draw(st.sampled_from(NORM_PLACES)),
        activation=draw(st.sampled_from(ACTIVATIONS)), **flags,
    )  # fmt: skip


@given(configs(), st.integers(2, 3000))
def test_the_parts_hold_all_parameters_of_every_kind(config: ModelConfig, vocab_size: int) -> None:
    parts = parts_of(config, vocab_size, 4)
    assert sum(part.n_parameters for part in parts) == model_size(config, vocab_size).total
    assert len({part.key for part in parts}) == len(parts)


@given(configs())
def test_the_layers_hold_what_their_parts_hold(config: ModelConfig) -> None:
    parts = parts_of(config, 100, 4)
    for layers in extra_parts(config):
        if not layers.key.endswith(LAYERS):
            continue
        prefix = layers.key.removesuffix(LAYERS)
        inside = ("attention", "attention_norm", "cross_attention", "cross_attention_norm", "feed_forward",
                  "feed_forward_norm")  # fmt: skip
        assert layers.n_each == sum(part.n_each for part in parts if part.key in {prefix + key for key in inside})


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", sorted(PRESETS))
@pytest.mark.parametrize("place", NORM_PLACES)
def test_no_tower_overlaps_and_all_lies_inside(size: tuple[int, int], name: str, place: str) -> None:
    config = replace(preset(name).model, norm_place=place)
    layout = lay_out(config, 50_257, *size, 80)
    for tower in layout.towers:
        boxes = [box for key, box in layout.boxes.items() if key.startswith(ENCODER_SIDE) == bool(tower.prefix)]
        assert all(above.bottom() <= below.top() for above, below in itertools.pairwise(boxes))
        assert all(box.left() >= tower.left and box.right() <= tower.right for box in boxes)
        assert boxes[0].top() >= 0
        assert boxes[-1].bottom() <= size[1]
        assert tower.block.contains(layout.boxes[tower.prefix + ATTENTION])
    assert layout.main.right < layout.ledger_x


def layout_of(config: ModelConfig) -> BlockLayout:
    return lay_out(config, 1024, 1012, 548, 80)


def test_two_towers_stand_side_by_side_with_equal_parts_at_equal_heights() -> None:
    layout = layout_of(BOTH)
    encoder, decoder = layout.towers
    assert encoder.right <= decoder.left
    assert encoder.branch_x > encoder.stream_x
    assert decoder.branch_x < decoder.stream_x
    assert layout.boxes[ENCODER_SIDE + ATTENTION].top() == layout.boxes[ATTENTION].top()
    assert CROSS in layout.boxes
    assert ENCODER_SIDE + CROSS not in layout.boxes
    assert encoder.block.right() < layout.gutter_x < decoder.block.left()


@pytest.mark.parametrize(("place", "is_beside"), [("before", True), ("after", False)])
def test_a_norm_is_drawn_where_it_stands(place: str, is_beside: bool) -> None:
    layout = layout_of(replace(BOTH, norm_place=place))
    norm, attention = layout.boxes[ATTENTION_NORM], layout.boxes[ATTENTION]
    assert (norm.bottom() <= attention.top()) == is_beside
    assert (norm.center().x() == layout.main.branch_x) == is_beside
    assert (FINAL_NORM in layout.boxes) == is_beside
    if not is_beside:
        assert norm.top() > layout.add_y(ATTENTION)


@pytest.mark.parametrize("position", POSITION_KINDS)
def test_positions_are_a_row_only_where_they_are_added(position: str) -> None:
    layout = layout_of(replace(BERT, position=position))
    assert (POSITIONS in layout.boxes) == (position in ("learned", "sinusoidal"))


def test_the_parts_of_bert_are_there() -> None:
    keys = [part.key for part in parts_of(BERT, 100, 1)]
    assert keys.index(EMBEDDING_NORM) < keys.index(ATTENTION) < keys.index(TRANSFORM) < keys.index(OUTPUT)


def test_formulas_say_what_is_masked_turned_and_taken_off() -> None:
    assert "mask(" not in attention_formula(BERT)
    assert "mask(Q Kᵀ" in attention_formula(ModelConfig())
    assert "rot(norm(Q))" in attention_formula(ModelConfig(position="rotary", query_key_norm=True))
    assert "− mₕ·|t − s|" in attention_formula(ModelConfig(position="alibi"))
    assert "QKV 128 → 192" in attention_formula(ModelConfig(queries_per_kv_head=4, bias=False))
    assert layer_formula(BOTH, has_source=True).split(";  ")[1] == "x = norm(x + cross(x))"


def middle(layout: BlockLayout, key: str) -> QPoint:
    return layout.boxes[key].center().toPoint()


def test_a_click_in_the_encoder_asks_for_its_own_settings(qtbot: QtBot) -> None:
    diagram = BlockDiagram()
    qtbot.addWidget(diagram)
    diagram.resize(1012, 548)
    diagram.show_model(BOTH, 512, 8)
    diagram.show()
    layout = diagram.layout_now()
    wanted = {
        layout.towers[0].badge.center().toPoint(): "model.n_encoder_layers",
        layout.main.badge.center().toPoint(): "model.n_layers",
        middle(layout, ENCODER_SIDE + ATTENTION): "model.n_heads",
        middle(layout, CROSS): "model.kind",
        middle(layout, ATTENTION_NORM) + QPoint(30, 0): "model.norm_place",
    }
    for point, dotted in wanted.items():
        with qtbot.waitSignal(diagram.setting_requested) as asked:
            qtbot.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=point)
        assert asked.args == [dotted]
    assert diagram.part(ENCODER_SIDE + STREAM) is not None


def test_other_masks_are_drawn_in_other_ways(qtbot: QtBot) -> None:
    pictures = []
    for changes in ({}, {"causal_mask": False}, {"position": "alibi"}, {"queries_per_kv_head": 2}):
        diagram = BlockDiagram()
        qtbot.addWidget(diagram)
        diagram.resize(1012, 548)
        diagram.show_model(ModelConfig(**{"position": "none", **changes}), 512, 8)  # type: ignore[arg-type]
        box = diagram.layout_now().boxes[ATTENTION].toAlignedRect()
        pictures.append(diagram.grab(box).toImage())
    assert all(one != other for one, other in itertools.combinations(pictures, 2))
