"""The strip along a heatmap that tells how surprising each token was to the model: the taller a bar, the more.

It lies above the columns where rows and columns are the same tokens, else to the right of the rows.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from playground.ui.charts.heatmap_view import CellView
from playground.ui.theme import colour

THICKNESS = 16.0  # pixels, with its gap
_BAR = 13.0
_LEAST_FULL_NATS = 1.0  # where all is certain, all bars are low


class SurpriseStrip:
    """Losses (T,) in nats of the tokens along one side; none for no strip.

    Beside the rows the bars stand `offset` pixels from the picture, behind the labels of what each row writes.
    """

    def __init__(
        self, losses: Sequence[float] | np.ndarray = (), *, is_beside_rows: bool = False, offset: float = 0.0
    ) -> None:
        self.losses = np.asarray(losses, dtype=np.float32)
        self.is_beside_rows = is_beside_rows
        self.offset = offset

    @property
    def is_there(self) -> bool:
        return len(self.losses) > 0

    @property
    def above(self) -> float:
        """Pixels taken above the picture; kept free even without bars, so that pictures do not jump."""
        return 0.0 if self.is_beside_rows else THICKNESS

    @property
    def right(self) -> float:
        """Pixels taken at the right of the picture."""
        return THICKNESS if self.is_beside_rows and self.is_there else 0.0

    def token_at(self, view: CellView, place: QPointF) -> int | None:
        """The token whose bar, or whose label above it, is under the mouse."""
        area = view.area
        if not self.is_there:
            return None
        if self.is_beside_rows:
            is_beside = area.right() <= place.x() <= area.right() + self.offset + THICKNESS
            return view.row_at(place.y()) if is_beside and area.top() <= place.y() < area.bottom() else None
        is_over = area.left() <= place.x() < area.right() and place.y() < area.top()
        return view.column_at(place.x()) if is_over else None

    def box(self, view: CellView, token: int) -> QRectF:
        """The place of a token's bar, at its tallest."""
        area = view.area
        if self.is_beside_rows:
            top, bottom = max(view.y(token), area.top()), min(view.y(token + 1), area.bottom())
            return QRectF(area.right() + self.offset + 2, top, _BAR, bottom - top)
        left, right = max(view.x(token), area.left()), min(view.x(token + 1), area.right())
        return QRectF(left, area.top() - 2 - _BAR, right - left, _BAR)

    def paint(self, painter: QPainter, view: CellView) -> None:
        """A bar for each token in view."""
        if not self.is_there:
            return
        most = max(float(self.losses.max()), _LEAST_FULL_NATS)
        gap = 1.0 if view.cell >= 4 else 0.0
        for token in view.rows() if self.is_beside_rows else view.columns():
            length = _BAR * float(self.losses[token]) / most
            box = self.box(view, token)
            if self.is_beside_rows:
                bar = QRectF(box.left(), box.top() + gap, length, box.height() - gap)
            else:
                bar = QRectF(box.left() + gap, box.bottom() - length, box.width() - gap, length)
            painter.fillRect(bar, colour("bad", 0.75))
