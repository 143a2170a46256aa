"""A thin, flat scroll bar that stays out of the way until the mouse is near."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from playground.ui.theme import colour, theme

_THICKNESS = 6


class ThinScrollBar(QScrollBar):
    """Works like any other scroll bar; only its handle is drawn."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("dim", 0.7 if self.underMouse() or self.isSliderDown() else 0.35))
        box = QRectF(handle)
        if self.orientation() == Qt.Orientation.Vertical:
            bar = QRectF(box.center().x() - _THICKNESS / 2, box.top() + 2, _THICKNESS, box.height() - 4)
        else:
            bar = QRectF(box.left() + 2, box.center().y() - _THICKNESS / 2, box.width() - 4, _THICKNESS)
        painter.drawRoundedRect(bar, _THICKNESS / 2, _THICKNESS / 2)


def use_thin_scroll_bars(area: QAbstractScrollArea) -> None:
    """Give an area thin scroll bars both ways."""
    area.setVerticalScrollBar(ThinScrollBar(Qt.Orientation.Vertical))
    area.setHorizontalScrollBar(ThinScrollBar(Qt.Orientation.Horizontal))
