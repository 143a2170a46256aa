"""The card that follows the mouse over a chart: the exact value of each curve there, and what happened there."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from playground.ui.charts.curve import Reading, curve_colour
from playground.ui.charts.curve_marks import Mark, glyph
from playground.ui.theme import BASE_PIXELS, CONTROL_RADIUS, colour, interface_font
from playground.ui.translation import translate
from playground.ui.visible_text import visible

_PADDING = 10
_ROW = 18
_GAP = 20  # pixels at least between a name and its value
_WIDEST = 340  # pixels of words about what happened
_LONGEST = 90  # characters of them
_SIGN = 14  # pixels of the dot before a name


@dataclass(frozen=True)
class _Line:
    name: str
    value: str
    paint_sign: Callable[[QPainter, QPointF], None] | None = None


def paint_card(
    painter: QPainter, x: float, area: QRectF, title: str, readings: Sequence[Reading], marks: Sequence[Mark]
) -> None:
    """Beside the column `x`, on the side where there is room."""
    metrics = QFontMetricsF(interface_font(BASE_PIXELS - 1))
    lines = [_reading_line(reading, title) for reading in readings]
    lines += [_mark_line(mark, metrics) for mark in marks]
    wanted = max(_SIGN + sum(metrics.horizontalAdvance(words) for words in (line.name, line.value)) for line in lines)
    bold = QFontMetricsF(interface_font(BASE_PIXELS - 1, bold=True))
    width = max(wanted + _GAP, bold.horizontalAdvance(title)) + 2 * _PADDING
    height = _ROW * (len(lines) + 1) + 2 * _PADDING - 6
    left = x + 12 if x + 12 + width <= area.right() else max(x - 12 - width, 0.0)
    box = QRectF(left, area.top() + 8, width, height)
    painter.setPen(QPen(colour("line"), 1))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
    row = QRectF(box.left() + _PADDING, box.top() + _PADDING - 4, width - 2 * _PADDING, _ROW)
    _paint_row(painter, row, _Line(title, ""), colour("text"), bold=True)
    for line in lines:
        row.translate(0, _ROW)
        _paint_row(painter, row, line, colour("text"))


def value_words(reading: Reading, title: str) -> str:
    """The exact value; the smoothed one behind a sign; where it was measured, if that is not where the title says."""
    value = f"{reading.value:.5g}" if not math.isnan(reading.value) else "–"
    if math.isfinite(reading.smooth):
        value = f"{value}  ≈ {reading.smooth:.4g}"
    at = f"{reading.x:,.6g}"
    return value if title.endswith(f" {at}") else translate("Curves", "{0} at {1}").format(value, at)


def _reading_line(reading: Reading, title: str) -> _Line:
    return _Line(reading.label, value_words(reading, title), _Dot(curve_colour(reading.role)).paint)


def _mark_line(mark: Mark, metrics: QFontMetricsF) -> _Line:
    words = metrics.elidedText(visible(mark.words, _LONGEST), Qt.TextElideMode.ElideRight, _WIDEST)
    return _Line(words, "", _Sign(mark.kind).paint)


@dataclass(frozen=True)
class _Dot:
    ink: QColor

    def paint(self, painter: QPainter, middle: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.ink)
        painter.drawEllipse(middle, 4, 4)


@dataclass(frozen=True)
class _Sign:
    kind: str

    def paint(self, painter: QPainter, middle: QPointF) -> None:
        glyph(painter, middle, self.kind)


def _paint_row(painter: QPainter, row: QRectF, line: _Line, ink: QColor, *, bold: bool = False) -> None:
    words = row
    if line.paint_sign is not None:
        line.paint_sign(painter, QPointF(row.left() + 4, row.center().y()))
        words = row.adjusted(_SIGN, 0, 0, 0)
    painter.setFont(interface_font(BASE_PIXELS - 1, bold=bold))
    painter.setPen(ink)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line.name)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), line.value)
