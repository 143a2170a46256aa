"""The words and lines over a map of tokens: legend, labels, the chosen token with its neighbours, the card on hover.

A see-through widget that paints what it is told, in pixels; the mouse passes through it.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEngine, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from playground.ui.charts.heatmap_overlay import paint_card
from playground.ui.charts.label_places import Place
from playground.ui.charts.token_points import TokenGroup
from playground.ui.theme import SMALL_PIXELS, colour, interface_font, theme, token_font

LEGEND_HEIGHT = 26.0
LABEL_PIXELS, LABEL_PADDING = 11, 3
_HALO = 3.5  # pixels of the ground's colour around a label, so that dots do not cross it out
_SWATCH = 8.0
_MOST_KEPT = 500  # pictures of labels
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TokenMapOverlay(QWidget):
    """Give it values; call `update()` after changing them. Places of labels count from the area's corner."""

    def __init__(self, plot_area: Callable[[], QRectF], label_of: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot_area, self._label_of = plot_area, label_of
        self._pixmaps: dict[tuple[tuple[str, str, bool], float], QPixmap] = {}
        theme().changed.connect(self._pixmaps.clear)
        self.forget()

    def forget(self) -> None:
        """Other tokens are coming."""
        self.groups: Sequence[tuple[TokenGroup, int]] = ()  # with how many there are
        self.points = np.zeros((0, 2))  # (V, 2) pixels
        self.labels: Sequence[Place] = ()
        self.chosen = self.hovered = -1
        self.neighbours: Sequence[int] = ()
        self.card: Sequence[tuple[str, str, bool]] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._plot_area()
        self._paint_legend(painter, area)
        painter.setClipRect(area)
        self._paint_lines(painter)
        self._paint_labels(painter, area)
        self._paint_rings(painter)
        painter.setClipping(False)
        if 0 <= self.hovered < len(self.points) and self.card:
            at = self._at(self.hovered)
            paint_card(painter, QRectF(at.x() - 4, at.y() - 4, 8, 8), area, self.card)

    def _at(self, index: int) -> QPointF:
        return QPointF(float(self.points[index, 0]), float(self.points[index, 1]))

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(interface_font(SMALL_PIXELS))
        metrics = QFontMetricsF(painter.font())
        x = area.left()
        for group, n_tokens in self.groups:
            words = f"{group.name} {n_tokens:,}"
            width = metrics.horizontalAdvance(words)
            if x + _SWATCH + 6 + width > self.width():
                break
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(group.colour())
            painter.drawEllipse(QRectF(x, LEGEND_HEIGHT / 2 - _SWATCH / 2, _SWATCH, _SWATCH))
            painter.setPen(colour("dim"))
            painter.drawText(QRectF(x + _SWATCH + 6, 0, width + 2, LEGEND_HEIGHT), _LEFT, words)
            x += _SWATCH + 26 + width

    def _paint_lines(self, painter: QPainter) -> None:
        if not 0 <= self.chosen < len(self.points):
            return
        painter.setPen(QPen(colour("accent", 0.75), 1.3))
        for index in self.neighbours:
            if index < len(self.points):
                painter.drawLine(self._at(self.chosen), self._at(index))

    def _paint_rings(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index, radius, width in (
            *((each, 5.0, 1.6) for each in self.neighbours),
            (self.hovered, 6.5, 1.6),
            (self.chosen, 7.5, 2.6),
        ):
            if 0 <= index < len(self.points):
                painter.setPen(QPen(colour("text" if index == self.hovered else "accent"), width))
                painter.drawEllipse(self._at(index), radius, radius)

    def _paint_labels(self, painter: QPainter, area: QRectF) -> None:
        near = set(self.neighbours)
        is_vector = painter.paintEngine() is not None and painter.paintEngine().type() == QPaintEngine.Type.SVG
        for place in reversed(self.labels):  # the first one lies above the others
            is_chosen = place.index == self.chosen
            look = (self._label_of(place.index), "accent" if is_chosen or place.index in near else "text", is_chosen)
            corner = QPointF(area.left() + place.left, area.top() + place.top)
            if is_vector:
                painter.save()
                painter.translate(corner)
                _paint_label(painter, place, *look)
                painter.restore()
            else:
                painter.drawPixmap(corner, self._drawn(place, look, painter.device().devicePixelRatioF()))

    def _drawn(self, place: Place, look: tuple[str, str, bool], ratio: float) -> QPixmap:
        """A label as a picture, made once: its edge takes long to draw."""
        found = self._pixmaps.get((look, ratio))
        if found is None:
            if len(self._pixmaps) >= _MOST_KEPT:
                self._pixmaps.clear()
            found = QPixmap(math.ceil(place.width * ratio), math.ceil(place.height * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_label(painter, place, *look)
            painter.end()
            self._pixmaps[(look, ratio)] = found
        return found


def _paint_label(painter: QPainter, place: Place, words: str, role: str, is_bold: bool) -> None:
    """At the painter's origin."""
    font = token_font(LABEL_PIXELS)
    font.setBold(is_bold)
    drawn = QPainterPath()
    drawn.addText(QPointF(LABEL_PADDING, (place.height + QFontMetricsF(font).capHeight()) / 2), font, words)
    edge = QPen(colour("panel"), _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(drawn, edge)
    painter.fillPath(drawn, colour(role))
