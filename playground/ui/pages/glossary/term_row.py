"""How one row of the term list is painted: the name, and dim at the right its name in the other language."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from playground.ui.theme import CONTROL_RADIUS, SMALL_PIXELS, colour, interface_font

ROW_HEIGHT = 32


class TermRow(QStyledItemDelegate):
    """Both names are elided rather than overlapping; a name that occurs in both languages is shown once."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft" if is_chosen else "hover"))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), CONTROL_RADIUS, CONTROL_RADIUS)
        area.adjust(10, 0, -10, 0)
        self._paint_names(painter, area, index, is_chosen)
        painter.restore()

    def _paint_names(
        self, painter: QPainter, area: QRectF, index: QModelIndex | QPersistentModelIndex, is_chosen: bool
    ) -> None:
        name, other = index.data(), index.data(Qt.ItemDataRole.UserRole + 1)
        font = interface_font(bold=is_chosen)
        painter.setFont(font)
        painter.setPen(colour("accent" if is_chosen else "text"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        left = painter.fontMetrics().horizontalAdvance(shown) + 12
        if other == name or left > area.width() * 0.85:
            return
        painter.setFont(interface_font(SMALL_PIXELS))
        painter.setPen(colour("dim"))
        rest = painter.fontMetrics().elidedText(other, Qt.TextElideMode.ElideRight, int(area.width() - left))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, rest)
