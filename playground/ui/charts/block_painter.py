"""Paints the frame of the diagram: the stacked layers, the stream, the arrows, and what is added where.

The parts themselves are `block_shapes`' affair, the words at the right `block_ledger`'s. The stream is as thick as
the model is wide.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_layout import MOST_SHEETS, SHEET, BlockLayout, logarithmic_share
from playground.ui.charts.block_parts import (
    ATTENTION,
    ATTENTION_NORM,
    EMBEDDING,
    FEED_FORWARD,
    FEED_FORWARD_NORM,
    FINAL_NORM,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
    TOKENS,
)
from playground.ui.charts.block_shapes import ShapePainter, kind_colour
from playground.ui.charts.block_words import dropout_words, layers_words, stream_words
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, mixed
from playground.ui.translation import translate

_CENTRE = Qt.AlignmentFlag.AlignCenter


class BlockPainter:
    """Paints one picture; made anew for each."""

    def __init__(self, painter: QPainter, layout: BlockLayout, config: ModelConfig, vocab_size: int) -> None:
        self._painter, self._layout, self._config, self._vocab_size = painter, layout, config, vocab_size
        self._scale = layout.scale
        self._small = interface_font(SMALL_PIXELS)

    def paint_ground(self) -> None:
        """What lies under everything else."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sheets()

    def paint(self) -> None:
        self._paint_badge()
        self._paint_tied_link()
        self._paint_stream()
        ShapePainter(self._painter, self._layout, self._config, self._vocab_size).paint()

    def _paint_sheets(self) -> None:
        """As many sheets behind the first as there are further layers, three at most."""
        block, painter = self._layout.block, self._painter
        for step in range(min(self._config.n_layers - 1, MOST_SHEETS), -1, -1):
            painter.setPen(QPen(colour("line").darker(106 if not colours().is_dark else 90), 1))
            painter.setBrush(QColor(mixed(colours().window, colours().panel, 0.75 if step == 0 else 0.35)))
            painter.drawRoundedRect(block.translated(step * SHEET, -step * SHEET), 8, 8)

    def _paint_badge(self) -> None:
        painter, badge = self._painter, self._layout.badge
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(colour("accent"))
        painter.setFont(badge_font())
        words = badge_words(self._config)
        is_narrow = painter.fontMetrics().horizontalAdvance(words) > badge.width() - 4
        painter.drawText(badge, _CENTRE, f"× {self._config.n_layers}" if is_narrow else words)

    def _paint_tied_link(self) -> None:
        if not self._config.tied_embeddings:
            return
        above, below, x = self._layout.boxes[EMBEDDING], self._layout.boxes[OUTPUT], 5.0
        pen = QPen(kind_colour("embedding"), 1.3, Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        start, end = above.center().y(), below.center().y()
        points = [(above.left() + 8, start), (x, start), (x, end), (below.left() + 8, end)]
        self._painter.drawPolyline([QPointF(*point) for point in points])
        words = translate("BlockDiagram", "tied")
        self._painter.setFont(self._small)
        if self._painter.fontMetrics().horizontalAdvance(words) + 12 < below.left() - x:
            self._painter.setPen(kind_colour("embedding"))
            self._painter.drawText(QPointF(x + 5, end - 5), words)

    def _paint_stream(self) -> None:
        """From the embedding to the last norm, with branches and what they add; then on to the end."""
        boxes, x = self._layout.boxes, self._layout.stream_x
        self._arrow(QPointF(x, boxes[TOKENS].bottom() + 2), QPointF(x, boxes[EMBEDDING].top()))
        self._label(x + 10, (boxes[TOKENS].bottom() + boxes[EMBEDDING].top()) / 2, "(B, T)")
        thickness = 2.0 + 6.0 * logarithmic_share(self._config.d_model)
        pen = QPen(colour("accent", 0.85), thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(x, boxes[EMBEDDING].bottom()), QPointF(x, boxes[FINAL_NORM].top()))
        if POSITIONS in boxes:
            middle = boxes[POSITIONS].center().y()
            self._arrow(QPointF(boxes[POSITIONS].left(), middle), QPointF(x + self._add_radius(), middle))
            self._paint_add(middle)
        self._branch(ATTENTION_NORM, ATTENTION)
        self._branch(FEED_FORWARD_NORM, FEED_FORWARD)
        self._arrow(QPointF(x, boxes[FINAL_NORM].bottom()), QPointF(x, boxes[OUTPUT].top()))
        self._arrow(QPointF(x, boxes[OUTPUT].bottom()), QPointF(x, boxes[SOFTMAX].top()))
        logits_y = (boxes[OUTPUT].bottom() + boxes[SOFTMAX].top()) / 2
        self._label(x + 10, logits_y, f"(B, T, {self._vocab_size:,})")
        after = boxes[FINAL_NORM].top() - 10 * self._scale
        self._label(x + 10 + thickness / 2, after, stream_words(self._config))
        middle = boxes[ATTENTION].center().y()
        self._label(x - 10 - thickness / 2, middle, stream_words(self._config), to_the_left=True)

    def _branch(self, norm: str, part: str) -> None:
        """Out of the stream into the norm, down through the part, and back to be added."""
        boxes, x, branch_x = self._layout.boxes, self._layout.stream_x, self._layout.branch_x
        middle, add_y = boxes[norm].center().y(), self._layout.add_y(part)
        self._arrow(QPointF(x, middle), QPointF(boxes[norm].left(), middle))
        self._arrow(QPointF(branch_x, boxes[norm].bottom()), QPointF(branch_x, boxes[part].top()))
        radius = self._add_radius()
        self._arrow(QPointF(branch_x, boxes[part].bottom()), QPointF(x + radius, add_y), bend=True)
        self._paint_add(add_y)
        if words := dropout_words(self._config):
            self._label(x - radius - 6, add_y, words, to_the_left=True)

    def _add_radius(self) -> float:
        return min(max(6.5 * self._scale, 6.0), 9.0)

    def _paint_add(self, y: float) -> None:
        painter, x, radius = self._painter, self._layout.stream_x, self._add_radius()
        painter.setPen(QPen(colour("accent"), 1.5))
        painter.setBrush(colour("panel"))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        arm = radius * 0.55
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))

    def _arrow(self, start: QPointF, end: QPointF, *, bend: bool = False) -> None:
        """Straight, or first straight down and then across."""
        painter = self._painter
        painter.setPen(QPen(colour("dim"), 1.3))
        corner = QPointF(start.x(), end.y()) if bend else start
        painter.drawPolyline([start, corner, end])
        angle = math.atan2(end.y() - corner.y(), end.x() - corner.x())
        head = [end]
        for side in (-0.45, 0.45):
            head.append(end - QPointF(6 * math.cos(angle + side), 6 * math.sin(angle + side)))
        painter.setBrush(colour("dim"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF(head))

    def _label(self, x: float, y: float, words: str, *, to_the_left: bool = False) -> None:
        painter = self._painter
        painter.setFont(self._small)
        painter.setPen(colour("dim"))
        area = QRectF(x - 160 if to_the_left else x, y - 8, 160, 16)
        side = Qt.AlignmentFlag.AlignRight if to_the_left else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, words)


def badge_words(config: ModelConfig) -> str:
    """How often the block is there."""
    return layers_words(config) if config.n_layers == 1 else f"× {layers_words(config)}"


def badge_font() -> QFont:
    return interface_font(12, bold=True)
