"""The decoder-only Transformer, pre-norm: token ids in, a score for every possible next token out.

    x = token table [ids] + positions
    per layer:  x = x + attention(norm(x));  x = x + feed_forward(norm(x))
    logits = norm(x) @ output table

Knows ids, never text; where weights come from or go to is `weights`' affair.

Shapes: B batch, T position, C d_model, V vocabulary, L layers.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig
from playground.engine.model.attention import Attention, Combine, fused
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.feed_forward import FeedForward
from playground.engine.model.initialization import initialize
from playground.engine.model.linear import Linear
from playground.engine.model.norms import make_norm
from playground.engine.model.positions import AddedPositions, Angles, Rotation


class Block(nn.Module):
    """One layer: attention, then feed-forward, each added to the stream that it reads (Radford et al. 2019)."""

    def __init__(self, config: ModelConfig, layer_index: int) -> None:
        super().__init__()
        self.attention_norm = make_norm(config)
        self.attention = Attention(config, layer_index)
        self.feed_forward_norm = make_norm(config)
        self.feed_forward = FeedForward(config)
        self.dropout = config.dropout

    def forward(
        self,
        x: Tensor,
        angles: Angles | None = None,
        cache: KeyValueCache | None = None,
        combine: Combine = fused,
    ) -> Tensor:
        """The residual stream (B, T, C) before this layer, to that after it."""
        x = x + self._dropped(self.attention(self.attention_norm(x), angles, cache, combine))
        return x + self._dropped(self.feed_forward(self.feed_forward_norm(x)))

    def _dropped(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout) if self.training and self.dropout else x


class Transformer(nn.Module):
    """A decoder of the shape that `config` says, over `vocab_size` tokens; the same seed gives the same weights."""

    def __init__(self, config: ModelConfig, vocab_size: int, seed: int = 1) -> None:
        super().__init__()
        self.config = config
        self.vocab_size = vocab_size
        self.token_table = nn.Parameter(torch.empty(vocab_size, config.d_model))
        self.positions = AddedPositions(config) if config.position != "rotary" else None
        self.rotation = Rotation(config) if config.position == "rotary" else None
        self.blocks = nn.ModuleList(Block(config, index) for index in range(config.n_layers))
        self.final_norm = make_norm(config)
        self.output = None if config.tied_embeddings else Linear(config.d_model, vocab_size, bias=False)
        initialize(self, config.n_layers, torch.Generator().manual_seed(seed))

    @property
    def n_parameters(self) -> int:
        """How many numbers training changes; a tied table counts once."""
        return sum(parameter.numel() for parameter in self.parameters())

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.token_table.device

    def forward(self, ids: Tensor, cache: KeyValueCache | None = None) -> Tensor:
        """Ids (B, T) to logits (B, T, V). With a cache the ids follow those read before, and are added to it."""
        return self.read_out(self._stream(ids, cache))

    def next_logits(self, ids: Tensor, cache: KeyValueCache | None = None) -> Tensor:
        """Like `forward`, for the token after the last one only: (B, V)."""
        return self.read_out(self._stream(ids, cache)[:, -1])

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Mean surprise in nats at `targets` (B, T), the token after each of `ids` (B, T); a scalar in float32."""
        logits = self.forward(ids)
        return functional.cross_entropy(logits.view(-1, self.vocab_size).float(), targets.reshape(-1))

    def embed(self, ids: Tensor, start: int = 0) -> Tensor:
        """Ids (B, T), the first at position `start`, to the residual stream before the first layer (B, T, C)."""
        assert start + ids.shape[1] <= self.config.n_ctx, f"{start + ids.shape[1]} tokens exceed the context"
        x = functional.embedding(ids, self.token_table)  # (B, T, C)
        if self.positions is not None:
            x = self.positions(x, start)
        return functional.dropout(x, self.config.dropout) if self.training and self.config.dropout else x

    def angles(self, start: int, n_tokens: int) -> Angles | None:
        """What the layers need to know of the positions from `start` on: angles if they are rotary, else nothing."""
        return self.rotation(start, n_tokens) if self.rotation is not None else None

    def read_out(self, x: Tensor) -> Tensor:
        """The residual stream after any layer (..., C) to logits (..., V); after the last, it is the prediction."""
        table = self.token_table if self.output is None else self.output.weight
        return functional.linear(self.final_norm(x), table)

    def _stream(self, ids: Tensor, cache: KeyValueCache | None) -> Tensor:
        start = cache.length if cache is not None else 0
        x = self.embed(ids, start)  # (B, T, C)
        angles = self.angles(start, ids.shape[1])
        for block in self.blocks:
            x = block(x, angles, cache)
        if cache is not None:
            cache.advance(ids.shape[1])
        return x
