"""The validation loss against the same sum worked out token by token."""

import math

import pytest
import torch

from playground.contract.model_config import ModelConfig
from playground.engine.model.transformer import Transformer
from playground.engine.training.evaluation import evaluate, judged_ids


def nothing() -> None:
    pass


@pytest.fixture
def model() -> Transformer:
    return Transformer(ModelConfig(n_layers=1, n_heads=2, d_model=8, d_ff=16, n_ctx=6, dropout=0.3), 11)


@pytest.mark.parametrize("n_tokens", [2, 6, 7, 8, 13, 50])
def test_every_target_counts_once(model: Transformer, n_tokens: int) -> None:
    ids = torch.randint(0, 11, (n_tokens,), generator=torch.Generator().manual_seed(n_tokens))
    found = evaluate(model, ids, 100, nothing)
    model.eval()
    total = 0.0
    with torch.no_grad():
        for position in range(1, n_tokens):
            start = (position - 1) // 6 * 6
            logits = model(ids[None, start:position])[0, -1]
            total -= logits.log_softmax(-1)[ids[position]].item()
    assert found.n_tokens == n_tokens - 1
    assert found.loss == pytest.approx(total / (n_tokens - 1), abs=1e-5)


def test_figures_follow_from_the_loss(model: Transformer) -> None:
    ids = torch.randint(0, 11, (30,), generator=torch.Generator().manual_seed(0))
    found = evaluate(model, ids, 58, nothing)
    assert found.perplexity == pytest.approx(math.exp(found.loss))
    assert found.bits_per_byte == pytest.approx(found.loss / math.log(2) * 29 / 58)


def test_dropout_is_off_meanwhile_and_on_again_after(model: Transformer) -> None:
    ids = torch.randint(0, 11, (30,), generator=torch.Generator().manual_seed(0))
    model.train()
    first, second = evaluate(model, ids, 1, nothing), evaluate(model, ids, 1, nothing)
    assert first.loss == second.loss
    assert model.training


def test_the_judged_part_is_whole_windows_from_the_start() -> None:
    ids = torch.arange(101)
    assert judged_ids(ids, 1.0, 10).tolist() == list(range(101))
    assert judged_ids(ids, 0.25, 10).tolist() == list(range(31))
    assert judged_ids(ids, 0.001, 10).tolist() == list(range(11))
