"""The words at the right of the diagram: name, shapes, parameters of each part, and a bar with its share."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_brush import kind_colour
from playground.ui.charts.block_layout import BlockLayout
from playground.ui.charts.block_parts import Part
from playground.ui.charts.block_rows import (
    ATTENTION,
    CROSS,
    EMBEDDING,
    ENCODER_SIDE,
    FEED_FORWARD,
    OUTPUT,
    POSITIONS,
    TOKENS,
    base_key,
)
from playground.ui.charts.block_words import share_words
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font
from playground.ui.translation import translate

_TALL = (EMBEDDING, ATTENTION, CROSS, FEED_FORWARD, OUTPUT)  # names above their words; elsewhere both stand in one line
_RIGHT = 8
_ROOMY = 0.78  # the layout's scale from which on there is room for second lines
_LEAST_NAME = 130
_LEAST_WORDS = 48  # pixels; in less, words are left out
_LINE = 17  # pixels of a line of words
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT_SIDE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class LedgerPainter:
    """Paints one picture's words; made anew for each."""

    def __init__(self, painter: QPainter, layout: BlockLayout, width: float, config: ModelConfig) -> None:
        self._painter, self._layout, self._width = painter, layout, width
        self._name_font, self._small = interface_font(bold=True), interface_font(SMALL_PIXELS + 1)
        self._number_font = interface_font(BASE_PIXELS)
        self._is_tied, self._is_possible = config.tied_embeddings, not config.problems()
        self._number_width = 0.0
        self._beside: dict[str, Part] = {}
        self._tall = _TALL if layout.scale >= _ROOMY else ()
        self._bar_width = min(max(0.2 * width - 90, 56.0), 160.0)

    def paint(self, parts: Sequence[Part]) -> None:
        """The main tower's parts, row by row; beside a decoder's numbers those of its encoder."""
        total = sum(part.n_parameters for part in parts)
        self._beside = {base_key(part.key): part for part in parts if part.key.startswith(ENCODER_SIDE)}
        longest = max((self._number(part) for part in parts), key=len)
        self._number_width = max(QFontMetricsF(self._number_font).horizontalAdvance(longest), 56.0) + 14
        if self._width - self._layout.ledger_x - self._numbers_width - self._bar_width < _LEAST_NAME:
            self._bar_width = 0.0  # names are worth more than bars
        for part in parts:
            if part.key.startswith(ENCODER_SIDE):
                continue
            self._paint_leader(part)
            self._paint_words(part)
            if _has_number(part):
                self._paint_number(part, total)
        self._paint_head()

    @property
    def _numbers_width(self) -> float:
        """Of all columns of numbers."""
        return self._number_width * (2 if self._beside else 1)

    def _number(self, part: Part) -> str:
        return f"{part.n_parameters:,}" if self._is_possible else "–"

    def _paint_head(self) -> None:
        """What the columns of numbers are."""
        middle = self._layout.boxes[TOKENS].center().y()
        self._painter.setFont(self._small)
        self._painter.setPen(colour("dim"))
        area = QRectF(self._width - _RIGHT - self._number_width, middle - 8, self._number_width, 16)
        if not self._beside:
            self._painter.drawText(area, _RIGHT_SIDE, translate("BlockDiagram", "Parameters"))
            return
        self._painter.drawText(area, _RIGHT_SIDE, translate("BlockDiagram", "Decoder"))
        area.translate(-self._number_width, 0)
        self._painter.drawText(area, _RIGHT_SIDE, translate("BlockDiagram", "Encoder"))

    def _paint_leader(self, part: Part) -> None:
        """A dotted line from the shape to its words."""
        box = self._layout.boxes[part.key]
        y = self._first_line(part).center().y() if part.key not in self._tall else box.center().y()
        pen = QPen(colour("dim", 0.45), 1, Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        main = self._layout.main
        start = box.right() if main.side > 0 else max(box.right(), main.block.right())
        self._painter.drawLine(QPointF(start + 8, y), QPointF(self._layout.ledger_x - 8, y))

    def _first_line(self, part: Part) -> QRectF:
        box = self._layout.boxes[part.key]
        top = box.center().y() - (_LINE if part.key in self._tall else _LINE / 2)
        right = self._width - _RIGHT
        if _has_number(part) or part.key == TOKENS:
            right -= self._numbers_width
        if part.n_parameters and self._bar_width:
            right -= self._bar_width + 12
        return QRectF(self._layout.ledger_x, top, right - self._layout.ledger_x, _LINE)

    def _paint_words(self, part: Part) -> None:
        line, painter = self._first_line(part), self._painter
        painter.setFont(self._name_font)
        painter.setPen(colour("text"))
        metrics = QFontMetricsF(self._name_font)
        painter.drawText(line, _LEFT, metrics.elidedText(part.name, Qt.TextElideMode.ElideRight, line.width()))
        if part.key in self._tall:
            line = line.translated(0, _LINE)
            if not part.n_parameters:
                line.setRight(self._width - _RIGHT)
        else:
            line.setLeft(line.left() + metrics.horizontalAdvance(part.name) + 10)
            wanted = QFontMetricsF(self._small).horizontalAdvance(part.words)
            if line.width() < max(wanted, _LEAST_WORDS):
                return
        painter.setFont(self._small)
        painter.setPen(colour("dim"))
        metrics = QFontMetricsF(self._small)
        painter.drawText(line, _LEFT, metrics.elidedText(part.words, Qt.TextElideMode.ElideRight, line.width()))

    def _paint_number(self, part: Part, total: int) -> None:
        painter, line = self._painter, self._first_line(part)
        right = self._width - _RIGHT
        number = QRectF(right - self._number_width, line.top(), self._number_width, _LINE)
        self._paint_count(number, part)
        beside = self._beside.get(part.key)
        if beside is not None and beside.n_parameters:
            self._paint_count(number.translated(-self._number_width, 0), beside)
        n_both = part.n_parameters + (beside.n_parameters if beside else 0)
        if not n_both or not self._is_possible:
            return
        if self._bar_width:
            left = right - self._numbers_width - self._bar_width - 4
            self._paint_bar(part, n_both / total, QRectF(left, line.center().y() - 2.5, self._bar_width, 5))
        if part.key in self._tall:
            painter.setFont(self._small)
            painter.setPen(colour("dim"))
            times = f"{part.n_times} × {part.n_each:,} · " if part.n_times > 1 and not self._beside else ""
            wide = number.translated(0, _LINE).adjusted(-self._bar_width, 0, 0, 0)
            painter.drawText(wide, _RIGHT_SIDE, times + share_words(n_both / total))

    def _paint_count(self, area: QRectF, part: Part) -> None:
        self._painter.setFont(self._number_font)
        self._painter.setPen(colour("text" if part.n_parameters else "dim"))
        self._painter.drawText(area, _RIGHT_SIDE, self._number(part))

    def _paint_bar(self, part: Part, share: float, area: QRectF) -> None:
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(area, 2.5, 2.5)
        filled = QRectF(area)
        filled.setWidth(max(area.width() * share, 1.5))
        painter.setBrush(kind_colour(part.kind, tied=self._is_tied))
        painter.drawRoundedRect(filled, min(2.5, filled.width() / 2), 2.5)


def _has_number(part: Part) -> bool:
    """Parts that could have parameters show how many, even if it is none."""
    return part.n_parameters > 0 or part.key in (OUTPUT, POSITIONS)
