"""Brings a row of a form into view: opens the folds around it, scrolls, focuses its control, and lets it glow."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QWidget

from playground.ui.theme import colour
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.setting_rows import SettingRow

_GLOW_MS = 1200
_MARGIN = 40  # pixels kept free above and below


class RowGlow(QWidget):
    """A soft ground behind a row for a moment."""

    def __init__(self, row: SettingRow) -> None:
        super().__init__(row.parentWidget())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(row.geometry().adjusted(-6, -4, 6, 4))
        self.lower()
        self.show()
        QTimer.singleShot(_GLOW_MS, self, self.deleteLater)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent", 0.14))
        painter.drawRoundedRect(self.rect(), 6, 6)


def focus_row(panel: QScrollArea, row: SettingRow) -> None:
    """Show `row`, which is somewhere inside `panel`, and put the keyboard on its control."""
    above: QWidget | None = row.parentWidget()
    while above is not None and above is not panel:
        if isinstance(above, Fold):
            above.show_open(True)
        above = above.parentWidget()
    if inside := panel.widget():
        inside.adjustSize()  # a fold that has just opened counts at once
    panel.ensureWidgetVisible(row, 0, _MARGIN)
    if control := control_of(row):
        control.setFocus(Qt.FocusReason.OtherFocusReason)
    RowGlow(row)


def control_of(row: SettingRow) -> QWidget | None:
    """What the keyboard changes the value with: the slider, the choice that holds, the list, the mark."""
    able = [each for each in row.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    checked = [each for each in able if isinstance(each, QAbstractButton) and each.isChecked()]
    others = [each for each in able if not isinstance(each, QLineEdit)]
    return next(iter([*checked, *others, *able]), None)
