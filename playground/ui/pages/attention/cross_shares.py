"""What a head of cross-attention does with one sentence and its translation, in a few measured numbers. Pure functions.

T tokens of the target, S tokens of the source.
"""

import math
from dataclasses import dataclass

import numpy as np

from playground.ui.charts.probability_bars import percent
from playground.ui.pages.attention.head_shares import n_spread, share_words, spread_words
from playground.ui.translation import translate


@dataclass(frozen=True, kw_only=True)
class CrossShares:
    """NaN where there is nothing to measure.

    Attributes:
        order_kept: of all pairs of target tokens that look mostly at different source tokens, the share whose source
            tokens stand in the same order as they do; 1 for word by word, 0 for the whole sentence turned around.
        strongest: mean weight of each target token's strongest source token.
        end: mean weight of the last source token, its mark of end.
        n_spread: over how many source tokens the weight spreads, the exponential of its entropy.
    """

    order_kept: float
    strongest: float
    end: float
    n_spread: float


def cross_shares(weights: np.ndarray) -> CrossShares:
    """Measure a head's weights (T, S)."""
    if not weights.size:
        return CrossShares(order_kept=math.nan, strongest=math.nan, end=math.nan, n_spread=math.nan)
    return CrossShares(
        order_kept=_order_kept(weights.argmax(axis=1)),
        strongest=float(weights.max(axis=1).mean()),
        end=float(weights[:, -1].mean()),
        n_spread=n_spread(weights),
    )


def cross_facts(shares: CrossShares) -> list[tuple[str, str]]:
    """Names and values for a list."""
    return [
        (translate("AttentionPage", "Strongest token"), share_words(shares.strongest)),
        (translate("AttentionPage", "Mark of end"), share_words(shares.end)),
        (translate("AttentionPage", "Pairs in the source's order"), share_words(shares.order_kept)),
        (translate("AttentionPage", "Spread over"), spread_words(shares.n_spread)),
    ]


def cross_sentence(shares: CrossShares) -> str:
    """How the head reads the source, in one sentence; "" if there is too little to tell."""
    if math.isnan(shares.n_spread):
        return ""
    spreads = translate("AttentionPage", "Spreads over about {0} source tokens").format(f"{shares.n_spread:.1f}")
    if math.isnan(shares.order_kept):
        return spreads
    order = translate("AttentionPage", "{0}; {1} of the pairs keep the source's order")
    return order.format(spreads, percent(shares.order_kept))


def _order_kept(places: np.ndarray) -> float:
    """Of all pairs of different places (T,), the share that rises."""
    steps = np.sign(places[np.newaxis, :] - places[:, np.newaxis])[np.triu_indices(len(places), 1)]
    n_pairs = int((steps != 0).sum())
    return float((steps > 0).sum()) / n_pairs if n_pairs else math.nan
