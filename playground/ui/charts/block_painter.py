"""Paints the frame of the diagram: the stacked layers, the streams, the arrows, and what is added where.

The parts themselves are `block_shapes`' affair, the words at the right `block_ledger`'s. A stream is as thick as
the model is wide.
"""

import itertools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_brush import arrow, kind_colour
from playground.ui.charts.block_layout import MOST_SHEETS, SHEET, BlockLayout, Tower, logarithmic_share
from playground.ui.charts.block_rows import (
    ATTENTION,
    BRANCHES,
    CROSS,
    EMBEDDING,
    FEED_FORWARD_NORM,
    FINAL_NORM,
    NORM_OF,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
    TOKENS,
    TRANSFORM,
)
from playground.ui.charts.block_shapes import ShapePainter
from playground.ui.charts.block_words import dropout_words, layers_words, memory_words, stream_words
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, mixed
from playground.ui.translation import translate

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEAST_GAP = 12  # pixels between two boxes from which on there is room for a shape
_TO_BRANCH = 12  # units above a branch without a norm in front where it leaves the stream


class BlockPainter:
    """Paints one picture; made anew for each."""

    def __init__(self, painter: QPainter, layout: BlockLayout, config: ModelConfig, vocab_size: int) -> None:
        self._painter, self._layout, self._config, self._vocab_size = painter, layout, config, vocab_size
        self._scale = layout.scale
        self._small = interface_font(SMALL_PIXELS)

    def paint_ground(self) -> None:
        """What lies under everything else."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tower in self._layout.towers:
            self._paint_sheets(tower)

    def paint(self) -> None:
        for tower in self._layout.towers:
            self._paint_badge(tower)
            self._paint_title(tower)
        self._paint_tied_link()
        for tower in self._layout.towers:
            self._paint_stream(tower)
        if len(self._layout.towers) > 1:
            self._paint_memory()
        for tower in self._layout.towers:
            ShapePainter(self._painter, self._layout, tower, self._config, self._vocab_size).paint()

    def _n_layers(self, tower: Tower) -> int:
        return self._config.n_encoder_layers if tower.prefix else self._config.n_layers

    def _paint_sheets(self, tower: Tower) -> None:
        """As many sheets behind the first as there are further layers, three at most."""
        painter = self._painter
        for step in range(min(self._n_layers(tower) - 1, MOST_SHEETS), -1, -1):
            painter.setPen(QPen(colour("line").darker(106 if not colours().is_dark else 90), 1))
            painter.setBrush(QColor(mixed(colours().window, colours().panel, 0.75 if step == 0 else 0.35)))
            painter.drawRoundedRect(tower.block.translated(step * SHEET, -step * SHEET), 8, 8)

    def _paint_badge(self, tower: Tower) -> None:
        painter, badge = self._painter, tower.badge
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(colour("accent"))
        painter.setFont(badge_font())
        words = badge_words(self._n_layers(tower))
        is_narrow = painter.fontMetrics().horizontalAdvance(words) > badge.width() - 4
        painter.drawText(badge, _CENTRE, f"× {self._n_layers(tower)}" if is_narrow else words)

    def _paint_title(self, tower: Tower) -> None:
        """Which of two towers it is, at the side of its branches."""
        if len(self._layout.towers) < 2:
            return
        words = translate("BlockDiagram", "Encoder") if tower.prefix else translate("BlockDiagram", "Decoder")
        middle = self._layout.boxes[tower.prefix + TOKENS].center().y()
        self._painter.setFont(interface_font(bold=True))
        self._painter.setPen(colour("text"))
        self._painter.drawText(QRectF(tower.branch_x - 80, middle - 10, 160, 20), _CENTRE, words)

    def _paint_tied_link(self) -> None:
        """From the table of the embedding to the output, at the outer side of the main tower."""
        if not self._config.tied_embeddings:
            return
        tower, boxes = self._layout.main, self._layout.boxes
        above, below = boxes[EMBEDDING], boxes[OUTPUT]
        x = tower.left + 5.0 if tower.side > 0 else tower.right - 5.0
        inset = 8 * tower.side
        pen = QPen(kind_colour("embedding"), 1.3, Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        start, end = above.center().y(), below.center().y()
        edges = (above.left(), below.left()) if tower.side > 0 else (above.right(), below.right())
        points = [(edges[0] + inset, start), (x, start), (x, end), (edges[1] + inset, end)]
        self._painter.drawPolyline([QPointF(*point) for point in points])
        words = translate("BlockDiagram", "tied")
        self._painter.setFont(self._small)
        if self._painter.fontMetrics().horizontalAdvance(words) + 12 < abs(edges[1] - x):
            self._painter.setPen(kind_colour("embedding"))
            side = Qt.AlignmentFlag.AlignLeft if tower.side > 0 else Qt.AlignmentFlag.AlignRight
            area = QRectF(x + 5, end - 20, 100, 16) if tower.side > 0 else QRectF(x - 105, start + 3, 100, 16)
            self._painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, words)

    def _paint_stream(self, tower: Tower) -> None:
        """From the embedding to the end of the tower, with branches and what they add."""
        boxes, x, prefix = self._layout.boxes, tower.stream_x, tower.prefix
        tokens, embedding = boxes[prefix + TOKENS], boxes[prefix + EMBEDDING]
        arrow(self._painter, QPointF(x, tokens.bottom() + 2), QPointF(x, embedding.top()))
        letter = "S" if prefix else "T"
        if embedding.top() - tokens.bottom() > _LEAST_GAP:
            self._label(x + 10, (tokens.bottom() + embedding.top()) / 2, f"(B, {letter})")
        ends = [boxes[prefix + key].top() for key in (FINAL_NORM, TRANSFORM, OUTPUT) if prefix + key in boxes]
        end = ends[0] if ends else tower.block.bottom()
        thickness = 2.0 + 6.0 * logarithmic_share(self._config.d_model)
        self._painter.setPen(QPen(colour("accent", 0.85), thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        self._painter.drawLine(QPointF(x, embedding.bottom()), QPointF(x, end))
        if prefix + POSITIONS in boxes:
            box = boxes[prefix + POSITIONS]
            edge = box.left() if tower.side > 0 else box.right()
            middle = box.center().y()
            arrow(self._painter, QPointF(edge, middle), QPointF(x + tower.side * self._add_radius(), middle))
            self._paint_add(x, middle)
        for part in BRANCHES:
            if prefix + part in boxes:
                self._branch(tower, part)
        if not prefix:
            self._paint_end(tower)
        away = 10 + thickness / 2
        shape = memory_words(self._config) if prefix else stream_words(self._config)
        if not prefix:
            self._label(x + away, (tower.block.bottom() + end) / 2, shape)
        middle = boxes[prefix + ATTENTION].center().y()
        self._inner_label(tower, away, middle, shape)

    def _paint_end(self, tower: Tower) -> None:
        """From the last norm through the output to the probabilities."""
        boxes, x = self._layout.boxes, tower.stream_x
        last = [key for key in (FINAL_NORM, TRANSFORM, OUTPUT, SOFTMAX) if key in boxes]
        for above, below in itertools.pairwise(last):
            arrow(self._painter, QPointF(x, boxes[above].bottom()), QPointF(x, boxes[below].top()))
        logits_y = (boxes[OUTPUT].bottom() + boxes[SOFTMAX].top()) / 2
        if boxes[SOFTMAX].top() - boxes[OUTPUT].bottom() > _LEAST_GAP:
            self._label(x + 10, logits_y, f"(B, T, {self._vocab_size:,})")

    def _paint_memory(self) -> None:
        """The encoder's result, out at its end, up between the towers, into the decoder's cross-attention."""
        encoder, boxes = self._layout.towers[0], self._layout.boxes
        last = boxes.get(encoder.prefix + FINAL_NORM, boxes[encoder.prefix + FEED_FORWARD_NORM])
        start = QPointF(encoder.stream_x, max(last.bottom(), encoder.block.bottom()))
        bottom = start.y() + (10 if self._layout.is_norm_first else 18) * self._scale
        goal = boxes[CROSS]
        entry = goal.top() + 0.135 * goal.height()
        x = self._layout.gutter_x
        points = (start, QPointF(start.x(), bottom), QPointF(x, bottom), QPointF(x, entry), QPointF(goal.left(), entry))
        arrow(self._painter, *points, hue=colour("accent"))
        words = translate("BlockDiagram", "result of the encoder {0}").format(memory_words(self._config))
        self._label(start.x() + 10, bottom + 10, words, width=x - start.x() + 60)

    def _branch(self, tower: Tower, part: str) -> None:
        """Out of the stream, through norm and part or through the part alone, and back to be added."""
        boxes, x, side = self._layout.boxes, tower.stream_x, tower.side
        box, branch_x = boxes[tower.prefix + part], tower.branch_x
        add_y = self._layout.add_y(tower.prefix + part)
        radius = self._add_radius()
        if self._layout.is_norm_first:
            norm = boxes[tower.prefix + NORM_OF[part]]
            middle = norm.center().y()
            edge = norm.left() if side > 0 else norm.right()
            arrow(self._painter, QPointF(x, middle), QPointF(edge, middle))
            arrow(self._painter, QPointF(branch_x, norm.bottom()), QPointF(branch_x, box.top()))
        else:
            out = box.top() - _TO_BRANCH * self._scale
            arrow(self._painter, QPointF(x, out), QPointF(branch_x, out), QPointF(branch_x, box.top()))
        start, corner = QPointF(branch_x, box.bottom()), QPointF(branch_x, add_y)
        arrow(self._painter, start, corner, QPointF(x + side * radius, add_y))
        self._paint_add(x, add_y)
        if words := dropout_words(self._config):
            self._inner_label(tower, radius + 6, add_y, words)

    def _add_radius(self) -> float:
        return min(max(6.5 * self._scale, 6.0), 9.0)

    def _paint_add(self, x: float, y: float) -> None:
        painter, radius = self._painter, self._add_radius()
        painter.setPen(QPen(colour("accent"), 1.5))
        painter.setBrush(colour("panel"))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        arm = radius * 0.55
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))

    def _inner_label(self, tower: Tower, away: float, y: float, words: str) -> None:
        """Between the stream and the outer edge of the block, if it fits there."""
        outer = tower.block.left() if tower.side > 0 else tower.block.right()
        room = abs(tower.stream_x - outer) - away - 2
        if QFontMetricsF(self._small).horizontalAdvance(words) <= room:
            self._label(tower.stream_x - tower.side * away, y, words, to_the_left=tower.side > 0)

    def _label(self, x: float, y: float, words: str, *, to_the_left: bool = False, width: float = 160) -> None:
        painter = self._painter
        painter.setFont(self._small)
        painter.setPen(colour("dim"))
        area = QRectF(x - width if to_the_left else x, y - 8, width, 16)
        side = Qt.AlignmentFlag.AlignRight if to_the_left else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, words)


def badge_words(n_layers: int) -> str:
    """How often the block is there."""
    return layers_words(n_layers) if n_layers == 1 else f"× {layers_words(n_layers)}"


def badge_font() -> QFont:
    return interface_font(12, bold=True)
