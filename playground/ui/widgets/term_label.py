"""A label that is a glossary term: dotted underline, its help on hover, a click leads to its glossary page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.theme import colour
from playground.ui.widgets.card import PlainLabel


class TermLabel(PlainLabel):
    """`term` is the glossary key; without one it is a plain label with a tooltip."""

    term_requested = Signal(str)

    def __init__(self, text: str = "", term: str = "", help: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self._term = term
        self.show_help(help)
        if term:
            self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def show_help(self, help: str) -> None:
        """The sentence on hover. Qt guesses rich text in tooltips: ours hold none of its signs."""
        assert "<" not in help, f"a tooltip must not look like rich text: {help}"
        self.setToolTip(help)
        self.setAccessibleDescription(help)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._term and event.button() == Qt.MouseButton.LeftButton:
            self.term_requested.emit(self._term)
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._term:
            return
        painter = QPainter(self)
        painter.setPen(QPen(colour("dim"), 1, Qt.PenStyle.DotLine))
        width = min(self.fontMetrics().horizontalAdvance(self.text()), self.width())
        base = self.height() // 2 + self.fontMetrics().height() // 2
        painter.drawLine(0, base, width, base)
