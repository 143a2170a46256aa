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
    QuantizedLinear,
    make_plain,
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
        half = 2**-11 * plain.norm(dim=1)  # scales are kept in float16
        assert ((found - group).norm(dim=1) <= (plain - group).norm(dim=1) + half + 1e-6).all()


@given(st.sampled_from(BITS), st.sampled_from([1e-7, 1e-3, 1.0, 1e4]), st.integers(0, 99))
def test_what_a_file_holds_is_off_by_half_a_step_where_nothing_is_cut(bits: int, size: float, seed: int) -> None:
    weight = size * matrix(5, 70, seed)
    codes, scales = quantized(weight, bits)
    kept = scales if bits == 8 else scales.half().float()
    assert torch.equal(kept, scales)
    steps = scales if bits == 8 else scales.repeat_interleave(GROUP, dim=1)[:, :70]
    largest = 127 if bits == 8 else 7
    is_cut = weight.abs() > largest * steps
    assert (((restored(codes, scales) - weight).abs() <= steps * 0.5001) | is_cut).all()
    assert (codes[is_cut].abs() == largest).all()


@pytest.mark.parametrize("n_columns", [64, 70])
@pytest.mark.parametrize("bits", BITS)
def test_a_part_is_those_rows_of_the_whole(bits: int, n_columns: int) -> None:
    layer = QuantizedLinear(*quantized(matrix(12, n_columns, 1), bits), torch.arange(12.0))
    x = matrix(3, n_columns, 2)
    assert torch.allclose(layer(x), x @ layer.weight.T + torch.arange(12.0), atol=1e-4)
    assert torch.allclose(layer.part(x, 4, 9), layer(x)[:, 4:9], atol=1e-4)


@pytest.mark.parametrize("bits", BITS)
def test_a_quantized_model_made_plain_says_the_same_and_can_learn(tmp_path: Path, bits: int) -> None:
    save_file(quantized_tensors(Transformer(SMALL, 30, seed=3), bits), tmp_path / "w.safetensors")
    model = Transformer(SMALL, 30).eval()
    load_weights(model, tmp_path / "w.safetensors")
    with torch.no_grad():
        before = model(IDS)
    make_plain(model)
    assert list(model.state_dict()) == list(Transformer(SMALL, 30).state_dict())
    assert all(parameter.requires_grad for parameter in model.parameters())
    assert torch.allclose(model(IDS), before, atol=1e-5)


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


@pytest.mark.parametrize("bias", [None, torch.zeros(3)])
def test_a_bias_that_does_not_fit_is_refused(tmp_path: Path, bias: torch.Tensor | None) -> None:
    config = dataclasses.replace(SMALL, bias=True)
    name = "decoder.blocks.0.attention.out.bias"
    tensors = quantized_tensors(Transformer(config, 30), 8)
    del tensors[name]
    if bias is not None:
        tensors[name] = bias
    save_file(tensors, tmp_path / "w.safetensors")
    with pytest.raises(RunError, match="bias that does not fit"):
        load_weights(Transformer(config, 30), tmp_path / "w.safetensors")


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
