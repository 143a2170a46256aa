"""What a head does with one text, in a few measured shares and one sentence. Pure functions. T tokens."""

import math
from dataclasses import dataclass

import numpy as np

from playground.ui.charts.probability_bars import percent
from playground.ui.translation import translate

_FIRST_QUERY = 2  # earlier ones have hardly a choice
_MOSTLY = 0.35


@dataclass(frozen=True, kw_only=True)
class HeadShares:
    """Mean share of the weight, over the queries from the third on; NaN where there is nothing to measure.

    Attributes:
        itself, before, first: on the query's own token, the token before it, the text's first token.
        after_same: on the tokens that followed earlier occurrences of the query's token (what an induction head
            looks at, Olsson et al. 2022), over the queries whose token occurred before.
        n_spread: over how many tokens the weight spreads, the exponential of its entropy.
    """

    itself: float
    before: float
    first: float
    after_same: float
    n_spread: float


def head_shares(weights: np.ndarray, ids: np.ndarray) -> HeadShares:
    """Measure a head's weights (T, T) on tokens `ids` (T,)."""
    n = len(weights)
    if n <= _FIRST_QUERY:
        return HeadShares(itself=math.nan, before=math.nan, first=math.nan, after_same=math.nan, n_spread=math.nan)
    rows = np.arange(_FIRST_QUERY, n)
    logs = np.log(weights[rows], out=np.zeros_like(weights[rows]), where=weights[rows] > 0)
    return HeadShares(
        itself=float(weights[rows, rows].mean()),
        before=float(weights[rows, rows - 1].mean()),
        first=float(weights[rows, 0].mean()),
        after_same=_after_same(weights, ids),
        n_spread=float(np.exp(-(weights[rows] * logs).sum(axis=1)).mean()),
    )


def _after_same(weights: np.ndarray, ids: np.ndarray) -> float:
    same = ids[:, np.newaxis] == ids[np.newaxis, :]  # (T, T)
    followers = np.zeros_like(same)
    followers[:, 1:] = same[:, :-1]
    followers = np.tril(followers)
    rows = followers.any(axis=1)
    rows[:_FIRST_QUERY] = False
    return float((weights * followers).sum(axis=1)[rows].mean()) if rows.any() else math.nan


def share_facts(shares: HeadShares) -> list[tuple[str, str]]:
    """Names and values for a list."""
    return [
        (translate("AttentionPage", "Token before"), _share(shares.before)),
        (translate("AttentionPage", "First token"), _share(shares.first)),
        (translate("AttentionPage", "Itself"), _share(shares.itself)),
        (translate("AttentionPage", "After the same token"), _share(shares.after_same)),
        (translate("AttentionPage", "Spread over"), _spread(shares.n_spread)),
    ]


def head_sentence(shares: HeadShares) -> str:
    """What the head mostly looks at in this text, in one sentence; "" if the text is too short to tell."""
    if math.isnan(shares.before):
        return ""
    kinds = [
        (shares.before, translate("AttentionPage", "the token before")),
        (shares.first, translate("AttentionPage", "the first token")),
        (shares.itself, translate("AttentionPage", "the token itself")),
    ]
    if not math.isnan(shares.after_same):
        kinds.append(
            (shares.after_same, translate("AttentionPage", "what followed the same token earlier (induction)"))
        )
    share, place = max(kinds, key=_share_of)
    if share >= _MOSTLY:
        mostly = translate("AttentionPage", "Looks mostly at {0}: {1} of its weight")
        return mostly.format(place, percent(share))
    spreads = translate("AttentionPage", "Spreads over about {0} tokens; {1} gets {2} of the weight")
    return spreads.format(f"{shares.n_spread:.1f}", place, percent(share))


def _share_of(kind: tuple[float, str]) -> float:
    return kind[0]


def _share(share: float) -> str:
    return "–" if math.isnan(share) else percent(share)


def _spread(n_spread: float) -> str:
    return "–" if math.isnan(n_spread) else translate("AttentionPage", "{0} tokens").format(f"{n_spread:.1f}")
