"""The words over a chart's curves: names at their ends, the reference line, the snapshot in view, values on hover.

A see-through widget that paints what it is told, in pixels; the mouse passes through it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.charts.curve import Reading, curve_colour
from playground.ui.theme import BASE_PIXELS, CONTROL_RADIUS, SMALL_PIXELS, colour, interface_font
from playground.ui.translation import translate

_LABEL_GAP = 8
_LABEL_STEP = 16
_PADDING = 10


@dataclass(frozen=True, kw_only=True)
class EndLabel:
    """A curve's name beside its end; `end` in the plot's coordinates."""

    words: str
    role: str
    end: QPointF


@dataclass(frozen=True, kw_only=True)
class EventMark:
    """Something that happened at `x` (the plot's coordinate)."""

    x: float
    words: str


class CurveOverlay(QWidget):
    """Give it values and where they lie; call `update()` after changing them."""

    def __init__(
        self, to_pixel: Callable[[QPointF], QPointF], plot_area: Callable[[], QRectF], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._to_pixel, self._plot_area = to_pixel, plot_area
        self.labels: Sequence[EndLabel] = ()
        self.events: Sequence[EventMark] = ()
        self.reference: tuple[float, str] | None = None  # the plot's y, its words
        self.current_x: float | None = None
        self.empty_words = ""
        self.hover_x: float | None = None
        self.hover_title = ""
        self.readings: Sequence[Reading] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.empty_words:
            self._paint_empty(painter)
            return
        area = self._plot_area()
        self._paint_reference(painter, area)
        self._paint_events(painter, area)
        self._paint_current(painter, area)
        self._paint_labels(painter, area)
        if self.hover_x is not None and self.readings:
            self._paint_hover(painter, area)

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setFont(interface_font(15))
        painter.setPen(colour("dim"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(40, 0, -40, 0), int(flags), self.empty_words)

    def _paint_reference(self, painter: QPainter, area: QRectF) -> None:
        if self.reference is None:
            return
        value, words = self.reference
        y = self._to_pixel(QPointF(0, value)).y()
        if not area.top() <= y <= area.bottom():
            return
        painter.setPen(QPen(colour("dim"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setFont(interface_font(SMALL_PIXELS))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words)
        below = y - area.top() < 18
        box = QRectF(area.right() - width - 8, y + 2 if below else y - 18, width, 16)
        _paint_words(painter, box, words, colour("dim"))

    def _paint_events(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(interface_font(SMALL_PIXELS))
        free_from = -1.0
        for mark in self.events:
            x = self._to_pixel(QPointF(mark.x, 0)).x()
            if not area.left() <= x <= area.right():
                continue
            painter.setPen(QPen(colour("dim"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            width = QFontMetricsF(painter.font()).horizontalAdvance(mark.words)
            if x > free_from:  # words that would lie over others are left out; the line stays
                _paint_words(painter, QRectF(x + 5, area.bottom() - 18, width, 16), mark.words, colour("dim"))
                free_from = x + width + 12

    def _paint_current(self, painter: QPainter, area: QRectF) -> None:
        if self.current_x is None:
            return
        x = self._to_pixel(QPointF(self.current_x, 0)).x()
        if area.left() <= x <= area.right():
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_labels(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(interface_font(BASE_PIXELS - 1, bold=True))
        metrics = QFontMetricsF(painter.font())
        ends = [self._to_pixel(label.end) for label in self.labels]
        heights = spread([end.y() for end in ends], _LABEL_STEP, area.top() + 8, area.bottom() - 8)
        for label, end, y in zip(self.labels, ends, heights, strict=True):
            width = metrics.horizontalAdvance(label.words)
            left = min(max(end.x() + _LABEL_GAP, area.left()), self.width() - width - 4)
            _paint_words(painter, QRectF(left, y - 8, width, 16), label.words, curve_colour(label.role))

    def _paint_hover(self, painter: QPainter, area: QRectF) -> None:
        assert self.hover_x is not None
        x = self._to_pixel(QPointF(self.hover_x, 0)).x()
        if not area.left() <= x <= area.right():
            return
        painter.setPen(QPen(colour("dim"), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        _paint_card(painter, x, area, self.hover_title, self.readings)


def spread(places: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Move places apart to at least `step`, in their order, between `low` and `high` as long as there is room."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = [0.0] * len(places)
    above = low - step
    for index in order:
        moved[index] = above = max(places[index], above + step)
    below = high + step
    for index in reversed(order):
        moved[index] = below = min(moved[index], below - step)
    return moved


def _paint_words(painter: QPainter, box: QRectF, words: str, ink: QColor) -> None:
    """Words on a faint ground of the panel's colour, so that lines behind them do not cross them out."""
    painter.fillRect(box.adjusted(-3, 0, 3, 0), colour("panel", 0.8))
    painter.setPen(ink)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)


def _paint_card(painter: QPainter, x: float, area: QRectF, title: str, readings: Sequence[Reading]) -> None:
    font = interface_font(BASE_PIXELS - 1)
    metrics = QFontMetricsF(font)
    rows = [(reading.label, value_words(reading, title), reading.role) for reading in readings]
    names = max(metrics.horizontalAdvance(name) for name, _, _ in rows)
    values = max(metrics.horizontalAdvance(words) for _, words, _ in rows)
    width = max(names + values + 24, metrics.horizontalAdvance(title)) + 2 * _PADDING
    height = 18 * (len(rows) + 1) + 2 * _PADDING - 6
    left = x + 12 if x + 12 + width < area.right() + 60 else x - 12 - width
    box = QRectF(left, area.top() + 8, width, height)
    painter.setPen(QPen(colour("line"), 1))
    painter.setBrush(colour("panel"))
    painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
    line = QRectF(box.left() + _PADDING, box.top() + _PADDING - 4, width - 2 * _PADDING, 18)
    painter.setFont(interface_font(BASE_PIXELS - 1, bold=True))
    _paint_row(painter, line, title, "", colour("text"))
    painter.setFont(font)
    for name, words, role in rows:
        line.translate(0, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(curve_colour(role))
        painter.drawEllipse(QPointF(line.left() + 4, line.center().y()), 4, 4)
        _paint_row(painter, line.adjusted(14, 0, 0, 0), name, words, colour("text"))


def _paint_row(painter: QPainter, line: QRectF, name: str, value: str, ink: QColor) -> None:
    painter.setPen(ink)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), value)


def value_words(reading: Reading, title: str) -> str:
    """The exact value; where it was measured, if that is not where the title says."""
    at = f"{reading.x:,.6g}"
    value = f"{reading.value:.4g}"
    return value if title.endswith(f" {at}") else translate("Curves", "{0} at {1}").format(value, at)
