"""The inside of a heatmap: cells with thin gaps, the cross through the cell in hand, the frame of the chosen row.

Functions that paint values at places; they know no widget.
"""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter, QPen

from playground.ui.charts.heatmap_view import CellView
from playground.ui.theme import colour

_GAPS_FROM = 9.0  # pixels of a cell that is large enough for gaps
_MOST_VECTOR_CELLS = 16_384


def paint_cells(painter: QPainter, view: CellView, image: QImage, masked: np.ndarray) -> None:
    """The part in view; masked cells (T, S) stay as the ground is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.fillRect(view.area, colour("window"))
    engine = painter.paintEngine()
    n_cells = len(view.rows()) * len(view.columns())
    if engine is not None and engine.type() == QPaintEngine.Type.SVG and n_cells <= _MOST_VECTOR_CELLS:
        _paint_vector_cells(painter, view, image, masked)
    else:
        painter.drawImage(view.area, image, view.source())
    if view.cell >= _GAPS_FROM:
        _paint_gaps(painter, view)


def _paint_vector_cells(painter: QPainter, view: CellView, image: QImage, masked: np.ndarray) -> None:
    """Rectangles stay sharp in any viewer, where a small image would be blurred."""
    for row in view.rows():
        for column in view.columns():
            if not masked[row, column]:
                painter.fillRect(view.cell_box(row, column).intersected(view.area), QColor(image.pixel(column, row)))


def _paint_gaps(painter: QPainter, view: CellView) -> None:
    area = view.area
    xs = [round(view.x(column)) for column in view.columns()]
    ys = [round(view.y(row)) for row in view.rows()]
    painter.setPen(QPen(colour("panel"), 1))
    painter.drawLines([QLineF(x, area.top(), x, area.bottom() - 1) for x in xs if x > area.left()])
    painter.drawLines([QLineF(area.left(), y, area.right() - 1, y) for y in ys if y > area.top()])


def paint_cross(painter: QPainter, view: CellView, row: int, column: int) -> None:
    """Two thin lines along the row and the column in hand, and a frame around their cell."""
    area = view.area
    painter.save()
    painter.setClipRect(area.adjusted(-1, -1, 1, 1))
    cell = view.cell_box(row, column)
    painter.setPen(QPen(colour("text", 0.55), 1))
    for y in (cell.top(), cell.bottom()):
        painter.drawLine(QPointF(area.left(), round(y)), QPointF(area.right(), round(y)))
    for x in (cell.left(), cell.right()):
        painter.drawLine(QPointF(round(x), area.top()), QPointF(round(x), area.bottom()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if view.cell >= 5:
        painter.setPen(QPen(QColor("white"), 2))  # on the colour map, which is the same in both themes
        painter.drawRect(_whole(cell).adjusted(1, 1, -1, -1))
    painter.setPen(QPen(colour("accent"), 2))
    painter.drawRect(_whole(cell).adjusted(-1, -1, 1, 1))
    painter.restore()


def paint_row_frame(painter: QPainter, view: CellView, row: int) -> None:
    """The chosen query's row, framed."""
    area = view.area
    box = QRectF(area.left(), view.y(row), area.width(), view.cell)
    if box.bottom() <= area.top() or box.top() >= area.bottom():
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("accent"), 2))
    painter.drawRect(_whole(box.intersected(area)).adjusted(-1, 0, 1, 0))


def _whole(box: QRectF) -> QRectF:
    """The box on whole pixels."""
    left, top = round(box.left()), round(box.top())
    return QRectF(left, top, round(box.right()) - left, round(box.bottom()) - top)
