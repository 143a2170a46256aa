"""What kinds of tokens there are on a map, and whose name is written first. Pure functions over a vocabulary.

V tokens.
"""

import numpy as np

from playground.contract.messages import Vocabulary
from playground.ui.charts.token_points import TokenGroup
from playground.ui.pages.tokenize.chip_layout import BYTE, CONTROL, UNKNOWN
from playground.ui.translation import translate

STARTS, GOES_ON, BYTES, SPECIAL = range(4)
_SPACE = "▁"


def token_groups() -> list[TokenGroup]:
    """By the numbers above, in the interface's language."""
    return [
        TokenGroup(key="begins a word", name=translate("TokenizePage", "begins a word"), shade=-1),
        TokenGroup(key="other piece", name=translate("TokenizePage", "other piece"), shade=0),
        TokenGroup(key="byte", name=translate("TokenizePage", "byte"), shade=-2),
        TokenGroup(key="special", name=translate("TokenizePage", "special"), shade=2),
    ]


def kinds_of(vocabulary: Vocabulary) -> np.ndarray:
    """Each token's kind, (V,): a piece that begins with a space begins a word."""
    begins = np.fromiter((piece.startswith(_SPACE) for piece in vocabulary.pieces), bool, len(vocabulary.pieces))
    found = np.where(begins, STARTS, GOES_ON).astype(np.uint8)
    found[vocabulary.kinds == BYTE] = BYTES
    found[np.isin(vocabulary.kinds, (UNKNOWN, CONTROL))] = SPECIAL
    return found


def labelled_first(vocabulary: Vocabulary) -> np.ndarray:
    """All ids (V,): pieces of text by their score, which is higher the more frequent they are, then bytes and marks."""
    is_piece = np.isin(kinds_of(vocabulary), (STARTS, GOES_ON))
    return np.lexsort((-vocabulary.scores, ~is_piece))
