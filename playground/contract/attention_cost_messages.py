"""Of the worker's questions and answers those about what attention costs: time and memory of its two ways to compute.

"Fused" never stores the attention weights, "explicit" does; both give the same numbers.
"""

from dataclasses import dataclass

from playground.contract.model_config import ModelConfig

TOO_LONG, TOO_LARGE = "time", "memory"
"""Why a measurement ended before its longest context."""


@dataclass(frozen=True, kw_only=True)
class AttentionShape:
    """All that time and memory of attention depend on, beside the context length."""

    n_heads: int
    n_kv_heads: int
    d_head: int
    is_causal: bool
    has_bias: bool  # ALiBi: something is added to each score

    @staticmethod
    def of(model: ModelConfig) -> "AttentionShape":
        """The self-attention of a model that can be built; of an encoder-decoder its decoder's."""
        return AttentionShape(
            n_heads=model.n_heads,
            n_kv_heads=model.n_kv_heads,
            d_head=model.d_head,
            is_causal=model.has_decoder and model.causal_mask,
            has_bias=model.position == "alibi",
        )

    def weights_bytes(self, n_tokens: int) -> int:
        """By formula: one weight per head, query and key, 4 bytes each. Explicit attention holds them several times."""
        return 4 * self.n_heads * n_tokens**2


@dataclass(frozen=True, kw_only=True)
class MeasureAttention:
    """How long does attention take, and how much memory, over one sequence of 64, 128, … `longest` tokens?

    Answered by `Progress` (its `what` is the length being measured) and an `AttentionCost` per length, shortest first,
    then `AttentionMeasured`.
    """

    shape: AttentionShape
    longest: int = 2048


@dataclass(frozen=True, kw_only=True)
class WayCost:
    """What one way to compute attention costs: medians of several runs, and the peak of memory beside the inputs.

    "Training" is forward and backward.
    """

    forward_ms: float
    training_ms: float
    forward_bytes: int
    training_bytes: int


@dataclass(frozen=True, kw_only=True)
class AttentionCost:
    """Both ways at one context length, over the same numbers in 32 bits."""

    n_tokens: int
    fused: WayCost
    explicit: WayCost
    largest_difference: float  # between the two outputs


@dataclass(frozen=True, kw_only=True)
class AttentionMeasured:
    """The last word: where it was measured, and why it ended early: TOO_LONG, TOO_LARGE, or "" if it did not."""

    device: str  # "cpu", or the name of the GPU
    n_threads: int
    stopped: str
