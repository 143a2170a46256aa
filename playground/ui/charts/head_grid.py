"""All heads of a model in small: rows are layers, columns are heads, as one tiled image.

Shows thumbnails and tells which head the person wants. L layers, H heads, t by s cells of a thumbnail.
"""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from playground.ui.charts.colour_maps import COLOUR_MAPS, N_COLOURS, lookup_table
from playground.ui.charts.heatmap_values import ColourScale, table_image
from playground.ui.theme import SMALL_PIXELS, colour, interface_font, theme
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

_LEFT, _TOP = 30.0, 18.0  # pixels of the labels
_WIDE_GAP, _NARROW_GAP = 6.0, 3.0
_MANY = 8  # layers or heads
_LARGEST, _SMALLEST = 72.0, 8.0  # pixels of a thumbnail
_TALLEST = 300.0  # of the whole
_LABEL_WIDTH, _LABEL_HEIGHT = 26.0, 15.0
_NARROWEST = 0.4  # of a thumbnail's longer side; what is longer still is squeezed

Head = tuple[int, int]


class HeadGrid(QWidget):
    """Thumbnails to click, or to walk through with the arrow keys.

    Signals:
        head_requested (int, int): layer and head that the person picked, from 0.
    """

    head_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = np.zeros((0, 0, 0, 0), dtype=np.uint8)
        self._image = QImage()
        self._is_causal = True
        self._map, self._lifted = COLOUR_MAPS[0], False
        self._chosen: Head = (0, 0)
        self._hovered: Head | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu = PictureMenu(self, "heads", table=self.table, array=self.array)
        theme().changed.connect(self.update)

    def show_thumbnails(self, thumbnails: np.ndarray, *, is_causal: bool = True) -> None:
        """(L, H, t, s) uint8, weight 1 = 255; `is_causal` if what comes later is masked."""
        is_resized = thumbnails.shape != self._thumbnails.shape
        self._thumbnails, self._is_causal = thumbnails, is_causal
        self._rebuild()
        if is_resized:
            self._hovered = None
            self._fit()

    def show_head(self, layer: int, head: int) -> None:
        """Frame one, counted from 0."""
        self._chosen = (layer, head)
        self.setAccessibleDescription(head_words(layer, head))
        self.update()

    def show_colours(self, name: str, *, lifted: bool) -> None:
        """As `Heatmap.show_colours`."""
        self._map, self._lifted = name, lifted
        self._rebuild()

    def shape(self) -> tuple[int, int]:
        """How many layers and heads are shown."""
        return self._thumbnails.shape[0], self._thumbnails.shape[1]

    def head_at(self, place: QPointF) -> Head | None:
        """Layer and head under a point; the gap belongs to the thumbnail before it."""
        tile, gap = self._tile(), self._gap()
        column, row = (place.x() - _LEFT) // (tile.width() + gap), (place.y() - _TOP) // (tile.height() + gap)
        n_layers, n_heads = self.shape()
        is_inside = 0 <= row < n_layers and 0 <= column < n_heads
        return (int(row), int(column)) if is_inside else None

    def box(self, layer: int, head: int) -> QRectF:
        """Where a thumbnail lies."""
        tile, gap = self._tile(), self._gap()
        place = QPointF(_LEFT + head * (tile.width() + gap), _TOP + layer * (tile.height() + gap))
        return QRectF(place, tile)

    def array(self) -> np.ndarray | None:
        """The thumbnails, for NPY."""
        return self._thumbnails if self._thumbnails.size else None

    def table(self) -> Table:
        """Every cell of every thumbnail, its weight from 0 to 1."""
        rows = (
            (layer + 1, head + 1, i, j, float(self._thumbnails[layer, head, i, j]) / 255)
            for layer, head, i, j in np.ndindex(*self._thumbnails.shape)
        )
        return Table(header=("layer", "head", "row", "column", "weight"), rows=rows)

    def sizeHint(self) -> QSize:
        return QSize(270, self.height_at(270))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)

    def height_at(self, width: int) -> int:
        """The height that all layers take; it is set by itself."""
        n_layers = max(self.shape()[0], 1)
        return round(_TOP + n_layers * (self._tile_for(width).height() + self._gap()) - self._gap() + 2)

    def _gap(self) -> float:
        return _NARROW_GAP if max(self.shape()) > _MANY else _WIDE_GAP

    def _tile(self) -> QSizeF:
        return self._tile_for(self.width())

    def _tile_for(self, width: int) -> QSizeF:
        """The size of a thumbnail: as its cells are, and as large as the room allows."""
        n_layers, n_heads = (max(n, 1) for n in self.shape())
        n_rows, n_columns = (max(n, 1) for n in self._thumbnails.shape[2:])
        longest = max(n_rows, n_columns)
        wide, high = max(n_columns / longest, _NARROWEST), max(n_rows / longest, _NARROWEST)
        across = (width - _LEFT - 2) / n_heads - self._gap()
        down = (_TALLEST - _TOP) / n_layers - self._gap()
        side = max(min(across / wide, down / high, _LARGEST), _SMALLEST)
        return QSizeF(max(int(side * wide), 4), max(int(side * high), 4))

    def _fit(self) -> None:
        self.setFixedHeight(self.height_at(self.width()))

    def _rebuild(self) -> None:
        """One image, its tiles edge to edge; what a causal mask hides is see-through."""
        n_layers, n_heads, n_rows, n_columns = self._thumbnails.shape
        places = ColourScale(lifted=self._lifted).places(np.arange(N_COLOURS) / 255.0)
        indices = np.rint(places * 255).astype(np.uint8)[self._thumbnails]
        later = np.triu(np.ones((n_rows, n_columns), dtype=bool), 1)
        hidden = later & self._is_causal & (self._thumbnails == 0)
        shape = (n_layers * n_rows, n_heads * n_columns)
        if self._thumbnails.size:
            indices, hidden = (part.transpose(0, 2, 1, 3).reshape(shape) for part in (indices, hidden))
            self._image = table_image(indices, hidden, lookup_table(self._map))
        self.update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._thumbnails.size:
            return
        painter = QPainter(self)
        n_layers, n_heads, n_rows, n_columns = self._thumbnails.shape
        tile = self._tile()
        is_shrunk = tile.width() < n_columns or tile.height() < n_rows
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_shrunk)
        for layer in range(n_layers):
            for head in range(n_heads):
                box = self.box(layer, head)
                painter.fillRect(box, colour("window"))
                cut = QRectF(head * n_columns, layer * n_rows, n_columns, n_rows)
                painter.drawImage(box, self._image, cut)
        self._paint_labels(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._hovered is not None and self._hovered != self._chosen:
            painter.setPen(QPen(colour("dim"), 1))
            painter.drawRect(self.box(*self._hovered).adjusted(-2, -2, 1, 1))
        if self._chosen[0] < n_layers and self._chosen[1] < n_heads:
            painter.setPen(QPen(colour("accent"), 3 if self.hasFocus() else 2))
            painter.drawRect(self.box(*self._chosen).adjusted(-2, -2, 2, 2))

    def _paint_labels(self, painter: QPainter) -> None:
        """L1, L2… and H1, H2…; every so-manieth where they would touch."""
        n_layers, n_heads = self.shape()
        tile, gap = self._tile(), self._gap()
        marked = self._hovered or self._chosen
        for layer in range(0, n_layers, _every(_LABEL_HEIGHT, tile.height() + gap)):
            self._label(painter, layer == marked[0])
            box = QRectF(0, self.box(layer, 0).top(), _LEFT - 8, tile.height())
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(box, flags, f"L{layer + 1}")
        for head in range(0, n_heads, _every(_LABEL_WIDTH, tile.width() + gap)):
            self._label(painter, head == marked[1])
            box = QRectF(self.box(0, head).center().x() - 20, 0, 40, _TOP - 4)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), f"H{head + 1}")

    def _label(self, painter: QPainter, is_marked: bool) -> None:
        painter.setFont(interface_font(SMALL_PIXELS, bold=is_marked))
        painter.setPen(colour("text" if is_marked else "dim"))

    # Gestures.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.head_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.head_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._request(found)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._thumbnails.size or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        n_layers, n_heads = self.shape()
        layer = min(max(self._chosen[0] + step[0], 0), n_layers - 1)
        head = min(max(self._chosen[1] + step[1], 0), n_heads - 1)
        self._request((layer, head))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event.globalPos(), self.head_at(QPointF(event.pos())))
            return True
        return super().event(event)

    def _show_tip(self, at: QPoint, found: Head | None) -> None:
        QToolTip.showText(at, head_words(*found) if found else "", self)

    def _hover(self, found: Head | None) -> None:
        if found != self._hovered:
            self._hovered = found
            self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
            self.update()

    def _request(self, found: Head) -> None:
        if found != self._chosen:
            self.show_head(*found)
            self.head_requested.emit(*found)


def _every(label: float, step: float) -> int:
    """Every so-manieth label, so that labels of that size, a step apart, do not touch."""
    return max(math.ceil(label / step), 1)


def head_words(layer: int, head: int) -> str:
    """A head's name; counted from 1 for people."""
    return translate("HeadGrid", "Layer {0}, head {1}").format(layer + 1, head + 1)
