"""From numbers to colours: the scale of a heatmap, and a matrix as an image with one pixel a cell.

Pure functions of arrays. T queries, S keys.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from playground.contract.messages import HeadAttention
from playground.ui.charts.colour_maps import N_COLOURS

WEIGHTS, SCORES = "weights", "scores"
_LIFT = 0.5  # exponent that brightens faint weights


@dataclass(frozen=True, kw_only=True)
class ColourScale:
    """Which value gets which place in the colour map; `lifted` spreads the small ones."""

    low: float = 0.0
    high: float = 1.0
    lifted: bool = False

    def places(self, values: np.ndarray) -> np.ndarray:
        """0 for `low`, 1 for `high`; the shape stays."""
        width = max(self.high - self.low, 1e-12)
        shares = np.clip((values - self.low) / width, 0.0, 1.0)
        return np.sqrt(shares) if self.lifted else shares

    def ticks(self) -> list[tuple[float, float]]:
        """Places and values to write under the legend."""
        shares = (0.0, 0.01, 0.1, 0.25, 0.5, 1.0) if self.lifted else (0.0, 0.25, 0.5, 0.75, 1.0)
        values = [self.low + share * (self.high - self.low) for share in shares]
        return [(float(place), value) for place, value in zip(self.places(np.array(values)), values, strict=True)]


def masked_cells(head: HeadAttention) -> np.ndarray:
    """Which cells the query may not see, (T, S) bool."""
    return np.isneginf(head.scores)


def scale_of(head: HeadAttention, quantity: str, *, lifted: bool) -> ColourScale:
    """Weights are always shown from 0 to 1, so that heads and moments can be compared; scores in their own range."""
    if quantity == WEIGHTS:
        return ColourScale(lifted=lifted)
    seen = head.scores[np.isfinite(head.scores)]
    if not len(seen):
        return ColourScale()
    return ColourScale(low=float(seen.min()), high=float(seen.max()))


def values_of(head: HeadAttention, quantity: str) -> np.ndarray:
    """The matrix that is shown, (T, S) float32."""
    return head.weights if quantity == WEIGHTS else head.scores


def heat_image(values: np.ndarray, masked: np.ndarray, scale: ColourScale, table: np.ndarray) -> QImage:
    """One pixel a cell; masked cells are see-through."""
    shown = np.where(masked | ~np.isfinite(values), scale.low, values)
    return table_image(np.rint(scale.places(shown) * (N_COLOURS - 1)).astype(np.uint8), masked, table)


def table_image(indices: np.ndarray, hidden: np.ndarray, table: np.ndarray) -> QImage:
    """Entries of a colour table (rows, columns) uint8 as an image; `hidden` pixels are see-through."""
    wide = table.astype(np.uint32)
    packed = 0xFF000000 | wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]  # (256,) as Qt packs a pixel
    pixels = np.ascontiguousarray(np.where(hidden, 0, packed[indices]).astype(np.uint32))
    n_rows, n_columns = pixels.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.tobytes(), n_columns, n_rows, 4 * n_columns, form).copy()  # `copy` owns its pixels
