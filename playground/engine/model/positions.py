"""Four ways to tell the model the order of its tokens: learned, sinusoidal, rotary, ALiBi.

The first two add a vector to each token at the bottom; rotary turns queries and keys inside each head; ALiBi takes
something off the scores of what is far.
Knows positions, counted from 0 at the left end of the window; never which token stands there.

Shapes: B batch, T position, C d_model, H heads, D d_head.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from playground.contract.model_config import ModelConfig

WAVELENGTH = 10_000.0  # the longest wave is this times 2 pi
ADDED = ("learned", "sinusoidal")


def sinusoidal_table(n_positions: int, d_model: int) -> Tensor:
    """Sines in the even columns, cosines in the odd ones, slower to the right (Vaswani et al. 2017, section 3.5).

    PE(t, 2i) = sin(t / 10000^(2i/C)), PE(t, 2i+1) = cos(t / 10000^(2i/C)).

    Returns:
        (T, C) float32.
    """
    angles = _angles(n_positions, d_model, WAVELENGTH)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1).float()  # (T, C)


class AddedPositions(nn.Module):
    """Adds a vector per position to the token vectors, from a learned table or from sines."""

    table: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        if config.position == "learned":
            self.table = nn.Parameter(torch.empty(config.n_ctx, config.d_model))
            self.token_scale = 1.0
        else:
            self.register_buffer("table", sinusoidal_table(config.n_ctx, config.d_model), persistent=False)
            # The waves have size 1, so the paper brings the tokens up to them (section 3.4).
            self.token_scale = math.sqrt(config.d_model)

    def forward(self, x: Tensor, start: int) -> Tensor:
        """Token vectors (B, T, C), of which the first stands at position `start`, to (B, T, C)."""
        if self.token_scale != 1.0:
            x = x * self.token_scale
        return x + self.table[start : start + x.shape[1]]


class Angles(NamedTuple):
    """How far to turn the numbers of a head, for T positions; each pair appears twice, once with each sign."""

    cosines: Tensor  # (T, 1, D)
    signed_sines: Tensor  # (T, 1, D)


class Rotation(nn.Module):
    """The angles of rotary positions (Su et al. 2021), which `rotated` applies to queries and keys.

    Only the difference of two positions survives in a query-key product. Number i of a head is paired with
    number i + D/2, as in Llama of `transformers`; the paper pairs neighbours, which is the same up to the order of rows
    in the query and key matrices.
    """

    cosines: Tensor
    signed_sines: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        angles = _angles(config.n_ctx, config.d_head, config.rotary_base)  # (T, D/2)
        cosines = torch.cat([angles.cos(), angles.cos()], dim=-1)  # (T, D)
        sines = torch.cat([-angles.sin(), angles.sin()], dim=-1)  # (T, D)
        self.register_buffer("cosines", cosines.float()[:, None], persistent=False)
        self.register_buffer("signed_sines", sines.float()[:, None], persistent=False)

    def forward(self, start: int, n_positions: int) -> Angles:
        """The angles of positions `start` to `start + n_positions`."""
        stop = start + n_positions
        return Angles(self.cosines[start:stop], self.signed_sines[start:stop])


def rotated(x: Tensor, angles: Angles) -> Tensor:
    """Queries and keys of all heads (B, T, heads, D), turned pair by pair; same shape and type."""
    swapped = x.roll(x.shape[-1] // 2, dims=-1)
    turned = torch.addcmul(x * angles.cosines, swapped, angles.signed_sines)
    return turned.to(x.dtype)


def alibi_slopes(n_heads: int) -> Tensor:
    """How much each head takes off a score per token of distance (Press et al. 2022, section 3): (H,) float32.

    The slopes are 2^(-8 i / H) for head i = 1 to H.
    """
    heads = torch.arange(1, n_heads + 1, dtype=torch.float64, device="cpu")
    return (2.0 ** (-8.0 * heads / n_heads)).float()


class DistanceBias(nn.Module):
    """ALiBi: each head takes its slope times the distance off its scores, in both directions where it may look."""

    slopes: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.register_buffer("slopes", alibi_slopes(config.n_heads), persistent=False)

    def forward(self, start: int, n_new: int) -> Tensor:
        """What is added to the scores of the `n_new` queries from `start` on: (H, T, S), S = start + T."""
        return distance_bias(self.slopes, start, n_new)


def distance_bias(slopes: Tensor, start: int, n_new: int) -> Tensor:
    """Minus slope times distance, for the `n_new` queries from `start` on: slopes (H,) to (H, T, S), S = start + T."""
    queries = torch.arange(start, start + n_new, device=slopes.device)
    keys = torch.arange(start + n_new, device=slopes.device)
    distance = (queries[:, None] - keys).abs()  # (T, S)
    return -slopes[:, None, None] * distance


def _angles(n_positions: int, width: int, base: float) -> Tensor:
    """Position times frequency, in float64 on the CPU, whatever the default device is: (T, width/2)."""
    exponents = torch.arange(0, width, 2, dtype=torch.float64, device="cpu") / width
    positions = torch.arange(n_positions, dtype=torch.float64, device="cpu")
    return torch.outer(positions, base**-exponents)
