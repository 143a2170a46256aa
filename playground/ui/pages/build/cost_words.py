"""What attention costs, as sentences: pure functions."""

from collections.abc import Sequence

from playground.contract.attention_cost_messages import (
    TOO_LONG,
    AttentionCost,
    AttentionMeasured,
    AttentionShape,
)
from playground.ui.translation import translate
from playground.ui.visible_text import visible


def shape_words(shape: AttentionShape) -> str:
    """E.g. "4 heads of 32 numbers, causal"."""
    words = translate("AttentionCost", "{0} heads of {1} numbers").format(shape.n_heads, shape.d_head)
    if shape.n_heads == 1:
        words = translate("AttentionCost", "1 head of {0} numbers").format(shape.d_head)
    if shape.n_kv_heads == 1 < shape.n_heads:
        words += translate("AttentionCost", " on 1 key head")
    elif shape.n_kv_heads != shape.n_heads:
        words += translate("AttentionCost", " on {0} key heads").format(shape.n_kv_heads)
    causal = translate("AttentionCost", ", causal")
    words += causal if shape.is_causal else translate("AttentionCost", ", in both directions")
    return words + (translate("AttentionCost", ", with ALiBi") if shape.has_bias else "")


def intention_words(shape: AttentionShape, longest: int) -> str:
    """What the button will do."""
    words = translate(
        "AttentionCost",
        "Both ways to compute attention, timed on this machine over up to {0} tokens: {1}.",
    )
    return words.format(f"{longest:,}", shape_words(shape))


def measured_words(shape: AttentionShape, measured: AttentionMeasured) -> str:
    """Of what the numbers are, and where they were taken."""
    if measured.device != "cpu":
        words = translate("AttentionCost", "{0}. One sequence, 32-bit numbers, on {1}.")
        return words.format(shape_words(shape), visible(measured.device))
    if measured.n_threads == 1:
        words = translate("AttentionCost", "{0}. One sequence, 32-bit numbers, on one core.")
        return words.format(shape_words(shape))
    words = translate("AttentionCost", "{0}. One sequence, 32-bit numbers, on {1} cores.")
    return words.format(shape_words(shape), measured.n_threads)


def difference_words(rows: Sequence[AttentionCost]) -> str:
    """That both give the same numbers, up to rounding; "" before the first row."""
    if not rows:
        return ""
    largest = max(row.largest_difference for row in rows)
    return translate("AttentionCost", "Same numbers: largest difference {0}").format(_power_words(largest))


def gain_words(row: AttentionCost, is_forward: bool) -> str:
    """What explicit attention costs more, at one length."""
    fused, explicit = row.fused, row.explicit
    if is_forward:
        times, sizes = explicit.forward_ms / fused.forward_ms, explicit.forward_bytes / fused.forward_bytes
    else:
        times, sizes = explicit.training_ms / fused.training_ms, explicit.training_bytes / fused.training_bytes
    words = translate("AttentionCost", "At {0} tokens explicit takes {1} × the time and {2} × the memory of fused.")
    return words.format(f"{row.n_tokens:,}", _ratio_words(times), _ratio_words(sizes))


def stop_words(measured: AttentionMeasured, rows: Sequence[AttentionCost]) -> str:
    """Why it went no further; "" if it did."""
    if not measured.stopped:
        return ""
    if not rows:
        return translate("AttentionCost", "Even the shortest context needs more memory than is free.")
    last = f"{rows[-1].n_tokens:,}"
    if measured.stopped == TOO_LONG:
        return translate("AttentionCost", "Ends at {0} tokens: twice as many would take too long here.").format(last)
    words = translate("AttentionCost", "Ends at {0} tokens: twice as many need more memory than is free.")
    return words.format(last)


def _ratio_words(ratio: float) -> str:
    """Two digits: "0.93", "3.4", "86"."""
    return f"{ratio:,.0f}" if ratio >= 9.95 else f"{ratio:.2g}"


def _power_words(value: float) -> str:
    """One digit: "3e-7", "0"."""
    if not value:
        return "0"
    digits, _, power = f"{value:.0e}".partition("e")
    return f"{digits}e{int(power)}"
