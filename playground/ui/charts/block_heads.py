"""Paints attention: queries, keys and values, the heads with what each may look at, the map behind them."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_brush import kind_colour, use, write
from playground.ui.theme import colour, colours, mixed
from playground.ui.translation import translate

_LEAST_CELL = 6  # pixels; narrower heads go into more rows
_MOST_HEAD_ROWS = 4
_MASK_CELL = 7  # pixels from which on a head shows what it may look at
_GROUP_GAP = 5  # pixels between heads that share a key
_LEAST_STRIP = 16  # pixels of the narrowest box for queries, keys or values
_BANDS = 4  # shades of what is near and what is far


class AttentionPainter:
    """Paints one attention layer into a box; made anew for each."""

    def __init__(self, painter: QPainter, config: ModelConfig, *, is_causal: bool, is_across: bool) -> None:
        self._painter, self._config = painter, config
        self._is_causal, self._is_across = is_causal, is_across
        self._kind = "cross_attention" if is_across else "attention"
        self._is_far_less = config.position == "alibi" and not is_across

    def paint(self, box: QRectF) -> None:
        strip = box.height() * 0.27
        self._paint_maps(QRectF(box.left(), box.top(), box.width(), strip))
        self._paint_heads(QRectF(box.left(), box.top() + strip + 3, box.width(), box.height() - 2 * strip - 6))
        use(self._painter, self._kind)
        area = QRectF(box.left(), box.bottom() - strip, box.width(), strip)
        self._painter.drawRoundedRect(area, 3, 3)
        write(self._painter, area, translate("BlockDiagram", "together"), "W")

    def _paint_maps(self, area: QRectF) -> None:
        """As wide as they have heads; a line in the norms' colour where queries and keys are brought to one length."""
        config, gap = self._config, 2.0
        turned = " ↻" if config.position == "rotary" and not self._is_across else ""
        n_keys = max(config.n_kv_heads, 1)
        maps = [(f"Q{turned}", config.n_heads), (f"K{turned}", n_keys), ("V", n_keys)]
        if self._is_across:
            maps = [*maps[1:], maps[0]]  # keys and values at the side where the encoder's result comes in
        n_all = config.n_heads + 2 * n_keys
        free = area.width() - 2 * gap - 3 * _LEAST_STRIP
        left = area.left()
        for name, share in maps:
            width = _LEAST_STRIP + free * share / n_all
            strip = QRectF(left, area.top(), width, area.height())
            source = "memory" if self._is_across and name[0] != "Q" else self._kind
            use(self._painter, source)
            self._painter.drawRoundedRect(strip, 3, 3)
            write(self._painter, strip, name, name[0])
            if config.query_key_norm and name != "V":
                self._painter.setPen(QPen(kind_colour("norms"), 2.5))
                self._painter.drawLine(strip.bottomLeft() + QPointF(3, 0), strip.bottomRight() - QPointF(3, 0))
            left += width + gap

    def _paint_heads(self, area: QRectF) -> None:
        """One cell per head; numbers that no head can take are left over at the right, in red."""
        config, painter = self._config, self._painter
        left_over = config.d_model - config.n_heads * config.d_head
        cells = QRectF(area)
        cells.setWidth(area.width() * (1 - left_over / config.d_model))
        self._paint_cells(_cells(cells, config))
        if left_over:
            painter.setPen(QPen(colour("bad"), 1))
            painter.setBrush(colour("bad", 0.3))
            painter.drawRect(QRectF(cells.right() + 1, area.top(), area.right() - cells.right() - 1, area.height()))

    def _paint_cells(self, cells: list[QRectF]) -> None:
        """Where there is room, with what may be looked at: the past below the diagonal, or everything."""
        painter, hue = self._painter, kind_colour(self._kind).name()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(hue, colours().panel, 0.28))
        painter.drawRects(cells)
        if min(cells[0].width(), cells[0].height()) < _MASK_CELL:
            return
        n_bands = _BANDS if self._is_far_less else 1
        for band in range(n_bands):
            painter.setBrush(mixed(hue, colours().panel, 0.85 - 0.5 * band / n_bands))
            for cell in cells:
                for shape in _seen(cell, band / n_bands, (band + 1) / n_bands, is_causal=self._is_causal):
                    painter.drawPolygon(shape)


def _cells(area: QRectF, config: ModelConfig) -> list[QRectF]:
    """A rectangle per head, in as many rows as needed; those that share a key stand together."""
    n_rows = 1
    while n_rows < _MOST_HEAD_ROWS and area.width() / math.ceil(config.n_heads / n_rows) < _LEAST_CELL:
        n_rows += 1
    sharing = config.queries_per_kv_head
    n_columns = math.ceil(config.n_heads / n_rows)
    n_gaps = (n_columns - 1) // sharing if n_rows == 1 and 1 < sharing < config.n_heads else 0
    width, height = (area.width() - n_gaps * _GROUP_GAP) / n_columns, area.height() / n_rows
    gap = 2.0 if width >= _LEAST_CELL else 0.5
    found = []
    for head in range(config.n_heads):
        row, column = divmod(head, n_columns)
        left = area.left() + column * width + gap / 2 + (column // sharing * _GROUP_GAP if n_gaps else 0)
        found.append(QRectF(left, area.top() + row * height + 0.5, width - gap, height - 1))
    return found


def _seen(cell: QRectF, near: float, far: float, *, is_causal: bool) -> list[QPolygonF]:
    """What a head may look at in a cell of queries down and keys across, from `near` to `far` of the diagonal."""
    width, height = cell.width(), cell.height()

    def at(x: float, y: float) -> QPointF:
        return QPointF(cell.left() + x * width, cell.top() + y * height)

    if not is_causal and near == 0 and far == 1:
        return [QPolygonF(cell)]
    below = QPolygonF([at(0, near), at(1 - near, 1), at(1 - far, 1), at(0, far)])
    if is_causal:
        return [below]
    above = QPolygonF([at(near, 0), at(1, 1 - near), at(1, 1 - far), at(far, 0)])
    return [below, above]
