"""Surprise against averages by hand, and the windows over long texts."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.errors import CancelledError, RunError, TextError
from playground.contract.model_config import ModelConfig
from playground.engine.insight import surprise as module
from playground.engine.insight.surprise import plan_windows, surprise
from playground.engine.model.transformer import Transformer


@pytest.fixture
def model() -> Transformer:
    model = Transformer(ModelConfig(n_layers=2, n_heads=2, d_model=16, d_ff=32, n_ctx=8), 20).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(5)
    return model


def _random_ids(length: int) -> torch.Tensor:
    return torch.randint(20, (length,), generator=torch.Generator().manual_seed(length))


def test_perplexity_is_the_exponential_of_the_mean_cross_entropy(model):
    ids = _random_ids(9)
    with torch.no_grad():
        probabilities = model(ids[None, :-1])[0].double().softmax(-1)
    losses = [-math.log(probabilities[i, ids[i + 1]].item()) for i in range(8)]
    scored = surprise(model, ids, n_bytes=24)
    assert scored.losses[0] == 0.0
    assert scored.losses[1:].tolist() == pytest.approx(losses, abs=1e-5)
    assert scored.loss == pytest.approx(sum(losses) / 8, abs=1e-5)
    assert scored.perplexity == pytest.approx(math.exp(sum(losses) / 8), rel=1e-5)
    assert scored.bits_per_byte == pytest.approx(sum(losses) / math.log(2) / 24, abs=1e-5)


@given(st.integers(1, 400), st.integers(2, 60))
def test_every_token_is_scored_once_with_half_a_context_before_it(n_inputs, n_ctx):
    scored = []
    size = min(n_inputs, n_ctx)
    for window in plan_windows(n_inputs, n_ctx):
        inputs = range(window.start, window.start + size)
        assert inputs.stop <= n_inputs
        for index in inputs[window.n_read_only :]:
            assert index + 1 - window.start >= min(index + 1, n_ctx / 2)
            scored.append(index)
    assert scored == list(range(n_inputs))


@pytest.mark.parametrize("length", [2, 5, 9, 10, 13, 17, 40])
def test_long_texts_are_scored_window_by_window(model, length):
    ids = _random_ids(length)
    expected = np.zeros(length)
    size = min(length - 1, 8)
    with torch.no_grad():
        for window in plan_windows(length - 1, 8):
            logits = model(ids[None, window.start : window.start + size])[0].double()
            for place in range(window.n_read_only, size):
                target = window.start + place + 1
                expected[target] = -logits[place].softmax(-1)[ids[target]].log().item()
    assert surprise(model, ids, 1).losses.tolist() == pytest.approx(expected.tolist(), abs=1e-4)


def test_batches_do_not_change_the_losses(model, monkeypatch):
    ids = _random_ids(150)
    at_once = surprise(model, ids, 1).losses
    monkeypatch.setattr(module, "_LOGITS_AT_ONCE", 1)
    assert np.allclose(surprise(model, ids, 1).losses, at_once, atol=1e-5)


def test_progress_reaches_one_and_can_end_the_work(model, monkeypatch):
    monkeypatch.setattr(module, "_LOGITS_AT_ONCE", 1)
    shares: list[float] = []
    surprise(model, _random_ids(50), 1, shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 3
    assert shares[-1] == 1.0

    def cancel(_share: float) -> None:
        raise CancelledError("enough")

    with pytest.raises(CancelledError):
        surprise(model, _random_ids(50), 1, cancel)


@given(st.integers(0, 1))
@settings(max_examples=2)
def test_a_text_without_anything_to_predict_is_explained(length):
    model = Transformer(ModelConfig(n_layers=1, n_heads=1, d_model=4, d_ff=4, n_ctx=4), 20)
    with pytest.raises(TextError, match=f"has {length} tokens"):
        surprise(model, torch.zeros(length, dtype=torch.long), 1)


def test_a_diverged_model_is_explained(model):
    with torch.no_grad():
        model.token_table.fill_(float("nan"))
    with pytest.raises(RunError, match="diverged"):
        surprise(model, _random_ids(5), 1)
