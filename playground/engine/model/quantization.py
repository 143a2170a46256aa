"""Weights in 8 or 4 bits: each matrix as small whole numbers, and scales that bring them back.

    W is about q * scale, q in -127..127 with a scale per row (8 bits), or in -7..7 with one per 32 columns (4 bits)

Only weights are rounded, never what flows through. The scale of each group is the one that leaves the smallest squared
error of several that were tried. Biases, norms and position tables stay as they are; the token table has 8 bits always.

Shapes: F outputs of a matrix, C inputs, G groups of columns.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.errors import RunError
from playground.engine.model.linear import Linear
from playground.engine.model.transformer import Transformer

GROUP = 32
BITS = (8, 4)
_LARGEST = {8: 127, 4: 7}
_TRIED = {8: (1.0,), 4: tuple(1.0 - 0.02 * i for i in range(20))}  # shares of the scale that fits the largest weight
_CODES, _SCALES = {8: "q8", 4: "q4"}, "scales"
_TABLE = "token_table"


def quantized(weight: Tensor, bits: int) -> tuple[Tensor, Tensor]:
    """A matrix (F, C) in whole numbers (F, C) int8, and its scales (F, G) float32; G is 1 for 8 bits."""
    groups = _grouped(weight.float(), bits)  # (F, G, columns)
    widest = groups.abs().amax(dim=-1, keepdim=True).clamp(min=1e-12) / _LARGEST[bits]
    best_scale, best_error = _storable(widest, bits), torch.full_like(widest, torch.inf)
    for share in _TRIED[bits]:
        scale = _storable(widest * share, bits)
        error = (_rounded(groups, scale, bits) * scale - groups).square().sum(dim=-1, keepdim=True)
        best_scale = torch.where(error < best_error, scale, best_scale)
        best_error = torch.minimum(error, best_error)
    codes = _rounded(groups, best_scale, bits).flatten(1)[:, : weight.shape[1]]
    return codes.to(torch.int8), best_scale.squeeze(-1)


def restored(codes: Tensor, scales: Tensor) -> Tensor:
    """The matrix (F, C) float32 that codes (F, C) and scales (F, G) stand for."""
    if scales.shape[1] == 1:
        return codes.float() * scales
    if codes.shape[1] % GROUP:
        return codes.float() * scales.repeat_interleave(GROUP, dim=1)[:, : codes.shape[1]]
    return (codes.view(codes.shape[0], -1, GROUP) * scales.unsqueeze(-1)).flatten(1)


def packed(codes: Tensor) -> Tensor:
    """Codes of 4 bits (F, C) int8, two in each byte: (F, ceil(C / 2)) uint8."""
    if codes.shape[1] % 2:
        codes = functional.pad(codes, (0, 1))
    low, high = codes[:, 0::2] + 8, codes[:, 1::2] + 8
    return (low | (high << 4)).to(torch.uint8)


def unpacked(data: Tensor, n_columns: int) -> Tensor:
    """What `packed` took: (F, n_columns) int8."""
    pairs = torch.stack([data & 15, data >> 4], dim=-1).flatten(1)[:, :n_columns]
    return pairs.to(torch.int8) - 8


class QuantizedLinear(nn.Module):
    """A linear map whose matrix is kept as codes, and brought back while it is used.

    In memory each code has a byte; two codes of 4 bits share one on the disk only, since taking them apart for every
    token would cost more than the rest.
    """

    codes: Tensor
    scales: Tensor
    bias: Tensor | None

    def __init__(self, codes: Tensor, scales: Tensor, bias: Tensor | None) -> None:
        """`codes` (F, C) int8, scales (F, G)."""
        super().__init__()
        self.out_features, self.in_features = codes.shape
        self.register_buffer("codes", codes)
        self.register_buffer("scales", scales)
        self.register_buffer("bias", bias)

    @property
    def weight(self) -> Tensor:
        """The matrix (F, C) as it is used."""
        return restored(self.codes, self.scales)

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) to (..., F)."""
        if self.scales.shape[1] == 1:  # one scale a row: cheaper on the few outputs than on the matrix
            y = functional.linear(x, self.codes.to(x.dtype)) * self.scales.squeeze(1).to(x.dtype)
            return y if self.bias is None else y + self.bias
        return functional.linear(x, self.weight.to(x.dtype), self.bias)

    def part(self, x: Tensor, start: int, stop: int) -> Tensor:
        """Only the outputs from `start` to `stop`."""
        bias = self.bias[start:stop] if self.bias is not None else None
        weight = restored(self.codes[start:stop], self.scales[start:stop])
        return functional.linear(x, weight.to(x.dtype), bias)


def quantized_tensors(model: Transformer, bits: int) -> dict[str, Tensor]:
    """A model's weights as a file of a quantized run holds them, by name.

    A matrix `name.weight` becomes `name.weight.q8` or `name.weight.q4`, with `name.weight.scales` beside it.
    """
    assert bits in BITS, bits
    matrices = {f"{name}.weight" for name, module in model.named_modules() if isinstance(module, Linear)}
    found: dict[str, Tensor] = {}
    for name, value in model.state_dict().items():
        value = value.detach().cpu()
        if name == _TABLE:
            found |= _encoded(name, value, 8)
        elif name in matrices:
            found |= _encoded(name, value, bits)
        else:
            found[name] = value.contiguous()
    return found


def quantization_of(tensors: dict[str, Tensor]) -> int:
    """How many bits the matrices of a file have; 0 if they are plain."""
    if any(name.endswith(f".{_CODES[4]}") for name in tensors):
        return 4
    return 8 if any(name.endswith(f".{_CODES[8]}") for name in tensors) else 0


def take_quantized(model: Transformer, tensors: dict[str, Tensor], where: str) -> dict[str, Tensor]:
    """Put quantized maps in place of the model's, and return the plain tensors that remain to be loaded.

    Raises:
        RunError: a matrix is of another shape, or lacks its scales.
    """
    rest = dict(tensors)
    for name, module in list(model.named_modules()):
        if not isinstance(module, Linear):
            continue
        for bits in BITS:
            codes = rest.pop(f"{name}.weight.{_CODES[bits]}", None)
            if codes is None:
                continue
            scales = rest.pop(f"{name}.weight.{_SCALES}", None)
            _check(codes, scales, module.out_features, module.in_features, bits, f"{where}: {name}")
            bias = rest.pop(f"{name}.bias", None)
            _check_bias(bias, module, f"{where}: {name}")
            parent, _, child = name.rpartition(".")
            whole = unpacked(codes, module.in_features) if bits == 4 else codes
            small = QuantizedLinear(whole, cast(Tensor, scales).float(), None if bias is None else bias.float())
            setattr(model.get_submodule(parent), child, small)
    codes = rest.pop(f"{_TABLE}.{_CODES[8]}", None)
    if codes is not None:
        scales = rest.pop(f"{_TABLE}.{_SCALES}", None)
        _check(codes, scales, model.vocab_size, model.config.d_model, 8, f"{where}: {_TABLE}")
        rest[_TABLE] = restored(codes, cast(Tensor, scales).float())
    return rest


def make_plain(model: Transformer) -> None:
    """Turn quantized maps into plain ones that say the same, so that the model can learn again."""
    for name, module in list(model.named_modules()):
        if isinstance(module, QuantizedLinear):
            with torch.device("meta"):
                plain = Linear(module.in_features, module.out_features, bias=module.bias is not None)
            plain.weight = nn.Parameter(module.weight)
            if module.bias is not None:
                plain.bias = nn.Parameter(module.bias)
            parent, _, child = name.rpartition(".")
            setattr(model.get_submodule(parent), child, plain)


def _check_bias(bias: Tensor | None, module: Linear, where: str) -> None:
    wanted = module.bias.shape if module.bias is not None else None
    if (bias.shape if bias is not None else None) != wanted:
        raise RunError(f"{where} has a bias that does not fit its model: the file is damaged. Quantize the run anew.")


def _check(codes: Tensor, scales: Tensor | None, n_rows: int, n_columns: int, bits: int, where: str) -> None:
    n_groups = 1 if bits == 8 else -(-n_columns // GROUP)
    width, kind = (n_columns, torch.int8) if bits == 8 else (-(-n_columns // 2), torch.uint8)
    if scales is None or codes.shape != (n_rows, width) or scales.shape != (n_rows, n_groups) or codes.dtype != kind:
        raise RunError(f"{where} does not fit its model: the file is damaged. Quantize the run anew.")


def _encoded(name: str, weight: Tensor, bits: int) -> dict[str, Tensor]:
    codes, scales = quantized(weight, bits)
    data = packed(codes) if bits == 4 else codes
    kept = scales if bits == 8 else scales.half()
    return {f"{name}.{_CODES[bits]}": data.contiguous(), f"{name}.{_SCALES}": kept.contiguous()}


def _grouped(weight: Tensor, bits: int) -> Tensor:
    """(F, G, columns of a group), filled up with zeros."""
    if bits == 8:
        return weight[:, None]
    missing = -weight.shape[1] % GROUP
    return functional.pad(weight, (0, missing)).view(weight.shape[0], -1, GROUP)


def _storable(scale: Tensor, bits: int) -> Tensor:
    """The scale as a file keeps it: 4 bits have so many that they are float16."""
    if bits == 8:
        return scale
    limits = torch.finfo(torch.float16)
    return scale.clamp(limits.smallest_normal, limits.max).half().float()


def _rounded(groups: Tensor, scale: Tensor, bits: int) -> Tensor:
    return (groups / scale).round().clamp(-_LARGEST[bits], _LARGEST[bits])
