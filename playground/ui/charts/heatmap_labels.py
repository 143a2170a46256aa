"""Token labels along the two sides of a heatmap: what is written, which of them have room, and their painting.

Tokens are of foreign origin: they are painted, never parsed.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from playground.contract.messages import Tokens
from playground.ui.charts.heatmap_view import CellView
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, token_font
from playground.ui.visible_text import visible_piece

_BYTE, _UNKNOWN = 1, 2  # kinds of `Tokens`
_LIMIT = 24  # characters
_WIDEST = 104.0  # pixels of a label before it is elided
_LARGE_CELL, _SLANTED_CELL = 22.0, 17.0  # pixels; smaller cells get smaller, then upright labels
_GAP = 6.0
_LINE = 1.3  # a line's height in sizes of its font
_SLANT = 45.0
_SIN = math.sin(math.radians(_SLANT))


def token_labels(tokens: Tokens, text: str = "") -> list[str]:
    """A token in a few signs: spaces as ␣, bytes as two hex digits, unknown ones as what they stand for in `text`."""
    words = []
    for index, piece in enumerate(tokens.pieces):
        kind = int(tokens.kinds[index])
        if kind == _BYTE and piece.startswith("<0x"):
            words.append(piece[3:5])
            continue
        surface = text[int(tokens.starts[index]) : int(tokens.ends[index])]
        words.append(visible_piece(surface if kind == _UNKNOWN and surface else piece, _LIMIT))
    return words


def shown_indices(indices: range, cell: float, spacing: float, marked: Collection[int] = ()) -> list[int]:
    """Every so-manieth index, so that labels are `spacing` pixels apart; those too near to a marked one give way."""
    every = max(math.ceil(spacing / max(cell, 1e-9)), 1)
    kept = [index for index in indices if index % every == 0 and index not in marked]
    return [index for index in kept if all(abs(index - other) * cell >= spacing for other in marked)]


@dataclass(frozen=True, kw_only=True)
class LabelSpace:
    """Pixels that labels take beside the picture."""

    left: float
    top: float
    right: float


class AxisLabels:
    """The labels of one matrix: tokens of the rows down its left, those of the columns above it; often the same.

    `written` are the tokens that a decoder writes at each row, down the right; none if they are the next rows' anyway.
    """

    def __init__(
        self, rows: Sequence[str] = (), columns: Sequence[str] | None = None, written: Sequence[str] = ()
    ) -> None:
        self.rows = list(rows)
        self.columns = self.rows if columns is None else list(columns)
        self.written = list(written)
        self._row_words, self._written_words = _Words(self.rows), _Words(self.written)
        self._column_words = self._row_words if columns is None else _Words(self.columns)

    def has_words_of(self, other: "AxisLabels") -> bool:
        """Whether all labels are the same."""
        return (self.rows, self.columns, self.written) == (other.rows, other.columns, other.written)

    def space(self, cell: float) -> LabelSpace:
        """The room to keep, for cells of that size when all are in view; zooming in, with larger labels, keeps it."""
        left = self._row_words.widest_at(BASE_PIXELS) + _GAP
        widest = self._column_words.widest_at(BASE_PIXELS)
        slanted = (widest + BASE_PIXELS) * _SIN + _GAP
        beyond = max(widest * _SIN - cell / 2, 0.0)
        right = self.written_width()
        if self._column_words.are_short():
            return LabelSpace(left=left, top=BASE_PIXELS * _LINE + _GAP, right=right)
        if cell >= _SLANTED_CELL:
            return LabelSpace(left=left, top=slanted, right=max(beyond, right))
        upright = self._column_words.widest_at(SMALL_PIXELS) + _GAP
        return LabelSpace(left=left, top=max(upright, slanted), right=max(beyond / 2, right))

    def written_width(self) -> float:
        """Pixels of the labels on the right; 0 if there are none."""
        return self._written_words.widest_at(BASE_PIXELS) + _GAP if self.written else 0.0

    def paint(
        self, painter: QPainter, view: CellView, rows: Collection[int], columns: Collection[int], above: float = 0.0
    ) -> None:
        """All that have room, the columns' `above` the picture; the marked `rows` and `columns` always, in accent."""
        rows = [row for row in rows if row in view.rows()]
        columns = [column for column in columns if column in view.columns()]
        font = token_font(_pixels(view.cell))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        painter.setPen(colour("text"))
        line = metrics.ascent() + metrics.descent()
        for row in shown_indices(view.rows(), view.cell, line * 0.92, rows):
            self._paint_row(painter, metrics, view, row)
        is_upright = view.cell < _SLANTED_CELL or self._column_words.are_short()
        spacing = line * 0.92 if is_upright else line * 0.92 / _SIN
        for column in shown_indices(view.columns(), view.cell, spacing, columns):
            self._paint_column(painter, metrics, view, column, above)
        painter.setPen(colour("accent"))
        for row in rows:
            self._paint_row(painter, metrics, view, row)
        for column in columns:
            self._paint_column(painter, metrics, view, column, above)

    def _paint_row(self, painter: QPainter, metrics: QFontMetricsF, view: CellView, row: int) -> None:
        middle = view.y(row + 0.5)
        if not view.area.top() <= middle <= view.area.bottom():
            return
        box = QRectF(view.area.left() - _GAP - _WIDEST, middle - 12, _WIDEST, 24)
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, flags, self._row_words.fitting(metrics, row))
        if self.written:
            box.moveLeft(view.area.right() + _GAP)
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(box, flags, self._written_words.fitting(metrics, row))

    def _paint_column(
        self, painter: QPainter, metrics: QFontMetricsF, view: CellView, column: int, above: float
    ) -> None:
        middle = view.x(column + 0.5)
        if not view.area.left() <= middle <= view.area.right():
            return
        if self._column_words.are_short():
            box = QRectF(middle - 20, view.area.top() - above - 24 - _GAP / 2, 40, 24)
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            painter.drawText(box, flags, self.columns[column])
            return
        is_slanted = view.cell >= _SLANTED_CELL
        painter.save()
        painter.translate(QPointF(middle, view.area.top() - above - (4 if is_slanted else _GAP)))
        painter.rotate(-_SLANT if is_slanted else -90.0)
        base = metrics.descent() * 0.2 if is_slanted else (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(0, base), self._column_words.fitting(metrics, column))
        painter.restore()


class _Words:
    """The words along one side, measured once."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._widest: dict[int, float] = {}  # by font size
        self._fitted: dict[tuple[int, str], str] = {}  # eliding costs more than drawing

    def are_short(self) -> bool:
        """Whether every token is about one letter wide, as characters are: they stand as they are read."""
        return self.widest_at(BASE_PIXELS) <= _LINE * BASE_PIXELS

    def fitting(self, metrics: QFontMetricsF, index: int) -> str:
        key = (round(metrics.height()), self._words[index])
        if key not in self._fitted:
            self._fitted[key] = metrics.elidedText(self._words[index], Qt.TextElideMode.ElideRight, _WIDEST)
        return self._fitted[key]

    def widest_at(self, pixels: int) -> float:
        if pixels not in self._widest:
            metrics = QFontMetricsF(token_font(pixels))
            widest = max((metrics.horizontalAdvance(words) for words in set(self._words)), default=0.0)
            self._widest[pixels] = min(math.ceil(widest) + 1.0, _WIDEST)
        return self._widest[pixels]


def _pixels(cell: float) -> int:
    return BASE_PIXELS if cell >= _LARGE_CELL else SMALL_PIXELS
