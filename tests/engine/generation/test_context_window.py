"""The window that jumps: where it starts, and that the cache never changes what the model says."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.model_config import POSITIONS, ModelConfig
from playground.engine.generation.context import ContextWindow, window_start
from playground.engine.model.transformer import Transformer


@given(st.integers(2, 300), st.integers(1, 3000))
def test_the_window_always_holds_half_a_context_and_never_more_than_one(n_ctx, n_tokens):
    seen = n_tokens - window_start(n_tokens, n_ctx)
    assert min(n_tokens, n_ctx // 2) <= seen <= min(n_tokens, n_ctx)


@given(st.integers(2, 300), st.integers(1, 3000))
def test_the_window_only_moves_forward_and_only_when_it_is_full(n_ctx, n_tokens):
    before, after = window_start(n_tokens, n_ctx), window_start(n_tokens + 1, n_ctx)
    was_full = n_tokens - before == n_ctx
    assert (after > before) == was_full
    if was_full:
        assert n_tokens + 1 - after == n_ctx // 2


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("n_ctx", [2, 3, 8, 9])
def test_cached_reading_equals_reading_the_window_anew(position, n_ctx):
    config = ModelConfig(n_layers=2, n_heads=2, d_model=16, d_ff=16, n_ctx=n_ctx, position=position)
    model = Transformer(config, 11).eval()
    ids = torch.randint(11, (40,), generator=torch.Generator().manual_seed(2)).tolist()
    window = ContextWindow(model)
    for count in range(1, len(ids) + 1):
        cached = window.read(ids[count - 1 : count])
        seen = torch.tensor([ids[window_start(count, n_ctx) : count]])
        with torch.no_grad():
            expected = model(seen)[0, -1]
        assert (cached - expected).abs().max() < 1e-5


@given(st.lists(st.integers(1, 8), min_size=1, max_size=8))
def test_pieces_of_any_length_may_be_read(pieces):
    config = ModelConfig(n_layers=1, n_heads=1, d_model=8, d_ff=8, n_ctx=8)
    model = Transformer(config, 5).eval()
    ids = torch.arange(sum(pieces)) * 3 % 5
    window = ContextWindow(model)
    for piece in ids.split(pieces):
        last = window.read(piece.tolist())
    with torch.no_grad():
        expected = model(ids[None, window_start(len(ids), 8) :])[0, -1]
    assert (last - expected).abs().max() < 1e-5
