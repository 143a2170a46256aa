"""How one row of the command palette is painted: the name at the left, the shortcut at the right."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.ui.theme import CONTROL_RADIUS, colour, interface_font


class PaletteRow(QStyledItemDelegate):
    """Names are drawn as plain text; long ones are elided before the shortcut."""

    def __init__(self, height: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under_mouse = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_chosen or is_under_mouse:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft" if is_chosen else "hover"))
            painter.drawRoundedRect(area, CONTROL_RADIUS, CONTROL_RADIUS)
        painter.setFont(interface_font())
        area.adjust(12, 0, -12, 0)
        shortcut = index.data(Qt.ItemDataRole.UserRole)
        painter.setPen(colour("dim"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shortcut)
        room = area.width() - painter.fontMetrics().horizontalAdvance(shortcut) - 16
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(colour("accent" if is_chosen else "text"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()
