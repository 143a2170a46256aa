"""The rail at the left: one button a page. Reports which page is wanted; shows which one is open."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.pages.catalogue import PageEntry
from playground.ui.theme import CARD_RADIUS, RAIL_WIDTH, SMALL_PIXELS, colour, interface_font, theme
from playground.ui.widgets.icons import icon

_BUTTON_HEIGHT = 54
_ICON = 22
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class RailButton(QAbstractButton):
    """An icon with a page's name under it."""

    def __init__(self, entry: PageEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._shows_focus = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(self.entry.name())
        self.setToolTip(f"{self.entry.name()} ({self.entry.shortcut})")

    def nextCheckState(self) -> None:
        """A click only wishes; `Rail.show_page` checks."""

    def sizeHint(self) -> QSize:
        return QSize(RAIL_WIDTH - 12, _BUTTON_HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only who walks by keyboard needs the ring; Qt also drops the focus here when it has nowhere else to go."""
        self._shows_focus = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = colour("accent" if self.isChecked() else "text" if self.underMouse() else "dim")
        icon(self.entry.key, ink, _ICON).paint(painter, (self.width() - _ICON) // 2, 8, _ICON, _ICON)
        painter.setFont(interface_font(SMALL_PIXELS, bold=self.isChecked()))
        painter.setPen(ink)
        words = QFontMetrics(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(self.rect().adjusted(0, 32, 0, -4), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colour("accent"), 2) if self._shows_focus else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(colour("accent_soft"))
        elif self.underMouse():
            painter.setBrush(colour("hover"))
        painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)


class Rail(QWidget):
    """All pages, one of them open. Up and Down move along the rail while it has the focus."""

    page_requested = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(RAIL_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 6, 10)
        column.setSpacing(2)
        for entry in entries:
            button = RailButton(entry)
            self._buttons[entry.key] = button
            button.clicked.connect(self._on_clicked)
            column.addWidget(button)
        column.addStretch(1)
        theme().changed.connect(self.update)
        self.retranslate()

    def show_page(self, key: str) -> None:
        """Mark a page as the open one; no signal is sent."""
        for each, button in self._buttons.items():
            button.setChecked(each == key)

    def button(self, key: str) -> RailButton:
        return self._buttons[key]

    def retranslate(self) -> None:
        for button in self._buttons.values():
            button.retranslate()

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, RailButton), "the rail holds only its own buttons"
        self.page_requested.emit(button.entry.key)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("panel"))
        painter.setPen(colour("line"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
