"""A heatmap in words and as a table: the cell in hand, and every cell. Pure functions.

`rows` are the words of the tokens that ask, `columns` of those that are looked at.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from playground.contract.messages import HeadAttention
from playground.ui.translation import translate
from playground.ui.widgets.export import Table

TABLE_HEAD = ("query_index", "query", "key_index", "key", "weight", "score")


def cell_rows(
    head: HeadAttention, rows: Sequence[str], columns: Sequence[str], row: int, column: int, following: str = ""
) -> list[tuple[str, str, bool]]:
    """Name, value and whether it is written as a token is, for each line of the cell's card.

    Args:
        following: the token that the model writes after the query, where it is worth telling.
    """
    query, key = translate("Heatmap", "query"), translate("Heatmap", "key")
    lines = [
        (f"{query} {row + 1}", rows[row], True),
        (f"{key} {column + 1}", columns[column], True),
    ]
    if following:
        lines.insert(1, (translate("Heatmap", "writes next"), following, True))
    if np.isneginf(head.scores[row, column]):
        return [*lines, (translate("Heatmap", "masked"), translate("Heatmap", "comes later in the text"), False)]
    return [
        *lines,
        (translate("Heatmap", "weight"), weight_words(float(head.weights[row, column])), False),
        (translate("Heatmap", "score"), f"{float(head.scores[row, column]):.4g}", False),
    ]


def token_rows(word: str, column: int, loss_nats: float) -> list[tuple[str, str, bool]]:
    """The same for a token alone: how surprising it was to the model. The first token follows nothing.

    Args:
        column: the token's place in its text, from 0.
    """
    first = (f"{translate('Heatmap', 'token')} {column + 1}", word, True)
    if column == 0:
        return [first, (translate("Heatmap", "surprise"), "–", False)]
    return [
        first,
        (translate("Heatmap", "surprise"), translate("Heatmap", "{0} nats").format(f"{loss_nats:.4f}"), False),
        (translate("Heatmap", "probability"), f"{math.exp(-loss_nats):.4g}", False),
    ]


def cell_sentence(head: HeadAttention, rows: Sequence[str], columns: Sequence[str], row: int, column: int) -> str:
    """The same in one sentence, for those who cannot see it."""
    if np.isneginf(head.scores[row, column]):
        return translate("Heatmap", "‘{0}’ cannot look at ‘{1}’: masked").format(rows[row], columns[column])
    sentence = translate("Heatmap", "‘{0}’ looks at ‘{1}’ with weight {2}")
    return sentence.format(rows[row], columns[column], weight_words(float(head.weights[row, column])))


def weight_words(weight: float) -> str:
    """Four digits after the point; what would vanish keeps its size."""
    return f"{weight:.4f}" if weight >= 0.00005 or weight == 0 else f"{weight:.1e}"


def head_table(head: HeadAttention | None, rows: Sequence[str], columns: Sequence[str]) -> Table:
    """Every cell that is not masked."""
    return Table(header=TABLE_HEAD, rows=() if head is None else _cells(head, rows, columns))


def _cells(head: HeadAttention, rows: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[int | str | float, ...]]:
    for row, column in zip(*np.nonzero(~np.isneginf(head.scores)), strict=True):
        i, j = int(row), int(column)
        yield i, rows[i], j, columns[j], float(head.weights[i, j]), float(head.scores[i, j])
