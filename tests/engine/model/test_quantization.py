"""Fewer bits: errors no larger than half a step, files that come back, a model that says nearly the same."""

import dataclasses
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from playground.contract.errors import RunError
from playground.contract.model_config import KINDS, ModelConfig
from playground.engine.model.batch import Batch
from playground.engine.model.quantization import (
    BITS,
    GROUP,
    packed,
    quantization_of,
    quantized,
    quantized_tensors,
    restored,
    unpacked,
)
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_weights

SMALL = ModelConfig(n_layers=2, n_encoder_layers=2, n_heads=2, d_model=40, d_ff=50, n_ctx=12)
IDS = torch.tensor([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]])


def matrix(n_rows: int, n_columns: int, seed: int) -> torch.Tensor:
    return torch.randn(n_rows, n_columns, generator=torch.Generator().manual_seed(seed))


@given(st.integers(1, 9), st.integers(1, 80), st.integers(0, 99))
def test_eight_bits_are_off_by_half_a_step_at_most(n_rows: int, n_columns: int, seed: int) -> None:
    weight = matrix(n_rows, n_columns, seed)
    codes, scales = quantized(weight, 8)
    assert scales.flatten().allclose(weight.abs().amax(dim=1) / 127)
    assert ((restored(codes, scales) - weight).abs() <= scales / 2 + 1e-7).all()


@given(st.integers(1, 9), st.integers(1, 80), st.integers(0, 99))
def test_four_bits_are_no_worse_than_plain_rounding(n_rows: int, n_columns: int, seed: int) -> None:
    weight = matrix(n_rows, n_columns, seed)
    codes, scales = quantized(weight, 4)
    assert int(codes.abs().max()) <= 7
    for start in range(0, n_columns, GROUP):
        group = weight[:, start : start + GROUP]
        step = group.abs().amax(dim=1, keepdim=True) / 7
        plain = (group / step).round() * step
        found = restored(codes, scales)[:, start : start + GROUP]
        assert ((found - group).square().sum(1) <= (plain - group).square().sum(1) + 1e-6).all()


@given(st.integers(1, 5), st.integers(1, 9), st.integers(0, 99))
def test_two_codes_share_a_byte_and_come_back(n_rows: int, n_columns: int, seed: int) -> None:
    codes = torch.randint(-7, 8, (n_rows, n_columns), generator=torch.Generator().manual_seed(seed)).to(torch.int8)
    data = packed(codes)
    assert data.dtype == torch.uint8
    assert data.shape == (n_rows, (n_columns + 1) // 2)
    assert torch.equal(unpacked(data, n_columns), codes)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(KINDS), st.sampled_from(BITS), st.booleans(), st.booleans())
def test_a_file_comes_back_as_a_model_that_says_nearly_the_same(
    tmp_path_factory: pytest.TempPathFactory, kind: str, bits: int, tied: bool, bias: bool
) -> None:
    config = dataclasses.replace(SMALL, kind=kind, tied_embeddings=tied, bias=bias)
    model = Transformer(config, 30, seed=3).eval()
    tensors = quantized_tensors(model, bits)
    assert quantization_of(tensors) == bits
    assert quantization_of(dict(model.state_dict())) == 0
    path = tmp_path_factory.mktemp("q") / "w.safetensors"
    save_file(tensors, path)
    with torch.device("meta"):
        other = Transformer(config, 30)
    load_weights(other, path)
    source = IDS if kind == "encoder_decoder" else None
    batch = Batch(ids=IDS, targets=IDS, n_targets=10, source=source)
    with torch.no_grad():
        wanted, found = model.judged(batch)[0], other.eval().judged(batch)[0]
    assert (found - wanted).norm() <= (0.02 if bits == 8 else 0.2) * wanted.norm()
    assert not torch.equal(found, wanted)


def test_sizes_are_a_quarter_and_about_a_sixth() -> None:
    model = Transformer(ModelConfig(n_layers=4, d_model=128, d_ff=512), 512)
    plain = sum(4 * value.numel() for value in model.state_dict().values())
    sizes = [sum(value.nbytes for value in quantized_tensors(model, bits).values()) for bits in BITS]
    assert sizes[0] < 0.30 * plain
    assert sizes[1] < 0.19 * plain


@pytest.mark.parametrize("spoil", ["scales", "shape", "type"])
def test_a_damaged_file_is_refused(tmp_path: Path, spoil: str) -> None:
    tensors = quantized_tensors(Transformer(SMALL, 30), 4)
    name = "decoder.blocks.0.attention.out.weight"
    if spoil == "scales":
        del tensors[f"{name}.scales"]
    elif spoil == "shape":
        tensors[f"{name}.q4"] = tensors[f"{name}.q4"][:, 1:].contiguous()
    else:
        tensors[f"{name}.q4"] = tensors[f"{name}.q4"].to(torch.int32)
    save_file(tensors, tmp_path / "w.safetensors")
    with pytest.raises(RunError, match="does not fit its model"):
        load_weights(Transformer(SMALL, 30), tmp_path / "w.safetensors")
