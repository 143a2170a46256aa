"""Self-attention: each token asks all tokens before it, and takes from them in proportion to the fit.

One module, two ways to combine queries, keys and values: `fused` for training and generation, and
`Explicit`, which keeps scores and weights for whoever wants to look.

Shapes: B batch, T query position, S key position, C d_model, H heads, D d_head.
"""

import math
from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.linear import Linear
from playground.engine.model.positions import Angles, rotated

Combine = Callable[[Tensor, Tensor, Tensor, float], Tensor]
"""Queries (B, H, T, D), keys and values (B, H, S, D), dropout on the weights, to what the heads took: (B, H, T, D).

The T queries stand at the last T of the S positions; each may look at itself and what lies before it.
"""


def fused(queries: Tensor, keys: Tensor, values: Tensor, dropout: float) -> Tensor:
    """Combine without ever holding the weights: torch picks the fastest kernel (Dao et al. 2022)."""
    n_queries, n_keys = queries.shape[2], keys.shape[2]
    if n_queries == n_keys or n_queries == 1:  # a single last query sees everything, which needs no mask
        is_causal = n_queries > 1
        return functional.scaled_dot_product_attention(queries, keys, values, dropout_p=dropout, is_causal=is_causal)
    mask = ~future(n_queries, n_keys, queries.device)
    return functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask, dropout_p=dropout)


class Explicit:
    """Combine by the formula, softmax(Q K^T / sqrt(D)) V, and keep what it looked like (Vaswani et al. 2017, eq. 1).

    After a layer has run, `scores` (-inf where masked) and `weights` (rows sum to 1) hold its (B, H, T, S) float32.
    """

    scores: Tensor
    weights: Tensor

    def __call__(self, queries: Tensor, keys: Tensor, values: Tensor, dropout: float) -> Tensor:
        n_queries, n_keys = queries.shape[2], keys.shape[2]
        scores = (queries @ keys.transpose(-2, -1)).float() / math.sqrt(queries.shape[-1])  # (B, H, T, S)
        self.scores = scores.masked_fill(future(n_queries, n_keys, scores.device), -math.inf)
        self.weights = self.scores.softmax(dim=-1)
        kept = functional.dropout(self.weights, dropout) if dropout else self.weights
        return kept.type_as(values) @ values  # (B, H, T, D)


def future(n_queries: int, n_keys: int, device: torch.device) -> Tensor:
    """True where a query may not look, because the key comes later: (T, S)."""
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).triu(n_keys - n_queries + 1)


class Attention(nn.Module):
    """Multi-head causal self-attention (Vaswani et al. 2017, section 3.2)."""

    def __init__(self, config: ModelConfig, layer_index: int) -> None:
        super().__init__()
        self.layer_index = layer_index
        self.n_heads = config.n_heads
        self.d_head = config.d_head
        self.dropout = config.dropout
        self.qkv = Linear(config.d_model, 3 * config.d_model, bias=config.bias)  # rows: all queries, keys, values
        self.out = Linear(config.d_model, config.d_model, bias=config.bias)

    def forward(
        self,
        x: Tensor,
        angles: Angles | None = None,
        cache: KeyValueCache | None = None,
        combine: Combine = fused,
    ) -> Tensor:
        """(B, T, C) to (B, T, C); with a cache, the T tokens follow those that it already holds."""
        batch_size, n_new, d_model = x.shape
        qkv = self.qkv(x).view(batch_size, n_new, 3, self.n_heads, self.d_head)  # (B, T, 3, H, D)
        queries, keys, values = self._split(qkv, angles, cache)
        taken = combine(queries, keys, values, self.dropout if self.training else 0.0)  # (B, H, T, D)
        return cast(Tensor, self.out(taken.transpose(1, 2).reshape(batch_size, n_new, d_model)))

    def _split(self, qkv: Tensor, angles: Angles | None, cache: KeyValueCache | None) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of the new tokens (B, H, T, D), keys and values of all (B, H, S, D)."""
        if angles is None:
            queries, keys, values = qkv.transpose(1, 3).unbind(2)  # each (B, H, T, D)
        else:
            queries_and_keys, values = qkv.split_with_sizes((2, 1), dim=2)
            queries, keys = rotated(queries_and_keys, angles).transpose(1, 3).unbind(2)
            values = values.squeeze(2).transpose(1, 2)
        if cache is not None:
            keys, values = cache.extend(self.layer_index, keys, values)
        return queries, keys, values
