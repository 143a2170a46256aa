"""Attention: each token asks others, and takes from them in proportion to the fit.

One module for self-attention and cross-attention, two ways to combine queries, keys and values: `fused` for training
and generation, and `Explicit`, which keeps scores and weights for whoever wants to look.

Shapes: B batch, T query position, S key position, C d_model, H heads, K key-value heads, D d_head.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.linear import Linear
from playground.engine.model.positions import Angles, rotated


@dataclass(frozen=True)
class Sight:
    """What queries may look at. The T queries stand at the last T of the S positions."""

    is_causal: bool = False  # nothing that comes later
    padding: Tensor | None = None  # (B, S) True where a key only fills up
    bias: Tensor | None = None  # (H, T, S) added to the scores (ALiBi)

    def allowed(self, n_queries: int, n_keys: int, device: torch.device) -> Tensor | None:
        """True where a query may look, (T, S) or (B, 1, T, S); None if everywhere."""
        seen = ~future(n_queries, n_keys, device) if self.is_causal and n_queries > 1 else None  # (T, S)
        if self.padding is None:
            return seen
        real = ~self.padding[:, None, None, :]  # (B, 1, 1, S)
        return real.expand(-1, 1, n_queries, -1) if seen is None else real & seen


Combine = Callable[[Tensor, Tensor, Tensor, Sight, float], Tensor]
"""Queries (B, H, T, D), keys and values (B, H, S, D), dropout on the weights, to what the heads took: (B, H, T, D)."""


def fused(queries: Tensor, keys: Tensor, values: Tensor, sight: Sight, dropout: float) -> Tensor:
    """Combine without ever holding the weights: torch picks the fastest kernel (Dao et al. 2022)."""
    n_queries, n_keys = queries.shape[2], keys.shape[2]
    if sight.padding is None and sight.bias is None and (n_queries in (n_keys, 1) or not sight.is_causal):
        is_causal = sight.is_causal and n_queries > 1  # a single last query sees everything, which needs no mask
        return functional.scaled_dot_product_attention(queries, keys, values, dropout_p=dropout, is_causal=is_causal)
    mask = sight.allowed(n_queries, n_keys, queries.device)
    if sight.bias is not None:
        bias = sight.bias.to(queries.dtype)
        mask = bias if mask is None else bias.masked_fill(~mask, -math.inf)
    return functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask, dropout_p=dropout)


class Explicit:
    """Combine by the formula, softmax(Q K^T / sqrt(D)) V, and keep what it looked like (Vaswani et al. 2017, eq. 1).

    After a layer has run, `scores` (-inf where masked) and `weights` (rows sum to 1) hold its (B, H, T, S) float32.
    """

    scores: Tensor
    weights: Tensor

    def __call__(self, queries: Tensor, keys: Tensor, values: Tensor, sight: Sight, dropout: float) -> Tensor:
        self.scores = attention_scores(queries, keys, sight)
        self.weights = self.scores.softmax(dim=-1)
        return _taken(self.weights, values, dropout)


def explicit(queries: Tensor, keys: Tensor, values: Tensor, sight: Sight, dropout: float) -> Tensor:
    """Combine by the formula, step by step, and forget: what `fused` is measured against."""
    return _taken(attention_scores(queries, keys, sight).softmax(dim=-1), values, dropout)


def attention_scores(queries: Tensor, keys: Tensor, sight: Sight) -> Tensor:
    """Q K^T / sqrt(D), bias added, -inf where a query may not look: (B, H, T, S) float32."""
    scores = (queries @ keys.transpose(-2, -1)).float() / math.sqrt(queries.shape[-1])  # (B, H, T, S)
    if sight.bias is not None:
        scores = scores + sight.bias
    allowed = sight.allowed(queries.shape[2], keys.shape[2], scores.device)
    return scores if allowed is None else scores.masked_fill(~allowed, -math.inf)


def future(n_queries: int, n_keys: int, device: torch.device) -> Tensor:
    """True where a query may not look, because the key comes later: (T, S)."""
    return torch.ones(n_queries, n_keys, dtype=torch.bool, device=device).triu(n_keys - n_queries + 1)


def repeated(shared: Tensor, n_heads: int) -> Tensor:
    """Keys or values (B, K, S, D), each for all query heads that share it: (B, H, S, D)."""
    n_kv_heads = shared.shape[1]
    return shared if n_kv_heads == n_heads else shared.repeat_interleave(n_heads // n_kv_heads, dim=1)


@dataclass(frozen=True)
class Memory:
    """What an encoder made of the source, for a decoder to look at."""

    hidden: Tensor  # (B, S, C)
    padding: Tensor | None = None  # (B, S) True where the source only fills up


class Attention(nn.Module):
    """Multi-head attention (Vaswani et al. 2017, section 3.2), with shared keys and values (Ainslie et al. 2023)."""

    def __init__(self, config: ModelConfig, layer_index: int) -> None:
        super().__init__()
        self.layer_index = layer_index
        self.n_heads, self.n_kv_heads, self.d_head = config.n_heads, config.n_kv_heads, config.d_head
        self.dropout = config.dropout
        d_keys = self.n_kv_heads * self.d_head
        self.splits = (config.d_model, d_keys, d_keys)  # rows of `qkv`: all queries, keys, values
        self.qkv = Linear(config.d_model, sum(self.splits), bias=config.bias or config.qkv_bias)
        self.out = Linear(config.d_model, config.d_model, bias=config.bias)
        # One scale for all heads, as in Qwen3; before the rotation (Henry et al. 2020).
        self.query_norm = nn.RMSNorm(self.d_head, eps=config.norm_epsilon) if config.query_key_norm else None
        self.key_norm = nn.RMSNorm(self.d_head, eps=config.norm_epsilon) if config.query_key_norm else None

    def forward(
        self,
        x: Tensor,
        sight: Sight,
        angles: Angles | None = None,
        cache: KeyValueCache | None = None,
        combine: Combine = fused,
    ) -> Tensor:
        """Self-attention, (B, T, C) to (B, T, C); with a cache, the T tokens follow those that it already holds."""
        n_looking = self.n_heads + self.n_kv_heads
        heads = self.qkv(x).view(*x.shape[:2], n_looking + self.n_kv_heads, self.d_head)  # (B, T, H + 2 K, D)
        looking, values = heads.split_with_sizes((n_looking, self.n_kv_heads), dim=2)
        if self.query_norm is not None and self.key_norm is not None:
            queries, keys = looking.split_with_sizes((self.n_heads, self.n_kv_heads), dim=2)
            looking = torch.cat([self.query_norm(queries), self.key_norm(keys)], dim=2)
        if angles is not None:
            looking = rotated(looking, angles)
        queries, keys = looking.transpose(1, 2).split_with_sizes((self.n_heads, self.n_kv_heads), dim=1)
        values = values.transpose(1, 2)  # (B, K, T, D)
        if cache is not None:
            keys, values = cache.extend(self.layer_index, keys, values)  # (B, K, S, D)
        return self._combined(queries, keys, values, sight, combine)

    def across(self, x: Tensor, memory: Memory, cache: KeyValueCache | None = None, combine: Combine = fused) -> Tensor:
        """Cross-attention: x (B, T, C) asks, the memory (B, S, C) answers; with a cache it is read only once."""
        queries = self._heads(self.qkv.part(x, 0, self.splits[0]))  # (B, H, T, D)
        if self.query_norm is not None:
            queries = self.query_norm(queries)
        known = cache.memory_of(self.layer_index) if cache is not None else None
        keys, values = known if known is not None else self._answers(memory.hidden)
        if cache is not None and known is None:
            cache.keep_memory(self.layer_index, keys, values)
        return self._combined(queries, keys, values, Sight(padding=memory.padding), combine)

    def _answers(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the memory, each (B, K, S, D)."""
        d_model, d_keys, _ = self.splits
        both = self.qkv.part(hidden, d_model, d_model + 2 * d_keys)  # (B, S, 2 K D)
        keys, values = self._heads(both).split_with_sizes((self.n_kv_heads, self.n_kv_heads), dim=1)
        return (self.key_norm(keys) if self.key_norm is not None else keys), values

    def _heads(self, x: Tensor) -> Tensor:
        return x.view(*x.shape[:2], x.shape[-1] // self.d_head, self.d_head).transpose(1, 2)  # (B, heads, T, D)

    def _combined(self, queries: Tensor, keys: Tensor, values: Tensor, sight: Sight, combine: Combine) -> Tensor:
        keys, values = repeated(keys, self.n_heads), repeated(values, self.n_heads)
        taken = combine(queries, keys, values, sight, self.dropout if self.training else 0.0)  # (B, H, T, D)
        return cast(Tensor, self.out(taken.transpose(1, 2).flatten(2)))


def _taken(weights: Tensor, values: Tensor, dropout: float) -> Tensor:
    kept = functional.dropout(weights, dropout) if dropout else weights
    return kept.type_as(values) @ values  # (B, H, T, D)
