"""The validation loss: each target token once, in windows that do not overlap, weighted by tokens.

A window sees nothing of the one before it, so a token has half a context on average: the same measure as random
windows give, without their noise. The first token of the text has nothing before it and is not judged.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from playground.engine.model.modes import evaluating
from playground.engine.model.transformer import Transformer

_LOGITS_PER_BATCH = 1 << 23  # 32 MB of logits at a time


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """How surprised the model is by the validation text."""

    loss: float  # nats per token
    n_tokens: int
    n_bytes: int  # of the judged tokens' text

    @property
    def perplexity(self) -> float:
        return math.exp(min(self.loss, 700.0))

    @property
    def bits_per_byte(self) -> float:
        """Comparable across tokenizers."""
        return self.loss * self.n_tokens / math.log(2) / max(self.n_bytes, 1)


def judged_ids(ids: Tensor, fraction: float, n_ctx: int) -> Tensor:
    """The part of the validation ids (N,) that is judged: always the first `fraction`, in whole windows, never none."""
    n_windows = max(1, math.ceil((len(ids) - 1) * fraction / n_ctx))
    return ids[: n_windows * n_ctx + 1]


def evaluate(model: Transformer, ids: Tensor, n_bytes: int, keep_going: Callable[[], None]) -> Evaluation:
    """Judge every token of `ids` (N,), N >= 2, but the first.

    Args:
        n_bytes: UTF-8 bytes of those tokens' text.
        keep_going: called between batches; may raise to give up.
    """
    n_ctx = model.config.n_ctx
    n_whole = (len(ids) - 1) // n_ctx
    total = 0.0
    with evaluating(model), torch.inference_mode():
        windows = ids[: n_whole * n_ctx].view(n_whole, n_ctx)  # (W, T)
        targets = ids[1 : n_whole * n_ctx + 1].view(n_whole, n_ctx)
        n_rows = max(1, _LOGITS_PER_BATCH // (n_ctx * model.vocab_size))
        for row in range(0, n_whole, n_rows):
            some, wanted = windows[row : row + n_rows], targets[row : row + n_rows]
            total += float(model.loss(some, wanted)) * wanted.numel()
            keep_going()
        rest = ids[n_whole * n_ctx :]  # fewer than a window, its first token judged before
        if len(rest) > 1:
            total += float(model.loss(rest[None, :-1], rest[None, 1:])) * (len(rest) - 1)
    n_tokens = len(ids) - 1
    return Evaluation(loss=total / n_tokens, n_tokens=n_tokens, n_bytes=n_bytes)
