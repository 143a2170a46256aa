"""One head's attention as a picture: queries down, keys across, a colour for each weight.

Shows values and tells which query the person is at; knows neither pages nor the worker. T queries, S keys.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from playground.contract.messages import HeadAttention
from playground.ui.charts.colour_maps import COLOUR_MAPS, lookup_table
from playground.ui.charts.heatmap_labels import AxisLabels
from playground.ui.charts.heatmap_overlay import (
    LEGEND_HEIGHT,
    axis_names,
    paint_axis_names,
    paint_card,
    paint_legend,
    paint_written_name,
)
from playground.ui.charts.heatmap_painting import paint_cells, paint_cross, paint_row_frame
from playground.ui.charts.heatmap_strip import SurpriseStrip
from playground.ui.charts.heatmap_values import (
    WEIGHTS,
    ColourScale,
    heat_image,
    masked_cells,
    scale_of,
    values_of,
)
from playground.ui.charts.heatmap_view import CellView, area_in
from playground.ui.charts.heatmap_words import cell_rows, cell_sentence, head_table, token_rows
from playground.ui.theme import colour, interface_font, theme
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

_ZOOM_PER_NOTCH = 1.25
_LEGEND_GAP = 14.0


class Heatmap(QWidget):
    """A picture to hover, walk with the arrow keys, zoom with the wheel and drag; double click shows all again.

    Signals:
        query_pointed (int): the row under the mouse or the keyboard's cursor, -1 for none.
        query_chosen (int): a row was clicked, or Enter pressed on it; -1 when it was given back.
    """

    query_pointed = Signal(int)
    query_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head: HeadAttention | None = None
        self._masked = np.zeros((0, 0), dtype=bool)
        self._labels = AxisLabels()
        self._strip = SurpriseStrip()
        self._image = QImage()
        self._map, self._quantity, self._lifted = COLOUR_MAPS[0], WEIGHTS, False
        self._scale = ColourScale()
        self._view = CellView(area=QRectF(0, 0, 1, 1))
        self._cell: tuple[int, int] | None = None  # row and column in hand
        self._token: int | None = None  # the token whose surprise is in hand
        self._chosen = -1
        self._pressed_at: QPointF | None = None
        self._is_dragging = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.menu = PictureMenu(self, "attention", table=self.table, array=self.array)
        theme().changed.connect(self.update)

    def show_tokens(
        self, words: Sequence[str], losses: np.ndarray | None = None, columns: Sequence[str] | None = None,
        written: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Labels of the tokens, and each token's surprise in nats (T,) for the strip along the picture.

        Args:
            columns: the tokens that are looked at, if they are others: those of the source.
            written: then what the decoder writes at each row; the surprise is that at these tokens.
        """
        labels = AxisLabels(words, columns, written)
        known = () if losses is None or len(losses) != len(words) else losses
        before, self._strip = self._strip, SurpriseStrip(
            known, is_beside_rows=columns is not None, offset=labels.written_width()
        )  # fmt: skip
        if labels.has_words_of(self._labels):
            if (self._strip.above, self._strip.right) != (before.above, before.right):
                self._place()
            self.update()
            return
        self._labels = labels
        if self._head is not None and self._head.weights.shape != self.shape():
            self._head = None  # the other text's attention; its own comes in a moment
        self._cell, self._token, self._chosen = None, None, -1
        self._place(is_new=True)

    def show_head(self, head: HeadAttention | None) -> None:
        """Show a head of the text whose tokens were shown; zoom and chosen query stay."""
        assert head is None or head.weights.shape == self.shape(), "attention of another text"
        self._head = head
        self._rebuild()

    def show_colours(self, name: str, *, lifted: bool) -> None:
        """A colour map of `COLOUR_MAPS`; `lifted` brightens faint weights."""
        self._map, self._lifted = name, lifted
        self._rebuild()

    def show_quantity(self, quantity: str) -> None:
        """`WEIGHTS` or `SCORES`."""
        self._quantity = quantity
        self._rebuild()

    def show_chosen(self, row: int) -> None:
        """Frame a query's row; -1 for none."""
        self._chosen = row if row < self.shape()[0] else -1
        self.update()

    def show_cell(self, row: int, column: int) -> None:
        """Take a cell in hand, as hovering it does; no signal is sent. Negative: none."""
        self._take((row, column) if row >= 0 and column >= 0 else None)

    def shape(self) -> tuple[int, int]:
        """How many tokens ask, and how many are looked at."""
        return len(self._labels.rows), len(self._labels.columns)

    def head(self) -> HeadAttention | None:
        return self._head

    def cell(self) -> tuple[int, int] | None:
        """Row and column in hand."""
        return self._cell

    def chosen(self) -> int:
        return self._chosen

    def view(self) -> CellView:
        """Which part is in view, and where."""
        return self._view

    def cell_words(self) -> list[str]:
        """What the card of the cell or the token in hand says."""
        return [value for _, value, _ in self._card()]

    def show_all(self) -> None:
        """Undo zoom and pan."""
        self._view = CellView.whole(*self.shape(), self._view.area)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Closer (factor > 1) or farther, around a point of the widget or the middle."""
        self._view = self._view.zoomed(at or self._view.area.center(), factor)
        self.update()

    def table(self) -> Table:
        """Every cell that is not masked, as rows."""
        return head_table(self._head, self._labels.rows, self._labels.columns)

    def array(self) -> np.ndarray | None:
        """The matrix in view (T, S), for NPY."""
        return None if self._head is None else values_of(self._head, self._quantity)

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 220)

    # What is drawn.

    def _rebuild(self) -> None:
        if self._head is not None:
            self._masked = masked_cells(self._head)
            self._scale = scale_of(self._head, self._quantity, lifted=self._lifted)
            values = values_of(self._head, self._quantity)
            self._image = heat_image(values, self._masked, self._scale, lookup_table(self._map))
            self._describe()
        self.update()

    def _place(self, *, is_new: bool = False) -> None:
        """Find room for the picture between its labels; the part in view stays if the text is the same."""
        n_rows, n_columns = self.shape()
        room = QRectF(self.rect()).adjusted(0, 0, 0, -LEGEND_HEIGHT - _LEGEND_GAP)
        cell = min(room.width() / max(n_columns, 1), room.height() / max(n_rows, 1))
        space = self._labels.space(cell * 0.82)
        right = max(space.right, self._strip.right + (self._strip.offset if self._strip.right else 0.0))
        room.adjust(space.left, space.top + self._strip.above, -right, 0)
        area = area_in(room, n_rows, n_columns)
        self._view = CellView.whole(n_rows, n_columns, area) if is_new else self._view.moved_to(area)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._head is None:
            self._paint_empty(painter)
            return
        area = self._view.area
        paint_cells(painter, self._view, self._image, self._masked)
        row, column = self._cell or (-1, -1)
        if self._chosen >= 0:
            paint_row_frame(painter, self._view, self._chosen)
        if self._cell is not None:
            paint_cross(painter, self._view, row, column)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._strip.paint(painter, self._view)
        token = -1 if self._token is None else self._token
        in_row, in_column = (token, -1) if self._strip.is_beside_rows else (-1, token)
        rows = {each for each in (row, self._chosen, in_row) if each >= 0}
        columns = {each for each in (column, in_column) if each >= 0}
        self._labels.paint(painter, self._view, rows, columns, self._strip.above)
        names = axis_names(is_cross=self._strip.is_beside_rows)
        paint_axis_names(painter, area.topLeft(), QRectF(0, 0, area.left(), area.top()), names)
        if self._labels.written:
            paint_written_name(painter, area.topRight())
        title = translate("Heatmap", "weight") if self._quantity == WEIGHTS else translate("Heatmap", "score")
        left = max(area.left(), 0.0)
        legend = QRectF(left, area.bottom() + _LEGEND_GAP, self.width() - left, LEGEND_HEIGHT)
        paint_legend(
            painter, legend, title, self._scale, lookup_table(self._map),
            has_strip=self._strip.is_there, has_masked=bool(self._masked.any()),
        )  # fmt: skip
        is_cell = self._cell is not None
        box = self._view.cell_box(row, column) if is_cell else self._strip.box(self._view, self._token or 0)
        within = area.adjusted(0, -self._strip.above, self._strip.offset + self._strip.right, 0)
        if (card := self._card()) and box.intersects(within):
            paint_card(painter, box, QRectF(self.rect()), card)

    def _card(self) -> list[tuple[str, str, bool]]:
        if self._head is None:
            return []
        if self._cell is not None:
            row, column = self._cell
            rows, columns = self._labels.rows, self._labels.columns
            written = self._labels.written
            return cell_rows(self._head, rows, columns, row, column, written[row] if written else "")
        if self._token is not None:
            written = self._labels.written
            loss = float(self._strip.losses[self._token])
            if written:
                return token_rows(written[self._token], self._token + 1, loss)
            return token_rows(self._labels.rows[self._token], self._token, loss)
        return []

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setPen(colour("dim"))
        painter.setFont(interface_font(15))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), translate("Heatmap", "Waiting for the model…"))

    def _describe(self) -> None:
        assert self._head is not None
        if self._cell is not None:
            self.setAccessibleDescription(
                cell_sentence(self._head, self._labels.rows, self._labels.columns, *self._cell)
            )

    # Gestures.

    def _point(self, cell: tuple[int, int] | None) -> None:
        row_before = self._cell[0] if self._cell else -1
        self._take(cell)
        row = self._cell[0] if self._cell else -1
        if row != row_before:
            self.query_pointed.emit(row)

    def _take(self, cell: tuple[int, int] | None) -> None:
        if cell == self._cell or (cell is not None and self._head is None):
            return
        self._cell = cell
        if self._head is not None:
            self._describe()
        self.update()

    def _choose(self, row: int) -> None:
        self._chosen = -1 if row == self._chosen else row
        self.update()
        self.query_chosen.emit(self._chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed_at is not None and event.buttons() & Qt.MouseButton.LeftButton:
            moved = place - self._pressed_at
            if self._is_dragging or moved.manhattanLength() >= QApplication.startDragDistance():
                self._is_dragging = True
                self._view = self._view.panned(moved)
                self._pressed_at = place
        self._point(self._view.cell_at(place))
        self._token = self._strip.token_at(self._view, place)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._is_dragging = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        was_dragging = self._is_dragging
        self._pressed_at, self._is_dragging = None, False
        row = self._row_clicked(event.position())
        if not was_dragging and row >= 0:
            self._choose(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Comes in place of the second press; the first click's choice stays."""
        self.show_all()
        self._point(self._view.cell_at(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if not notches or self._head is None:
            event.ignore()
            return
        self.zoom(_ZOOM_PER_NOTCH**notches, event.position())
        self._point(self._view.cell_at(event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._token = None
        self.update()
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and self._head is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._step(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell is not None:
            self._choose(self._cell[0])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_at_cell(1 / _ZOOM_PER_NOTCH if key == Qt.Key.Key_Minus else _ZOOM_PER_NOTCH)
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _row_clicked(self, place: QPointF) -> int:
        """The query under a click, on its label too; -1 for none."""
        area = self._view.area
        is_beside = place.x() < area.right() and area.top() <= place.y() < area.bottom()
        return self._view.row_at(place.y()) if is_beside and all(self.shape()) else -1

    def _step(self, down: int, right: int) -> None:
        n_rows, n_columns = self.shape()
        if self._cell is None:
            cell = (max(self._chosen, 0), 0)
        else:
            row, column = self._cell
            cell = (min(max(row + down, 0), n_rows - 1), min(max(column + right, 0), n_columns - 1))
        self._view = self._view.revealing(*cell)
        self._point(cell)

    def _zoom_at_cell(self, factor: float) -> None:
        self.zoom(factor, self._view.cell_box(*self._cell).center() if self._cell else None)
