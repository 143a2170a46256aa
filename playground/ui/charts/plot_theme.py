"""A pyqtgraph plot in the theme's colours and fonts: pyqtgraph ignores Qt's palette, so they are laid on anew.

Also the colour of a curve by its role, for every chart.
"""

import pyqtgraph as pg
from PySide6.QtCore import QObject

from playground.ui.theme import SMALL_PIXELS, colour, interface_font, theme

AXES = ("left", "bottom")


class PlotTheme(QObject):
    """Keeps one plot in the colours in use, from now on and at each change of the theme."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        super().__init__(plot)
        self._plot = plot
        self.apply()
        theme().changed.connect(self.apply)

    def apply(self) -> None:
        self._plot.setBackground(colour("panel"))
        for name in AXES:
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(colour("line"), width=1))
            axis.setTickPen(pg.mkPen(colour("line"), width=1))
            axis.setTextPen(pg.mkPen(colour("dim")))
            axis.setTickFont(interface_font(SMALL_PIXELS))
            axis.label.setFont(interface_font(SMALL_PIXELS))
