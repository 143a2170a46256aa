"""The big chart of a training: curves that grow, follow the newest step, and can be zoomed, read and taken along.

    chart = CurveChart()
    chart.show_axis_labels("step", "loss in nats per token")
    chart.show_curve("train", steps, losses, "train", "train")
    chart.show_curve("validation", steps, losses, "validation", "validation")
    chart.show_reference(6.24, "ln V = 6.24, guessing")

Draws values; knows no run. Several `show_*` within a frame cost one drawing; a hidden chart draws nothing.
"""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.charts.curve import OTHERS, Curve, readings
from playground.ui.charts.curve_items import CurveItems, Scaling
from playground.ui.charts.curve_overlay import CurveOverlay, EndLabel, EventMark
from playground.ui.charts.curve_points import extent, nearest_index
from playground.ui.charts.number_axis import NumberAxis
from playground.ui.charts.plot_theme import PlotTheme
from playground.ui.theme import BASE_PIXELS, interface_font, theme
from playground.ui.widgets.export import PictureMenu, Table

FRAME_MS = 16


class _View(pg.ViewBox):
    """Drag pans, the wheel zooms; a double click asks for the whole picture."""

    whole_requested = Signal()

    def mouseClickEvent(self, ev: object) -> None:
        if ev.double():  # type: ignore[attr-defined]
            self.whole_requested.emit()


class CurveChart(QWidget):
    """Named curves over one x.

    Signals:
        following_changed (bool): whether the picture follows new data (True) or the person has zoomed (False).
    """

    following_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_following = True
        self._curves: dict[str, Curve] = {}
        self._smooth: dict[str, np.ndarray] = {}
        self._items: dict[str, CurveItems] = {}
        self._smoothing = 0.0
        self._scaling = Scaling()
        self._x_label = ""
        self._hovered: float | None = None
        self._x_end: float | None = None
        self._reference: tuple[float, str] | None = None
        self._current: float | None = None
        self._events: Sequence[tuple[float, str]] = ()
        self._empty_words = ""
        self._has_numbers = True
        self._timer = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._timer.timeout.connect(self._draw)
        self._build_plot()
        self.menu = PictureMenu(self, "curves", table=self.table)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme().changed.connect(self._schedule)

    def show_curve(self, name: str, x: np.ndarray, y: np.ndarray, role: str, label: str) -> None:
        """Draw or replace a curve: `x`, `y` (n,), `x` rising, `y` with NaN where unknown; see `curve.py` for roles."""
        curve = Curve(
            name=name, x=np.array(x, dtype=np.float64), y=np.array(y, dtype=np.float64), role=role, label=label
        )
        self._curves[name] = curve
        self._smooth[name] = curve.smooth(self._smoothing)
        if name not in self._items:
            self._items[name] = CurveItems(self._plot.getPlotItem(), is_behind=role in OTHERS)
        self._schedule()

    def remove_curve(self, name: str) -> None:
        if name in self._curves:
            del self._curves[name], self._smooth[name]
            self._items.pop(name).remove()
            self._schedule()

    def clear(self) -> None:
        """Forget all curves, marks and the person's zoom."""
        for name in list(self._curves):
            self.remove_curve(name)
        self._reference, self._current, self._events, self._x_end = None, None, (), None
        self.reset_view()

    def show_smoothing(self, amount: float) -> None:
        """0 shows what was measured alone; towards 1 the strong line grows calmer. Validation is never smoothed."""
        self._smoothing = min(max(amount, 0.0), 0.999)
        self._smooth = {name: curve.smooth(self._smoothing) for name, curve in self._curves.items()}
        self._schedule()

    def show_axis_labels(self, x: str, y: str) -> None:
        """What the axes measure, in words with their unit."""
        self._x_label = x
        self._plot.setLabel("bottom", x)
        self._plot.setLabel("left", y)
        self._theme.apply()
        self.setAccessibleName(y)

    def show_logarithmic(self, *, x: bool, y: bool) -> None:
        """Choose logarithmic axes; values of 0 and less have no place on them."""
        self._scaling = Scaling(log_x=x, log_y=y)
        self._plot.getAxis("bottom").setLogMode(x)
        self._plot.getAxis("left").setLogMode(y)
        self.reset_view()

    def show_reference(self, value: float | None, words: str = "") -> None:
        """A dashed line across at `value`, or none."""
        self._reference = None if value is None else (value, words)
        self._schedule()

    def show_x_end(self, x: float | None) -> None:
        """Where the run will end, so that the axis need not grow; None follows the data."""
        self._x_end = x
        self._schedule()

    def show_current(self, x: float | None) -> None:
        """A line at the snapshot in view, or none."""
        self._current = x
        self._schedule()

    def show_events(self, events: Sequence[tuple[float, str]]) -> None:
        """Marks where something happened: rising x, a word or two."""
        self._events = tuple(events)
        self._schedule()

    def show_empty(self, sentence: str) -> None:
        """What to say while there is no curve."""
        self._empty_words = sentence
        self._schedule()

    def reset_view(self) -> None:
        """Show everything, and follow what comes."""
        self._set_following(True)
        self._schedule()

    def table(self) -> Table:
        """All measured points, one a row."""
        rows = [
            (curve.label, float(x), float(y))
            for curve in self._curves.values()
            for x, y in zip(curve.x, curve.y, strict=True)
        ]
        return Table(header=("curve", self._x_label or "x", self.accessibleName() or "y"), rows=rows)

    # Drawing.

    def _build_plot(self) -> None:
        self._view = _View(enableMenu=False)
        axes = {name: NumberAxis(name) for name in ("left", "bottom")}
        self._plot = pg.PlotWidget(viewBox=self._view, axisItems=axes, enableMenu=False)
        self._plot.hideButtons()
        self._plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.getAxis("left").setGrid(255)
        self._plot.getAxis("left").setZValue(-100)
        self._plot.getAxis("left").setWidth(56)
        self._theme = PlotTheme(self._plot)
        self._overlay = CurveOverlay(self._to_pixel, self._plot_area, self._plot)
        self._view.whole_requested.connect(self.reset_view)
        self._view.sigRangeChangedManually.connect(self._on_zoomed)
        self._view.sigRangeChanged.connect(self._schedule)
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._plot.viewport().installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        if not self.isVisible():
            return
        if self.is_following:
            self._fit()
        low, high = self._view.viewRange()[0]
        if self._scaling.log_x:
            low, high = 10.0**low, 10.0**high
        for name, curve in self._curves.items():
            self._items[name].draw(curve, self._smooth[name], self._scaling, low, high)
        self._show_overlay()

    def _fit(self) -> None:
        """Everything in view, with room at the right for the names."""
        xs, ys = self._extents()
        if xs is None or ys is None:
            return
        (left, right), (low, high) = xs, ys
        width = max(self._plot_area().width(), 200.0)
        share = min((self._label_width() + 16) / width, 0.4)
        last = extent([self._scaling.x(curve.x) for curve in self._curves.values()])
        assert last is not None
        right = max(right, last[1] + share / (1 - share) * max(last[1] - left, 1e-9))
        margin = 0.05 * (high - low) or 0.5
        self._view.setLimits(maxXRange=20 * (right - left) or None, maxYRange=20 * (high - low + margin))
        self._view.setRange(xRange=(left, right), yRange=(low - margin, high + margin), padding=0)

    def _extents(self) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
        """Of all curves, in the plot's coordinates; x begins at 0 where the curves nearly do."""
        xs = extent([self._scaling.x(curve.x) for curve in self._curves.values()])
        ys = extent(
            [self._scaling.y(curve.y) for curve in self._curves.values()]
            + [self._scaling.y(smooth) for smooth in self._smooth.values()]
        )
        if xs is not None and self._x_end is not None:
            xs = (xs[0], max(xs[1], self._place_x(self._x_end)))
        if xs is not None:
            begins_near_zero = not self._scaling.log_x and 0 < xs[0] < 0.1 * xs[1]
            xs = (0.0 if begins_near_zero else xs[0], xs[1] if xs[1] > xs[0] else xs[0] + 1)
        return xs, ys

    def _show_overlay(self) -> None:
        overlay = self._overlay
        has_points = any(len(curve.x) for curve in self._curves.values())
        self._show_numbers(has_points)
        overlay.empty_words = "" if has_points else self._empty_words
        overlay.labels = [
            EndLabel(words=self._end_words(name), role=self._curves[name].role, end=items.end)
            for name, items in self._items.items()
            if items.end is not None
        ]
        overlay.reference = (
            (self._place_y(self._reference[0]), self._reference[1]) if self._reference is not None else None
        )
        overlay.current_x = None if self._current is None else self._place_x(self._current)
        overlay.events = [EventMark(x=self._place_x(x), words=words) for x, words in self._events]
        self.setAccessibleDescription(", ".join(label.words for label in overlay.labels))
        overlay.update()

    def _show_numbers(self, shown: bool) -> None:
        """Axes without a curve would count something that does not exist."""
        if shown != self._has_numbers:
            self._has_numbers = shown
            for name in ("left", "bottom"):
                self._plot.getAxis(name).setStyle(showValues=shown)
            self._plot.getAxis("left").setGrid(255 if shown else False)

    def _end_words(self, name: str) -> str:
        smooth = self._smooth[name]
        known = smooth[np.isfinite(smooth)]
        return f"{self._curves[name].label} {known[-1]:#.3g}" if len(known) else self._curves[name].label

    def _label_width(self) -> float:
        metrics = QFontMetricsF(interface_font(BASE_PIXELS - 1, bold=True))
        return max((metrics.horizontalAdvance(self._end_words(name)) for name in self._curves), default=0.0)

    def _place_x(self, x: float) -> float:
        return float(self._scaling.x(np.array([x]))[0])

    def _place_y(self, y: float) -> float:
        return float(self._scaling.y(np.array([y]))[0])

    def _to_pixel(self, place: QPointF) -> QPointF:
        scene = self._view.mapViewToScene(place)
        return QPointF(self._plot.viewportTransform().map(scene))

    def _plot_area(self) -> QRectF:
        return self._plot.viewportTransform().mapRect(self._view.sceneBoundingRect())

    # Gestures.

    def _on_zoomed(self) -> None:
        self._set_following(False)

    def _set_following(self, following: bool) -> None:
        if following != self.is_following:
            self.is_following = following
            self.following_changed.emit(following)

    def _on_mouse_moved(self, place: QPointF) -> None:
        x = self._view.mapSceneToView(place).x()
        self.point_at(10.0**x if self._scaling.log_x else x)

    def point_at(self, x: float | None) -> None:
        """Show the exact values near `x`, or none."""
        longest = max(self._curves.values(), key=lambda curve: len(curve.x), default=None)
        if x is None or longest is None or not len(longest.x) or not math.isfinite(x):
            self._overlay.hover_x, self._overlay.readings = None, ()
        else:
            at = float(longest.x[nearest_index(longest.x, x)])
            self._overlay.hover_x = self._place_x(at)
            self._overlay.hover_title = f"{self._x_label} {at:,.6g}"
            self._overlay.readings = readings(self._curves.values(), at)
        self._hovered = x
        self._overlay.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right read the curves point by point; Escape shows the whole picture."""
        longest = max(self._curves.values(), key=lambda curve: len(curve.x), default=None)
        if event.key() == Qt.Key.Key_Escape:
            self.point_at(None)
            self.reset_view()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and longest is not None and len(longest.x):
            at = nearest_index(longest.x, self._hovered) if self._hovered is not None else len(longest.x)
            step = -1 if event.key() == Qt.Key.Key_Left else 1
            self.point_at(float(longest.x[min(max(at + step, 0), len(longest.x) - 1)]))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.resize(self._plot.size())
        self._schedule()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._schedule()
