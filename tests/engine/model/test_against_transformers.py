"""Our model against GPT-2 and Llama of `transformers` with the same weights: logits, attention, residual stream."""

import random

import pytest
import torch

from playground.contract.model_config import ModelConfig
from playground.engine.model.trace import trace
from playground.engine.model.transformer import Transformer

TOLERANCE = 1e-4


def _random_shape(seed: int, **fixed) -> tuple[ModelConfig, int, int]:
    """A config, a vocabulary size and a text length."""
    draw = random.Random(seed)
    n_heads, d_head = draw.choice([1, 2, 3, 4, 6]), draw.choice([4, 6, 8, 16])
    config = ModelConfig(
        n_layers=draw.randint(1, 5),
        n_heads=n_heads,
        d_model=n_heads * d_head,
        d_ff=draw.randint(4, 200),
        n_ctx=draw.randint(8, 80),
        tied_embeddings=draw.random() < 0.5,
        **fixed,
    )
    return config, draw.randint(5, 300), draw.randint(2, config.n_ctx)


def _lively_model(config: ModelConfig, vocab_size: int, seed: int) -> Transformer:
    """Weights far from their timid beginning, so that attention is sharp and a wrong norm or bias shows."""
    model = Transformer(config, vocab_size).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            spread = 0.3 if parameter.dim() > 1 else 0.2
            parameter.add_(torch.randn(parameter.shape, generator=generator) * spread)
    return model


def _assert_same(model: Transformer, twin: torch.nn.Module, ids: torch.Tensor) -> None:
    record = trace(model, ids)
    with torch.no_grad():
        theirs = twin(ids[None], output_attentions=True, output_hidden_states=True, use_cache=False)
        fused_logits = model(ids[None])[0]
    attentions = torch.stack(theirs.attentions)[:, 0]
    assert attentions.std() > 0.01  # heads differ from plain averaging, or the comparison means little
    assert (record.main.weights - attentions).abs().max() <= TOLERANCE
    assert (record.logits - theirs.logits[0]).abs().max() <= TOLERANCE
    assert (fused_logits - theirs.logits[0]).abs().max() <= TOLERANCE
    before_final_norm = torch.stack(theirs.hidden_states[:-1])[:, 0]  # theirs end with the normed one
    assert (record.main.hidden[:-1] - before_final_norm).abs().max() <= TOLERANCE


@pytest.mark.parametrize("seed", range(14))
def test_logits_and_attention_equal_gpt2(seed, gpt2_twin):
    fixed = {"bias": seed % 3 != 0, "activation": "relu" if seed % 4 == 3 else "gelu"}
    config, vocab_size, length = _random_shape(seed, **fixed)
    model = _lively_model(config, vocab_size, seed)
    ids = torch.randint(vocab_size, (length,), generator=torch.Generator().manual_seed(seed))
    _assert_same(model, gpt2_twin(model), ids)


@pytest.mark.parametrize("seed", range(100, 110))
def test_logits_and_attention_equal_llama(seed, llama_twin):
    fixed = {"norm": "rms", "position": "rotary", "activation": "swiglu", "bias": False}
    config, vocab_size, length = _random_shape(seed, **fixed)
    model = _lively_model(config, vocab_size, seed)
    ids = torch.randint(vocab_size, (length,), generator=torch.Generator().manual_seed(seed))
    _assert_same(model, llama_twin(model), ids)


def test_loss_equals_gpt2(gpt2_twin):
    config, vocab_size, _ = _random_shape(7, bias=True)
    model = _lively_model(config, vocab_size, 7)
    ids = torch.randint(vocab_size, (3, config.n_ctx), generator=torch.Generator().manual_seed(7))
    with torch.no_grad():
        theirs = gpt2_twin(model)(ids, labels=ids).loss
        ours = model.loss(ids[:, :-1], ids[:, 1:])
    assert float(ours) == pytest.approx(float(theirs), abs=1e-5)
