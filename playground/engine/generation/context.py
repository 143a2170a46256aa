"""What the model sees while text grows beyond its context: a window that jumps, read through a key-value cache.

While all tokens fit, each is read once. When the window is full it jumps to the last half of the context, which
is read anew from position 0: positions are part of every cached key, so old entries cannot be moved.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from playground.engine.model.cache import KeyValueCache
from playground.engine.model.transformer import Transformer


def window_start(n_tokens: int, n_ctx: int) -> int:
    """Index of the first token that the model sees when `n_tokens` are there; depends on nothing else."""
    if n_tokens <= n_ctx:
        return 0
    stride = n_ctx + 1 - n_ctx // 2  # a jump leaves half a context, its newest token included
    n_jumps = -(-(n_tokens - n_ctx) // stride)
    return n_jumps * stride


class ContextWindow:
    """Reads tokens one after another, and answers with the logits of the next."""

    def __init__(self, model: Transformer) -> None:
        self._model = model
        self._cache = KeyValueCache(model.config, 1, model.device, model.token_table.dtype)
        self._ids: list[int] = []

    @torch.inference_mode()
    def read(self, ids: Sequence[int]) -> Tensor:
        """Take more tokens, at least one; the logits (V,) of what follows, on the CPU in float32."""
        self._ids += ids
        start = window_start(len(self._ids), self._model.config.n_ctx)
        seen_until = len(self._ids) - len(ids)
        if start + self._cache.length != seen_until:  # the window has jumped
            self._cache.clear()
            seen_until = start
        fresh = torch.tensor([self._ids[seen_until:]], device=self._model.device)  # (1, T)
        return self._model.next_logits(fresh, self._cache)[0].float().cpu()
