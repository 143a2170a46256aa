"""What lies around and over a heatmap: the legend of its colours, the axes' names, and the card of the cell in hand.

Functions that paint values at places; they know no widget.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from playground.ui.charts.colour_maps import N_COLOURS
from playground.ui.charts.heatmap_values import ColourScale, table_image
from playground.ui.theme import BASE_PIXELS, CONTROL_RADIUS, SMALL_PIXELS, colour, interface_font, token_font
from playground.ui.translation import translate

LEGEND_HEIGHT = 34.0
_BAR = 8.0
_BAR_LEAST, _BAR_WIDTH = 120.0, 240.0
_SWATCH = 10.0
_CARD_LINE = 18.0
_CARD_WIDEST = 260.0
_PADDING = 10.0
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def paint_legend(
    painter: QPainter, box: QRectF, title: str, scale: ColourScale, table: np.ndarray, *,
    has_strip: bool = False, has_masked: bool = True,
) -> None:  # fmt: skip
    """The colours from low to high with a few values, what a masked cell looks like, and what the strip means."""
    painter.setFont(interface_font(SMALL_PIXELS))
    metrics = QFontMetricsF(painter.font())
    swatches = [("window", translate("Heatmap", "masked"))] if has_masked else []
    if has_strip:
        swatches.append(("bad", translate("Heatmap", "surprise")))
    title_width = metrics.horizontalAdvance(title) + 12
    room = box.width() - title_width - 8
    while swatches and room - _swatches_width(metrics, swatches) < _BAR_LEAST:
        swatches.pop()
    width = min(_BAR_WIDTH, room - _swatches_width(metrics, swatches))
    painter.setPen(colour("dim"))
    painter.drawText(QRectF(box.left(), box.top(), title_width, 14), _MIDDLE, title)
    bar = QRectF(box.left() + title_width, box.top() + 3, width, _BAR)
    _paint_bar(painter, bar, table)
    _paint_ticks(painter, metrics, bar, scale)
    x = bar.right() + 24
    for role, words in swatches:
        _paint_swatch(painter, QRectF(x, box.top() + 2, _SWATCH, _SWATCH), role)
        painter.setPen(colour("dim"))
        painter.drawText(QRectF(x + _SWATCH + 6, box.top(), box.width(), 14), _MIDDLE, words)
        x += _SWATCH + 22 + metrics.horizontalAdvance(words)


def _swatches_width(metrics: QFontMetricsF, swatches: Sequence[tuple[str, str]]) -> float:
    return sum(metrics.horizontalAdvance(words) + _SWATCH + 26 for _, words in swatches)


def _paint_swatch(painter: QPainter, box: QRectF, role: str) -> None:
    if role == "window":
        painter.setPen(QPen(colour("line").darker(110), 1))
        painter.setBrush(colour("window"))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(box.adjusted(0, 3, 0, 0), colour(role, 0.75))


def _paint_bar(painter: QPainter, bar: QRectF, table: np.ndarray) -> None:
    colours = np.arange(N_COLOURS, dtype=np.uint8)[np.newaxis, :]
    painter.drawImage(bar, table_image(colours, np.zeros_like(colours, dtype=bool), table))


def _paint_ticks(painter: QPainter, metrics: QFontMetricsF, bar: QRectF, scale: ColourScale) -> None:
    free_from = -1e9
    for place, value in scale.ticks():
        words = f"{value:.3g}"
        width = metrics.horizontalAdvance(words)
        x = bar.left() + place * bar.width()
        painter.setPen(QPen(colour("dim", 0.7), 1))
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 3))
        left = x - width / 2
        if left > free_from:
            painter.setPen(colour("dim"))
            painter.drawText(
                QRectF(left - 1, bar.bottom() + 4, width + 2, 14), int(Qt.AlignmentFlag.AlignCenter), words
            )
            free_from = left + width + 4


def axis_names(*, is_cross: bool) -> tuple[str, str]:
    """What a column and what a row is."""
    if is_cross:
        return translate("Heatmap", "source →"), translate("Heatmap", "reads ↓")
    return translate("Heatmap", "key →"), translate("Heatmap", "query ↓")


def paint_axis_names(painter: QPainter, corner: QPointF, room: QRectF, names: Sequence[str]) -> None:
    """In the corner between both sides. Left out where there is no room."""
    painter.setFont(interface_font(SMALL_PIXELS))
    metrics = QFontMetricsF(painter.font())
    widest = max(metrics.horizontalAdvance(name) for name in names)
    if widest > room.width() - 4 or room.height() < 36:
        return
    painter.setPen(colour("dim"))
    for line, name in enumerate(names):
        box = QRectF(corner.x() - widest - 8, corner.y() - 34 + line * 15, widest + 2, 14)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), name)


def paint_written_name(painter: QPainter, corner: QPointF) -> None:
    """Above the labels on the right: what they are."""
    painter.setFont(interface_font(SMALL_PIXELS))
    painter.setPen(colour("dim"))
    painter.drawText(QRectF(corner.x() + 6, corner.y() - 19, 90, 14), _MIDDLE, translate("Heatmap", "writes ↓"))


def paint_card(painter: QPainter, beside: QRectF, within: QRectF, rows: Sequence[tuple[str, str, bool]]) -> None:
    """Names and values near a cell, inside `within`, not over the cell. The bool says: in the token font."""
    plain, mono = interface_font(BASE_PIXELS - 1), token_font(BASE_PIXELS - 1)
    metrics = {False: QFontMetricsF(plain), True: QFontMetricsF(mono)}
    names = max(metrics[False].horizontalAdvance(name) for name, _, _ in rows)
    values = max(metrics[is_mono].horizontalAdvance(value) for _, value, is_mono in rows)
    width = min(names + 16 + values + 2 * _PADDING, _CARD_WIDEST)
    box = _card_place(beside, within, width, _CARD_LINE * len(rows) + 2 * _PADDING - 4)
    painter.setPen(QPen(colour("line").darker(108), 1))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
    line = QRectF(box.left() + _PADDING, box.top() + _PADDING - 2, width - 2 * _PADDING, _CARD_LINE)
    for name, value, is_mono in rows:
        painter.setFont(plain)
        painter.setPen(colour("dim"))
        painter.drawText(line, _MIDDLE, name)
        painter.setFont(mono if is_mono else plain)
        painter.setPen(colour("text"))
        room = line.width() - names - 16
        shown = metrics[is_mono].elidedText(value, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), shown)
        line.translate(0, _CARD_LINE)


def _card_place(beside: QRectF, within: QRectF, width: float, height: float) -> QRectF:
    """Right above the cell, where a causal picture is empty; to the left or below where that does not fit."""
    x, y = beside.right() + 12, beside.top() - height - 12
    if x + width > within.right():
        x = beside.left() - width - 12
    if y < within.top():
        y = beside.bottom() + 12
    x = min(max(x, within.left()), within.right() - width)
    y = min(max(y, within.top()), within.bottom() - height)
    return QRectF(round(x) + 0.5, round(y) + 0.5, width, height)
