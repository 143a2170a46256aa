"""A look inside: one sequence through the explicit attention, everything on the way kept or handed out layer by layer.

Runs the very layers that training runs, only with another way to combine; a test holds both equal.
Never changes the model. Nothing here knows text.

Shapes: T query position, S key position (S = T in self-attention), C d_model, H heads, V vocabulary, L layers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor

from playground.engine.model.attention import Explicit, Memory
from playground.engine.model.modes import evaluating
from playground.engine.model.stack import Block, Stack
from playground.engine.model.transformer import Transformer


@dataclass(frozen=True, kw_only=True)
class LayerTrace:
    """One layer's attention and the residual stream on its way, on the CPU, float32.

    The cross-attention is None where there is no source; S' is the length of the source.
    """

    weights: Tensor  # (H, T, S), rows sum to 1
    scores: Tensor  # (H, T, S) q·k/sqrt(D), -inf where masked
    cross_weights: Tensor | None  # (H, T, S')
    cross_scores: Tensor | None  # (H, T, S')
    hidden: Tensor  # (T, C) after the layer
    after_attention: Tensor  # (T, C) after its self-attention
    after_cross: Tensor  # (T, C) after its cross-attention; the same where there is none


@dataclass(frozen=True, kw_only=True)
class StackTrace:
    """All layers of an encoder or a decoder. `hidden[0]` is before the first layer, `hidden[-1]` before the norm."""

    weights: Tensor  # (L, H, T, S)
    scores: Tensor  # (L, H, T, S)
    cross_weights: Tensor | None  # (L, H, T, S')
    cross_scores: Tensor | None  # (L, H, T, S')
    hidden: Tensor  # (L+1, T, C)


@dataclass(frozen=True, kw_only=True)
class TraceRecord:
    """Everything at once, on the CPU, float32."""

    encoder: StackTrace | None
    decoder: StackTrace | None
    logits: Tensor  # (T, V)

    @property
    def main(self) -> StackTrace:
        """The stack that the logits come from."""
        stack = self.decoder or self.encoder
        assert stack is not None
        return stack


def trace(model: Transformer, ids: Tensor, source: Tensor | None = None) -> TraceRecord:
    """Everything about `ids` (T,), at most the context long, and for an encoder-decoder about its `source` (S,).

    Takes 8·L·H·T² bytes a stack: for long texts see `layers` and `encoder_layers`.
    """
    encoder = None
    if source is not None:
        assert model.encoder is not None, "only an encoder-decoder has a source"
        encoder = _stacked(model, model.encoder, source, encoder_layers(model, source))
    main = _stacked(model, model.main, ids, layers(model, ids, source))
    is_decoder = model.decoder is not None
    return TraceRecord(
        encoder=encoder if is_decoder else main,
        decoder=main if is_decoder else None,
        logits=final_logits(model, main.hidden[-1]),
    )


def layers(model: Transformer, ids: Tensor, source: Tensor | None = None) -> Iterator[LayerTrace]:
    """The main stack's layers from the bottom up, each computed when it is asked for; one is in memory at a time."""
    memory = None
    if source is not None:
        with torch.no_grad(), evaluating(model):
            memory = model.encode(source[None].to(model.device))
    return _layers(model, model.main, ids, memory)


def encoder_layers(model: Transformer, source: Tensor) -> Iterator[LayerTrace]:
    """The encoder's layers for `source` (S,), in the same way."""
    assert model.encoder is not None, "this model has no encoder"
    return _layers(model, model.encoder, source, None)


def final_logits(model: Transformer, hidden: Tensor) -> Tensor:
    """The prediction out of the last layer's `hidden` (T, C): (T, V) float32 on the CPU."""
    with torch.no_grad(), evaluating(model):
        return model.predict(hidden.to(model.device)).float().cpu()


def _layers(model: Transformer, stack: Stack, ids: Tensor, memory: Memory | None) -> Iterator[LayerTrace]:
    x: Tensor | None = None
    for index in range(len(stack.blocks)):
        combine, across = Explicit(), Explicit()
        with torch.no_grad(), evaluating(model):
            x = _first(model, stack, ids) if x is None else x
            around = stack.surroundings(0, len(ids), memory=memory)
            block = cast(Block, stack.blocks[index])
            x = attended = block.attend(x, around, combine)
            if memory is not None:
                x = block.look_across(x, around, across)
            crossed, x = x, block.think(x)
        yield LayerTrace(
            weights=_on_cpu(combine.weights),
            scores=_on_cpu(combine.scores),
            cross_weights=_on_cpu(across.weights) if memory is not None else None,
            cross_scores=_on_cpu(across.scores) if memory is not None else None,
            hidden=_on_cpu(x),
            after_attention=_on_cpu(attended),
            after_cross=_on_cpu(crossed),
        )


def _stacked(model: Transformer, stack: Stack, ids: Tensor, found: Iterator[LayerTrace]) -> StackTrace:
    with torch.no_grad(), evaluating(model):
        first = _on_cpu(_first(model, stack, ids))
    traced = list(found)
    crossed = [(layer.cross_weights, layer.cross_scores) for layer in traced]
    weights = [weights for weights, _ in crossed if weights is not None]
    scores = [scores for _, scores in crossed if scores is not None]
    return StackTrace(
        weights=torch.stack([layer.weights for layer in traced]),
        scores=torch.stack([layer.scores for layer in traced]),
        cross_weights=torch.stack(weights) if weights else None,
        cross_scores=torch.stack(scores) if scores else None,
        hidden=torch.stack([first, *(layer.hidden for layer in traced)]),
    )


def _first(model: Transformer, stack: Stack, ids: Tensor) -> Tensor:
    return stack.embed(model.embedded(ids[None].to(model.device)))


def _on_cpu(batch_of_one: Tensor) -> Tensor:
    return batch_of_one[0].float().cpu()
