"""Colours, words and arrows that all painters of the diagram share."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, mixed

_CENTRE = Qt.AlignmentFlag.AlignCenter


def kind_colour(kind: str, *, tied: bool = True) -> QColor:
    """The colour of a family of parts; a tied output is the embedding's table, so it has its colour."""
    c = colours()
    first, second, third, fourth = c.others
    families = {
        "embedding": c.train, "positions": fourth, "attention": first, "feed_forward": second, "norms": third,
        "cross_attention": c.validation, "memory": c.accent, "transform": second,
        "output": c.train if tied else c.validation,
    }  # fmt: skip
    return QColor(families.get(kind, c.dim))


def use(painter: QPainter, kind: str, share: float = 0.18, *, tied: bool = True) -> None:
    """The pen and brush of a family of parts."""
    hue = kind_colour(kind, tied=tied)
    painter.setPen(QPen(hue, 1.2))
    painter.setBrush(mixed(hue.name(), colours().panel, share))


def write(painter: QPainter, area: QRectF, *choices: str) -> None:
    """The first of the words that fits into a shape, or none."""
    painter.setFont(interface_font(max(8, min(SMALL_PIXELS, round(area.height()) - 3))))
    metrics = painter.fontMetrics()
    for words in choices:
        if metrics.horizontalAdvance(words) <= area.width() - 4 and metrics.ascent() <= area.height() + 1:
            painter.setPen(colour("text"))
            lift = 1.5 if area.height() < SMALL_PIXELS + 5 else 0.0  # a fallback font's glyphs hang a little low
            painter.drawText(area.translated(0, -lift), _CENTRE, words)
            return


def arrow(painter: QPainter, *points: QPointF, hue: QColor | None = None) -> None:
    """A line through all points with a head at the last."""
    line = hue or colour("dim")
    painter.setPen(QPen(line, 1.3 if hue is None else 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(list(points))
    end, before = points[-1], points[-2]
    angle = math.atan2(end.y() - before.y(), end.x() - before.x())
    head = [end]
    for side in (-0.45, 0.45):
        head.append(end - QPointF(6 * math.cos(angle + side), 6 * math.sin(angle + side)))
    painter.setBrush(line)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF(head))
