"""What a map of tokens says in words: its axes, a token's card, and the whole for a screen reader. Pure functions."""

from collections.abc import Sequence

from playground.ui.translation import translate


def axis_words(shares: Sequence[float]) -> tuple[str, str]:
    """What the axes across and up are called, with the shares of the variance that they show."""
    first = translate("TokenMap", "1st principal component, {0} % of the variance")
    second = translate("TokenMap", "2nd principal component, {0} % of the variance")
    return first.format(percent(shares[0])), second.format(percent(shares[1]))


def card_rows(token_id: int, label: str, kind: str, length: float, cosine: float | None) -> list[tuple[str, str, bool]]:
    """Names and values of a token, as `paint_card` takes them; `cosine` is that with the one in hand, if known."""
    rows = [
        (translate("TokenMap", "Piece"), label, True),
        (translate("TokenMap", "Id"), f"{token_id:,}", False),
        (translate("TokenMap", "Kind"), kind, False),
        (translate("TokenMap", "Length"), f"{length:.3g}", False),
    ]
    if cosine is not None:
        rows.append((translate("TokenMap", "Cosine"), f"{cosine:.3f}", False))
    return rows


def description(n_tokens: int, axes: Sequence[str], chosen: str, near: Sequence[tuple[str, float]]) -> str:
    """How many tokens, along which axes, the one in hand ("" for none) and those near it with their cosines."""
    words = [translate("TokenMap", "{0} tokens").format(f"{n_tokens:,}"), *axes]
    if chosen:
        words.append(translate("TokenMap", "chosen: {0}").format(chosen))
    return "; ".join([*words, *(f"{label} {cosine:.2f}" for label, cosine in near)])


def percent(share: float) -> str:
    """A share as a percentage: whole from ten on, with one decimal below."""
    value = 100 * float(share)
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"
