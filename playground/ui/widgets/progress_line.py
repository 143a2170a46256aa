"""How far something long is: a thin bar, a few words, and a Cancel that works."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.theme import colour, theme
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel

_BAR = 6


class ProgressLine(QWidget):
    """Shown while something runs; `cancel_requested` is the person's wish to end it."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(dim=True, wrap=True, pixels=12)
        self._bar = _Bar()
        self._cancel = Button()
        self._cancel.clicked.connect(self._on_cancel)
        self.setFocusProxy(self._cancel)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self._words)
        box.addLayout(row)
        self.retranslate()

    def show_progress(self, fraction: float, words: str) -> None:
        """`fraction` from 0 to 1; the line shows itself."""
        self._bar.show_fraction(fraction)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._cancel.setEnabled(True)
        self.show()

    def retranslate(self) -> None:
        self._cancel.setText(translate("ProgressLine", "Cancel"))

    def _on_cancel(self) -> None:
        self._cancel.clearFocus()  # else it would go to what comes next, and a panel would scroll there
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._fraction = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_fraction(self, fraction: float) -> None:
        self._fraction = min(max(fraction, 0.0), 1.0)
        self.setAccessibleName(f"{round(100 * self._fraction)} %")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, _BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()), _BAR / 2, _BAR / 2)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(0, 0, max(self.width() * self._fraction, _BAR), _BAR), _BAR / 2, _BAR / 2)
