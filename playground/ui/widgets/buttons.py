"""Buttons of the house: plain, primary, quiet; and a row of choices of which one holds."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from playground.ui.theme import CONTROL_RADIUS, colour, interface_font, theme

_HEIGHT = 32


class Button(QAbstractButton):
    """A flat button. `kind` is "plain", "primary" (one a page) or "quiet" (no frame)."""

    def __init__(self, text: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(interface_font(bold=self._kind == "primary")).horizontalAdvance(self.text())
        icon = 24 if not self.icon().isNull() else 0
        return QSize(max(width + icon + 24, _HEIGHT), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground, line, text = self._colours()
        painter.setPen(QPen(line, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
        if self.hasFocus() and self.isEnabled():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CONTROL_RADIUS - 1, CONTROL_RADIUS - 1)
        painter.setPen(text)
        painter.setFont(interface_font(bold=self._kind == "primary" or self.isChecked()))
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        area = self.rect()
        if not self.icon().isNull():
            width = painter.fontMetrics().horizontalAdvance(self.text())
            left = (self.width() - width - (22 if self.text() else 16)) // 2
            self.icon().paint(painter, left, (self.height() - 16) // 2, 16, 16)
            area = area.adjusted(left + 22 - 0, 0, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        else:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """Ground, line and text."""
        over = self.underMouse() and self.isEnabled()
        if not self.isEnabled() and self._kind == "quiet":
            return colour("panel", 0.0), colour("panel", 0.0), colour("dim", 0.7)
        if not self.isEnabled():
            return colour("window"), colour("line"), colour("dim", 0.7)
        if self._kind == "primary":
            ground = colour("accent").lighter(108) if over else colour("accent")
            return (ground.darker(110) if self.isDown() else ground), ground, colour("on_accent")
        if self.isChecked():
            return colour("accent_soft"), colour("accent_soft"), colour("accent")
        ground = colour("hover") if over or self.isDown() else colour("panel")
        if self._kind == "quiet":
            clear = colour("panel", 0.0)
            return (ground if over else clear), clear, colour("text")
        return ground, colour("line"), colour("text")


class Choice(QWidget):
    """A few words side by side of which exactly one holds."""

    chosen = Signal(str)  # by the person, with the key

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        for key, label in options:
            self._add(key, label)
        self._group.buttonClicked.connect(self._on_clicked)

    def show_labels(self, labels: Sequence[tuple[str, str]]) -> None:
        """New words (another language) for the same keys."""
        for key, label in labels:
            self._buttons[key].setText(label)
            self._buttons[key].updateGeometry()

    def show_value(self, key: str) -> None:
        """Mark one; no signal is sent."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def value(self) -> str:
        for key, button in self._buttons.items():
            if button.isChecked():
                return key
        return ""

    def button(self, key: str) -> Button:
        return self._buttons[key]

    def _add(self, key: str, label: str) -> None:
        button = Button(label)
        button.setCheckable(True)
        button.setChecked(not self._buttons)
        self._buttons[key] = button
        self._group.addButton(button)
        self._row.addWidget(button)

    def _on_clicked(self, clicked: QAbstractButton) -> None:
        for key, button in self._buttons.items():
            if button is clicked:
                self.chosen.emit(key)
