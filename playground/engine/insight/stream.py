"""How large the residual stream is, layer by layer, and how much each part of a layer changes it.

A size is the length (L2 norm) of a token's vector, averaged over the tokens. With the norm before its parts a layer
adds what they give, so the change is what they add. With the norm after, the sum is normed at once, so the change is
that of the part and its norm together.

Shapes: T position, C d_model, L layers.
"""

import numpy as np
import torch
from torch import Tensor

from playground.contract.messages import StreamSizes
from playground.engine.model.modes import evaluating
from playground.engine.model.stack import Stack
from playground.engine.model.trace import LayerTrace
from playground.engine.model.transformer import Transformer


class StreamMeter:
    """Measures layers from the bottom up as they are handed in."""

    def __init__(self, model: Transformer, stack: Stack, ids: Tensor) -> None:
        with torch.no_grad(), evaluating(model):
            first = stack.embed(model.embedded(ids[None].to(model.device)))[0].float().cpu()
        self._last = first  # (T, C)
        self._is_norm_after = model.config.norm_place == "after"
        self._stream = [_size(first)]
        self._attention: list[float] = []
        self._cross: list[float] = []
        self._feed_forward: list[float] = []

    def add(self, layer: LayerTrace) -> None:
        """The next layer."""
        self._attention.append(_size(layer.after_attention - self._last))
        if layer.cross_weights is not None:
            self._cross.append(_size(layer.after_cross - layer.after_attention))
        self._feed_forward.append(_size(layer.hidden - layer.after_cross))
        self._stream.append(_size(layer.hidden))
        self._last = layer.hidden

    def sizes(self) -> StreamSizes:
        """All that was measured."""
        return StreamSizes(
            stream=_array(self._stream),
            attention=_array(self._attention),
            cross=_array(self._cross),
            feed_forward=_array(self._feed_forward),
            is_norm_after=self._is_norm_after,
        )


def _size(vectors: Tensor) -> float:
    """Mean length of vectors (T, C); 0 if there are none."""
    return float(vectors.norm(dim=-1).mean()) if len(vectors) else 0.0


def _array(numbers: list[float]) -> np.ndarray:
    return np.array(numbers, dtype=np.float32)
