"""Ready-made runs: each is possible, and none touches the text."""

import pytest

from playground.contract.config import DataConfig, RunConfig
from playground.contract.errors import ConfigError
from playground.contract.model_size import model_size
from playground.contract.presets import PRESETS, preset


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_possible_and_keeps_the_text(name: str) -> None:
    data = DataConfig(source="book.txt", validation_fraction=0.2)
    config = preset(name).applied_to(RunConfig(data=data))
    assert config.problems() == []
    assert config.data == data
    assert preset(name).label
    assert preset(name).help.endswith(".")


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_evaluates_and_saves_before_it_ends(name: str) -> None:
    training = preset(name).training
    assert training.warmup_steps < training.max_steps
    assert training.evaluate_every <= training.max_steps
    assert training.checkpoint_every <= training.max_steps


def test_the_published_shapes() -> None:
    """nanoGPT's CPU recipe: block 64, batch 12, 4 layers, 4 heads, width 128, no dropout, no bias."""
    nano = preset("nanogpt-cpu")
    assert (nano.model.n_layers, nano.model.n_heads, nano.model.d_model, nano.model.n_ctx) == (4, 4, 128, 64)
    assert (nano.training.batch_size, nano.training.max_steps, nano.training.learning_rate) == (12, 2000, 2e-3)
    assert (nano.model.dropout, nano.model.bias) == (0.0, False)
    assert model_size(preset("gpt2-small").model, 50_257).total == 124_439_808


def test_an_unknown_preset_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"Unknown preset 'tinny'. Did you mean 'tiny'\?"):
        preset("tinny")
    with pytest.raises(ConfigError, match="There are tiny, small, nanogpt-cpu, gpt2-small"):
        preset("zzzzzz")


def test_a_preset_that_needs_pairs_brings_some_where_a_builtin_text_has_none() -> None:
    chosen = preset("transformer-tiny")
    assert chosen.applied_to(RunConfig()).data.source == "builtin:translate-en-ja"
    pairs = RunConfig(data=DataConfig(source="builtin:reverse"))
    assert chosen.applied_to(pairs).data.source == "builtin:reverse"
    once = chosen.applied_to(RunConfig())
    assert chosen.applied_to(once) == once


def test_bert_base_has_its_published_size() -> None:
    """110 million (Devlin et al. 2019), less two rows of segments, their pooler, and with the masked-token head."""
    size = model_size(preset("bert-base").model, 30_522).total
    assert size == 109_482_240 - 2 * 768 - (768 * 768 + 768) + (768 * 768 + 768) + 2 * 768 + 30_522


def test_the_first_transformer_has_its_published_size() -> None:
    """65 million (Vaswani et al. 2017, table 3) with one table of 37,000 pieces for everything."""
    assert round(model_size(preset("transformer-base").model, 37_000).total / 1e6) in (63, 64, 65)
