"""What a run that goes on from another takes over."""

from pathlib import Path

import pytest

from playground.contract.config import RunConfig, StartConfig
from playground.contract.errors import RunError
from playground.contract.fine_tuning import are_alike, fine_tuned, n_adapter_parameters
from playground.contract.model_config import ModelConfig
from playground.contract.presets import preset
from playground.contract.run_directory import RunDirectory


def test_model_and_tokenizer_come_along_and_the_rate_is_gentler(tmp_path: Path) -> None:
    base = RunDirectory.create(tmp_path / "base", preset("tiny").applied_to(RunConfig()))
    own = RunConfig().with_values({"data.source": "builtin:tales-ja", "training.max_steps": 7})
    found = fine_tuned(base, 5, own)
    assert (found.model, found.tokenizer) == (base.config().model, base.config().tokenizer)
    assert (found.data, found.training.max_steps) == (own.data, 7)
    assert found.training.learning_rate == pytest.approx(base.config().training.learning_rate / 10)
    assert (found.start.run, found.start.step) == (str(base.path), 5)


def test_a_run_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="holds no run"):
        fine_tuned(RunDirectory(tmp_path / "none"), 5, RunConfig())


def test_dropout_may_differ_and_nothing_that_makes_weights() -> None:
    assert are_alike(ModelConfig(dropout=0.1), ModelConfig())
    assert not are_alike(ModelConfig(n_layers=2), ModelConfig())
    assert not are_alike(ModelConfig(bias=False), ModelConfig())


def test_adapters_by_hand() -> None:
    """Width 4, one head, feed-forward 6, rank 2: qkv 4 + 12, out 4 + 4, up 4 + 6, down 6 + 4."""
    model = ModelConfig(n_layers=3, n_heads=1, d_model=4, d_ff=6)
    start = StartConfig(method="lora", lora_rank=2)
    assert n_adapter_parameters(model, start) == 2 * 3 * (16 + 8)
