"""Cross-entropy as sums, so that a step's mean is over all its tokens, however they are cut into micro-batches.

Shapes: N judged places, V vocabulary.
"""

from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True)
class LossSums:
    """Sums over the judged places of a batch in nats: float32 scalars."""

    loss: Tensor  # cross-entropy
    objective: Tensor  # what is minimized: the same with smoothed labels


def loss_sums(logits: Tensor, targets: Tensor, label_smoothing: float = 0.0) -> LossSums:
    """How surprised logits (N, V) are by targets (N,).

    Smoothing takes that share of each target's probability and spreads it over all tokens (Szegedy et al. 2016,
    section 7).
    """
    loss = functional.cross_entropy(logits, targets, reduction="sum")
    if not label_smoothing:
        return LossSums(loss, loss)
    uniform = -logits.log_softmax(dim=-1).mean(dim=-1).sum()
    return LossSums(loss, (1.0 - label_smoothing) * loss + label_smoothing * uniform)
