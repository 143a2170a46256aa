"""The picture of a model's positions: what is added, turned or taken off for the place where a token stands.

Shows the shape of a model, or a model's own table; knows no page and no run.
"""

import itertools

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.contract.model_config import ModelConfig
from playground.ui.charts.heatmap_overlay import paint_card
from playground.ui.charts.position_painting import AXIS, TITLE, Place, paint_view, place_in, spot_of
from playground.ui.charts.position_views import HeatView, View, sentence, views
from playground.ui.theme import BASE_PIXELS, colour, interface_font, theme
from playground.ui.widgets.export import PictureMenu, Table

_WIDTH, _VIEW_HEIGHT, _GAP = 280, 190, 8.0
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class PositionPicture(QWidget):
    """A sentence, and below it the numbers: matrices and lines. A line of ALiBi under the mouse chooses the head.

    Signals:
        resized: another kind of positions wants another height.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config: ModelConfig | None = None
        self._table: np.ndarray | None = None
        self._head = 0
        self._views: list[View] = []
        self._pointed: Place | None = None
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.menu = PictureMenu(self, "positions", table=self.table, array=self.array)
        theme().changed.connect(self.update)

    def show_model(self, config: ModelConfig) -> None:
        """The positions of such a model; a shape that cannot be built shows nothing. Another model's table goes."""
        if config == self._config:
            return
        self._config, self._table = config, None
        self._refresh()

    def show_table(self, table: np.ndarray) -> None:
        """The vectors (T, C) that the model shown has learned for its positions."""
        self._table = table if table.ndim == 2 and table.size else None
        self._refresh()

    def sentence(self) -> str:
        """What is said above the numbers."""
        if self._config is None or self._config.problems():
            return ""
        return sentence(self._config, self._table is not None)

    def point_words(self) -> list[tuple[str, str]]:
        """Names and values of what is under the mouse; [] for nothing."""
        return self._views[self._pointed.view].card(self._pointed.row, self._pointed.column) if self._pointed else []

    def view_box(self, index: int) -> QRectF:
        """Where a view lies, its title and axes included."""
        top = self._sentence_height() + _GAP
        each = (self.height() - top) / max(len(self._views), 1)
        return QRectF(0, top + index * each, self.width(), each)

    def table(self) -> Table:
        """The numbers of the first view, one a row."""
        if not self._views:
            return Table(header=("position", "dimension", "value"), rows=[])
        view = self._views[0]
        is_matrix = isinstance(view, HeatView)
        first = view.rows if isinstance(view, HeatView) else np.arange(1, len(view.values) + 1)
        rows = (
            (int(first[row]), int(view.columns[column]), float(view.values[row, column]))
            for row, column in itertools.product(*map(range, view.values.shape))
        )
        return Table(
            header=("position", "dimension", "value") if is_matrix else ("head", "distance", "value"), rows=rows
        )

    def array(self) -> np.ndarray | None:
        """The numbers of the first view, None if there are none."""
        return self._views[0].values if self._views else None

    def retranslate(self) -> None:
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH + 40, self._wanted_height(_WIDTH + 40, _VIEW_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDTH, self._wanted_height(_WIDTH, int(TITLE + AXIS) + 70))

    def _wanted_height(self, width: int, each: int) -> int:
        return int(self._sentence_height(width) + _GAP) + each * len(self._views)

    def _sentence_height(self, width: int = 0) -> float:
        metrics = QFontMetricsF(interface_font(BASE_PIXELS - 1))
        return metrics.boundingRect(QRectF(0, 0, width or self.width(), 1000), _WRAPPED, self.sentence()).height()

    def _refresh(self) -> None:
        """Make the views again, and forget what was pointed at."""
        is_drawn = self._config is not None and not self._config.problems()
        self._views = views(self._config, self._table, self._head) if self._config and is_drawn else []
        self._pointed = None
        self.setAccessibleName(self.sentence())
        self.updateGeometry()
        self.resized.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(interface_font(BASE_PIXELS - 1))
        painter.setPen(colour("text"))
        painter.drawText(QRectF(0, 0, self.width(), self._sentence_height() + 2), _WRAPPED, self.sentence())
        for index, view in enumerate(self._views):
            is_here = self._pointed is not None and self._pointed.view == index
            paint_view(painter, view, self.view_box(index), self._pointed if is_here else None)
        if self._pointed is not None:
            beside = spot_of(self._views[self._pointed.view], self._pointed, self.view_box(self._pointed.view))
            card = [(name, value, False) for name, value in self.point_words()]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_card(painter, beside.adjusted(-4, -4, 4, 4), QRectF(self.rect()), card)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def _place_at(self, point: QPointF) -> Place | None:
        found = (place_in(view, index, self.view_box(index), point) for index, view in enumerate(self._views))
        return next((place for place in found if place is not None), None)

    def _point(self, place: Place | None) -> None:
        if place == self._pointed:
            return
        self._pointed = place
        if (
            place is not None
            and not isinstance(self._views[place.view], HeatView)
            and len(self._views[place.view].values) > 1
        ):
            self._show_head(place.row)
        self.update()

    def _show_head(self, head: int) -> None:
        """The matrix of another head; the views keep their places."""
        if head != self._head and self._config is not None:
            self._head = head
            self._views = views(self._config, self._table, head)
