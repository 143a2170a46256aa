"""What is written on each token's chip. Pure functions; how wide that is in pixels, a measuring function tells.

T tokens.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.chip_layout import BYTE, CONTROL, UNKNOWN
from playground.ui.visible_text import visible, visible_piece

LABEL_LIMIT = 28  # characters of a piece before it is elided
_DIGIT_STEPS = np.array([10**n for n in range(1, 10)])


@dataclass(frozen=True, kw_only=True)
class ChipLabels:
    """Words and widths of the chips."""

    words: list[str]  # T
    widths: np.ndarray  # (T,) float64 pixels, padding left out


def label(piece: str, kind: int, surface: str, *, signs: bool) -> str:
    """The words of one chip. `signs` shows spaces as ␣; `surface` is the text that an unknown piece stands for."""
    if kind == BYTE:
        return piece[3:5] if piece.startswith("<0x") else visible_piece(piece, LABEL_LIMIT)
    if kind == CONTROL:
        return visible(piece, LABEL_LIMIT)
    if kind == UNKNOWN and surface:
        piece = surface
    if signs:
        return visible_piece(piece, LABEL_LIMIT)
    return visible(piece.replace("▁", " ").replace("\u3000", " "), LABEL_LIMIT)


def label_chips(
    tokens: Tokens, text: str, *, signs: bool, ids: bool, measure: Callable[[str], float], digit_width: float
) -> ChipLabels:
    """Words and widths of all chips; each different piece is measured once."""
    distinct, first, place = np.unique(tokens.ids, return_index=True, return_inverse=True)
    shown = [_label_at(tokens, text, int(index), signs) for index in first]
    widths = np.array([measure(words) for words in shown], dtype=np.float64)
    if ids and len(distinct):
        n_digits = np.searchsorted(_DIGIT_STEPS, np.maximum(distinct, 0), side="right") + 1
        widths = np.maximum(widths, n_digits * digit_width)
    words = [shown[index] for index in place.tolist()]
    widths = widths[place] if len(distinct) else np.zeros(0)
    for index in np.flatnonzero(tokens.kinds == UNKNOWN).tolist():  # one id, many different characters
        words[index] = _label_at(tokens, text, index, signs)
        widths[index] = max(widths[index], measure(words[index]))
    return ChipLabels(words=words, widths=widths)


def _label_at(tokens: Tokens, text: str, index: int, signs: bool) -> str:
    surface = text[tokens.starts[index] : tokens.ends[index]]
    return label(tokens.pieces[index], int(tokens.kinds[index]), surface, signs=signs)
