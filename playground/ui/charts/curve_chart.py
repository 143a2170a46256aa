"""The big chart of a training: curves that grow, follow the newest step, and can be zoomed, read and taken along.

    chart = CurveChart()
    chart.show_axis_labels("step", "loss in nats per token")
    chart.show_curve("train", steps, losses, "train", "train")
    chart.show_curve("validation", steps, losses, "validation", "validation")
    chart.show_references([(6.24, "ln V = 6.24, guessing")])

Draws values; knows no run. Several `show_*` within a frame cost one drawing; a hidden chart draws nothing. Curves may
be `Growing` columns: then `refresh` draws what they have gained, at the cost of what is new.
"""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.charts.curve import OTHERS, PER_SYNC, VALIDATION, Change, Curve, readings
from playground.ui.charts.curve_items import CurveItems, View
from playground.ui.charts.curve_marks import STRIP, Mark
from playground.ui.charts.curve_overlay import CurveOverlay, EndLabel, Reference
from playground.ui.charts.curve_plot import CurvePlot
from playground.ui.charts.curve_rows import CurveRows
from playground.ui.charts.curve_scaling import Scaling, extent_x, extent_y
from playground.ui.charts.curve_thinning import edges_of_columns
from playground.ui.growing import Growing
from playground.ui.theme import BASE_PIXELS, interface_font, theme
from playground.ui.widgets.export import PictureMenu, Table

FRAME_MS = 16


class CurveChart(QWidget):
    """Named curves over one x.

    Signals:
        following_changed (bool): whether the picture follows new data (True) or the person has zoomed (False).
        moment_requested (int): a mark with a step was pressed.
    """

    following_changed = Signal(bool)
    moment_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_following = True
        self._curves: dict[str, Curve] = {}
        self._items: dict[str, CurveItems] = {}
        self._smoothing = 0.0
        self._scaling = Scaling()
        self._x_label = ""
        self._hovered: float | None = None
        self._x_end: float | None = None
        self._references: Sequence[tuple[float, str]] = ()
        self._empty_words = ""
        self._timer = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._timer.timeout.connect(self._draw)
        self._build_plot()
        self.menu = PictureMenu(self, "curves", table=self.table)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme().changed.connect(self.refresh)

    def show_curve(
        self,
        name: str,
        x: np.ndarray | Growing,
        y: np.ndarray | Growing,
        role: str,
        label: str,
        *,
        x_factor: float = 1.0,
        change: Change | None = None,
        is_sample: bool = False,
        has_points: bool = False,
    ) -> None:
        """Draw or replace a curve; see `Curve`. Arrays are copied; growing columns are followed."""
        known = self._curves.get(name)
        if known and isinstance(x, Growing) and isinstance(y, Growing) and known.is_of(x, y, x_factor, change):
            known.role, known.label = role, label
        else:
            across, up = (column if isinstance(column, Growing) else Growing(column) for column in (x, y))
            curve = Curve(
                name, across, up, role, label,
                x_factor=x_factor, change=change, is_sample=is_sample, has_points=has_points or role == VALIDATION,
            )  # fmt: skip
            curve.show_smoothing(self._smoothing)
            self._curves[name] = curve
        if name not in self._items:
            self._items[name] = CurveItems(self._plot.getPlotItem(), is_behind=role in OTHERS)
        self.refresh()

    def remove_curve(self, name: str) -> None:
        if name in self._curves:
            del self._curves[name]
            self._items.pop(name).remove()
            self.refresh()

    def curve_names(self) -> list[str]:
        return list(self._curves)

    def clear(self) -> None:
        """Forget all curves, marks and the person's zoom."""
        for name in list(self._curves):
            self.remove_curve(name)
        self._references, self._x_end = (), None
        self._overlay.current_x, self._overlay.reading_words = None, ""
        self.show_marks(())
        self.point_at(None)
        self.reset_view()

    def refresh(self) -> None:
        """Draw soon what the columns have gained."""
        if not self._timer.isActive():
            self._timer.start()

    def show_smoothing(self, amount: float) -> None:
        """0 shows what was measured alone; towards 1 the strong line grows calmer. Validation is never smoothed."""
        self._smoothing = min(max(amount, 0.0), 0.99999)
        for curve in self._curves.values():
            curve.show_smoothing(self._smoothing)
        self.refresh()

    def show_axis_labels(self, x: str, y: str) -> None:
        """What the axes measure, in words with their unit."""
        self._x_label = x
        self._plot.label_axes(x, y)
        self.setAccessibleName(y)

    def show_logarithmic(self, *, x: bool, y: bool) -> None:
        """Choose logarithmic axes; values of 0 and less have no place on them."""
        self._scaling = Scaling(log_x=x, log_y=y)
        self._plot.show_scaling(self._scaling)
        self.reset_view()

    def show_references(self, references: Sequence[tuple[float, str]]) -> None:
        """Dashed lines across, each with its words."""
        self._references = tuple(references)
        self.refresh()

    def show_x_end(self, x: float | None) -> None:
        """Where the run will end, so that the axis need not grow; None follows the data."""
        self._x_end = x
        self.refresh()

    def show_current(self, x: float | None) -> None:
        """A line at the snapshot in view, or none."""
        self._overlay.current_x = x
        self._overlay.update()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """What happened along the way."""
        self._overlay.marks.show(marks)
        self._overlay.update()

    def show_reading(self, words: str) -> None:
        """That not everything is here yet; "" when it is."""
        self._overlay.reading_words = words
        self._overlay.update()

    def show_empty(self, sentence: str) -> None:
        """What to say while there is no curve."""
        self._empty_words = sentence
        self.refresh()

    def reset_view(self) -> None:
        """Show everything, and follow what comes."""
        self._set_following(True)
        self.refresh()

    def table(self) -> Table:
        """All measured points, one a row."""
        rows = CurveRows(list(self._curves.values()))
        return Table(header=("curve", self._x_label or "x", self.accessibleName() or "y"), rows=rows)

    # Drawing.

    def _build_plot(self) -> None:
        self._plot = CurvePlot()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view = self._plot.view
        self._overlay = CurveOverlay(
            self._plot.to_pixel, self._plot.area, self._places_x, self._plot.range_x, self._plot
        )
        self._view.whole_requested.connect(self.reset_view)
        self._view.pressed.connect(self._on_pressed)
        self._view.sigRangeChangedManually.connect(self._on_zoomed)
        self._view.sigRangeChanged.connect(self.refresh)
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._plot.viewport().installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)

    def _draw(self) -> None:
        if not self.isVisible():
            return
        n_most = max(PER_SYNC // max(len(self._curves), 1), 4096)
        ready = {name: curve.sync(n_most) for name, curve in self._curves.items()}
        if self.is_following:
            self._fit()
        self._view.updateMatrix()  # else the painting would do it, and then everything be painted once more
        view = self._view_now()
        for name, curve in self._curves.items():
            if ready[name] or curve.n_drawn:  # a long one is first taken in, over a few frames
                self._items[name].draw(curve, view)
                curve.n_drawn = len(curve)
        self._show_overlay()
        self._timer.stop()  # fitting the view has asked for what is done already
        if not all(ready.values()):
            self.refresh()

    def _view_now(self) -> View:
        low, high = (self._scaling.value_x(place) for place in self._view.viewRange()[0])
        edges = edges_of_columns(low, high, self._plot.columns(), logarithmic=self._scaling.log_x)
        return View(edges=edges, scaling=self._scaling, rows_per_unit=self._plot.rows_per_unit())

    def _fit(self) -> None:
        """Everything in view, with room at the right for the names."""
        curves = list(self._curves.values())
        xs, ys = extent_x(curves, self._scaling), extent_y(curves, self._scaling)
        if xs is None or ys is None:
            return
        (left, last), (low, high) = xs, ys
        right = last if self._x_end is None else max(last, self._place_x(self._x_end))
        begins_near_zero = not self._scaling.log_x and 0 < left < 0.1 * right
        left, right = 0.0 if begins_near_zero else left, right if right > left else left + 1
        share = min((self._label_width() + 16) / max(self._plot.area().width(), 200.0), 0.4)
        right = max(right, last + share / (1 - share) * max(last - left, 1e-9))
        margin = 0.05 * (high - low) or 0.5
        self._plot.show_range((left, right), (low - margin, high + margin))

    def _show_overlay(self) -> None:
        overlay = self._overlay
        has_points = any(len(curve) for curve in self._curves.values())
        self._plot.show_numbers(has_points)
        overlay.empty_words = "" if has_points else self._empty_words
        overlay.labels = [
            EndLabel(words=self._end_words(self._curves[name]), role=self._curves[name].role, end=items.end)
            for name, items in self._items.items()
            if items.end is not None
        ]
        placed = [(self._scaling.place_y(value), words) for value, words in self._references]
        overlay.references = [Reference(y=y, words=words) for y, words in placed if math.isfinite(y)]
        self.setAccessibleDescription(", ".join(label.words for label in overlay.labels))
        overlay.update()

    def _end_words(self, curve: Curve) -> str:
        value = curve.last_shown
        return f"{curve.label} {short_number(value)}" if math.isfinite(value) else curve.label

    def _label_width(self) -> float:
        metrics = QFontMetricsF(interface_font(BASE_PIXELS - 1, bold=True))
        named = [curve for curve in self._curves.values() if not curve.is_sample]
        return max((metrics.horizontalAdvance(self._end_words(curve)) for curve in named), default=0.0)

    def _place_x(self, x: float) -> float:
        return self._scaling.place_x(x)

    def _places_x(self, x: np.ndarray) -> np.ndarray:
        return self._scaling.x(x)

    # Gestures.

    def _on_zoomed(self) -> None:
        self._set_following(False)
        self._draw()  # now, so that the next painting shows it

    def _set_following(self, following: bool) -> None:
        if following != self.is_following:
            self.is_following = following
            self.following_changed.emit(following)

    def _on_mouse_moved(self, place: QPointF) -> None:
        if self._plot.scene().dragItem is not None:  # who moves the picture does not read it
            if self._hovered is not None:
                self.point_at(None)
            return
        self.point_at(self._scaling.value_x(self._view.mapSceneToView(place).x()))
        self._overlay.told = self._overlay.marks.near(self._plot.scene_to_pixel(place).x())

    def _on_pressed(self, place: QPointF) -> None:
        pixel = self._plot.scene_to_pixel(place)
        if pixel.y() >= self._plot.area().bottom() - STRIP:
            mark = self._overlay.marks.pressed(pixel.x())
            if mark is not None:
                self.moment_requested.emit(mark.step)

    def point_at(self, x: float | None) -> None:
        """Show the exact values near `x`, or none."""
        longest = self._longest()
        self._overlay.told = ()
        if x is None or longest is None or not math.isfinite(x):
            self._overlay.hover_x, self._overlay.readings = None, ()
        else:
            at = longest.x_at(longest.index_near(x))
            self._overlay.hover_x = at
            self._overlay.hover_title = f"{self._x_label} {at:,.6g}"
            self._overlay.readings = readings(self._curves.values(), at)
        self._hovered = x
        self._overlay.update()

    def _longest(self) -> Curve | None:
        """The curve whose points the mouse and the arrow keys step along."""
        curves = [curve for curve in self._curves.values() if len(curve) and not curve.is_sample]
        return max(curves, key=len, default=None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.point_at(None)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right read the curves point by point; Escape shows the whole picture."""
        longest = self._longest()
        if event.key() == Qt.Key.Key_Escape:
            self.point_at(None)
            self.reset_view()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and longest is not None:
            at = longest.index_near(self._hovered) if self._hovered is not None else len(longest)
            step = -1 if event.key() == Qt.Key.Key_Left else 1
            self.point_at(longest.x_at(min(max(at + step, 0), len(longest) - 1)))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.resize(self._plot.size())
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()


def short_number(value: float) -> str:
    """Three significant digits."""
    if 1e-3 <= abs(value) < 1000 or not value:
        return f"{value:#.3g}"
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.2e}"
