"""The trace shows the very computation that training and generation run."""

import math

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.model_config import ACTIVATIONS, NORMS, POSITIONS, ModelConfig
from playground.engine.model.trace import layers, trace
from playground.engine.model.transformer import Transformer


def _lively_model(config: ModelConfig, vocab_size: int) -> Transformer:
    model = Transformer(config, vocab_size)
    with torch.no_grad():
        for block in model.main.blocks:
            block.attention.qkv.weight.mul_(15)
            block.attention.out.weight.mul_(15)
    return model


@given(
    position=st.sampled_from(POSITIONS),
    norm=st.sampled_from(NORMS),
    activation=st.sampled_from(ACTIVATIONS),
    n_layers=st.integers(1, 3),
    n_heads=st.integers(1, 4),
    length=st.integers(1, 20),
)
@settings(max_examples=40, deadline=None)
def test_explicit_and_fused_attention_agree(position, norm, activation, n_layers, n_heads, length):
    config = ModelConfig(
        n_layers=n_layers, n_heads=n_heads, d_model=8 * n_heads, d_ff=24, n_ctx=20,
        position=position, norm=norm, activation=activation,
    )  # fmt: skip
    model = _lively_model(config, 30).eval()
    ids = torch.randint(30, (length,), generator=torch.Generator().manual_seed(length))
    record = trace(model, ids)
    with torch.no_grad():
        fused = model(ids[None])[0]
    assert (record.logits - fused).abs().max() < 1e-5


def test_weights_are_the_softmax_of_the_scores_and_never_look_ahead():
    config = ModelConfig(n_layers=2, n_heads=3, d_model=24, d_ff=48, n_ctx=16)
    record = trace(_lively_model(config, 30), torch.arange(10))
    assert record.main.weights.shape == record.main.scores.shape == (2, 3, 10, 10)
    assert record.main.hidden.shape == (3, 10, 24)
    assert record.logits.shape == (10, 30)
    later = torch.ones(10, 10).triu(1).bool()
    assert (record.main.weights[..., later] == 0).all()
    assert (record.main.scores[..., later] == -math.inf).all()
    assert torch.isfinite(record.main.scores[..., ~later]).all()
    assert torch.allclose(record.main.weights.sum(-1), torch.ones(2, 3, 10), atol=1e-6)
    exponentials = record.main.scores.exp()
    by_hand = exponentials / exponentials.sum(-1, keepdim=True)
    assert torch.allclose(record.main.weights, by_hand, atol=1e-6)


def test_scores_are_scaled_products_of_queries_and_keys():
    config = ModelConfig(n_layers=1, n_heads=2, d_model=8, d_ff=8, n_ctx=6)
    model = _lively_model(config, 7).eval()
    ids = torch.tensor([3, 1, 4])
    record = trace(model, ids)
    normed = model.main.blocks[0].attention_norm(record.main.hidden[0])
    qkv = model.main.blocks[0].attention.qkv(normed).detach()  # (T, 3C): queries, keys, values; two heads of 4 in each
    query_2_of_head_1, key_0_of_head_1 = qkv[2, 4:8], qkv[0, 12:16]
    expected = float(query_2_of_head_1 @ key_0_of_head_1) / 2.0
    assert math.isclose(float(record.main.scores[0, 1, 2, 0]), expected, abs_tol=1e-5)


def test_tracing_switches_dropout_off_and_leaves_the_model_as_it_was():
    config = ModelConfig(n_layers=2, n_heads=2, d_model=16, d_ff=32, n_ctx=16, dropout=0.5)
    model = _lively_model(config, 30).train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    first, again = trace(model, torch.arange(9)), trace(model, torch.arange(9))
    assert torch.equal(first.main.weights, again.main.weights)
    assert model.training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_layers_come_one_by_one_and_are_those_of_the_record():
    config = ModelConfig(n_layers=3, n_heads=2, d_model=16, d_ff=32, n_ctx=16)
    model = _lively_model(config, 30)
    record = trace(model, torch.arange(9))
    for index, layer in enumerate(layers(model, torch.arange(9))):
        assert torch.equal(layer.weights, record.main.weights[index])
        assert torch.equal(layer.scores, record.main.scores[index])
        assert torch.equal(layer.hidden, record.main.hidden[index + 1])
    assert index == 2
