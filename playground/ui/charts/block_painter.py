"""Paints the shapes of the diagram: boxes, heads, the stream, arrows. Its words at the right are `block_ledger`'s.

Widths are logarithmic; the stream is as thick as the model is wide.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from playground.contract.config import ModelConfig
from playground.ui.charts.block_layout import (
    MOST_SHEETS,
    SHEET,
    TOKEN_GAP,
    BlockLayout,
    logarithmic_share,
    n_token_cells,
)
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
from playground.ui.charts.block_words import dropout_words, norm_name, stream_words
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, mixed
from playground.ui.translation import translate
from playground.ui.widgets.setting_rows import choice_label

_LEAST_CELL = 6  # pixels; narrower heads go into more rows
_MOST_HEAD_ROWS = 4
_MASK_CELL = 7  # pixels from which on a head shows its causal triangle
_CENTRE = Qt.AlignmentFlag.AlignCenter


def kind_colour(kind: str, *, tied: bool = True) -> QColor:
    """The colour of a family of parts; a tied output is the embedding's table, so it has its colour."""
    c = colours()
    first, second, third, fourth = c.others
    families = {
        "embedding": c.train, "positions": fourth, "attention": first, "feed_forward": second, "norms": third,
        "output": c.train if tied else c.validation,
    }  # fmt: skip
    return QColor(families.get(kind, c.dim))


class BlockPainter:
    """Paints one picture; made anew for each."""

    def __init__(self, painter: QPainter, layout: BlockLayout, config: ModelConfig, vocab_size: int) -> None:
        self._painter, self._layout, self._config, self._vocab_size = painter, layout, config, vocab_size
        self._scale = layout.scale
        self._small = interface_font(SMALL_PIXELS)
        self._tiny = interface_font(10)

    def paint(self) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sheets()
        self._paint_tied_link()
        self._paint_stream()
        self._paint_tokens()
        self._paint_table(EMBEDDING, self._vocab_size, self._config.d_model)
        if POSITIONS in self._layout.boxes:
            self._paint_positions()
        self._paint_norm(ATTENTION_NORM)
        self._paint_attention()
        self._paint_norm(FEED_FORWARD_NORM)
        self._paint_feed_forward()
        self._paint_norm(FINAL_NORM)
        self._paint_table(OUTPUT, self._config.d_model, self._vocab_size)
        self._paint_softmax()

    # The block and the lines.

    def _paint_sheets(self) -> None:
        """As many sheets behind the first as there are further layers, three at most."""
        block, painter = self._layout.block, self._painter
        for step in range(min(self._config.n_layers - 1, MOST_SHEETS), -1, -1):
            painter.setPen(QPen(colour("line").darker(106 if not colours().is_dark else 90), 1))
            painter.setBrush(QColor(mixed(colours().window, colours().panel, 0.75 if step == 0 else 0.35)))
            painter.drawRoundedRect(block.translated(step * SHEET, -step * SHEET), 8, 8)
        self._paint_badge()

    def _paint_badge(self) -> None:
        painter, badge = self._painter, self._layout.badge
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(colour("accent"))
        painter.setFont(badge_font())
        painter.drawText(badge, _CENTRE, badge_words(self._config))

    def _paint_tied_link(self) -> None:
        if not self._config.tied_embeddings:
            return
        above, below, x = self._layout.boxes[EMBEDDING], self._layout.boxes[OUTPUT], 5.0
        pen = QPen(kind_colour("embedding"), 1.3, Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        start, end = above.center().y(), below.center().y()
        points = [(above.left() + 8, start), (x, start), (x, end), (below.left() + 8, end)]
        self._painter.drawPolyline([QPointF(*point) for point in points])

    def _paint_stream(self) -> None:
        """From the embedding to the last norm, with branches and what they add; then on to the end."""
        boxes, x = self._layout.boxes, self._layout.stream_x
        self._arrow(QPointF(x, boxes[TOKENS].bottom() + 2), QPointF(x, boxes[EMBEDDING].top()))
        self._label(x + 10, (boxes[TOKENS].bottom() + boxes[EMBEDDING].top()) / 2, "(B, T)")
        thickness = 2.0 + 6.0 * logarithmic_share(self._config.d_model)
        pen = QPen(colour("accent", 0.85), thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(x, boxes[EMBEDDING].bottom()), QPointF(x, boxes[FINAL_NORM].top()))
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

    # The parts.

    def _use(self, kind: str, share: float = 0.18) -> None:
        hue = kind_colour(kind, tied=self._config.tied_embeddings)
        self._painter.setPen(QPen(hue, 1.2))
        self._painter.setBrush(mixed(hue.name(), colours().panel, share))

    def _write(self, area: QRectF, words: str) -> None:
        """Words in a shape, left out where they do not fit."""
        self._painter.setFont(self._tiny if area.height() < 16 else self._small)
        metrics = self._painter.fontMetrics()
        if metrics.horizontalAdvance(words) <= area.width() - 6 and metrics.ascent() <= area.height():
            self._painter.setPen(colour("text"))
            self._painter.drawText(area, _CENTRE, words)

    def _trapezoid(self, kind: str, top: float, height: float, x: float, above: int, below: int, words: str) -> None:
        """A linear map: as wide above as what comes in, below as what goes out."""
        self._use(kind)
        upper, lower = self._layout.width_of(above) / 2, self._layout.width_of(below) / 2
        corners = [(x - upper, top), (x + upper, top), (x + lower, top + height), (x - lower, top + height)]
        self._painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        narrow = min(upper, lower) + abs(upper - lower) * 0.3
        self._write(QRectF(x - narrow, top, 2 * narrow, height), words)

    def _paint_tokens(self) -> None:
        box, side = self._layout.boxes[TOKENS], self._layout.token_cell()
        self._painter.setPen(QPen(colour("dim"), 1))
        self._painter.setBrush(colour("hover"))
        for index in range(n_token_cells(self._config)):
            left = box.left() + index * (side + TOKEN_GAP)
            self._painter.drawRoundedRect(QRectF(left, box.top(), side, side), 3, 3)

    def _paint_table(self, key: str, above: int, below: int) -> None:
        box = self._layout.boxes[key]
        words = f"{above:,} → {below:,}"
        self._trapezoid(key, box.top(), box.height(), self._layout.stream_x, above, below, words)

    def _paint_positions(self) -> None:
        box, x = self._layout.boxes[POSITIONS], self._layout.stream_x
        middle = box.center().y()
        self._arrow(QPointF(box.left(), middle), QPointF(x + self._add_radius(), middle))
        self._paint_add(middle)
        self._use("positions")
        self._painter.drawRoundedRect(box, 4, 4)
        if self._config.position == "sinusoidal":
            self._paint_wave(box)
        else:
            self._write(box, f"{self._config.n_ctx:,} × {self._config.d_model:,}")

    def _paint_wave(self, box: QRectF) -> None:
        """Two waves, one slower: what sinusoidal positions are."""
        for n_turns in (4, 1.5):
            points = [
                QPointF(
                    box.left() + 6 + step * (box.width() - 12) / 60,
                    box.center().y() - 0.32 * box.height() * math.sin(2 * math.pi * n_turns * step / 60),
                )
                for step in range(61)
            ]
            self._painter.drawPolyline(points)

    def _paint_norm(self, key: str) -> None:
        box = self._layout.boxes[key]
        self._use("norms")
        self._painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self._write(box, norm_name(self._config))

    def _paint_attention(self) -> None:
        """Queries, keys and values; the heads; the map that brings them together again."""
        box = self._layout.boxes[ATTENTION]
        strip = box.height() * 0.27
        is_turned = self._config.position == "rotary"
        third = (box.width() - 4) / 3
        for index, name in enumerate(("Q ↻", "K ↻", "V") if is_turned else ("Q", "K", "V")):
            self._use("attention")
            area = QRectF(box.left() + index * (third + 2), box.top(), third, strip)
            self._painter.drawRoundedRect(area, 3, 3)
            self._write(area, name)
        self._paint_heads(QRectF(box.left(), box.top() + strip + 3, box.width(), box.height() - 2 * strip - 6))
        self._use("attention")
        area = QRectF(box.left(), box.bottom() - strip, box.width(), strip)
        self._painter.drawRoundedRect(area, 3, 3)
        self._write(area, translate("BlockDiagram", "together"))

    def _paint_heads(self, area: QRectF) -> None:
        """One cell per head; numbers that no head can take are left over at the right, in red."""
        config, painter = self._config, self._painter
        left_over = config.d_model - config.n_heads * config.d_head
        cells = QRectF(area)
        cells.setWidth(area.width() * (1 - left_over / config.d_model))
        n_rows = 1
        while n_rows < _MOST_HEAD_ROWS and cells.width() / math.ceil(config.n_heads / n_rows) < _LEAST_CELL:
            n_rows += 1
        n_columns = math.ceil(config.n_heads / n_rows)
        width, height = cells.width() / n_columns, cells.height() / n_rows
        gap = 2.0 if width >= _LEAST_CELL else 0.5
        for head in range(config.n_heads):
            row, column = divmod(head, n_columns)
            corner = QPointF(cells.left() + column * width + gap / 2, cells.top() + row * height + 0.5)
            self._paint_head(QRectF(corner.x(), corner.y(), width - gap, height - 1))
        if left_over:
            painter.setPen(QPen(colour("bad"), 1))
            painter.setBrush(colour("bad", 0.3))
            painter.drawRect(QRectF(cells.right() + 1, area.top(), area.right() - cells.right() - 1, area.height()))

    def _paint_head(self, cell: QRectF) -> None:
        hue = kind_colour("attention")
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(mixed(hue.name(), colours().panel, 0.28))
        self._painter.drawRect(cell)
        if min(cell.width(), cell.height()) < _MASK_CELL:
            return
        self._painter.setBrush(mixed(hue.name(), colours().panel, 0.85))  # the past, which may be looked at
        self._painter.drawPolygon(QPolygonF([cell.topLeft(), cell.bottomLeft(), cell.bottomRight()]))

    def _paint_feed_forward(self) -> None:
        """Widened, bent, brought back."""
        box, config, x = self._layout.boxes[FEED_FORWARD], self._config, self._layout.branch_x
        slope = box.height() * 0.36
        is_gated = config.activation == "swiglu"
        n_hidden = f"2 × {config.d_ff:,}" if is_gated else f"{config.d_ff:,}"
        up, down = f"{config.d_model:,} → {n_hidden}", f"{config.d_ff:,} → {config.d_model:,}"
        self._trapezoid("feed_forward", box.top(), slope, x, config.d_model, config.d_ff, up)
        self._trapezoid("feed_forward", box.bottom() - slope, slope, x, config.d_ff, config.d_model, down)
        width = self._layout.width_of(config.d_ff)
        middle = QRectF(x - width / 2, box.top() + slope + 1.5, width, box.height() - 2 * slope - 3)
        self._use("feed_forward", 0.4)
        self._painter.drawRect(middle)
        self._write(middle, choice_label(config.activation))

    def _paint_softmax(self) -> None:
        box = self._layout.boxes[SOFTMAX]
        self._painter.setPen(QPen(colour("dim"), 1.2))
        self._painter.setBrush(colour("hover"))
        self._painter.drawRoundedRect(box, 4, 4)
        self._write(box, translate("BlockDiagram", "probabilities of the next token"))


def badge_words(config: ModelConfig) -> str:
    """How often the block is there."""
    if config.n_layers == 1:
        return translate("BlockDiagram", "1 layer")
    return translate("BlockDiagram", "× {0} layers").format(config.n_layers)


def badge_font() -> QFont:
    return interface_font(12, bold=True)
