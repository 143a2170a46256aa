"""The ground of a row that can be clicked: lit under the mouse, framed with the keyboard's focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.theme import CONTROL_RADIUS, colour


def paint_row_ground(painter: QPainter, row: QWidget) -> None:
    """Under whatever else the row shows."""
    box = QRectF(row.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    if row.underMouse() and row.isEnabled():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("hover"))
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
    if row.hasFocus():
        painter.setPen(QPen(colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CONTROL_RADIUS - 1, CONTROL_RADIUS - 1)
