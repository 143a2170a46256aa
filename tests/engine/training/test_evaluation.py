"""The validation loss against the same sum worked out token by token."""

import math

import numpy as np
import pytest
import torch

from playground.contract.model_config import ModelConfig
from playground.engine.model.transformer import Transformer
from playground.engine.training.evaluation import Evaluation, Judged, evaluate, first_share
from playground.engine.training.objectives import NextToken, Translate
from playground.engine.training.rows import Lines, Windows


def nothing() -> None:
    pass


def judge(model: Transformer, ids: torch.Tensor, bytes_per_id: int = 2) -> Evaluation:
    objective = NextToken(Windows(ids.numpy(), 7, 6))
    sizes = np.full(11, bytes_per_id)
    return evaluate(model, Judged(objective=objective, indices=objective.judged(), bytes_per_id=sizes), nothing)


@pytest.fixture
def model() -> Transformer:
    return Transformer(ModelConfig(n_layers=1, n_heads=2, d_model=8, d_ff=16, n_ctx=6, dropout=0.3), 11)


@pytest.mark.parametrize("n_tokens", [2, 6, 7, 8, 13, 50])
def test_every_target_counts_once(model: Transformer, n_tokens: int) -> None:
    ids = torch.randint(0, 11, (n_tokens,), generator=torch.Generator().manual_seed(n_tokens))
    found = judge(model, ids)
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
    found = judge(model, ids)
    assert found.perplexity == pytest.approx(math.exp(found.loss))
    assert found.bits_per_byte == pytest.approx(found.loss / math.log(2) * 29 / 58)


def test_dropout_is_off_meanwhile_and_on_again_after(model: Transformer) -> None:
    ids = torch.randint(0, 11, (30,), generator=torch.Generator().manual_seed(0))
    model.train()
    first, second = judge(model, ids), judge(model, ids)
    assert first.loss == second.loss
    assert model.training


def test_the_judged_part_is_always_the_first() -> None:
    assert first_share(np.arange(10), 1.0).tolist() == list(range(10))
    assert first_share(np.arange(10), 0.25).tolist() == [0, 1, 2]
    assert first_share(np.arange(10), 0.001).tolist() == [0]


def test_accuracy_is_the_share_of_tokens_that_would_have_been_chosen(model: Transformer) -> None:
    ids = torch.randint(0, 11, (7,), generator=torch.Generator().manual_seed(2))
    found = judge(model, ids)
    with torch.no_grad():
        chosen = model.eval()(ids[None, :-1])[0].argmax(-1)
    assert found.accuracy == pytest.approx((chosen == ids[1:]).float().mean().item())


def test_exact_is_the_share_of_sentences_that_greedy_writing_gets_right() -> None:
    """Writing by the likeliest token stays on the reference as long as every token so far was right."""
    config = ModelConfig(kind="encoder_decoder", n_layers=1, n_encoder_layers=1, n_heads=2, d_model=8, d_ff=16, n_ctx=6)
    model = Transformer(config, 5, seed=4).eval()
    numbers = np.random.default_rng(0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(9.0)
    sources = [numbers.integers(1, 5, 4) for _ in range(60)]
    written = [_greedy(model, source, 2) for source in sources]
    targets = [row if index % 3 else np.array([*row[:-1], (row[-1] + 1) % 5]) for index, row in enumerate(written)]
    objective = Translate(Lines(sources), Lines([np.array([0, *row]) for row in targets]))
    judged = Judged(objective=objective, indices=objective.judged(), bytes_per_id=np.ones(5, dtype=np.int64))
    assert evaluate(model, judged, nothing).exact == pytest.approx(40 / 60)


def _greedy(model: Transformer, source: np.ndarray, n_tokens: int) -> np.ndarray:
    memory = model.encode(torch.from_numpy(source)[None])
    ids = [0]
    with torch.no_grad():
        for _ in range(n_tokens):
            ids.append(int(model(torch.tensor([ids]), memory=memory)[0, -1].argmax()))
    return np.array(ids[1:])
