"""The plot under a chart of curves: axes, zoom and pan, and where things lie in pixels. Knows no curve."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from playground.ui.charts.curve_scaling import Scaling
from playground.ui.charts.number_axis import NumberAxis
from playground.ui.charts.plot_theme import PlotTheme

_FURTHEST = 20.0  # times the whole picture, that one may zoom out


class _View(pg.ViewBox):
    """Drag pans, the wheel zooms; a double click asks for the whole picture."""

    whole_requested = Signal()
    pressed = Signal(QPointF)  # in the scene, without dragging

    def mouseClickEvent(self, ev: object) -> None:
        if ev.double():  # type: ignore[attr-defined]
            self.whole_requested.emit()
        else:
            self.pressed.emit(ev.scenePos())  # type: ignore[attr-defined]


class CurvePlot(pg.PlotWidget):
    """`view` is pyqtgraph's view; coordinates are the plot's own, logarithms where an axis is logarithmic."""

    def __init__(self) -> None:
        self.view = _View(enableMenu=False)
        axes = {name: NumberAxis(name) for name in ("left", "bottom")}
        super().__init__(viewBox=self.view, axisItems=axes, enableMenu=False)
        self._has_numbers = True
        for name in ("top", "right"):  # they are not shown, and would still think about their units at each move
            self.getAxis(name).enableAutoSIPrefix(False)
        # Its ground is painted in one colour; else all that lies under it would be painted at each move.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hideButtons()
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        left = self.getAxis("left")
        left.setGrid(255)
        left.setZValue(-100)
        left.setWidth(56)
        self.look = PlotTheme(self)

    def label_axes(self, x: str, y: str) -> None:
        """What they measure, in words with their unit."""
        self.setLabel("bottom", x)
        self.setLabel("left", y)
        self.look.apply()

    def show_scaling(self, scaling: Scaling) -> None:
        self.getAxis("bottom").setLogMode(scaling.log_x)
        self.getAxis("left").setLogMode(scaling.log_y)

    def show_numbers(self, shown: bool) -> None:
        """Axes without a curve would count something that does not exist."""
        if shown != self._has_numbers:
            self._has_numbers = shown
            for name in ("left", "bottom"):
                self.getAxis(name).setStyle(showValues=shown)
            self.getAxis("left").setGrid(255 if shown else False)

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Put this in view; zooming out goes so much further and no more."""
        width, height = x[1] - x[0], y[1] - y[0]
        self.view.setLimits(maxXRange=_FURTHEST * width or None, maxYRange=_FURTHEST * height or None)
        self.view.setRange(xRange=x, yRange=y, padding=0)

    def range_x(self) -> tuple[float, float]:
        """From the left edge to the right one."""
        low, high = self.view.viewRange()[0]
        return float(low), float(high)

    def rows_per_unit(self) -> float:
        """Pixels upwards of one unit of the plot's y."""
        low, high = self.view.viewRange()[1]
        return float(self.area().height() / max(high - low, 1e-300))

    def columns(self) -> int:
        """Pixel columns of the plot."""
        return max(math.ceil(self.area().width() * self.devicePixelRatioF()), 32)

    def area(self) -> QRectF:
        """The plot without its axes, in pixels of this widget."""
        return self.viewportTransform().mapRect(self.view.sceneBoundingRect())

    def to_pixel(self, place: QPointF) -> QPointF:
        return QPointF(self.viewportTransform().map(self.view.mapViewToScene(place)))

    def scene_to_pixel(self, place: QPointF) -> QPointF:
        return QPointF(self.viewportTransform().map(place))
