"""The Transformer as a whole: its size, its first weights, what it may see, and that it learns."""

import dataclasses
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.model_config import ACTIVATIONS, NORMS, POSITIONS, ModelConfig
from playground.contract.model_size import model_size
from playground.engine.model.transformer import Transformer

SMALL = ModelConfig(n_layers=2, n_heads=2, d_model=16, d_ff=32, n_ctx=12)


@st.composite
def configs(draw) -> ModelConfig:
    n_heads = draw(st.integers(1, 5))
    return ModelConfig(
        n_layers=draw(st.integers(1, 4)),
        n_heads=n_heads,
        d_model=n_heads * 2 * draw(st.integers(2, 9)),
        d_ff=draw(st.integers(4, 70)),
        n_ctx=draw(st.integers(2, 40)),
        position=draw(st.sampled_from(POSITIONS)),
        norm=draw(st.sampled_from(NORMS)),
        activation=draw(st.sampled_from(ACTIVATIONS)),
        bias=draw(st.booleans()),
        tied_embeddings=draw(st.booleans()),
    )


@given(configs(), st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_parameters_are_as_many_as_the_form_says(config, vocab_size):
    assert config.problems() == []
    with torch.device("meta"):
        model = Transformer(config, vocab_size)
    assert model.n_parameters == model_size(config, vocab_size).total


def test_gpt2_small_has_124_million_parameters():
    with torch.device("meta"):
        model = Transformer(ModelConfig(n_layers=12, n_heads=12, d_model=768, d_ff=3072, n_ctx=1024), 50257)
    assert model.n_parameters == 124_439_808  # as published with the weights


def test_same_seed_same_weights():
    first, again, other = (Transformer(SMALL, 9, seed=seed).state_dict() for seed in (3, 3, 4))
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["token_table"], other["token_table"])


def test_building_leaves_global_randomness_alone():
    torch.manual_seed(5)
    expected = torch.rand(4)
    torch.manual_seed(5)
    Transformer(SMALL, 9)
    assert torch.equal(torch.rand(4), expected)


def test_first_weights_are_those_of_gpt2():
    model = Transformer(ModelConfig(n_layers=8, n_heads=4, d_model=128, d_ff=512), 500)
    block = model.main.blocks[3]
    assert float(model.token_table.detach().std()) == pytest.approx(0.02, rel=0.05)
    assert float(block.attention.qkv.weight.detach().std()) == pytest.approx(0.02, rel=0.05)
    assert float(block.attention.out.weight.detach().std()) == pytest.approx(0.02 / math.sqrt(16), rel=0.05)
    assert float(block.feed_forward.down.weight.detach().std()) == pytest.approx(0.02 / math.sqrt(16), rel=0.05)
    assert block.attention.qkv.bias.detach().abs().max() == 0
    assert torch.equal(block.attention_norm.weight.detach(), torch.ones(128))


def test_an_untrained_model_is_as_unsure_as_chance():
    model = Transformer(SMALL, 50)
    ids = torch.randint(50, (8, 13), generator=torch.Generator().manual_seed(0))
    assert model.loss(ids[:, :-1], ids[:, 1:]).item() == pytest.approx(math.log(50), abs=0.05)


@pytest.mark.parametrize("position", POSITIONS)
def test_a_token_never_sees_later_ones(position):
    model = Transformer(dataclasses.replace(SMALL, position=position), 9).eval()
    ids = torch.tensor([[1, 2, 3, 4, 5, 6]])
    changed = torch.tensor([[1, 2, 3, 7, 5, 6]])
    with torch.no_grad():
        before, after = model(ids), model(changed)
    assert torch.allclose(before[:, :3], after[:, :3], atol=1e-6)
    assert not torch.allclose(before[:, 3:], after[:, 3:], atol=1e-4)


def test_without_positions_one_layer_cannot_tell_the_order():
    model = Transformer(dataclasses.replace(SMALL, position="none", n_layers=1), 9).eval()
    with torch.no_grad():
        forward, swapped = model(torch.tensor([[1, 2, 3]]))[0, -1], model(torch.tensor([[2, 1, 3]]))[0, -1]
    assert torch.allclose(forward, swapped, atol=1e-6)


@pytest.mark.parametrize("position", [position for position in POSITIONS if position != "none"])
def test_order_matters(position):
    model = Transformer(dataclasses.replace(SMALL, position=position, n_layers=1), 9).eval()
    with torch.no_grad():
        for block in model.main.blocks:
            block.attention.qkv.weight.mul_(40)
        forward, swapped = model(torch.tensor([[1, 2, 3]]))[0, -1], model(torch.tensor([[2, 1, 3]]))[0, -1]
    assert (forward - swapped).abs().max() > 1e-5


def test_next_logits_are_the_last_of_all_logits():
    model = Transformer(SMALL, 9).eval()
    ids = torch.tensor([[1, 2, 3, 4], [4, 3, 2, 1]])
    with torch.no_grad():
        assert torch.allclose(model.next_logits(ids), model(ids)[:, -1], atol=1e-6)


def test_dropout_acts_only_while_training():
    model = Transformer(dataclasses.replace(SMALL, dropout=0.5), 9)
    ids = torch.arange(9)[None]
    with torch.no_grad():
        assert not torch.equal(model(ids), model(ids))
        model.eval()
        assert torch.equal(model(ids), model(ids))


def test_loss_under_autocast_is_near_that_in_float32():
    for config in (SMALL, dataclasses.replace(SMALL, position="rotary", norm="rms", activation="swiglu", bias=False)):
        model = Transformer(config, 50)
        ids = torch.randint(50, (8, 13), generator=torch.Generator().manual_seed(0))
        exact = model.loss(ids[:, :-1], ids[:, 1:])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rough = model.loss(ids[:, :-1], ids[:, 1:])
        rough.backward()
        assert rough.dtype == torch.float32
        assert rough.item() == pytest.approx(exact.item(), abs=0.02)
        assert all(torch.isfinite(parameter.grad).all() for parameter in model.parameters())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"position": "rotary", "norm": "rms", "activation": "swiglu", "bias": False},
        {"position": "sinusoidal", "activation": "relu", "tied_embeddings": False},
    ],
)
def test_two_layers_and_two_heads_learn_a_sentence_by_heart(changes):
    model = Transformer(dataclasses.replace(SMALL, d_model=32, d_ff=64, n_ctx=16, **changes), 12)
    sentence = torch.tensor([[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2]])
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _ in range(120):
        optimizer.zero_grad()
        loss = model.loss(sentence[:, :-1], sentence[:, 1:])
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.01


def test_a_text_longer_than_the_context_is_our_mistake():
    model = Transformer(SMALL, 9)
    with pytest.raises(AssertionError, match="13 tokens"):
        model(torch.zeros(1, 13, dtype=torch.long))


def test_ids_may_be_32_bit_as_tokenizers_give_them():
    model = Transformer(SMALL, 9).eval()
    ids = torch.tensor([[1, 2, 3]], dtype=torch.int32)
    assert torch.equal(model(ids), model(ids.long()))
