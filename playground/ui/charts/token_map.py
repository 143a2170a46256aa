"""A map of all tokens: where a model's table puts each on a plane, which one is in hand, and which are near it.

    chart = TokenMap()
    chart.show_groups(groups)
    chart.show_tokens(label_of, member_of, labelled_first)
    chart.show_points(points, lengths, shares, frame)

Draws values; knows neither models nor tokenizers. Several `show_*` within a frame cost one drawing; a hidden map draws
nothing. V tokens.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.charts.label_places import Place, nearest_point, placed_labels
from playground.ui.charts.number_axis import NumberAxis
from playground.ui.charts.plot_theme import PlotTheme
from playground.ui.charts.token_map_overlay import LABEL_PADDING, LABEL_PIXELS, LEGEND_HEIGHT, TokenMapOverlay
from playground.ui.charts.token_map_words import axis_words, card_rows, description
from playground.ui.charts.token_points import TokenGroup, TokenPoints
from playground.ui.theme import theme, token_font
from playground.ui.translation import translate
from playground.ui.widgets.export import PictureMenu, Table

FRAME_MS = 16
_REACH = 12.0  # pixels from the mouse to a token
_MARGIN = 0.06


class _View(pg.ViewBox):
    """Drag pans, the wheel zooms; a click picks, a double click asks for the whole map."""

    clicked = Signal(QPointF)
    whole_requested = Signal()

    def mouseClickEvent(self, ev: object) -> None:
        if ev.double():  # type: ignore[attr-defined]
            self.whole_requested.emit()
        elif ev.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            self.clicked.emit(ev.scenePos())  # type: ignore[attr-defined]


class TokenMap(QWidget):
    """All tokens as dots. `token_chosen` (int): the person clicked that token."""

    token_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_whole = True  # the person has not zoomed
        self._groups: Sequence[TokenGroup] = ()
        self._label_of: Callable[[int], str] = str
        self._member_of = np.zeros(0, dtype=np.uint8)  # (V,)
        self._labelled_first = np.zeros(0, dtype=np.int64)
        self._points = np.zeros((0, 2), dtype=np.float32)
        self._lengths = np.zeros(0, dtype=np.float32)
        self._shares = np.zeros(2, dtype=np.float32)
        self._frame = np.zeros(4, dtype=np.float32)
        self._found: np.ndarray | None = None  # (V,) bool
        self._chosen = -1
        self._cosines: dict[int, float] = {}
        self._timer = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._timer.timeout.connect(self._draw)
        self._has_moved = self._has_changed = True  # the dots: where they are, and which there are
        self._widths: dict[int, float] = {}  # of labels, in pixels
        self._build_plot()
        self.menu = PictureMenu(self, "token-map", table=self.table, array=self.array)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme().changed.connect(self._redraw)
        self.retranslate()

    def show_groups(self, groups: Sequence[TokenGroup]) -> None:
        """What the colours mean."""
        self._groups = groups
        self._redraw()

    def show_tokens(self, label_of: Callable[[int], str], member_of: np.ndarray, labelled_first: np.ndarray) -> None:
        """Other tokens.

        Args:
            label_of: what is written beside a token, safe to show.
            member_of: (V,) each token's group, an index of the groups.
            labelled_first: ids in the order in which they get a label while there is room.
        """
        self._label_of, self._member_of, self._labelled_first = label_of, member_of, labelled_first
        self._points, self._found = np.zeros((0, 2), dtype=np.float32), None
        self._chosen, self._cosines, self._widths = -1, {}, {}
        self._overlay.forget()
        self.is_whole = True
        self._redraw()

    def show_points(self, points: np.ndarray, lengths: np.ndarray, shares: np.ndarray, frame: np.ndarray) -> None:
        """As in `EmbeddingMap`: places (V, 2), lengths (V,), shares of the axes (2,), and room for all (4,)."""
        self._points, self._lengths, self._shares, self._frame = points, lengths, shares, frame
        self._name_axes()
        self._has_moved = True
        self._schedule()

    def show_chosen(self, token_id: int) -> None:
        """The token in hand, -1 for none; its neighbours must follow."""
        if token_id != self._chosen:
            self._chosen, self._cosines = token_id, {}
            self._schedule()

    def show_neighbours(self, ids: np.ndarray, cosines: np.ndarray) -> None:
        """The tokens near the chosen one, with lines to each."""
        self._cosines = dict(zip(ids.tolist(), cosines.tolist(), strict=True))
        self._schedule()

    def show_found(self, ids: np.ndarray | None) -> None:
        """What a search found; the others fade. None: nothing is searched."""
        if ids is None:
            self._found = None
        else:
            self._found = np.zeros(len(self._member_of), dtype=bool)
            self._found[ids] = True
        self._redraw()

    def show_whole(self) -> None:
        """The whole map, as before any zooming."""
        self.is_whole = True
        self._schedule()

    def point_at(self, token_id: int) -> None:
        """Show what is known of a token beside it; -1 for none."""
        if token_id == self._overlay.hovered:
            return
        self._overlay.hovered = token_id
        self._overlay.card = self._card(token_id) if 0 <= token_id < len(self._points) else ()
        self._overlay.update()

    def card_words(self) -> list[tuple[str, str]]:
        """Names and values in the card."""
        return [(name, value) for name, value, _ in self._overlay.card]

    def labels(self) -> list[int]:
        """The tokens whose names can be read now."""
        return [place.index for place in self._overlay.labels]

    def place_of(self, token_id: int) -> QPointF:
        """Where a token lies in this widget, in pixels."""
        x, y = self._pixels()[token_id]
        return QPointF(float(x), float(y))

    def axis_words(self) -> tuple[str, str]:
        """What both axes are called."""
        return axis_words(self._shares.tolist())

    def table(self) -> Table:
        """All tokens, one a row; the text of a piece is of foreign origin."""
        rows = (
            (index, self._label_of(index), self._groups[self._member_of[index]].key, float(x), float(y), float(length))
            for index, ((x, y), length) in enumerate(zip(self._points, self._lengths, strict=True))
        )
        return Table(header=("id", "piece", "kind", "component_1", "component_2", "length"), rows=rows)

    def array(self) -> np.ndarray | None:
        """All places (V, 2)."""
        return self._points if len(self._points) else None

    def retranslate(self) -> None:
        self.setAccessibleName(translate("TokenMap", "Map of the token vectors"))
        self._name_axes()
        self._schedule()

    # Drawing.

    def _build_plot(self) -> None:
        self._view = _View(enableMenu=False, lockAspect=True)
        axes = {name: NumberAxis(name) for name in ("left", "bottom")}
        self._plot = pg.PlotWidget(viewBox=self._view, axisItems=axes, enableMenu=False)
        self._plot.hideButtons()
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.getAxis("left").setWidth(56)
        self._plot.getPlotItem().layout.setContentsMargins(0, LEGEND_HEIGHT, 8, 0)
        self._dots = TokenPoints(self._plot.getPlotItem())
        self._theme = PlotTheme(self._plot)
        self._overlay = TokenMapOverlay(self._plot_area, self._label, self._plot)
        self._view.clicked.connect(self._on_clicked)
        self._view.whole_requested.connect(self.show_whole)
        self._view.sigRangeChangedManually.connect(self._on_zoomed)
        self._view.sigRangeChanged.connect(self._schedule)
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._plot.viewport().installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)

    def _label(self, index: int) -> str:
        return self._label_of(index)

    def _name_axes(self) -> None:
        across, up = self.axis_words()
        self._plot.setLabel("bottom", across)
        self._plot.setLabel("left", up)
        self._theme.apply()

    def _redraw(self) -> None:
        self._has_changed = True
        self._schedule()

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        if not self.isVisible():
            return
        if len(self._points) != len(self._member_of):
            return  # the new tokens' places are not known yet
        if self._has_changed:
            self._dots.show_members(self._member_of, self._groups, self._found)
        if self._has_changed or self._has_moved:
            self._dots.move(self._points)
        self._has_changed = self._has_moved = False
        if self.is_whole:
            self._fit()
        self._show_overlay()

    def _fit(self) -> None:
        """Room for the step of the axes, and for what lies outside of it now: it hardly moves while tokens do."""
        if not len(self._points):
            return
        low = np.minimum(self._points.min(axis=0), self._frame[[0, 2]])
        high = np.maximum(self._points.max(axis=0), self._frame[[1, 3]])
        (left, bottom), (right, top) = low.tolist(), high.tolist()
        extent = max(right - left, top - bottom, 1e-6)
        margin = extent * _MARGIN
        self._view.setLimits(maxXRange=20 * extent, maxYRange=20 * extent)
        self._view.setRange(xRange=(left - margin, right + margin), yRange=(bottom - margin, top + margin), padding=0)

    def _show_overlay(self) -> None:
        overlay = self._overlay
        overlay.points = self._pixels()
        overlay.chosen, overlay.neighbours = self._chosen, list(self._cosines)
        overlay.labels = self._place_labels(overlay.points)
        counts = np.bincount(self._member_of, minlength=len(self._groups))
        overlay.groups = [(group, int(counts[index])) for index, group in enumerate(self._groups) if counts[index]]
        self.setAccessibleDescription(self._description())
        overlay.update()

    def _place_labels(self, pixels: np.ndarray) -> list[Place]:
        """The chosen one, its neighbours, then what was found, or any, as far as there is room."""
        area, n_tokens = self._plot_area(), len(pixels)
        local = pixels - np.array([area.left(), area.top()])
        order = self._labelled_first
        if self._found is not None:
            order = order[self._found[order]]
        first = [index for index in (self._chosen, *self._cosines) if 0 <= index < n_tokens]
        height = QFontMetricsF(token_font(LABEL_PIXELS)).height()
        return placed_labels(local, (area.width(), area.height()), first, order, self._label_width, height)

    def _label_width(self, index: int) -> float:
        found = self._widths.get(index)
        if found is None:
            words = QFontMetricsF(token_font(LABEL_PIXELS)).horizontalAdvance(self._label_of(index))
            found = self._widths[index] = words + 2 * LABEL_PADDING
        return found

    def _pixels(self) -> np.ndarray:
        """All tokens' places in pixels (V, 2); the way from the plot's coordinates is a scaling and a shift."""
        origin, unit = self._to_pixel(QPointF(0, 0)), self._to_pixel(QPointF(1, 1))
        scale = np.array([unit.x() - origin.x(), unit.y() - origin.y()])
        return self._points * scale + np.array([origin.x(), origin.y()])

    def _to_pixel(self, place: QPointF) -> QPointF:
        return QPointF(self._plot.viewportTransform().map(self._view.mapViewToScene(place)))

    def _plot_area(self) -> QRectF:
        return self._plot.viewportTransform().mapRect(self._view.sceneBoundingRect())

    def _card(self, index: int) -> list[tuple[str, str, bool]]:
        kind = self._groups[self._member_of[index]].name
        return card_rows(index, self._label_of(index), kind, float(self._lengths[index]), self._cosines.get(index))

    def _description(self) -> str:
        chosen = self._label_of(self._chosen) if 0 <= self._chosen < len(self._points) else ""
        near = [(self._label_of(index), cosine) for index, cosine in self._cosines.items()]
        return description(len(self._points), self.axis_words(), chosen, near)

    # Gestures.

    def token_at(self, x: float, y: float) -> int:
        """The token near a place in pixels, -1 for none; while something is searched only what was found."""
        points = self._overlay.points
        return nearest_point(points, x, y, _REACH, self._found if len(points) else None)

    def _on_mouse_moved(self, place: QPointF) -> None:
        at = self._plot.viewportTransform().map(place)
        self.point_at(self.token_at(at.x(), at.y()))

    def _on_clicked(self, place: QPointF) -> None:
        at = self._plot.viewportTransform().map(place)
        found = self.token_at(at.x(), at.y())
        if found >= 0:
            self.token_chosen.emit(found)

    def _on_zoomed(self) -> None:
        self.is_whole = False

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.point_at(-1)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows the whole map."""
        if event.key() == Qt.Key.Key_Escape:
            self.show_whole()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.resize(self._plot.size())
        self._schedule()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._draw)  # at once, but when the layout has settled
