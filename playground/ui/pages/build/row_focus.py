"""Brings a row of a form into view: opens the folds around it, scrolls, focuses its control, and lets it glow."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QWidget

from playground.ui.theme import colour
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.setting_rows import SettingRow

_GLOW_MS = 1200
_MARGIN = 40  # pixels kept free above and below


class RowGlow(QWidget):
    """A soft frame around a row for a moment; it scrolls with it."""

    def __init__(self, ground: QWidget, row: SettingRow, width: int) -> None:
        super().__init__(ground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        corner = row.mapTo(ground, QPoint(0, 0))
        area = QRect(corner, row.size()).adjusted(-8, -4, 8, 5)
        area.setRight(min(area.right(), width - 2))  # the column may reach under the scroll bar
        self.setGeometry(area)
        self.show()
        QTimer.singleShot(_GLOW_MS, self, self.deleteLater)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent", 0.6), 1.5))
        painter.setBrush(colour("accent", 0.07))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


def focus_row(panel: QScrollArea, row: SettingRow) -> None:
    """Show `row`, which is somewhere inside `panel`, and put the keyboard on its control."""
    above: QWidget | None = row.parentWidget()
    while above is not None and above is not panel:
        if isinstance(above, Fold):
            above.show_open(True)
        above = above.parentWidget()
    ground = panel.widget()
    assert ground is not None, "a side panel always holds its column"
    ground.resize(ground.width(), ground.sizeHint().height())  # a fold that has just opened counts at once
    panel.ensureWidgetVisible(row, 0, _MARGIN)
    if control := control_of(row):
        control.setFocus(Qt.FocusReason.OtherFocusReason)
    for former in ground.findChildren(RowGlow):
        former.hide()
    RowGlow(ground, row, panel.viewport().width())


def control_of(row: SettingRow) -> QWidget | None:
    """What the keyboard changes the value with: the slider, the choice that holds, the list, the mark."""
    able = [each for each in row.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    checked = [each for each in able if isinstance(each, QAbstractButton) and each.isChecked()]
    others = [each for each in able if not isinstance(each, QLineEdit)]
    return next(iter([*checked, *others, *able]), None)
