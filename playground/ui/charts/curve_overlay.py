"""The words over a chart's curves: names at their ends, reference lines, the snapshot in view, values on hover.

A see-through widget that paints what it is told, in pixels; the mouse passes through it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.charts.curve import Reading, curve_colour
from playground.ui.charts.curve_card import paint_card
from playground.ui.charts.curve_marks import STRIP, Mark, Marks
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font

_LABEL_GAP = 8
_LABEL_STEP = 16


@dataclass(frozen=True, kw_only=True)
class EndLabel:
    """A curve's name beside its end; `end` in the plot's coordinates."""

    words: str
    role: str
    end: QPointF


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A dashed line across, at the plot's `y`."""

    y: float
    words: str


class CurveOverlay(QWidget):
    """Give it values and where they lie; call `update()` after changing them."""

    def __init__(
        self,
        to_pixel: Callable[[QPointF], QPointF],
        plot_area: Callable[[], QRectF],
        places_x: Callable[[np.ndarray], np.ndarray],
        range_x: Callable[[], tuple[float, float]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._to_pixel, self._plot_area, self._places_x = to_pixel, plot_area, places_x
        self._range_x = range_x
        self.marks = Marks(self._pixels_x)
        self.labels: Sequence[EndLabel] = ()
        self.references: Sequence[Reference] = ()
        self.current_x: float | None = None
        self.empty_words = ""
        self.reading_words = ""
        self.hover_x: float | None = None
        self.hover_title = ""
        self.readings: Sequence[Reading] = ()
        self.told: Sequence[Mark] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.empty_words:
            self._paint_empty(painter)
            return
        area = self._plot_area()
        self._paint_current(painter, area)
        self._paint_references(painter, area)
        labelled = self._places_of_labels(area)
        self.marks.paint(painter, area, [box for box, _ in labelled])
        self._paint_labels(painter, labelled)
        self._paint_reading(painter, area)
        if self.hover_x is not None and self.readings:
            self._paint_hover(painter, area)

    def _pixels_x(self, x: np.ndarray) -> np.ndarray:
        """The columns of data coordinates; NaN where the axis has no place for one."""
        low, high = self._range_x()
        left, right = (self._to_pixel(QPointF(place, 0)).x() for place in (low, high))
        found: np.ndarray = left + (self._places_x(x) - low) / (high - low) * (right - left)
        return found

    def _pixel_x(self, x: float) -> float:
        return float(self._pixels_x(np.array([x]))[0])

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setFont(interface_font(15))
        painter.setPen(colour("dim"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(40, 0, -40, 0), int(flags), self.empty_words)

    def _paint_references(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(interface_font(SMALL_PIXELS))
        taken: list[float] = []
        for reference in self.references:
            y = self._to_pixel(QPointF(0, reference.y)).y()
            if not area.top() <= y <= area.bottom():
                continue
            painter.setPen(QPen(colour("dim"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            width = QFontMetricsF(painter.font()).horizontalAdvance(reference.words)
            above = y - area.top() >= 18 and all(not -18 < y - 18 - other < 18 for other in taken)
            top = y - 18 if above else y + 2
            taken.append(top)
            _paint_words(painter, QRectF(area.right() - width - 8, top, width, 16), reference.words, colour("dim"))

    def _paint_current(self, painter: QPainter, area: QRectF) -> None:
        if self.current_x is None:
            return
        x = self._pixel_x(self.current_x)
        if area.left() <= x <= area.right():
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _places_of_labels(self, area: QRectF) -> list[tuple[QRectF, EndLabel]]:
        metrics = QFontMetricsF(interface_font(BASE_PIXELS - 1, bold=True))
        places = []
        ends = [self._to_pixel(label.end) for label in self.labels]
        heights = spread([end.y() for end in ends], _LABEL_STEP, area.top() + 8, area.bottom() - STRIP - 4)
        for label, end, y in zip(self.labels, ends, heights, strict=True):
            width = metrics.horizontalAdvance(label.words)
            left = min(max(end.x() + _LABEL_GAP, area.left()), self.width() - width - 4)
            places.append((QRectF(left, y - 8, width, 16), label))
        return places

    def _paint_labels(self, painter: QPainter, labelled: Sequence[tuple[QRectF, EndLabel]]) -> None:
        painter.setFont(interface_font(BASE_PIXELS - 1, bold=True))
        for box, label in labelled:
            _paint_words(painter, box, label.words, curve_colour(label.role))

    def _paint_reading(self, painter: QPainter, area: QRectF) -> None:
        if not self.reading_words:
            return
        painter.setFont(interface_font(BASE_PIXELS - 1))
        width = QFontMetricsF(painter.font()).horizontalAdvance(self.reading_words)
        box = QRectF(area.center().x() - width / 2, area.top() + 28, width, 18)
        _paint_words(painter, box, self.reading_words, colour("accent"))

    def _paint_hover(self, painter: QPainter, area: QRectF) -> None:
        assert self.hover_x is not None
        x = self._pixel_x(self.hover_x)
        if not area.left() <= x <= area.right():
            return
        painter.setPen(QPen(colour("dim"), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        paint_card(painter, x, area, self.hover_title, self.readings, self.told)


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
    painter.fillRect(box.adjusted(-3, 0, 3, 0), colour("panel", 0.94))
    painter.setPen(ink)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
