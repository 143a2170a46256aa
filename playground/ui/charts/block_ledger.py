"""The words at the right of the diagram: name, shapes, parameters of each part, and a bar with its share."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from playground.ui.charts.block_layout import BlockLayout
from playground.ui.charts.block_painter import kind_colour
from playground.ui.charts.block_parts import ATTENTION, EMBEDDING, FEED_FORWARD, OUTPUT, POSITIONS, TOKENS, Part
from playground.ui.charts.block_words import share_words
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font
from playground.ui.translation import translate

_TALL = (EMBEDDING, ATTENTION, FEED_FORWARD, OUTPUT)  # names above their words; elsewhere both stand in one line
_NUMBER_WIDTH, _RIGHT = 96, 8
_LINE = 17  # pixels of a line of words
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class LedgerPainter:
    """Paints one picture's words; made anew for each."""

    def __init__(self, painter: QPainter, layout: BlockLayout, width: float, *, tied: bool) -> None:
        self._painter, self._layout, self._width, self._tied = painter, layout, width, tied
        self._name_font, self._small = interface_font(bold=True), interface_font(SMALL_PIXELS + 1)
        self._number_font = interface_font(BASE_PIXELS)
        self._bar_width = min(max(0.13 * width, 64.0), 150.0)

    def paint(self, parts: Sequence[Part]) -> None:
        total = sum(part.n_parameters for part in parts)
        for part in parts:
            self._paint_leader(part)
            self._paint_words(part)
            if part.key != TOKENS and (part.n_parameters or part.key in (OUTPUT, POSITIONS)):
                self._paint_number(part, total)
        self._paint_head()

    def _paint_head(self) -> None:
        middle = self._layout.boxes[TOKENS].center().y()
        self._painter.setFont(self._small)
        self._painter.setPen(colour("dim"))
        area = QRectF(self._width - _RIGHT - _NUMBER_WIDTH, middle - 8, _NUMBER_WIDTH, 16)
        self._painter.drawText(area, _RIGHT_SIDE, translate("BlockDiagram", "Parameters"))

    def _paint_leader(self, part: Part) -> None:
        """A dotted line from the shape to its words."""
        box = self._layout.boxes[part.key]
        y = self._first_line(part).center().y() if part.key not in _TALL else box.center().y()
        pen = QPen(colour("dim", 0.45), 1, Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(box.right() + 8, y), QPointF(self._layout.ledger_x - 8, y))

    def _first_line(self, part: Part) -> QRectF:
        box = self._layout.boxes[part.key]
        top = box.center().y() - (_LINE if part.key in _TALL else _LINE / 2)
        right = self._width - _RIGHT - (_NUMBER_WIDTH + self._bar_width + 12 if part.n_parameters else 0)
        if part.key == TOKENS:
            right -= _NUMBER_WIDTH
        return QRectF(self._layout.ledger_x, top, right - self._layout.ledger_x, _LINE)

    def _paint_words(self, part: Part) -> None:
        line, painter = self._first_line(part), self._painter
        painter.setFont(self._name_font)
        painter.setPen(colour("text"))
        painter.drawText(line, _LEFT, part.name)
        if part.key in _TALL:
            line = line.translated(0, _LINE)
        else:
            line.setLeft(line.left() + QFontMetricsF(self._name_font).horizontalAdvance(part.name) + 10)
        painter.setFont(self._small)
        painter.setPen(colour("dim"))
        metrics = QFontMetricsF(self._small)
        painter.drawText(line, _LEFT, metrics.elidedText(part.words, Qt.TextElideMode.ElideRight, line.width()))

    def _paint_number(self, part: Part, total: int) -> None:
        painter, line = self._painter, self._first_line(part)
        right = self._width - _RIGHT
        number = QRectF(right - _NUMBER_WIDTH, line.top(), _NUMBER_WIDTH, _LINE)
        painter.setFont(self._number_font)
        painter.setPen(colour("text" if part.n_parameters else "dim"))
        painter.drawText(number, _RIGHT_SIDE, f"{part.n_parameters:,}")
        if not part.n_parameters:
            return
        left = number.left() - self._bar_width - 4
        self._paint_bar(part, total, QRectF(left, line.center().y() - 2.5, self._bar_width, 5))
        if part.key in _TALL:
            painter.setFont(self._small)
            painter.setPen(colour("dim"))
            times = f"{part.n_times} × {part.n_each:,} · " if part.n_times > 1 else ""
            wide = number.translated(0, _LINE).adjusted(-self._bar_width, 0, 0, 0)
            painter.drawText(wide, _RIGHT_SIDE, times + share_words(part.n_parameters / total))

    def _paint_bar(self, part: Part, total: int, area: QRectF) -> None:
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(area, 2.5, 2.5)
        filled = QRectF(area)
        filled.setWidth(max(area.width() * part.n_parameters / total, 1.5))
        painter.setBrush(kind_colour(part.kind, tied=self._tied))
        painter.drawRoundedRect(filled, min(2.5, filled.width() / 2), 2.5)
