"""Sizes from a config alone, worked by hand. The engine's tests hold the count against the built model."""

import pytest

from playground.contract.model_config import ModelConfig
from playground.contract.model_size import (
    forward_flops_per_token,
    inference_memory_bytes,
    model_size,
    training_memory_bytes,
)
from playground.contract.training_config import TrainingConfig

SMALL = ModelConfig(n_layers=2, n_heads=2, d_model=4, d_ff=8, n_ctx=6)


def test_a_small_model_by_hand() -> None:
    """Vocabulary 10, width 4, hidden 8, context 6, layer norm, biases, learned positions, tied."""
    size = model_size(SMALL, 10)
    assert size.embedding == 10 * 4 + 6 * 4
    assert size.attention_per_layer == (4 * 12 + 12) + (4 * 4 + 4)
    assert size.feed_forward_per_layer == (4 * 8 + 8) + (8 * 4 + 4)
    assert size.norms == 5 * 8
    assert size.output_head == 0
    assert size.total == 64 + 2 * (80 + 76) + 40


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"tied_embeddings": False}, 10 * 4),
        ({"position": "rotary"}, -6 * 4),
        ({"position": "sinusoidal"}, -6 * 4),
        ({"norm": "rms"}, -5 * 4),
        ({"bias": False}, -(2 * (12 + 4 + 8 + 4) + 5 * 4)),
        ({"norm": "rms", "bias": False}, -(2 * (12 + 4 + 8 + 4) + 5 * 4)),
        ({"activation": "relu"}, 0),
        ({"activation": "swiglu"}, 2 * (4 * 8 + 8)),
        ({"n_heads": 1}, 0),
        ({"n_ctx": 7}, 4),
    ],
    ids=str,
)
def test_what_each_choice_adds(changes: dict[str, object], difference: int) -> None:
    settings = {"n_layers": 2, "n_heads": 2, "d_model": 4, "d_ff": 8, "n_ctx": 6, **changes}
    assert model_size(ModelConfig(**settings), 10).total - model_size(SMALL, 10).total == difference  # type: ignore[arg-type]


def test_nanogpt_without_positions_has_its_published_size() -> None:
    """nanoGPT says 0.80M parameters for its Shakespeare recipe on a CPU, 65 characters, its positions left out."""
    config = ModelConfig(n_layers=4, n_heads=4, d_model=128, d_ff=512, n_ctx=64, bias=False)
    assert round((model_size(config, 65).total - 64 * 128) / 1e6, 2) == 0.80


def test_arithmetic_is_about_two_per_parameter() -> None:
    """2 N for each token of a GPT-2 without its positions, plus attention over half the context."""
    config = ModelConfig(n_layers=12, n_heads=12, d_model=768, d_ff=3072, n_ctx=1024)
    n_matrices = model_size(config, 50_257).total - 1024 * 768
    attention = 2 * 12 * 2 * 768 * 512
    assert forward_flops_per_token(config, 50_257) == pytest.approx(2 * n_matrices + attention, rel=1e-3)


def test_memory_by_hand() -> None:
    cache = 2 * 2 * 6 * 4
    assert inference_memory_bytes(SMALL, 10) == 4 * (416 + cache)
    tokens = 3 * 6
    kept = 2 * (10 * 4 + 2 * 8) + 3 * 10
    assert training_memory_bytes(SMALL, TrainingConfig(batch_size=3), 10) == 16 * 416 + 4 * tokens * kept


def test_memory_grows_with_the_batch_and_not_with_accumulation() -> None:
    small = training_memory_bytes(SMALL, TrainingConfig(batch_size=8), 10)
    assert training_memory_bytes(SMALL, TrainingConfig(batch_size=16), 10) > small
    assert training_memory_bytes(SMALL, TrainingConfig(batch_size=8, accumulation_steps=4), 10) == small
