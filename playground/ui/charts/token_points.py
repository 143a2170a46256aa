"""The dots of a map of tokens: one pyqtgraph item for each group, quick to draw also with 32,000 of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter

from playground.ui.theme import colour, colours

SMALL, LARGE = 4, 7  # pixels across, of many dots and of few
_FEW = 3000
_STRONG, _FAINT = 0.8, 0.16


@dataclass(frozen=True, kw_only=True)
class TokenGroup:
    """Tokens of one kind. `shade` is an index of the theme's curves' colours, -1 for the first, -2 for the dim one."""

    key: str
    name: str
    shade: int

    def colour(self) -> QColor:
        if self.shade == -2:
            return colour("dim")
        return QColor(colours().train if self.shade < 0 else colours().others[self.shade])


class _Dots(pg.ScatterPlotItem):
    """Dots of one look; as vectors where the picture becomes vectors."""

    def show_look(self, shade: QColor, strength: float, size: int) -> None:
        shade.setAlphaF(strength)
        self.setBrush(pg.mkBrush(shade))
        self.setSize(size)

    def show_places(self, points: np.ndarray) -> None:
        """Places (N, 2). Moving as many as before is quick."""
        if len(points) != len(self.data):
            self.setData(x=points[:, 0], y=points[:, 1])
            return
        self.data["x"], self.data["y"] = points[:, 0], points[:, 1]
        self.prepareGeometryChange()
        self.invalidate()

    def updateSpots(self, dataSet: np.ndarray | None = None) -> None:
        """As pyqtgraph's, without asking each dot how it looks: all look the same."""
        dots = self.data if dataSet is None else dataSet
        look = tuple(self.opts[name] for name in ("symbol", "size", "pen", "brush"))
        dots["sourceRect"] = self.fragmentAtlas[[look]]
        self._updateMaxSpotSizes(data=dots)
        self.invalidate()

    def mouseClickEvent(self, ev: object) -> None:
        """Clicks are the map's: it picks the nearest dot of all groups."""
        ev.ignore()  # type: ignore[attr-defined]

    def paint(self, p: QPainter, *args: object) -> None:
        if p.paintEngine() is None or p.paintEngine().type() != QPaintEngine.Type.SVG:
            super().paint(p, *args)
            return
        transform = p.transform()
        p.save()
        p.resetTransform()
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(self.opts["brush"])
        radius = self.opts["size"] / 2
        for x, y in zip(self.data["x"], self.data["y"], strict=True):
            p.drawEllipse(transform.map(QPointF(x, y)), radius, radius)
        p.restore()


class TokenPoints:
    """What the tokens put into a plot: of each group those that are found, and faintly the others."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._items: list[tuple[_Dots, _Dots]] = []  # faint and strong, a pair for each group
        self._members: list[tuple[np.ndarray, np.ndarray]] = []  # their indices

    def show_members(self, groups: np.ndarray, shown: Sequence[TokenGroup], found: np.ndarray | None) -> None:
        """Groups (V,), an index of `shown` each; `found` (V,) bool is None for all."""
        while len(self._items) < len(shown):
            self._items.append((self._make(len(self._items)), self._make(100 + len(self._items))))
        is_strong = np.ones(len(groups), dtype=bool) if found is None else found
        members = [groups == index for index in range(len(shown))]
        self._members = [(np.flatnonzero(each & ~is_strong), np.flatnonzero(each & is_strong)) for each in members]
        size = LARGE if len(groups) <= _FEW else SMALL
        for (faint, strong), group in zip(self._items, shown, strict=True):
            faint.show_look(group.colour(), _FAINT, size)
            strong.show_look(group.colour(), _STRONG, size)

    def move(self, points: np.ndarray) -> None:
        """Where all tokens lie now (V, 2)."""
        for dots, members in zip(self._items, self._members, strict=True):
            for each, indices in zip(dots, members, strict=True):
                each.show_places(points[indices])

    def _make(self, height: int) -> _Dots:
        dots = _Dots(pxMode=True, pen=None)
        dots.setZValue(height)
        self._plot.addItem(dots, ignoreBounds=True)
        return dots
