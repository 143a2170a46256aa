"""Reading through the cache must say what reading at once says."""

import pytest
import torch

from playground.contract.model_config import POSITIONS, ModelConfig
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.transformer import Transformer


def _model(position: str) -> Transformer:
    config = ModelConfig(n_layers=3, n_heads=2, d_model=16, d_ff=32, n_ctx=12, position=position)
    model = Transformer(config, 20).eval()
    with torch.no_grad():
        for block in model.main.blocks:
            block.attention.qkv.weight.mul_(20)
    return model


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("pieces", [[1] * 12, [5, 1, 1, 5], [4, 4, 4], [12], [1, 11], [11, 1]])
def test_reading_in_pieces_equals_reading_at_once(position, pieces):
    model = _model(position)
    ids = torch.randint(20, (3, 12), generator=torch.Generator().manual_seed(0))
    cache = KeyValueCache(model.config, batch_size=3)
    with torch.no_grad():
        answers = torch.cat([model(piece, cache) for piece in ids.split(pieces, dim=1)], dim=1)
        expected = model(ids)
    assert cache.length == 12
    assert (answers - expected).abs().max() < 1e-5


def test_a_cleared_cache_is_as_good_as_new():
    model = _model("learned")
    cache = KeyValueCache(model.config)
    with torch.no_grad():
        model(torch.tensor([[9, 8, 7, 6]]), cache)
        cache.clear()
        answer = model(torch.tensor([[1, 2]]), cache)
        assert (answer - model(torch.tensor([[1, 2]]))).abs().max() < 1e-5


def test_a_full_cache_takes_no_more():
    model = _model("rotary")
    cache = KeyValueCache(model.config)
    with torch.no_grad():
        model(torch.zeros(1, 12, dtype=torch.long), cache)
        with pytest.raises(AssertionError):
            model(torch.zeros(1, 1, dtype=torch.long), cache)
