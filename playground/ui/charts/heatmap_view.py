"""Which part of a matrix is in view, and where its cells lie on the screen.

Knows cells and pixels, neither values nor colours. Cells are square, counted from 0; fractions of one are allowed.
"""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

_LEAST_SPAN = 4.0
_CRISP = 9  # pixels; cells at least this large have gaps between them and get a whole number of pixels


@dataclass(frozen=True, kw_only=True)
class CellView:
    """`span` columns, from column `left` and row `top` on, are drawn across `area`, and as many rows as go down it.

    The area has the shape of the whole matrix, so the same share of the rows is in view as of the columns.
    """

    n_rows: int = 1
    n_columns: int = 1
    area: QRectF
    left: float = 0.0
    top: float = 0.0
    span: float = 1.0

    @classmethod
    def whole(cls, n_rows: int, n_columns: int, area: QRectF) -> "CellView":
        """All of a matrix."""
        return cls(n_rows=n_rows, n_columns=n_columns, area=area, span=float(max(n_columns, 1)))

    @property
    def cell(self) -> float:
        """Pixels of a cell's side."""
        return self.area.width() / self.span

    @property
    def span_down(self) -> float:
        """How many rows are in view."""
        return self.span * max(self.n_rows, 1) / max(self.n_columns, 1)

    @property
    def is_whole(self) -> bool:
        return self.span >= self.n_columns

    def moved_to(self, area: QRectF) -> "CellView":
        """The same part elsewhere on the screen."""
        return replace(self, area=area)

    def zoomed(self, at: QPointF, factor: float) -> "CellView":
        """Closer (factor > 1) or farther; what lies under `at` stays there."""
        span = min(max(self.span / factor, min(_LEAST_SPAN, self.n_columns)), float(self.n_columns))
        nearer = replace(self, span=span)
        x = (at.x() - self.area.left()) / self.area.width()
        y = (at.y() - self.area.top()) / self.area.height()
        left = self.left + x * (self.span - span)
        return nearer._at(left, self.top + y * (self.span_down - nearer.span_down))

    def panned(self, by: QPointF) -> "CellView":
        """Dragged by so many pixels."""
        return self._at(self.left - by.x() / self.cell, self.top - by.y() / self.cell)

    def revealing(self, row: int, column: int) -> "CellView":
        """Moved as little as needed to have a cell wholly in view."""
        left = min(max(self.left, column + 1 - self.span), column)
        top = min(max(self.top, row + 1 - self.span_down), row)
        return self._at(left, top)

    def x(self, column: float) -> float:
        """The left edge of a column."""
        return self.area.left() + (column - self.left) * self.cell

    def y(self, row: float) -> float:
        """The upper edge of a row."""
        return self.area.top() + (row - self.top) * self.cell

    def cell_box(self, row: int, column: int) -> QRectF:
        return QRectF(self.x(column), self.y(row), self.cell, self.cell)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Row and column under a point; None beside the picture."""
        if not self.area.contains(point):
            return None
        return self.row_at(point.y()), self.column_at(point.x())

    def column_at(self, x: float) -> int:
        """The column at a place inside the picture."""
        return min(int(self.left + (x - self.area.left()) / self.cell), self.n_columns - 1)

    def row_at(self, y: float) -> int:
        """The row at a height inside the picture."""
        return min(int(self.top + (y - self.area.top()) / self.cell), self.n_rows - 1)

    def columns(self) -> range:
        """The columns that are in view, cut ones too."""
        return _range(self.left, self.span, self.n_columns)

    def rows(self) -> range:
        return _range(self.top, self.span_down, self.n_rows)

    def source(self) -> QRectF:
        """The part in view, in cells."""
        return QRectF(self.left, self.top, self.span, self.span_down)

    def _at(self, left: float, top: float) -> "CellView":
        most_left, most_top = max(self.n_columns - self.span, 0.0), max(self.n_rows - self.span_down, 0.0)
        return replace(self, left=min(max(left, 0.0), most_left), top=min(max(top, 0.0), most_top))


def area_in(room: QRectF, n_rows: int, n_columns: int) -> QRectF:
    """The largest area for a matrix in the room's middle top, its cells square and alike; whole pixels."""
    rows, columns = max(n_rows, 1), max(n_columns, 1)
    cell = max(min(room.width() / columns, room.height() / rows), 1.0 / max(rows, columns))
    if cell >= _CRISP:
        cell = float(math.floor(cell))
        width, height = cell * columns, cell * rows
    elif rows == columns:
        width = height = float(max(math.floor(cell * columns), 1))
    else:
        width, height = cell * columns, cell * rows  # cells stay square, to the fraction of a pixel
    left = room.left() + math.floor(max(room.width() - width, 0.0) / 2)
    return QRectF(left, math.floor(room.top()), width, height)


def _range(start: float, span: float, n: int) -> range:
    return range(max(math.floor(start), 0), min(math.ceil(start + span - 1e-9), n))
