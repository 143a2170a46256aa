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
    """Mean share of the weight, over the queries that have a choice; NaN where there is nothing to measure.

    Under a causal mask these are the queries from the third on, without one all that have such a token.

    Attributes:
        itself, before, first: on the query's own token, the token before it, the text's first token.
        after: on the token after it, where a query may see it.
        after_same: on the tokens that followed earlier occurrences of the query's token (what an induction head
            looks at, Olsson et al. 2022), over the queries whose token occurred before.
        n_spread: over how many tokens the weight spreads, the exponential of its entropy.
    """

    itself: float
    before: float
    after: float
    first: float
    after_same: float
    n_spread: float


def head_shares(weights: np.ndarray, ids: np.ndarray, *, is_causal: bool = True) -> HeadShares:
    """Measure a head's weights (T, T) on tokens `ids` (T,)."""
    n = len(weights)
    if n <= _FIRST_QUERY:
        nothing = math.nan
        return HeadShares(
            itself=nothing, before=nothing, after=nothing, first=nothing, after_same=nothing, n_spread=nothing
        )
    rows = np.arange(_FIRST_QUERY if is_causal else 0, n)
    later, earlier = rows[rows > 0], rows[rows + 1 < n]
    return HeadShares(
        itself=float(weights[rows, rows].mean()),
        before=float(weights[later, later - 1].mean()),
        after=math.nan if is_causal else float(weights[earlier, earlier + 1].mean()),
        first=float(weights[later, 0].mean()),
        after_same=_after_same(weights, ids) if is_causal else math.nan,
        n_spread=n_spread(weights[rows]),
    )


def n_spread(weights: np.ndarray) -> float:
    """Over how many tokens rows (T, S) spread, the exponential of their entropy, on average."""
    logs = np.log(weights, out=np.zeros_like(weights), where=weights > 0)
    return float(np.exp(-(weights * logs).sum(axis=1)).mean())


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
    facts = [
        (translate("AttentionPage", "Token before"), share_words(shares.before)),
        (translate("AttentionPage", "First token"), share_words(shares.first)),
        (translate("AttentionPage", "Itself"), share_words(shares.itself)),
        (translate("AttentionPage", "After the same token"), share_words(shares.after_same)),
        (translate("AttentionPage", "Spread over"), spread_words(shares.n_spread)),
    ]
    if not math.isnan(shares.after):  # every token sees those after it
        facts[3] = (translate("AttentionPage", "Token after"), share_words(shares.after))
    return facts


def head_sentence(shares: HeadShares) -> str:
    """What the head mostly looks at in this text, in one sentence; "" if the text is too short to tell."""
    if math.isnan(shares.before):
        return ""
    kinds = [
        (shares.before, translate("AttentionPage", "the token before")),
        (shares.first, translate("AttentionPage", "the first token")),
        (shares.itself, translate("AttentionPage", "the token itself")),
    ]
    if not math.isnan(shares.after):
        kinds.append((shares.after, translate("AttentionPage", "the token after")))
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


def share_words(share: float) -> str:
    """A share in percent, "–" for none."""
    return "–" if math.isnan(share) else percent(share)


def spread_words(n_spread: float) -> str:
    """A number of tokens, "–" for none."""
    return "–" if math.isnan(n_spread) else translate("AttentionPage", "{0} tokens").format(f"{n_spread:.1f}")
