"""The validation loss: each judged token once, weighted by tokens, never smoothed.

A window sees nothing of the one before it, so a token has half a context on average: the same measure as random
windows give, without their noise. The first token of a text has nothing before it and is not judged. Masks are always
the same ones.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.engine.model.batch import IGNORED, Batch
from playground.engine.model.modes import evaluating
from playground.engine.model.transformer import Transformer
from playground.engine.training.loss import loss_sums
from playground.engine.training.objectives import Objective

_LOGITS_PER_BATCH = 1 << 23  # 32 MB of logits at a time
_NOISE_SEED = 0


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """How surprised the model is by the validation text."""

    loss: float  # nats per judged token
    n_tokens: int
    n_bytes: int  # of the judged tokens' text
    accuracy: float  # share of them that the model would have chosen itself
    exact: float  # share of examples with no token wrong: what greedy decoding would write exactly

    @property
    def perplexity(self) -> float:
        return math.exp(min(self.loss, 700.0))

    @property
    def bits_per_byte(self) -> float:
        """Comparable across tokenizers."""
        return self.loss * self.n_tokens / math.log(2) / max(self.n_bytes, 1)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a model is judged by: an objective, the examples of it, and how many bytes each token stands for."""

    objective: Objective
    indices: np.ndarray  # (N,)
    bytes_per_id: np.ndarray  # (V,)


def first_share(indices: np.ndarray, fraction: float) -> np.ndarray:
    """The part of the validation examples that is judged: always the first `fraction`, never none."""
    return indices[: max(1, math.ceil(len(indices) * fraction))]


def evaluate(model: Transformer, judged: Judged, keep_going: Callable[[], None]) -> Evaluation:
    """Judge every target of the examples.

    Args:
        keep_going: called between batches; may raise to give up.
    """
    n_ctx = model.config.n_ctx
    draws = np.random.default_rng(_NOISE_SEED)
    n_rows = max(1, _LOGITS_PER_BATCH // (n_ctx * model.vocab_size))
    total, n_tokens, n_bytes, n_right, n_exact = 0.0, 0, 0, 0, 0
    with evaluating(model), torch.inference_mode():
        for start in range(0, len(judged.indices), n_rows):
            indices = judged.indices[start : start + n_rows]
            batch = judged.objective.batch(indices, draws, model.device)
            logits, targets = model.judged(batch)
            total += float(loss_sums(logits, targets).loss)
            is_right = logits.argmax(dim=-1) == targets  # (N,)
            n_tokens += batch.n_targets
            n_bytes += int(judged.bytes_per_id[targets.cpu().numpy()].sum())
            n_right += int(is_right.sum())
            n_exact += _n_exact(batch, is_right)
            keep_going()
    return Evaluation(
        loss=total / n_tokens,
        n_tokens=n_tokens,
        n_bytes=n_bytes,
        accuracy=n_right / n_tokens,
        exact=n_exact / len(judged.indices),
    )


def _n_exact(batch: Batch, is_right: Tensor) -> int:
    """Rows of a batch without a wrong place; `is_right` (N,) goes through the judged places row by row."""
    places = batch.targets != IGNORED  # (B, T)
    is_wrong = torch.zeros_like(places)
    is_wrong[places] = ~is_right
    return int((~is_wrong.any(dim=1)).sum())
