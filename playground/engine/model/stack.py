"""A stack of layers: the encoder or the decoder of a Transformer, from token vectors to what became of them.

    x = token vectors + positions
    per layer:  x = x + attention(norm(x)); in a decoder with a source  x = x + across(norm(x), memory);
                x = x + feed_forward(norm(x))
    or, with the norm after:  x = norm(x + attention(x)), and so on

Knows vectors, never ids: the table of the tokens is the Transformer's.

Shapes: B batch, T position, S source position, C d_model.
"""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ENCODER_DECODER, ModelConfig
from playground.engine.model.attention import Attention, Combine, Memory, Sight, fused
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.feed_forward import FeedForward
from playground.engine.model.norms import make_norm
from playground.engine.model.positions import ADDED, AddedPositions, Angles, DistanceBias, Rotation


@dataclass(frozen=True)
class Surroundings:
    """What all layers of a stack share in one pass."""

    sight: Sight
    angles: Angles | None = None
    memory: Memory | None = None
    cache: KeyValueCache | None = None


class Block(nn.Module):
    """One layer: attention, cross-attention where there is a source, feed-forward; each added to the stream."""

    def __init__(self, config: ModelConfig, layer_index: int, *, has_source: bool) -> None:
        super().__init__()
        self.attention_norm = make_norm(config)
        self.attention = Attention(config, layer_index)
        self.cross_attention_norm = make_norm(config) if has_source else None
        self.cross_attention = Attention(config, layer_index) if has_source else None
        self.feed_forward_norm = make_norm(config)
        self.feed_forward = FeedForward(config)
        self.dropout = config.dropout
        self.is_norm_first = config.norm_place == "before"

    def forward(self, x: Tensor, around: Surroundings, combine: Combine = fused, across: Combine = fused) -> Tensor:
        """The residual stream (B, T, C) before this layer, to that after it."""
        x = self.attend(x, around, combine)
        if self.cross_attention is not None:
            x = self.look_across(x, around, across)
        return self.think(x)

    def attend(self, x: Tensor, around: Surroundings, combine: Combine = fused) -> Tensor:
        """Add what other tokens of the same text say."""
        return self._added(
            x, self.attention_norm, lambda y: self.attention(y, around.sight, around.angles, around.cache, combine)
        )

    def look_across(self, x: Tensor, around: Surroundings, combine: Combine = fused) -> Tensor:
        """Add what the source says."""
        assert self.cross_attention is not None, "this stack has no source"
        assert self.cross_attention_norm is not None
        assert around.memory is not None, "a decoder with cross-attention needs a source"
        attention, memory = self.cross_attention, around.memory
        return self._added(x, self.cross_attention_norm, lambda y: attention.across(y, memory, around.cache, combine))

    def think(self, x: Tensor) -> Tensor:
        """Add what the feed-forward network makes of each token alone."""
        return self._added(x, self.feed_forward_norm, self.feed_forward)

    def _added(self, x: Tensor, norm: nn.Module, layer: Callable[[Tensor], Tensor]) -> Tensor:
        if self.is_norm_first:  # Radford et al. 2019
            return x + self._dropped(layer(norm(x)))
        normed: Tensor = norm(x + self._dropped(layer(x)))  # Vaswani et al. 2017, section 3.1
        return normed

    def _dropped(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout) if self.training and self.dropout else x


class Stack(nn.Module):
    """Encoder or decoder: positions, layers, and a last norm where the layers have theirs in front."""

    def __init__(self, config: ModelConfig, n_layers: int, *, is_decoder: bool) -> None:
        super().__init__()
        self.n_ctx = config.n_ctx
        self.dropout = config.dropout
        self.is_causal = is_decoder and config.causal_mask
        self.positions = AddedPositions(config) if config.position in ADDED else None
        self.rotation = Rotation(config) if config.position == "rotary" else None
        self.distance_bias = DistanceBias(config) if config.position == "alibi" else None
        self.embedding_norm = make_norm(config) if config.embedding_norm else None
        has_source = is_decoder and config.kind == ENCODER_DECODER
        self.blocks = nn.ModuleList(Block(config, index, has_source=has_source) for index in range(n_layers))
        self.final_norm = make_norm(config) if config.norm_place == "before" else None
        self.combine: Combine = fused

    def forward(
        self,
        vectors: Tensor,
        padding: Tensor | None = None,
        memory: Memory | None = None,
        cache: KeyValueCache | None = None,
    ) -> Tensor:
        """Token vectors (B, T, C) to the stream after the last layer, before the last norm: (B, T, C)."""
        start = cache.length if cache is not None else 0
        x = self.embed(vectors, start)
        around = self.surroundings(start, vectors.shape[1], padding, memory, cache)
        for block in self.blocks:
            x = block(x, around, self.combine, self.combine)
        if cache is not None:
            cache.advance(vectors.shape[1])
        return x

    def embed(self, vectors: Tensor, start: int = 0) -> Tensor:
        """Token vectors (B, T, C), the first at position `start`, to the stream before the first layer."""
        assert start + vectors.shape[1] <= self.n_ctx, f"{start + vectors.shape[1]} tokens exceed the context"
        x = vectors if self.positions is None else self.positions(vectors, start)
        if self.embedding_norm is not None:
            x = self.embedding_norm(x)
        return functional.dropout(x, self.dropout) if self.training and self.dropout else x

    def surroundings(
        self,
        start: int,
        n_tokens: int,
        padding: Tensor | None = None,
        memory: Memory | None = None,
        cache: KeyValueCache | None = None,
    ) -> Surroundings:
        """What the layers need to know besides the stream, for tokens from position `start` on."""
        bias = self.distance_bias(start, n_tokens) if self.distance_bias is not None else None
        angles = self.rotation(start, n_tokens) if self.rotation is not None else None
        return Surroundings(Sight(self.is_causal, padding, bias), angles, memory, cache)

    def finished(self, x: Tensor) -> Tensor:
        """The stream after a layer through the last norm, if there is one: what is predicted from, or looked at."""
        return x if self.final_norm is None else self.final_norm(x)
