"""A look inside: one sequence through the explicit attention, everything on the way kept or handed out layer by layer.

Runs the very layers that training runs, only with another way to combine; a test holds both equal.
Never changes the model. Nothing here knows text.

Shapes: T query position, S key position (S = T here), C d_model, H heads, V vocabulary, L layers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.engine.model.attention import Explicit
from playground.engine.model.modes import evaluating
from playground.engine.model.transformer import Transformer


@dataclass(frozen=True, kw_only=True)
class LayerTrace:
    """One layer's attention and the residual stream after it, on the CPU, float32."""

    weights: Tensor  # (H, T, S), rows sum to 1
    scores: Tensor  # (H, T, S) q·k/sqrt(D), -inf where masked
    hidden: Tensor  # (T, C)


@dataclass(frozen=True, kw_only=True)
class TraceRecord:
    """All layers at once, on the CPU, float32. `hidden[0]` is before the first layer, `hidden[-1]` before the norm."""

    weights: Tensor  # (L, H, T, S)
    scores: Tensor  # (L, H, T, S)
    hidden: Tensor  # (L+1, T, C)
    logits: Tensor  # (T, V)


def trace(model: Transformer, ids: Tensor) -> TraceRecord:
    """Everything about `ids` (T,), at most the context long. Takes 8·L·H·T² bytes: for long texts see `layers`."""
    ids = ids.to(model.device)
    with torch.no_grad(), evaluating(model):
        first = _on_cpu(model.embed(ids[None]))
    traced = list(layers(model, ids))
    return TraceRecord(
        weights=torch.stack([layer.weights for layer in traced]),
        scores=torch.stack([layer.scores for layer in traced]),
        hidden=torch.stack([first, *(layer.hidden for layer in traced)]),
        logits=final_logits(model, traced[-1].hidden),
    )


def layers(model: Transformer, ids: Tensor) -> Iterator[LayerTrace]:
    """The layers from the bottom up, each computed when it is asked for; only one is in memory at a time."""
    x: Tensor | None = None
    for index in range(model.config.n_layers):
        explicit = Explicit()
        with torch.no_grad(), evaluating(model):
            x = model.embed(ids[None].to(model.device)) if x is None else x
            x = model.blocks[index](x, model.angles(0, len(ids)), combine=explicit)
            record = LayerTrace(weights=_on_cpu(explicit.weights), scores=_on_cpu(explicit.scores), hidden=_on_cpu(x))
        yield record


def final_logits(model: Transformer, hidden: Tensor) -> Tensor:
    """The prediction out of the last layer's `hidden` (T, C): (T, V) float32 on the CPU."""
    with torch.no_grad():
        return model.read_out(hidden.to(model.device)).float().cpu()


def _on_cpu(batch_of_one: Tensor) -> Tensor:
    return batch_of_one[0].float().cpu()
