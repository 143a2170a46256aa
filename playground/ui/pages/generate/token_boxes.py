"""Where the tokens of a written text lie on the screen, and what colour is behind them.

Positions are Qt's (UTF-16). Only lines that can be seen are measured, so that a long text costs
little more than a short one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QTextBlock, QTextLine
from PySide6.QtWidgets import QTextEdit

from playground.ui.pages.generate.words import bits
from playground.ui.theme import colour

MOST_BITS = 8.0  # a surprise from which on the tint is full
_TINT = 0.62


def visible_boxes(view: QTextEdit, starts: Sequence[int]) -> Iterator[tuple[int, QRectF]]:
    """Each token that can be seen, and its boxes in the viewport; `starts` are the tokens' positions, rising."""
    if not starts:
        return
    block = view.cursorForPosition(QPoint(0, 0)).block()
    layout = view.document().documentLayout()
    shift = QPointF(-view.horizontalScrollBar().value(), -view.verticalScrollBar().value())
    ends = [*starts[1:], view.document().characterCount() - 1]
    while block.isValid():
        corner = layout.blockBoundingRect(block).topLeft() + shift
        if corner.y() > view.viewport().height():
            return
        yield from _boxes_of(block, corner, QFontMetricsF(view.font()), view.viewport().height(), starts, ends)
        block = block.next()


def tint(probability: float) -> QColor:
    """The colour behind a token: the less likely, the stronger."""
    return colour("validation", _TINT * min(max(bits(probability), 0.0) / MOST_BITS, 1.0))


def _boxes_of(
    block: QTextBlock, corner: QPointF, metrics: QFontMetricsF, bottom: int, starts: Sequence[int], ends: Sequence[int]
) -> Iterator[tuple[int, QRectF]]:
    lines, words, begin = block.layout(), block.text(), block.position()
    for number in range(lines.lineCount()):
        line = lines.lineAt(number)
        top = corner.y() + line.y() + line.ascent() - metrics.ascent() - 1
        if top > bottom:
            return
        if top < -2 * metrics.height():
            continue
        first = begin + line.textStart()
        last = first + line.textLength()
        for index in range(max(bisect_right(starts, first) - 1, 0), bisect_left(starts, last)):
            left, right = max(starts[index], first), min(ends[index], last)
            is_hanging = right < ends[index] and words[left - begin : right - begin].isspace()
            if right > left and not is_hanging:  # a space before a word that begins the next line has no box
                x = _x_of(line, left - begin)
                yield index, QRectF(corner.x() + x, top, _x_of(line, right - begin) - x, metrics.height() + 2)


def _x_of(line: QTextLine, position: int) -> float:
    """Pixels from the left end of the block."""
    pair: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]  # the stubs say object
    return pair[0]
