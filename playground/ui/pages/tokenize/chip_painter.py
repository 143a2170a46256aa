"""How a row of token chips looks: ground, foot, piece, id; bytes under the character that they spell."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.chip_labels import ChipLabels
from playground.ui.pages.tokenize.chip_layout import BYTE, CONTROL, UNKNOWN, ChipLayout, Grouping
from playground.ui.theme import colour, colours, interface_font, mixed, token_font
from playground.ui.visible_text import visible_piece

LABEL_PIXELS = 14
ID_PIXELS = 10
PADDING = 7.0  # left and right of a label
ROW_GAP = 7.0
ROOF = 19.0
_LABEL_HEIGHT = 23.0
_ID_HEIGHT = 13.0
_FOOT = 2.0
_SHARE = 0.18  # of a chip's colour over the panel
_LIT_SHARE = 0.42
_CORNER = 3.0
_CENTRE = Qt.AlignmentFlag.AlignCenter


def chip_height(ids: bool) -> float:
    """Height of a chip in pixels, with or without its id."""
    return _LABEL_HEIGHT + (_ID_HEIGHT if ids else 0.0) + _FOOT


class ChipPainter:
    """Paints rows of one layout; made anew for each paint event."""

    def __init__(
        self,
        painter: QPainter,
        tokens: Tokens,
        text: str,
        labels: ChipLabels,
        grouping: Grouping,
        layout: ChipLayout,
        *,
        ids: bool,
    ) -> None:
        self._painter, self._tokens, self._text = painter, tokens, text
        self._labels, self._grouping, self._layout = labels, grouping, layout
        self._ids = ids
        self._label_font, self._roof_font = token_font(LABEL_PIXELS), token_font(LABEL_PIXELS)
        self._id_font = interface_font(ID_PIXELS)
        panel = colours().panel
        self._feet = [QColor(each) for each in colours().chips]
        self._grounds = [mixed(each, panel, _SHARE) for each in colours().chips]
        self._lit_grounds = [mixed(each, panel, _LIT_SHARE) for each in colours().chips]

    def paint_row(self, row: int, *, marked_id: int, hovered: int, chosen: int) -> None:
        """One row; chips of `marked_id` and those under the mouse or in hand stand out."""
        start, end = self._layout.row_starts[row], self._layout.row_starts[row + 1]
        boxes = [QRectF(*self._layout.box(index)) for index in range(start, end)]
        for index, box in enumerate(boxes, start):
            is_marked = int(self._tokens.ids[index]) == marked_id
            self._paint_ground(index, box, lit=is_marked or index in (hovered, chosen))
            if index == chosen or is_marked:
                self._paint_outline(box, "accent" if index == chosen else "text")
        self._paint_labels(start, boxes)
        if self._ids:
            self._paint_ids(start, boxes)
        if self._layout.roofs[row]:
            self._paint_roofs(start, boxes)

    def _paint_ground(self, index: int, box: QRectF, *, lit: bool) -> None:
        painter, which = self._painter, index % len(self._feet)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush((self._lit_grounds if lit else self._grounds)[which])
        painter.drawRoundedRect(box, _CORNER, _CORNER)
        painter.setBrush(self._feet[which])
        painter.drawRect(QRectF(box.left(), box.bottom() - _FOOT, box.width(), _FOOT))
        if int(self._tokens.kinds[index]) == UNKNOWN:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("bad"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)

    def _paint_outline(self, box: QRectF, role: str) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(colour(role), 2))
        self._painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), _CORNER, _CORNER)

    def _paint_labels(self, start: int, boxes: list[QRectF]) -> None:
        painter = self._painter
        painter.setFont(self._label_font)
        for index, box in enumerate(boxes, start):
            kind = int(self._tokens.kinds[index])
            painter.setPen(colour("dim" if kind in (BYTE, CONTROL) else "text"))
            area = QRectF(box.left(), box.top() + 1, box.width(), _LABEL_HEIGHT)
            painter.drawText(area, _CENTRE, self._labels.words[index])

    def _paint_ids(self, start: int, boxes: list[QRectF]) -> None:
        painter = self._painter
        painter.setFont(self._id_font)
        painter.setPen(colour("dim"))
        for index, box in enumerate(boxes, start):
            area = QRectF(box.left(), box.top() + _LABEL_HEIGHT - 1, box.width(), _ID_HEIGHT)
            painter.drawText(area, _CENTRE, str(self._tokens.ids[index]))

    def _paint_roofs(self, start: int, boxes: list[QRectF]) -> None:
        """Over bytes that spell a character: the character, and a bracket that spans its bytes."""
        first, index, end = self._grouping.first, start, start + len(boxes)
        while index < end:
            last = index
            while last + 1 < end and first[last + 1] == first[index]:
                last += 1
            if self._grouping.is_group[index]:
                self._paint_roof(index, boxes[index - start].united(boxes[last - start]))
            index = last + 1

    def _paint_roof(self, index: int, below: QRectF) -> None:
        painter, tokens = self._painter, self._tokens
        painter.setPen(QPen(colour("dim"), 1))
        y = below.top() - 3.0
        left, right = below.left() + 1, below.right() - 1
        painter.drawLine(QLineF(QPointF(left, y), QPointF(right, y)))
        for x in (left, right):
            painter.drawLine(QLineF(QPointF(x, y), QPointF(x, y + 2.5)))
        painter.setPen(colour("text"))
        painter.setFont(self._roof_font)
        spelled = visible_piece(self._text[tokens.starts[index] : tokens.ends[index]], 4)
        painter.drawText(QRectF(below.left() - 20, below.top() - ROOF, below.width() + 40, 15), _CENTRE, spelled)
