"""What is said of the texts that are looked into: how many tokens, how surprising. Pure functions. T tokens."""

import numpy as np

from playground.contract.messages import CROSS, TraceOverview
from playground.ui.translation import translate


def text_facts(overview: TraceOverview, *, is_causal_asked: bool) -> list[tuple[str, str]]:
    """Names and values for a list; the surprise with and without the mask where it was switched."""
    facts = _counts(overview)
    if overview.n_dropped:
        facts.append((translate("AttentionPage", "Left out at the front"), f"{overview.n_dropped:,}"))
    if len(overview.losses) < 2:
        return facts
    if not len(overview.other_losses):
        return [*facts, (translate("AttentionPage", "Surprise"), _mean(overview.losses))]
    with_mask, without = translate("AttentionPage", "Surprise with mask"), translate("AttentionPage", "… without mask")
    now, before = _mean(overview.losses), _mean(overview.other_losses)
    first, second = (now, before) if is_causal_asked else (before, now)
    return [*facts, (with_mask, first), (without, second)]


def _counts(overview: TraceOverview) -> list[tuple[str, str]]:
    n_rows, n_columns = f"{len(overview.tokens.ids):,}", f"{len(overview.columns.ids):,}"
    if overview.part != CROSS:
        return [(translate("AttentionPage", "Tokens"), n_rows)]
    return [
        (translate("AttentionPage", "Source tokens"), n_columns),
        (translate("AttentionPage", "Target tokens"), n_rows),
    ]


def _mean(losses: np.ndarray) -> str:
    return translate("AttentionPage", "{0} nats a token").format(f"{float(losses[1:].mean()):.2f}")
