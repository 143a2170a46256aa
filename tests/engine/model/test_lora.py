"""Adapters: nothing before the first step, the same after merging, few numbers that learn."""

import dataclasses

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.config import LORA_TARGETS, StartConfig
from playground.contract.fine_tuning import n_adapter_parameters
from playground.contract.model_config import KINDS, ModelConfig
from playground.contract.presets import PRESETS
from playground.engine.model.batch import Batch
from playground.engine.model.lora import add_adapters, freeze, has_adapters, is_adapter, merge_adapters, n_trained
from playground.engine.model.transformer import Transformer

SMALL = ModelConfig(n_layers=2, n_encoder_layers=2, n_heads=2, d_model=16, d_ff=32, n_ctx=12)
IDS = torch.tensor([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]])
START = StartConfig(run="base", method="lora", lora_rank=3, lora_alpha=7.0)


def logits(model: Transformer) -> torch.Tensor:
    source = IDS if model.config.kind == "encoder_decoder" else None
    batch = Batch(ids=IDS, targets=IDS, n_targets=10, source=source)
    with torch.no_grad():
        return model.eval().judged(batch)[0]


def adapted(config: ModelConfig, start: StartConfig = START) -> Transformer:
    model = Transformer(config, 9, seed=3)
    add_adapters(model, start, torch.Generator().manual_seed(5))
    return model


def stir(model: Transformer) -> None:
    """Adapters as after some training."""
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if is_adapter(name):
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.3)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_added_before_the_first_step(kind: str) -> None:
    config = dataclasses.replace(SMALL, kind=kind)
    assert torch.equal(logits(adapted(config)), logits(Transformer(config, 9, seed=3)))


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(KINDS), st.sampled_from(LORA_TARGETS), st.integers(1, 20), st.sampled_from([1, 2]), st.booleans()
)
def test_merged_and_unmerged_logits_are_equal(kind: str, targets: str, rank: int, sharing: int, bias: bool) -> None:
    config = dataclasses.replace(SMALL, kind=kind, queries_per_kv_head=sharing, bias=bias)
    start = dataclasses.replace(START, lora_rank=rank, lora_targets=targets)
    model = adapted(config, start)
    assert n_trained(model) == n_adapter_parameters(config, start)
    stir(model)
    before = logits(model)
    assert (before - logits(Transformer(config, 9, seed=3))).abs().max() > 1e-3
    merge_adapters(model)
    assert not has_adapters(model)
    assert list(model.state_dict()) == list(Transformer(config, 9).state_dict())
    assert (logits(model) - before).abs().max() <= 1e-5


def test_the_adapter_adds_what_the_paper_says() -> None:
    """h = W0 x + (alpha / r) B A x, Hu et al. 2021, section 4.1."""
    layer = adapted(SMALL).decoder.blocks[0].attention.qkv
    with torch.no_grad():
        layer.lora_b.copy_(torch.randn(layer.lora_b.shape, generator=torch.Generator().manual_seed(2)))
        x = torch.randn(4, 16, generator=torch.Generator().manual_seed(3))
        by_hand = x @ layer.base.weight.T + layer.base.bias + 7.0 / 3.0 * (x @ layer.lora_a.T @ layer.lora_b.T)
        assert torch.allclose(layer(x), by_hand, atol=1e-6)
        assert torch.allclose(layer.part(x, 16, 32), by_hand[:, 16:32], atol=1e-6)


def test_only_adapters_learn() -> None:
    model = adapted(dataclasses.replace(SMALL, kind="encoder_decoder"))
    model.train()
    out, targets = model.judged(Batch(ids=IDS, targets=IDS, n_targets=10, source=IDS))
    torch.nn.functional.cross_entropy(out, targets).backward()
    learning = {name for name, parameter in model.named_parameters() if parameter.grad is not None}
    assert learning == {name for name, _ in model.named_parameters() if is_adapter(name)}
    assert n_trained(model) == sum(model.get_parameter(name).numel() for name in learning)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_at_most_five_percent_learn_at_rank_4(name: str) -> None:
    preset = PRESETS[name]
    with torch.device("meta"):
        model = Transformer(preset.model, preset.tokenizer.vocab_size)
    n_all = model.n_parameters
    with torch.device("meta"):
        add_adapters(model, StartConfig(method="lora", lora_rank=4), None)  # type: ignore[arg-type]
    assert n_trained(model) <= 0.05 * n_all


def test_frozen_layers_and_tables_stay() -> None:
    model = Transformer(dataclasses.replace(SMALL, kind="encoder_decoder"), 9)
    freeze(model, 3, True)
    still = {name for name, parameter in model.named_parameters() if not parameter.requires_grad}
    assert all(name.startswith(("encoder.blocks.", "decoder.blocks.0.")) or "table" in name for name in still)
    assert {"token_table", "encoder.positions.table", "decoder.positions.table"} <= still
    assert model.decoder.blocks[1].attention.qkv.weight.requires_grad
    assert not model.encoder.blocks[1].attention.qkv.weight.requires_grad


def test_dropout_thins_only_what_the_adapter_reads_and_only_in_training() -> None:
    layer = adapted(SMALL, dataclasses.replace(START, lora_dropout=0.5)).decoder.blocks[0].attention.qkv
    x = torch.randn(4, 16, generator=torch.Generator().manual_seed(3))
    assert torch.equal(layer.train()(x), layer.base(x))  # B is still zero: the base sees all of x
    with torch.no_grad():
        layer.lora_b.fill_(0.1)
    whole = layer.eval()(x)
    assert torch.equal(layer(x), whole)
    torch.manual_seed(1)
    assert not torch.allclose(layer.train()(x), whole)
