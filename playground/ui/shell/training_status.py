"""A dot, a few words and the time left: what the trainer of the run in view is doing. A press leads to its page."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from playground.ui.shell.words import TrainingWords
from playground.ui.theme import CONTROL_RADIUS, colour, interface_font, theme

_DOT = 10
_GAP = 10


class TrainingStatus(QAbstractButton):
    """Shows `TrainingWords`; takes no room when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = TrainingWords()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        theme().changed.connect(self.update)

    def show_words(self, words: TrainingWords) -> None:
        if words == self._words:
            return
        self._words = words
        self.setAccessibleName(" ".join(part for part in (words.state, words.time_left) if part))
        self.setToolTip(words.explanation.replace("<", "‹"))  # Qt guesses rich text in tooltips
        self.setVisible(bool(words.state))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(interface_font())
        parts = [metrics.horizontalAdvance(text) for text in (self._words.state, self._words.time_left) if text]
        dot = _DOT + _GAP if self._words.role else 0
        return QSize(dot + sum(parts) + 14 * (len(parts) - 1) + 12, 32)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CONTROL_RADIUS, CONTROL_RADIUS)
        left = 6.0
        if self._words.role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._words.role))
            painter.drawEllipse(QPointF(left + _DOT / 2, self.height() / 2), _DOT / 2, _DOT / 2)
            left += _DOT + _GAP
        painter.setFont(interface_font())
        for text, role in ((self._words.state, "text"), (self._words.time_left, "dim")):
            painter.setPen(colour(role))
            area = QRectF(left, 0, self.width() - left, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            left += painter.fontMetrics().horizontalAdvance(text) + 14
