"""The residual stream, layer by layer: how long it is, and how long what each part of the layer changes in it.

Shows sizes and knows neither pages nor the worker. L layers.
"""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.contract.messages import StreamSizes
from playground.ui.charts.heatmap_overlay import paint_card
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, theme
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

_LEGEND_LINE = 18.0
_SWATCH = 10.0
_PITCH_MOST, _BAR_MOST = 15.0, 9.0  # pixels from bar to bar, and of a bar
_NUMBERS_FROM = 12.0  # pixels from bar to bar that leave room for numbers
_NUMBER = 46.0
_ROW_GAP = 8.0
_LEAST_LABEL = 13.0
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, kw_only=True)
class _Series:
    """One kind of bar."""

    name: str
    colour: QColor
    sizes: np.ndarray  # (L+1,), NaN where there is none

    def size_words(self, row: int) -> str:
        return f"{float(self.sizes[row]):.4g}"


class StreamChart(QWidget):
    """A group of bars for the embedding and for each layer, from the bottom layer down the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: StreamSizes | None = None
        self._pointed = -1  # row
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.menu = PictureMenu(self, "residual-stream", table=self.table, array=self.array)
        theme().changed.connect(self.update)

    def show_sizes(self, sizes: StreamSizes) -> None:
        """Lengths of the stream and of what is added to it."""
        self._sizes = sizes
        if self._pointed >= self.n_rows():
            self._pointed = -1
        self.setAccessibleDescription(self._summary())
        self.update()

    def n_rows(self) -> int:
        """The embedding and the layers."""
        return 0 if self._sizes is None else len(self._sizes.stream)

    def row_at(self, y: float) -> int:
        """The row at a height; -1 for none."""
        top, step = self._rows_top(), self._row_step()
        row = int((y - top) // step) if y >= top and step > 0 else -1
        return row if row < self.n_rows() else -1

    def row_box(self, row: int) -> QRectF:
        """Where a row lies."""
        return self._boxes()[row]

    def card_words(self) -> list[tuple[str, str]]:
        """Names and values of the row in hand."""
        return [(name, value) for name, value, _ in self._card()]

    def table(self) -> Table:
        """All sizes, a row a layer; layer 0 is the embedding."""
        series = self._series()
        rows = (
            (row, *("" if math.isnan(each.sizes[row]) else float(each.sizes[row]) for each in series))
            for row in range(self.n_rows())
        )
        return Table(
            header=("layer", *(name for name, each in zip(_KEYS, self._all(), strict=True) if each)), rows=rows
        )

    def array(self) -> np.ndarray | None:
        """All sizes (L+1, kinds), NaN where there is none."""
        series = self._series()
        return np.stack([each.sizes for each in series], axis=1) if series else None

    def sizeHint(self) -> QSize:
        return QSize(270, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)

    # What is drawn.

    def _all(self) -> list[_Series | None]:
        """In the order of `_KEYS`, None for what this model lacks."""
        sizes = self._sizes
        if sizes is None:
            return [None] * len(_KEYS)
        orange, green, pink, _ = (QColor(name) for name in colours().others)
        made = (
            (translate("StreamChart", "stream"), QColor(colours().train), sizes.stream),
            (translate("StreamChart", "attention"), orange, sizes.attention),
            (translate("StreamChart", "cross-attention"), pink, sizes.cross),
            (translate("StreamChart", "feed-forward"), green, sizes.feed_forward),
        )
        n_rows = self.n_rows()
        return [
            _Series(name=name, colour=shade, sizes=_from_embedding(found, n_rows)) if len(found) else None
            for name, shade, found in made
        ]

    def _series(self) -> list[_Series]:
        return [each for each in self._all() if each is not None]

    def _summary(self) -> str:
        """The first and the last row in words."""
        rows = sorted({0, self.n_rows() - 1} - {-1})
        return "; ".join(", ".join(f"{name} {value}" for name, value, _ in self._card_of(row)) for row in rows)

    def _legend_places(self) -> list[tuple[float, float]]:
        """Where each name of the legend begins; as many lines as they need."""
        metrics = QFontMetricsF(interface_font(SMALL_PIXELS))
        places, x, y = [], 0.0, 0.0
        for each in self._series():
            width = _SWATCH + 6 + metrics.horizontalAdvance(each.name)
            if x and x + width > self.width():
                x, y = 0.0, y + _LEGEND_LINE
            places.append((x, y))
            x += width + 14
        return places

    def _rows_top(self) -> float:
        places = self._legend_places()
        return (places[-1][1] if places else 0.0) + _LEGEND_LINE + 8

    def _row_step(self) -> float:
        most = _PITCH_MOST * len(self._series()) + _ROW_GAP
        return min((self.height() - self._rows_top()) / max(self.n_rows(), 1), most)

    def _boxes(self) -> list[QRectF]:
        top, step = self._rows_top(), self._row_step()
        return [QRectF(0, top + row * step, self.width(), step) for row in range(self.n_rows())]

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.n_rows():
            return
        painter = QPainter(self)
        self._paint_legend(painter)
        series, boxes = self._series(), self._boxes()
        metrics = QFontMetricsF(interface_font(SMALL_PIXELS))
        label = max(metrics.horizontalAdvance(_row_name(row)) for row in {0, self.n_rows() - 1}) + 10
        step = boxes[0].height()
        gap = _gap(step)
        pitch = (step - gap) / max(len(series), 1)
        room = QRectF(label, 0, max(self.width() - label - (_NUMBER if pitch >= _NUMBERS_FROM else 4), 10.0), 0)
        if self._pointed >= 0:
            painter.fillRect(boxes[self._pointed].adjusted(0, 0, 0, -gap / 2), colour("hover"))
        every = max(math.ceil(_LEAST_LABEL / step), 1)
        for row, box in enumerate(boxes):
            if row % every == 0 or row == self._pointed:
                self._paint_label(painter, row, QRectF(0, box.top() + (step - gap) / 2 - 9, label - 8, 18))
            self._paint_row(painter, row, series, room.translated(0, box.top()), pitch)
        if self._pointed >= 0 and pitch < _NUMBERS_FROM:
            beside = boxes[self._pointed]
            paint_card(painter, QRectF(label, beside.top(), 40, beside.height()), QRectF(self.rect()), self._card())

    def _paint_legend(self, painter: QPainter) -> None:
        painter.setFont(interface_font(SMALL_PIXELS))
        for each, (x, y) in zip(self._series(), self._legend_places(), strict=True):
            painter.fillRect(QRectF(x, y + 4, _SWATCH, _SWATCH), each.colour)
            painter.setPen(colour("dim"))
            painter.drawText(QRectF(x + _SWATCH + 6, y, self.width(), _LEGEND_LINE), _LEFT, each.name)

    def _paint_label(self, painter: QPainter, row: int, box: QRectF) -> None:
        painter.setFont(interface_font(SMALL_PIXELS, bold=row == self._pointed))
        painter.setPen(colour("text" if row == self._pointed else "dim"))
        painter.drawText(box, _RIGHT, _row_name(row))

    def _paint_row(self, painter: QPainter, row: int, series: list[_Series], room: QRectF, pitch: float) -> None:
        most = max((float(np.nanmax(each.sizes)) for each in series), default=0.0) or 1.0
        painter.setFont(interface_font(SMALL_PIXELS))
        y = room.top()
        if row == 0:
            y += pitch * (len(series) - 1) / 2  # nothing but the stream is there before the first layer
        for each in series:
            if not math.isnan(each.sizes[row]):
                length = max(room.width() * float(each.sizes[row]) / most, 1.0)
                thick = min(max(pitch - 2, pitch * 0.8), _BAR_MOST)
                painter.fillRect(QRectF(room.left(), y + (pitch - thick) / 2, length, thick), each.colour)
                if pitch >= _NUMBERS_FROM:
                    painter.setPen(colour("dim"))
                    words = QRectF(room.left() + length + 6, y - 2, _NUMBER, pitch + 4)
                    painter.drawText(words, _LEFT, f"{float(each.sizes[row]):.3g}")
            y += pitch

    def _card(self) -> list[tuple[str, str, bool]]:
        return self._card_of(self._pointed) if self._pointed >= 0 else []

    def _card_of(self, row: int) -> list[tuple[str, str, bool]]:
        first = (_row_name(row), "", False)
        return [first, *((each.name, each.size_words(row), False) for each in self._series() if each.sizes[row] >= 0)]

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.row_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)

    def _point(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            self.update()


_KEYS = ("stream", "attention", "cross_attention", "feed_forward")


def _from_embedding(sizes: np.ndarray, n_rows: int) -> np.ndarray:
    """Sizes (L,) of what layers do, with NaN for the embedding before them; the stream's (L+1,) stay."""
    missing = np.full(n_rows - len(sizes), np.nan, dtype=np.float32)
    return np.concatenate([missing, sizes])


def _gap(step: float) -> float:
    """Pixels between the bars of two rows that are a step apart."""
    return _ROW_GAP if step > 4 * _ROW_GAP else step * 0.25


def _row_name(row: int) -> str:
    return f"L{row}" if row else translate("StreamChart", "Embedding")
