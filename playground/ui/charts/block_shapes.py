"""Paints each part of a tower as a shape: tables, norms, heads, the feed-forward network.

Widths are logarithmic. The lines between the parts are `block_painter`'s.
"""

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.contract.model_config import ENCODER, ModelConfig
from playground.ui.charts.block_brush import use, write
from playground.ui.charts.block_heads import AttentionPainter
from playground.ui.charts.block_layout import TOKEN_GAP, BlockLayout, Tower
from playground.ui.charts.block_rows import (
    ATTENTION,
    ATTENTION_NORM,
    CROSS,
    CROSS_NORM,
    EMBEDDING,
    EMBEDDING_NORM,
    FEED_FORWARD,
    FEED_FORWARD_NORM,
    FINAL_NORM,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
    TOKENS,
    TRANSFORM,
)
from playground.ui.charts.block_sentences import softmax_words
from playground.ui.charts.block_words import norm_name
from playground.ui.theme import colour
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label

_NORMS = (EMBEDDING_NORM, ATTENTION_NORM, CROSS_NORM, FEED_FORWARD_NORM, FINAL_NORM)
_MASKED = (2, 6)  # squares of the row of tokens that an encoder has to fill in


class ShapePainter:
    """Paints the parts of one tower; made anew for each."""

    def __init__(
        self, painter: QPainter, layout: BlockLayout, tower: Tower, config: ModelConfig, vocab_size: int
    ) -> None:
        self._painter, self._layout, self._tower = painter, layout, tower
        self._config, self._vocab_size = config, vocab_size

    def paint(self) -> None:
        if box := self._box(TOKENS):
            self._paint_tokens(box)
        self._paint_table(EMBEDDING, self._vocab_size, self._config.d_model)
        if box := self._box(POSITIONS):
            self._paint_positions(box)
        for norm in _NORMS:
            if box := self._box(norm):
                self._paint_norm(box)
        if box := self._box(ATTENTION):
            is_causal = not self._tower.prefix and self._config.has_decoder and self._config.causal_mask
            AttentionPainter(self._painter, self._config, is_causal=is_causal, is_across=False).paint(box)
        if box := self._box(CROSS):
            AttentionPainter(self._painter, self._config, is_causal=False, is_across=True).paint(box)
        if box := self._box(FEED_FORWARD):
            self._paint_feed_forward(box)
        if box := self._box(TRANSFORM):
            self._paint_transform(box)
        self._paint_table(OUTPUT, self._config.d_model, self._vocab_size)
        if box := self._box(SOFTMAX):
            self._paint_softmax(box)

    def _box(self, key: str) -> QRectF | None:
        return self._layout.boxes.get(self._tower.prefix + key)

    def _use(self, kind: str, share: float = 0.18) -> None:
        use(self._painter, kind, share, tied=self._config.tied_embeddings)

    def _trapezoid(self, kind: str, top: float, height: float, x: float, above: int, below: int, words: str) -> None:
        """A linear map: as wide above as what comes in, below as what goes out."""
        self._use(kind)
        upper, lower = self._layout.width_of(above) / 2, self._layout.width_of(below) / 2
        corners = [(x - upper, top), (x + upper, top), (x + lower, top + height), (x - lower, top + height)]
        self._painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        narrow = min(upper, lower) + abs(upper - lower) * 0.3
        write(self._painter, QRectF(x - narrow, top, 2 * narrow, height), words)

    def _paint_tokens(self, box: QRectF) -> None:
        """Squares; an encoder that stands alone has some masked."""
        side = self._layout.token_cell()
        for index in range(self._layout.n_token_cells(self._config)):
            is_masked = self._config.kind == ENCODER and index in _MASKED
            self._painter.setPen(QPen(colour("accent" if is_masked else "dim"), 1))
            self._painter.setBrush(colour("accent_soft" if is_masked else "hover"))
            cell = QRectF(box.left() + index * (side + TOKEN_GAP), box.top(), side, side)
            self._painter.drawRoundedRect(cell, 3, 3)
            if is_masked:
                write(self._painter, cell, "?")

    def _paint_table(self, key: str, above: int, below: int) -> None:
        if box := self._box(key):
            words = f"{above:,} → {below:,}"
            self._trapezoid(key, box.top(), box.height(), self._tower.stream_x, above, below, words)

    def _paint_positions(self, box: QRectF) -> None:
        self._use("positions")
        self._painter.drawRoundedRect(box, 4, 4)
        if self._config.position == "sinusoidal":
            self._paint_wave(box)
        else:
            write(self._painter, box, f"{self._config.n_ctx:,} × {self._config.d_model:,}")

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

    def _paint_norm(self, box: QRectF) -> None:
        self._use("norms")
        self._painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        write(self._painter, box, norm_name(self._config), translate("BlockDiagram", "norm"))

    def _paint_feed_forward(self, box: QRectF) -> None:
        """Widened, bent, brought back."""
        config, x = self._config, self._tower.branch_x
        slope = box.height() * 0.3
        is_gated = config.activation == "swiglu"
        n_hidden = f"2 × {config.d_ff:,}" if is_gated else f"{config.d_ff:,}"
        up, down = f"{config.d_model:,} → {n_hidden}", f"{config.d_ff:,} → {config.d_model:,}"
        self._trapezoid("feed_forward", box.top(), slope, x, config.d_model, config.d_ff, up)
        self._trapezoid("feed_forward", box.bottom() - slope, slope, x, config.d_ff, config.d_model, down)
        width = self._layout.width_of(config.d_ff)
        middle = QRectF(x - width / 2, box.top() + slope + 1.5, width, box.height() - 2 * slope - 3)
        self._use("feed_forward", 0.4)
        self._painter.drawRect(middle)
        write(self._painter, middle, choice_label(config.activation))

    def _paint_transform(self, box: QRectF) -> None:
        self._use("transform")
        self._painter.drawRoundedRect(box, 4, 4)
        width = f"{self._config.d_model:,}"
        name = norm_name(self._config)
        write(self._painter, box, f"{width} → {width}, {name}", f"{width} → {width}")

    def _paint_softmax(self, box: QRectF) -> None:
        self._painter.setPen(QPen(colour("dim"), 1.2))
        self._painter.setBrush(colour("hover"))
        self._painter.drawRoundedRect(box, 4, 4)
        write(self._painter, box, *softmax_words(self._config))
