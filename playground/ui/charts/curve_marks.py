"""What happened along a curve, as small marks at the foot of a chart: found under the mouse, and painted.

Each is a value; what it means is told in words when the mouse is near.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from playground.ui.theme import SMALL_PIXELS, colour, interface_font
from playground.ui.visible_text import visible

EVENT, SAMPLE, SNAPSHOT, FORK = "event", "sample", "snapshot", "fork"
_LONGEST = 60  # characters beside a line
STRIP = 18  # pixels at the foot of the plot in which marks are pressed
_REACH = 5  # pixels to either side
_MOST_TOLD = 4
_SIGNS_UP_TO = 60  # more of them would be a band
_ORDER = (EVENT, FORK, SAMPLE, SNAPSHOT)  # in which they are told


class Mark(NamedTuple):  # there may be thousands, which a dataclass makes many times slower
    """Something at `x` (data coordinate). `words` tell what, and may be of foreign origin.

    Those of an event or a fork are written beside it.

    `step` is the moment that a press asks for; -1 if there is none.
    """

    x: float
    kind: str
    words: str
    step: int = -1


class Marks:
    """The marks of one chart; `to_pixels` gives the columns of data coordinates (NaN where there is no place)."""

    def __init__(self, to_pixels: Callable[[np.ndarray], np.ndarray]) -> None:
        self._to_pixels = to_pixels
        self._marks: Sequence[Mark] = ()
        self._x, self._kinds = np.empty(0), np.empty(0, dtype=np.int8)

    def show(self, marks: Sequence[Mark]) -> None:
        self._marks = tuple(marks)
        self._x = np.array([mark.x for mark in marks], dtype=np.float64)
        self._kinds = np.array([_ORDER.index(mark.kind) for mark in marks], dtype=np.int8)

    def all(self) -> Sequence[Mark]:
        return self._marks

    def near(self, pixel: float) -> list[Mark]:
        """What is told when the mouse is at that column: the nearest events, and the nearest of what is many."""
        found = self._within_reach(pixel)
        found.sort(key=lambda pair: (_ORDER.index(pair[1].kind), pair[0]))
        told: list[Mark] = []
        for _, mark in found:
            if mark.kind in (EVENT, FORK) or mark.kind not in [each.kind for each in told]:
                told.append(mark)
        return told[:_MOST_TOLD]

    def pressed(self, pixel: float) -> Mark | None:
        """The mark with a moment nearest to a press at that column."""
        near = [pair for pair in self._within_reach(pixel) if pair[1].step >= 0]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def paint(self, painter: QPainter, area: QRectF, taken: Sequence[QRectF] = ()) -> None:
        """Snapshots lowest, samples over them, events and forks as lines with their words.

        Where there are other words already (`taken`), those of a line go to its other side, or are left out.
        """
        painter.setFont(interface_font(SMALL_PIXELS))
        places = self._to_pixels(self._x)
        is_seen = (places >= area.left()) & (places <= area.right())
        _paint_many(painter, places[is_seen & (self._kinds == _ORDER.index(SNAPSHOT))], area.bottom(), SNAPSHOT)
        _paint_many(painter, places[is_seen & (self._kinds == _ORDER.index(SAMPLE))], area.bottom(), SAMPLE)
        free_from = -1.0
        for index in np.flatnonzero(is_seen & (self._kinds <= _ORDER.index(FORK))).tolist():
            free_from = _paint_line(painter, float(places[index]), area, self._marks[index], free_from, taken)

    def _within_reach(self, pixel: float) -> list[tuple[float, Mark]]:
        distances = np.abs(self._to_pixels(self._x) - pixel)
        return [(float(distances[i]), self._marks[i]) for i in np.flatnonzero(distances <= _REACH).tolist()]


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


def _paint_many(painter: QPainter, places: np.ndarray, bottom: float, kind: str) -> None:
    """Ticks in one go, or a sign each where they are few enough to be told apart; of many at one place, one."""
    places = np.unique(np.round(places / 2)) * 2
    middle = bottom - (3 if kind == SNAPSHOT else 9)
    if kind == SAMPLE and len(places) <= _SIGNS_UP_TO:
        for x in places.tolist():
            glyph(painter, QPointF(x, middle), kind)
        return
    painter.setPen(QPen(mark_colour(kind), 1.5))
    painter.drawLines([QLineF(x, middle - 3, x, middle + 3) for x in places.tolist()])


def _paint_line(
    painter: QPainter, x: float, area: QRectF, mark: Mark, free_from: float, taken: Sequence[QRectF]
) -> float:
    """A dotted line with words, which are left out where they would lie over others."""
    painter.setPen(QPen(mark_colour(mark.kind), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    if mark.kind == FORK:
        glyph(painter, QPointF(x, area.bottom() - 9), FORK)
    words = visible(mark.words, _LONGEST)
    width = QFontMetricsF(painter.font()).horizontalAdvance(words)
    top = area.bottom() - STRIP - 17
    boxes = [QRectF(left, top, width, 16) for left in (x + 7, x - 7 - width)]
    room = QRectF(QPointF(free_from, top), area.bottomRight())
    free = [box for box in boxes if room.contains(box) and not any(box.intersects(other) for other in taken)]
    if not free:
        return free_from
    box = free[0]
    painter.fillRect(box.adjusted(-3, 0, 3, 0), colour("panel", 0.8))
    painter.setPen(colour("dim"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
    return box.right() + 8
