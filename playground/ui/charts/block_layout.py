"""Where the parts of the diagram lie: rows from top to bottom, widths on a logarithmic scale.

One tower for a decoder or an encoder; two for an encoder-decoder, the encoder at the left, its branches towards the
decoder's, so that equal parts stand side by side. Pure geometry of the config and the size of the picture.
"""

import itertools
import math
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_rows import (
    BLOCK,
    BRANCHES,
    CROSS,
    CROSS_NORM,
    EMBEDDING,
    ENCODER_SIDE,
    FEED_FORWARD,
    LAYERS,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
    STREAM,
    TOKENS,
    encoder_rows,
    has_two,
    rows_of,
)

_ABOVE_BLOCK, _BELOW_BLOCK = 12, 24  # units between the block's frame and what is in it
_ABOVE_BRANCH = 22  # units between the block's frame and its first branch, if that has no norm in front
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
_TITLED = 0.7  # share of the widest box for the tokens of a tower that has a title beside them
_GUTTER = 34  # pixels between two towers
_WIDEST_PER_TOWER = 1.5  # a tower is as wide as one and a half of its widest boxes, and the gaps


@dataclass(frozen=True, kw_only=True)
class Tower:
    """One stack: its stream, its branches at one side of it, and the frame around its layers."""

    prefix: str  # of its keys
    side: int  # 1 if the branches are to the right of the stream, -1 if to the left
    stream_x: float
    branch_x: float
    left: float
    right: float
    block: QRectF
    badge: QRectF


@dataclass(frozen=True, kw_only=True)
class BlockLayout:
    """Rectangles in pixels: `bands` whole rows to point at, `boxes` what is drawn of each part."""

    scale: float
    ledger_x: float
    widest: float
    is_norm_first: bool
    towers: tuple[Tower, ...]
    bands: dict[str, QRectF] = field(default_factory=dict)
    boxes: dict[str, QRectF] = field(default_factory=dict)

    @property
    def main(self) -> Tower:
        """The tower that the prediction comes from."""
        return self.towers[-1]

    @property
    def block(self) -> QRectF:
        return self.main.block

    @property
    def badge(self) -> QRectF:
        return self.main.badge

    @property
    def stream_x(self) -> float:
        return self.main.stream_x

    @property
    def branch_x(self) -> float:
        return self.main.branch_x

    @property
    def gutter_x(self) -> float:
        """Where the encoder's result rises between the towers."""
        return self.main.left - _GUTTER / 2

    def add_y(self, key: str) -> float:
        """Where the result of `key` (a sublayer) is added to the stream."""
        return self.boxes[key].bottom() + _ADD * self.scale

    def width_of(self, n: int) -> float:
        """How wide a vector of `n` numbers is drawn."""
        return _LEAST_WIDTH + logarithmic_share(n) * (self.widest - _LEAST_WIDTH)

    def token_cell(self) -> float:
        """The side of a token's square."""
        return min(16 * self.scale, 16.0)

    def n_token_cells(self, config: ModelConfig) -> int:
        """One square per token of the context, as far as there is room."""
        room = self.widest if len(self.towers) == 1 else _TITLED * self.widest
        fitting = int(room // (self.token_cell() + TOKEN_GAP))
        return max(min(config.n_ctx, _MOST_TOKEN_CELLS, fitting), 1)

    def tokens_width(self, config: ModelConfig) -> float:
        """All squares of the row of tokens, of which not more than some are drawn."""
        return self.n_token_cells(config) * (self.token_cell() + TOKEN_GAP) - TOKEN_GAP

    def key_at(self, x: float, y: float) -> str:
        """What is there, "" for nothing; a shape before the stream that it stands on."""
        if shape := next((key for key, box in self.boxes.items() if box.contains(x, y)), ""):
            return shape
        for tower in self.towers:
            if tower.badge.contains(x, y):
                return tower.prefix + LAYERS
            outer = tower.block.left() if tower.side > 0 else tower.block.right()
            inner = tower.stream_x + 10 * tower.side
            if tower.block.top() < y < tower.block.bottom() and min(outer, inner) < x < max(outer, inner):
                return tower.prefix + STREAM
        return next((key for key, band in self.bands.items() if band.contains(x, y)), "")


def logarithmic_share(n: int) -> float:
    """0 for 16 numbers and fewer, 1 for 16,384 and more."""
    return min(max((math.log2(max(n, 1)) - _LOG_LOW) / (_LOG_HIGH - _LOG_LOW), 0.0), 1.0)


def lay_out(config: ModelConfig, vocab_size: int, width: float, height: float, badge_width: float) -> BlockLayout:
    """The picture of a model within `width` × `height` pixels."""
    rows = rows_of(config)
    units = sum(gap + row for gap, row in rows.values())
    scale = min(max((height - 4) / units, _LEAST_SCALE), _MOST_SCALE)
    tops = _tops(rows, scale, max((height - units * scale) / 2, 1.0))
    two = has_two(config)
    diagram = min(max(0.6 * width, 400.0), 900.0) if two else min(max(0.46 * width, 290.0), 760.0)
    tower_width = (diagram - _GUTTER) / 2 if two else diagram
    widest = (tower_width - 2 * _MARGIN - _STREAM_GAP - MOST_SHEETS * SHEET) / _WIDEST_PER_TOWER
    frame = _frame(rows, tops, scale)
    lefts = (0.0, tower_width + _GUTTER) if two else (0.0,)
    towers = tuple(
        _tower(left, tower_width, widest, frame, badge_width, is_encoder=two and left == 0, is_mirrored=left > 0)
        for left in lefts
    )
    made = BlockLayout(
        scale=scale, ledger_x=diagram + 28, widest=widest, is_norm_first=config.norm_place == "before", towers=towers
    )
    for tower in towers:
        for key in encoder_rows(config) if tower.prefix else rows:
            made.boxes[tower.prefix + key] = _box(made, tower, key, tops[key], rows[key][1], config, vocab_size)
    made.bands.update(_bands(made, width))
    return made


def _frame(rows: dict[str, tuple[int, int]], tops: dict[str, float], scale: float) -> tuple[float, float]:
    """Top and bottom of the frame around a layer."""
    inside = [key for key in rows if key in (*BLOCK, CROSS, CROSS_NORM)]
    first, last = inside[0], inside[-1]
    above = _ABOVE_BRANCH if first in BRANCHES else _ABOVE_BLOCK
    below = _BELOW_BLOCK if last in BRANCHES else _ABOVE_BLOCK
    return tops[first] - above * scale, tops[last] + (rows[last][1] + below) * scale


def _tower(
    left: float,
    width: float,
    widest: float,
    frame: tuple[float, float],
    badge_width: float,
    *,
    is_encoder: bool,
    is_mirrored: bool,
) -> Tower:
    block = QRectF(left + _MARGIN, frame[0], width - 2 * _MARGIN - MOST_SHEETS * SHEET, frame[1] - frame[0])
    if not is_mirrored and not is_encoder:
        block.setWidth(width - _MARGIN - MOST_SHEETS * SHEET)
    edge = block.right() if is_mirrored else block.left()
    side = -1 if is_mirrored else 1
    stream_x = edge + side * widest / 2
    room = min(badge_width, abs(stream_x - edge) - 18)
    badge_left = edge + 8 if side > 0 else edge - 8 - room
    return Tower(
        prefix=ENCODER_SIDE if is_encoder else "", side=side, stream_x=stream_x,
        branch_x=stream_x + side * (_STREAM_GAP + widest / 2), left=left, right=left + width, block=block,
        badge=QRectF(badge_left, block.top() + 8, room, 20),
    )  # fmt: skip


def _box(
    layout: BlockLayout, tower: Tower, key: str, top: float, units: int, config: ModelConfig, vocab_size: int
) -> QRectF:
    width = layout.tokens_width(config) if key == TOKENS else layout.width_of(_numbers(key, config, vocab_size))
    beside = BLOCK if layout.is_norm_first else BRANCHES
    is_branch = key in (*beside, CROSS, POSITIONS) or (key == CROSS_NORM and layout.is_norm_first)
    middle = tower.branch_x if is_branch else tower.stream_x
    return QRectF(middle - width / 2, top, width, units * layout.scale)


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
    """Each row with half of the gaps around it, across its tower; the main tower's reach over the words as well."""
    found = {}
    for tower in layout.towers:
        keys = [key for key in layout.boxes if key.startswith(ENCODER_SIDE) == bool(tower.prefix)]
        edges = [layout.boxes[keys[0]].top() - 8]
        for above, below in itertools.pairwise(keys):
            edges.append((layout.boxes[above].bottom() + layout.boxes[below].top()) / 2)
        edges.append(layout.boxes[keys[-1]].bottom() + 8)
        left = tower.left if tower.left == 0 else layout.gutter_x
        right = layout.gutter_x if tower.prefix else width
        for key, top, bottom in zip(keys, edges, edges[1:], strict=False):
            found[key] = QRectF(left, top, right - left, bottom - top)
    return found
