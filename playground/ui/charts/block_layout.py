"""Where the parts of the diagram lie: rows from top to bottom, widths on a logarithmic scale.

Pure geometry of the config and the size of the picture; paints nothing.
"""

import itertools
import math
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_parts import (
    ATTENTION,
    ATTENTION_NORM,
    BLOCK,
    EMBEDDING,
    FEED_FORWARD,
    FEED_FORWARD_NORM,
    FINAL_NORM,
    LAYERS,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
    STREAM,
    TOKENS,
)

# Heights, and the gaps above, in units that grow with the picture.
_ROWS = {
    TOKENS: (0, 16), EMBEDDING: (18, 28), POSITIONS: (14, 18), ATTENTION_NORM: (26, 18), ATTENTION: (10, 56),
    FEED_FORWARD_NORM: (26, 18), FEED_FORWARD: (10, 54), FINAL_NORM: (40, 18), OUTPUT: (12, 28), SOFTMAX: (17, 18),
}  # fmt: skip
_ABOVE_BLOCK, _BELOW_BLOCK = 12, 24  # units between the block's frame and what is in it
_ADD = 14  # units from a part's lower edge to where it is added
_LEAST_SCALE, _MOST_SCALE = 0.55, 1.7
_LEAST_WIDTH = 52  # pixels of the narrowest box
_LOG_LOW, _LOG_HIGH = 4.0, 14.0  # a width of 16 is the narrowest box, one of 16,384 the widest
SHEET = 4  # pixels between the stacked sheets
MOST_SHEETS = 3
_MOST_TOKEN_CELLS = 10
TOKEN_GAP = 3  # pixels between squares
_MARGIN = 14
_STREAM_GAP = 26


@dataclass(frozen=True, kw_only=True)
class BlockLayout:
    """Rectangles in pixels: `bands` whole rows to point at, `boxes` what is drawn of each part."""

    scale: float
    stream_x: float
    branch_x: float
    ledger_x: float
    widest: float
    block: QRectF
    badge: QRectF
    bands: dict[str, QRectF] = field(default_factory=dict)
    boxes: dict[str, QRectF] = field(default_factory=dict)

    def add_y(self, key: str) -> float:
        """Where the result of `key` (a sublayer) is added to the stream."""
        return self.boxes[key].bottom() + _ADD * self.scale

    def width_of(self, n: int) -> float:
        """How wide a vector of `n` numbers is drawn."""
        return _LEAST_WIDTH + logarithmic_share(n) * (self.widest - _LEAST_WIDTH)

    def token_cell(self) -> float:
        """The side of a token's square."""
        return min(_ROWS[TOKENS][1] * self.scale, 16.0)

    def tokens_width(self, config: ModelConfig) -> float:
        """All squares of the row of tokens, of which not more than some are drawn."""
        return n_token_cells(config) * (self.token_cell() + TOKEN_GAP) - TOKEN_GAP

    def key_at(self, x: float, y: float) -> str:
        """What is there, "" for nothing."""
        if self.badge.contains(x, y):
            return LAYERS
        block = self.block
        if block.top() < y < block.bottom() and block.left() < x < self.stream_x + 10:
            return STREAM
        return next((key for key, band in self.bands.items() if band.contains(x, y)), "")


def n_token_cells(config: ModelConfig) -> int:
    """One square per token of the context, as far as there is room."""
    return min(config.n_ctx, _MOST_TOKEN_CELLS)


def logarithmic_share(n: int) -> float:
    """0 for 16 numbers and fewer, 1 for 16,384 and more."""
    return min(max((math.log2(max(n, 1)) - _LOG_LOW) / (_LOG_HIGH - _LOG_LOW), 0.0), 1.0)


def lay_out(config: ModelConfig, vocab_size: int, width: float, height: float, badge_width: float) -> BlockLayout:
    """The picture of a decoder within `width` × `height` pixels."""
    rows = {key: row for key, row in _ROWS.items() if key != POSITIONS or config.position != "rotary"}
    units = sum(gap + row for gap, row in rows.values())
    scale = min(max((height - 4) / units, _LEAST_SCALE), _MOST_SCALE)
    diagram = min(max(0.46 * width, 290.0), 760.0)
    widest = (diagram - 2 * _MARGIN - _STREAM_GAP - MOST_SHEETS * SHEET) / 1.5
    stream_x = _MARGIN + widest / 2
    branch_x = stream_x + _STREAM_GAP + widest / 2
    tops = _tops(rows, scale, max((height - units * scale) / 2, 1.0))
    block_top = tops[ATTENTION_NORM] - _ABOVE_BLOCK * scale
    block_bottom = tops[FEED_FORWARD] + (_ROWS[FEED_FORWARD][1] + _BELOW_BLOCK) * scale
    block = QRectF(_MARGIN, block_top, diagram - _MARGIN - MOST_SHEETS * SHEET, block_bottom - block_top)
    made = BlockLayout(
        scale=scale, stream_x=stream_x, branch_x=branch_x, ledger_x=diagram + 28, widest=widest, block=block,
        badge=QRectF(block.left() + 8, block.top() + 8, min(badge_width, stream_x - block.left() - 18), 20),
    )  # fmt: skip
    for key, top in tops.items():
        box_width = made.width_of(_numbers(key, config, vocab_size)) if key != TOKENS else made.tokens_width(config)
        middle = branch_x if key in (*BLOCK, POSITIONS) else stream_x
        made.boxes[key] = QRectF(middle - box_width / 2, top, box_width, rows[key][1] * scale)
    made.bands.update(_bands(made, width))
    return made


def _tops(rows: dict[str, tuple[int, int]], scale: float, first: float) -> dict[str, float]:
    found, y = {}, first
    for key, (gap, height) in rows.items():
        y += gap * scale
        found[key] = y
        y += height * scale
    return found


def _numbers(key: str, config: ModelConfig, vocab_size: int) -> int:
    """How many numbers wide a part is at its widest."""
    if key in (EMBEDDING, OUTPUT, SOFTMAX):
        return max(vocab_size, config.d_model)
    if key == FEED_FORWARD:
        return max(config.d_ff, config.d_model)
    return config.d_model


def _bands(layout: BlockLayout, width: float) -> dict[str, QRectF]:
    """Each row with half of the gaps around it, across the whole picture."""
    keys = list(layout.boxes)
    edges = [layout.boxes[keys[0]].top() - 8]
    for above, below in itertools.pairwise(keys):
        edges.append((layout.boxes[above].bottom() + layout.boxes[below].top()) / 2)
    edges.append(layout.boxes[keys[-1]].bottom() + 8)
    return {key: QRectF(0, top, width, bottom - top) for key, top, bottom in zip(keys, edges, edges[1:], strict=False)}
