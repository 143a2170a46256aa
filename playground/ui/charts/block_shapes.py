"""Paints each part of the diagram as a shape: tables, norms, heads, the feed-forward network.

Widths are logarithmic. The lines between the parts are `block_painter`'s.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_layout import TOKEN_GAP, BlockLayout, n_token_cells
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
from playground.ui.charts.block_words import norm_name
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, mixed
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label

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


class ShapePainter:
    """Paints the parts of one picture; made anew for each."""

    def __init__(self, painter: QPainter, layout: BlockLayout, config: ModelConfig, vocab_size: int) -> None:
        self._painter, self._layout, self._config, self._vocab_size = painter, layout, config, vocab_size
        self._small, self._tiny = interface_font(SMALL_PIXELS), interface_font(10)

    def paint(self) -> None:
        self._paint_tokens()
        self._paint_table(EMBEDDING, self._vocab_size, self._config.d_model)
        if POSITIONS in self._layout.boxes:
            self._paint_positions()
        for norm in (ATTENTION_NORM, FEED_FORWARD_NORM, FINAL_NORM):
            self._paint_norm(norm)
        self._paint_attention()
        self._paint_feed_forward()
        self._paint_table(OUTPUT, self._config.d_model, self._vocab_size)
        self._paint_softmax()

    def _use(self, kind: str, share: float = 0.18) -> None:
        hue = kind_colour(kind, tied=self._config.tied_embeddings)
        self._painter.setPen(QPen(hue, 1.2))
        self._painter.setBrush(mixed(hue.name(), colours().panel, share))

    def _write(self, area: QRectF, *choices: str) -> None:
        """The first of the words that fits into a shape, or none."""
        self._painter.setFont(self._tiny if area.height() < 16 else self._small)
        metrics = self._painter.fontMetrics()
        for words in choices:
            if metrics.horizontalAdvance(words) <= area.width() - 4 and metrics.ascent() <= area.height() + 1:
                self._painter.setPen(colour("text"))
                self._painter.drawText(area, _CENTRE, words)
                return

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
        box = self._layout.boxes[POSITIONS]
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
        self._write(box, norm_name(self._config), translate("BlockDiagram", "norm"))

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
            self._write(area, name, name[0])
        self._paint_heads(QRectF(box.left(), box.top() + strip + 3, box.width(), box.height() - 2 * strip - 6))
        self._use("attention")
        area = QRectF(box.left(), box.bottom() - strip, box.width(), strip)
        self._painter.drawRoundedRect(area, 3, 3)
        self._write(area, translate("BlockDiagram", "together"), "W")

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
        drawn = []
        for head in range(config.n_heads):
            row, column = divmod(head, n_columns)
            corner = QPointF(cells.left() + column * width + gap / 2, cells.top() + row * height + 0.5)
            drawn.append(QRectF(corner.x(), corner.y(), width - gap, height - 1))
        self._paint_cells(drawn)
        if left_over:
            painter.setPen(QPen(colour("bad"), 1))
            painter.setBrush(colour("bad", 0.3))
            painter.drawRect(QRectF(cells.right() + 1, area.top(), area.right() - cells.right() - 1, area.height()))

    def _paint_cells(self, cells: list[QRectF]) -> None:
        """Where there is room, with the triangle of what may be looked at: the past."""
        hue = kind_colour("attention").name()
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(mixed(hue, colours().panel, 0.28))
        self._painter.drawRects(cells)
        if min(cells[0].width(), cells[0].height()) < _MASK_CELL:
            return
        self._painter.setBrush(mixed(hue, colours().panel, 0.85))
        for cell in cells:
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
        self._write(
            box,
            translate("BlockDiagram", "probabilities of the next token"),
            translate("BlockDiagram", "probabilities"),
            "p",
        )
