"""What each attention head looks at, as arrays small enough to send: thumbnails of all heads, or one head in full.

Shapes: T query position, S key position (S = T here), L layers, H heads, t cells of a thumbnail's side.
"""

import itertools
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.contract.errors import PlaygroundError
from playground.contract.messages import HeadAttention
from playground.engine.insight.surprise import next_token_losses
from playground.engine.model.modes import check_number
from playground.engine.model.trace import final_logits, layers
from playground.engine.model.transformer import Transformer


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All heads small, and how surprising each token was."""

    thumbnails: np.ndarray  # (L, H, t, t) uint8, weight 1 = 255
    losses: np.ndarray  # (T,) float32 nats, the first 0


def overview(model: Transformer, ids: Tensor, thumbnail_size: int) -> Overview:
    """Thumbnails of all heads for `ids` (T,), at most the context long; one layer is in memory at a time.

    Raises:
        RunError: the model's output is not a number.
    """
    small: list[np.ndarray] = []
    hidden = torch.empty(0)
    for layer in layers(model, ids):
        small.append(thumbnails(layer.weights, thumbnail_size))
        hidden = layer.hidden
    losses = next_token_losses(final_logits(model, hidden), ids)
    check_number(float(losses.sum()))
    return Overview(thumbnails=np.stack(small), losses=losses)


def thumbnails(weights: Tensor, size: int) -> np.ndarray:
    """Attention weights (..., T, T) averaged down to (..., t, t) uint8, t = min(T, size), weight 1 = 255.

    Each cell is the mean over its exact share of the square, parts of weights included when t does not divide T.
    """
    n_tokens = weights.shape[-1]
    if n_tokens > size:
        shares = _shares(n_tokens, size)  # (t, T)
        weights = shares @ weights @ shares.T  # (..., t, t)
    return (weights * 255.0).round().to(torch.uint8).numpy()


def head_attention(model: Transformer, ids: Tensor, layer: int, head: int) -> HeadAttention:
    """One head's weights and scores (T, S) for `ids` (T,), at most the context long.

    Raises:
        PlaygroundError: the model has no such layer or head.
    """
    config = model.config
    if not (0 <= layer < config.n_layers and 0 <= head < config.n_heads):
        raise PlaygroundError(
            f"There is no head {head} in layer {layer}: this model has layers 0 to {config.n_layers - 1} "
            f"and heads 0 to {config.n_heads - 1}."
        )
    traced = next(itertools.islice(layers(model, ids), layer, None))
    return HeadAttention(
        layer=layer,
        head=head,
        weights=traced.weights[head].numpy(),
        scores=traced.scores[head].numpy(),
    )


def _shares(n_tokens: int, n_cells: int) -> Tensor:
    """How much of each token falls into each cell when a row is cut into equal cells; rows sum to 1: (t, T)."""
    edges = torch.arange(n_cells + 1, dtype=torch.float64) * (n_tokens / n_cells)
    tokens = torch.arange(n_tokens, dtype=torch.float64)
    begin = torch.maximum(edges[:-1, None], tokens)
    end = torch.minimum(edges[1:, None], tokens + 1)
    return ((end - begin).clamp(min=0) * (n_cells / n_tokens)).float()
