"""What happened along a curve, as small marks at the foot of a chart: found under the mouse, and painted.

Each is a value; what it means is told in words when the mouse is near.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from playground.ui.theme import SMALL_PIXELS, colour, interface_font

EVENT, SAMPLE, SNAPSHOT, FORK = "event", "sample", "snapshot", "fork"
STRIP = 18  # pixels at the foot of the plot in which marks are pressed
_REACH = 5  # pixels to either side
_MOST_TOLD = 4
_ORDER = (EVENT, FORK, SAMPLE, SNAPSHOT)  # in which they are told


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something at `x` (data coordinate). `words` tell what; those of an event or a fork are written beside it.

    `step` is the moment that a press asks for; -1 if there is none.
    """

    x: float
    kind: str
    words: str
    step: int = -1


class Marks:
    """The marks of one chart; `to_x` gives the pixel of a data coordinate (NaN where there is no place)."""

    def __init__(self, to_x: Callable[[float], float]) -> None:
        self._to_x = to_x
        self._marks: Sequence[Mark] = ()

    def show(self, marks: Sequence[Mark]) -> None:
        self._marks = tuple(marks)

    def all(self) -> Sequence[Mark]:
        return self._marks

    def near(self, pixel: float) -> list[Mark]:
        """What is told when the mouse is at that column: the nearest few."""
        found = [(abs(self._to_x(mark.x) - pixel), mark) for mark in self._marks]
        found = [(distance, mark) for distance, mark in found if distance <= _REACH]
        found.sort(key=lambda pair: (_ORDER.index(pair[1].kind), pair[0]))
        return [mark for _, mark in found[:_MOST_TOLD]]

    def pressed(self, pixel: float) -> Mark | None:
        """The mark with a moment nearest to a press at that column."""
        near = [(abs(self._to_x(mark.x) - pixel), mark) for mark in self._marks if mark.step >= 0]
        distance, mark = min(near, key=lambda pair: pair[0], default=(_REACH + 1.0, None))
        return mark if distance <= _REACH else None

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Snapshots lowest, samples over them, events and forks as lines with their words."""
        painter.setFont(interface_font(SMALL_PIXELS))
        placed = [(self._to_x(mark.x), mark) for mark in self._marks]
        placed = [(x, mark) for x, mark in placed if area.left() <= x <= area.right()]
        taken: set[tuple[str, int]] = set()
        for x, mark in placed:
            if mark.kind in (SNAPSHOT, SAMPLE) and (mark.kind, round(x / 2)) not in taken:
                taken.add((mark.kind, round(x / 2)))
                _paint_small(painter, x, area.bottom(), mark.kind)
        free_from = -1.0
        for x, mark in placed:
            if mark.kind in (EVENT, FORK):
                free_from = _paint_line(painter, x, area, mark, free_from)


def glyph(painter: QPainter, middle: QPointF, kind: str, size: float = 4.0) -> None:
    """The sign of a kind: a tick, a triangle, a square on its corner, a ring."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark_colour(kind))
    x, y = middle.x(), middle.y()
    if kind == SNAPSHOT:
        painter.drawRect(QRectF(x - 0.75, y - size, 1.5, 2 * size))
    elif kind == SAMPLE:
        corners = [QPointF(x, y - size), QPointF(x + size, y + size * 0.8), QPointF(x - size, y + size * 0.8)]
        painter.drawPolygon(QPolygonF(corners))
    elif kind == FORK:
        corners = [QPointF(x, y - size), QPointF(x + size, y), QPointF(x, y + size), QPointF(x - size, y)]
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.setPen(QPen(mark_colour(kind), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, size - 1, size - 1)


def mark_colour(kind: str) -> QColor:
    return {SNAPSHOT: colour("dim", 0.55), SAMPLE: colour("accent"), FORK: colour("good")}.get(kind, colour("dim"))


def _paint_small(painter: QPainter, x: float, bottom: float, kind: str) -> None:
    glyph(painter, QPointF(x, bottom - (3 if kind == SNAPSHOT else 9)), kind, 3.0 if kind == SNAPSHOT else 4.0)


def _paint_line(painter: QPainter, x: float, area: QRectF, mark: Mark, free_from: float) -> float:
    """A dotted line with words, which are left out where they would lie over others."""
    painter.setPen(QPen(mark_colour(mark.kind), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    if mark.kind == FORK:
        glyph(painter, QPointF(x, area.bottom() - STRIP - 9), FORK)
    width = QFontMetricsF(painter.font()).horizontalAdvance(mark.words)
    left = x + 7 if x + 7 + width <= area.right() else x - 7 - width
    if left <= free_from:
        return free_from
    box = QRectF(left, area.bottom() - STRIP - 17, width, 16)
    painter.fillRect(box.adjusted(-3, 0, 3, 0), colour("panel", 0.8))
    painter.setPen(colour("dim"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), mark.words)
    return left + width + 8
