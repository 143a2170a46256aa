"""What each attention head looks at, as arrays small enough to send: thumbnails of all heads, or one head in full.

Shapes: T query position, S key position, L layers, H heads, t and s cells of a thumbnail's sides.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.contract.errors import PlaygroundError
from playground.contract.messages import CLEAREST, CROSS, ENCODER_PART, SELF, HeadAttention, StreamSizes
from playground.engine.insight.reading import check_part
from playground.engine.insight.stream import StreamMeter
from playground.engine.insight.surprise import next_token_losses
from playground.engine.model.modes import check_number
from playground.engine.model.trace import LayerTrace, encoder_layers, final_logits, layers
from playground.engine.model.transformer import Transformer


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All heads of a part small, how surprising each token was, and the residual stream of the part's stack."""

    thumbnails: np.ndarray  # (L, H, t, s) uint8, weight 1 = 255
    losses: np.ndarray  # (T,) float32 nats, the first 0, (T+1,) with a mark of end; (0,) if none is predicted
    stream: StreamSizes


def overview(
    model: Transformer, ids: Tensor, thumbnail_size: int, source: Tensor | None = None, part: str = SELF,
    end_id: int | None = None,
) -> Overview:  # fmt: skip
    """Thumbnails of all heads of a part for `ids` (T,), at most the context long; one layer is in memory at a time.

    An encoder predicts no next token, so it has no losses.

    Args:
        source: (S,) what an encoder-decoder translates.
        end_id: the mark of end that should follow the last token, to be scored as well.

    Raises:
        PlaygroundError: the model has no such part.
        RunError: the model's output is not a number.
    """
    check_part(model.config, part)
    is_encoder_part = part == ENCODER_PART and source is not None
    stack, read = (model.encoder, source) if is_encoder_part else (model.main, ids)
    assert stack is not None
    assert read is not None
    small: list[np.ndarray] = []
    meter, hidden = StreamMeter(model, stack, read), torch.empty(0)
    for layer in _part_layers(model, ids, source, part):
        small.append(thumbnails(_weights(layer, part), thumbnail_size))
        meter.add(layer)
        hidden = layer.hidden
    losses = np.zeros(0, dtype=np.float32)
    if model.decoder is not None and not is_encoder_part:
        losses = _losses(model, hidden, ids, end_id)
    return Overview(thumbnails=np.stack(small), losses=losses, stream=meter.sizes())


def losses_of(model: Transformer, ids: Tensor, source: Tensor | None = None, end_id: int | None = None) -> np.ndarray:
    """Only the losses of `overview`, for a model with a decoder: (T,) or (T+1,) float32 nats, the first 0.

    Raises:
        RunError: the model's output is not a number.
    """
    hidden = torch.empty(0)
    for layer in layers(model, ids, source):
        hidden = layer.hidden
    return _losses(model, hidden, ids, end_id)


def thumbnails(weights: Tensor, size: int) -> np.ndarray:
    """Attention weights (..., T, S) averaged down to (..., t, s) uint8, t = min(T, size), weight 1 = 255.

    Each cell is the mean over its exact share of the matrix, parts of weights included when t does not divide T.
    """
    n_rows, n_columns = weights.shape[-2:]
    if n_rows > size:
        weights = _shares(n_rows, size) @ weights  # (..., t, S)
    if n_columns > size:
        weights = weights @ _shares(n_columns, size).T  # (..., t, s)
    return (weights * 255.0).round().to(torch.uint8).numpy()


def head_attention(
    model: Transformer, ids: Tensor, layer: int, head: int, source: Tensor | None = None, part: str = SELF
) -> HeadAttention:
    """One head's weights and scores (T, S) for `ids` (T,), at most the context long; `CLEAREST` as in `ReadHead`.

    Raises:
        PlaygroundError: the model has no such part, layer or head.
    """
    check_part(model.config, part)
    if layer == head == CLEAREST:
        layer, head = clearest_head(model, ids, source, part)
    n_layers, n_heads = part_shape(model, part)
    if not (0 <= layer < n_layers and 0 <= head < n_heads):
        raise PlaygroundError(
            f"There is no head {head} in layer {layer}: this model has layers 0 to {n_layers - 1} "
            f"and heads 0 to {n_heads - 1}."
        )
    traced = next(itertools.islice(_part_layers(model, ids, source, part), layer, None))
    scores = traced.cross_scores if part == CROSS else traced.scores
    assert scores is not None
    rows = source if part == ENCODER_PART else ids
    assert rows is not None
    return HeadAttention(
        layer=layer,
        head=head,
        weights=_weights(traced, part)[head].numpy(),
        scores=scores[head].numpy(),
        row_ids=rows.to(torch.int32).numpy(),
    )


def part_shape(model: Transformer, part: str) -> tuple[int, int]:
    """How many layers and heads a part has."""
    stack = model.encoder if part == ENCODER_PART else model.main
    assert stack is not None
    return len(stack.blocks), model.config.n_heads


def clearest_head(model: Transformer, ids: Tensor, source: Tensor | None, part: str) -> tuple[int, int]:
    """Layer and head of the largest `clarity`."""
    found = np.stack([clarity(_weights(layer, part)) for layer in _part_layers(model, ids, source, part)])  # (L, H)
    layer, head = np.unravel_index(int(found.argmax()), found.shape)
    return int(layer), int(head)


def clarity(weights: Tensor) -> np.ndarray:
    """How clearly each row looks at a place of its own, of weights (..., T, S): (...) nats.

    The mutual information of a row drawn evenly and the column that it looks at: the entropy of the mean row, less the
    mean entropy of the rows. 0 if all rows look alike, ln(min(T, S)) at most.
    """
    weights = weights.double()
    rows = torch.special.entr(weights).sum(dim=-1).mean(dim=-1)
    together: Tensor = torch.special.entr(weights.mean(dim=-2)).sum(dim=-1)
    found: np.ndarray = (together - rows).numpy()
    return found


def all_weights(model: Transformer, ids: Tensor, source: Tensor | None = None, part: str = SELF) -> np.ndarray:
    """Every head of a part in full: (L, H, T, S) float32.

    Raises:
        PlaygroundError: the model has no such part.
    """
    check_part(model.config, part)
    return np.stack([_weights(layer, part).numpy() for layer in _part_layers(model, ids, source, part)])


def _losses(model: Transformer, hidden: Tensor, ids: Tensor, end_id: int | None) -> np.ndarray:
    judged = ids if end_id is None else torch.cat([ids, ids.new_tensor([end_id])])
    losses = next_token_losses(final_logits(model, hidden), judged)
    check_number(float(losses.sum()))
    return losses


def _part_layers(model: Transformer, ids: Tensor, source: Tensor | None, part: str) -> Iterator[LayerTrace]:
    if part == ENCODER_PART:
        assert source is not None, "the encoder of an encoder-decoder reads the source"
        return encoder_layers(model, source)
    return layers(model, ids, source)


def _weights(layer: LayerTrace, part: str) -> Tensor:
    weights = layer.cross_weights if part == CROSS else layer.weights
    assert weights is not None, "cross-attention needs a source"
    return weights


def _shares(n_tokens: int, n_cells: int) -> Tensor:
    """How much of each token falls into each cell when a row is cut into equal cells; rows sum to 1: (t, T)."""
    edges = torch.arange(n_cells + 1, dtype=torch.float64) * (n_tokens / n_cells)
    tokens = torch.arange(n_tokens, dtype=torch.float64)
    begin = torch.maximum(edges[:-1, None], tokens)
    end = torch.minimum(edges[1:, None], tokens + 1)
    return ((end - begin).clamp(min=0) * (n_cells / n_tokens)).float()
