"""Paints the views of positions: a matrix in diverging colours and lines over the distance, with their axes.

Knows boxes and numbers; no widget.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from playground.ui.charts.position_views import HeatView, LineView, View
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, mixed

TITLE, AXIS, _GAP, _LEFT = 18.0, 32.0, 8.0, 38.0
_BAR, _BAR_ROOM = 8.0, 58.0
_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A cell of a matrix, or a point of a line (then `row` is the line), in the view of that index."""

    view: int
    row: int
    column: int


def plot_box(box: QRectF) -> QRectF:
    """Where the numbers lie in a view's box; around them stand its title, axes and legend."""
    return box.adjusted(_LEFT, TITLE, -_BAR_ROOM, -AXIS)


def paint_view(painter: QPainter, view: View, box: QRectF, pointed: Place | None) -> None:
    """One view with all around it."""
    area = plot_box(box)
    painter.setFont(interface_font(SMALL_PIXELS))
    painter.setPen(colour("text"))
    metrics = QFontMetricsF(painter.font())
    title = metrics.elidedText(view.title, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRectF(box.left(), box.top(), box.width(), TITLE - 2), _AT_LEFT, title)
    if isinstance(view, HeatView):
        _paint_heat(painter, view, area, pointed)
        _paint_ends(painter, area, f"{view.rows[0]:,}", f"{view.rows[-1]:,}", view.row_name)
    else:
        _paint_lines(painter, view, area, pointed)
    _paint_columns(painter, view, area)


def place_in(view: View, index: int, box: QRectF, point: QPointF) -> Place | None:
    """What lies under a point, None outside the numbers; of lines it is the nearest."""
    area = plot_box(box)
    if not area.adjusted(-0.5, -0.5, 0.5, 0.5).contains(point) or not view.values.size:
        return None
    n_rows, n_columns = view.values.shape
    across, down = (point.x() - area.left()) / area.width(), (point.y() - area.top()) / area.height()
    if isinstance(view, HeatView):
        row, column = min(max(int(down * n_rows), 0), n_rows - 1), min(max(int(across * n_columns), 0), n_columns - 1)
        return Place(view=index, row=row, column=column)
    column = min(max(round(across * (n_columns - 1)), 0), n_columns - 1)
    low, high = _range_of(view)
    wanted = high - down * (high - low)
    return Place(view=index, row=int(np.abs(view.values[:, column] - wanted).argmin()), column=column)


def spot_of(view: View, place: Place, box: QRectF) -> QRectF:
    """Where a cell or point is drawn."""
    area = plot_box(box)
    n_rows, n_columns = view.values.shape
    if isinstance(view, HeatView):
        wide, high = area.width() / n_columns, area.height() / n_rows
        return QRectF(area.left() + place.column * wide, area.top() + place.row * high, wide, high)
    point = _point(view, place.row, place.column, area)
    return QRectF(point.x() - 4, point.y() - 4, 8, 8)


def diverging(share: float) -> QColor:
    """-1 is the blue of the theme, 0 the panel, 1 its orange."""
    c = colours()
    return mixed(c.train if share < 0 else c.validation, c.panel, min(abs(share), 1.0))


def _image(view: HeatView) -> QImage:
    """One pixel a cell, see-through where there is no number."""
    table = np.array([_rgba(diverging(share)) for share in np.linspace(-1, 1, 255)], dtype=np.uint8)
    shares = np.nan_to_num(np.clip(view.values / view.largest, -1, 1))
    pixels = table[np.rint((shares + 1) * 127).astype(np.int64)]  # (R, N, 4)
    pixels[np.isnan(view.values)] = 0
    pixels = np.ascontiguousarray(pixels)
    n_rows, n_columns = view.values.shape
    return QImage(pixels.data, n_columns, n_rows, 4 * n_columns, QImage.Format.Format_RGBA8888).copy()


def _rgba(shade: QColor) -> tuple[int, int, int, int]:
    return shade.red(), shade.green(), shade.blue(), 255


def _paint_heat(painter: QPainter, view: HeatView, area: QRectF, pointed: Place | None) -> None:
    painter.fillRect(area, colour("line"))  # what is masked differs from zero
    painter.drawImage(area, _image(view))
    painter.setPen(QPen(colour("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
    _paint_bar(painter, view, area)
    if pointed is not None:
        n_rows, n_columns = view.values.shape
        cell = QRectF(
            area.left() + pointed.column * area.width() / n_columns, area.top() + pointed.row * area.height() / n_rows,
            area.width() / n_columns, area.height() / n_rows,
        )  # fmt: skip
        painter.setPen(QPen(colour("text"), 1.5))
        painter.drawRect(cell.adjusted(-1, -1, 1, 1))


def _paint_bar(painter: QPainter, view: HeatView, area: QRectF) -> None:
    """The legend at the right: colours from the largest to the smallest value that occurs."""
    high = view.largest if float(np.nanmax(view.values)) > 0 else 0.0
    low = -view.largest if float(np.nanmin(view.values)) < 0 else 0.0
    bar = QRectF(area.right() + 6, area.top(), _BAR, area.height())
    n_lines = max(int(bar.height()), 2)
    for line in range(n_lines):
        value = high - line / (n_lines - 1) * (high - low)
        painter.fillRect(QRectF(bar.left(), bar.top() + line, _BAR, 1.5), diverging(value / view.largest))
    painter.setPen(colour("dim"))
    ticks = [(high, bar.top()), (low, bar.bottom())]
    if low < 0 < high:
        ticks.append((0.0, bar.center().y()))
    for value, y in ticks:
        painter.drawText(QRectF(bar.right() + 3, y - 8, _BAR_ROOM - _BAR - 9, 16), _AT_LEFT, f"{value + 0.0:.3g}")


def _paint_lines(painter: QPainter, view: LineView, area: QRectF, pointed: Place | None) -> None:
    low, high = _range_of(view)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("line"), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    zero = area.top() + high / (high - low) * area.height()
    painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
    n_lines = len(view.values)
    for line in range(n_lines):
        is_pointed = pointed is not None and pointed.row == line
        shade = colour("accent") if is_pointed else _line_colour(line, n_lines)
        painter.setPen(QPen(shade, 2.0 if is_pointed or n_lines == 1 else 1.3))
        points = [_point(view, line, column, area) for column in range(view.values.shape[1])]
        painter.drawPolyline(QPolygonF(points))
    _paint_names(painter, view, area)
    _paint_ends(painter, area, f"{high:.3g}", f"{low:.3g}", view.value_name)
    if pointed is not None:
        painter.setBrush(colour("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(_point(view, pointed.row, pointed.column, area), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_names(painter: QPainter, view: LineView, area: QRectF) -> None:
    """The lines' names at their right ends, where they do not lie on one another."""
    if len(view.names) < 2:
        return
    painter.setPen(colour("dim"))
    written = float("-inf")
    ends = [(_point(view, line, -1, area).y(), line) for line in range(len(view.names))]
    for y, line in sorted(ends):
        if y - written >= 12:
            painter.drawText(QRectF(area.right() + 4, y - 8, _BAR_ROOM - 4, 16), _AT_LEFT, view.names[line])
            written = y


def _line_colour(line: int, n_lines: int) -> QColor:
    """The first line strong, the last one faint."""
    return mixed(colours().train, colours().panel, 1.0 - 0.55 * line / max(n_lines - 1, 1))


def _range_of(view: LineView) -> tuple[float, float]:
    """Lowest and highest, 0 included."""
    low, high = min(float(view.values.min()), 0.0), max(float(view.values.max()), 0.0) + 0.0  # no minus zero
    return (low, high) if high > low else (low - 1.0, high)


def _point(view: LineView, line: int, column: int, area: QRectF) -> QPointF:
    low, high = _range_of(view)
    last = max(view.values.shape[1] - 1, 1)
    share = (column % view.values.shape[1]) / last
    value = float(view.values[line, column])
    return QPointF(area.left() + share * area.width(), area.top() + (high - value) / (high - low) * area.height())


def _paint_ends(painter: QPainter, area: QRectF, top: str, bottom: str, name: str) -> None:
    """Left of the numbers: what the first and the last row are, and between them their name, turned."""
    painter.setPen(colour("dim"))
    painter.drawText(QRectF(area.left() - _LEFT, area.top() - 3, _LEFT - 5, 16), _AT_RIGHT, top)
    painter.drawText(QRectF(area.left() - _LEFT, area.bottom() - 13, _LEFT - 5, 16), _AT_RIGHT, bottom)
    room = area.height() - 36
    if QFontMetricsF(painter.font()).horizontalAdvance(name) > room:
        return
    painter.save()
    painter.translate(area.left() - 14, area.center().y())
    painter.rotate(-90)
    painter.drawText(QRectF(-room / 2, -8, room, 16), _CENTRE, name)
    painter.restore()


def _paint_columns(painter: QPainter, view: View, area: QRectF) -> None:
    """Below the numbers: the first and the last column, and their name."""
    painter.setPen(colour("dim"))
    line = QRectF(area.left(), area.bottom() + 2, area.width(), 16)
    painter.drawText(line, _AT_LEFT, f"{view.columns[0]:,}")
    painter.drawText(line, _AT_RIGHT, f"{view.columns[-1]:,}")
    painter.drawText(line, _CENTRE, view.column_name)
