"""Thumbnails are exact averages; a head in full is the trace's."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.errors import PlaygroundError
from playground.contract.model_config import ModelConfig
from playground.engine.insight.heads import head_attention, overview, thumbnails
from playground.engine.model.trace import trace
from playground.engine.model.transformer import Transformer


@pytest.fixture
def model() -> Transformer:
    model = Transformer(ModelConfig(n_layers=2, n_heads=3, d_model=24, d_ff=32, n_ctx=40), 30).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(5)
    return model


def test_whole_blocks_are_averaged():
    weights = torch.arange(16.0).view(1, 1, 4, 4) / 16
    expected = np.rint(np.array([[2.5, 4.5], [10.5, 12.5]]) / 16 * 255)  # means of the four quarters
    assert thumbnails(weights, 2)[0, 0].tolist() == expected.tolist()


def test_parts_of_cells_count_in_proportion():
    weights = torch.zeros(3, 3)
    weights[1, 1] = 1.0  # cut into 2 × 2 cells, a quarter of the middle falls into each cell of 1.5 × 1.5
    assert thumbnails(weights, 2).tolist() == [[28, 28], [28, 28]]  # 255 · 0.25 / 2.25 = 28.3


@given(st.integers(1, 50), st.integers(1, 50))
@settings(deadline=None)
def test_averages_equal_those_of_a_finer_grid(n_tokens, size):
    """Each weight repeated until the cells divide it evenly, then plain means."""
    weights = torch.rand(n_tokens, n_tokens, generator=torch.Generator().manual_seed(n_tokens))
    cells = min(n_tokens, size)
    n_times = math.lcm(n_tokens, cells) // n_tokens
    fine = weights.double().numpy().repeat(n_times, 0).repeat(n_times, 1)
    step = fine.shape[0] // cells
    means = fine.reshape(cells, step, cells, step).mean(axis=(1, 3)) * 255
    assert np.abs(thumbnails(weights, size).astype(float) - means).max() <= 0.501


def test_overview_covers_all_heads_and_scores_the_tokens(model):
    ids = torch.randint(30, (20,), generator=torch.Generator().manual_seed(1))
    seen = overview(model, ids, thumbnail_size=8)
    record = trace(model, ids)
    assert seen.thumbnails.shape == (2, 3, 8, 8)
    assert seen.thumbnails.dtype == np.uint8
    assert np.array_equal(seen.thumbnails, thumbnails(record.main.weights, 8))
    by_hand = [0.0] + [-record.logits[i - 1].double().softmax(-1)[ids[i]].log().item() for i in range(1, 20)]
    assert seen.losses.tolist() == pytest.approx(by_hand, abs=1e-4)


def test_a_short_text_is_not_enlarged(model):
    seen = overview(model, torch.tensor([3]), thumbnail_size=64)
    assert seen.thumbnails.shape == (2, 3, 1, 1)
    assert (seen.thumbnails == 255).all()
    assert seen.losses.tolist() == [0.0]


def test_one_head_is_that_of_the_trace(model):
    ids = torch.randint(30, (17,), generator=torch.Generator().manual_seed(2))
    record = trace(model, ids)
    head = head_attention(model, ids, layer=1, head=2)
    assert (head.layer, head.head) == (1, 2)
    assert np.array_equal(head.weights, record.main.weights[1, 2].numpy())
    assert np.array_equal(head.scores, record.main.scores[1, 2].numpy())
    assert head.weights.flags.c_contiguous


@pytest.mark.parametrize(("layer", "head"), [(2, 0), (-1, 0), (0, 3), (0, -1)])
def test_a_head_that_is_not_there_is_explained(model, layer, head):
    with pytest.raises(PlaygroundError, match=r"layers 0 to 1 and heads 0 to 2"):
        head_attention(model, torch.tensor([1, 2]), layer, head)


def test_an_empty_text_has_an_empty_overview(model):
    seen = overview(model, torch.tensor([], dtype=torch.long), thumbnail_size=8)
    assert seen.thumbnails.shape == (2, 3, 0, 0)
    assert len(seen.losses) == 0
