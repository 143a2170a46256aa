"""The prompt: a small editor that grows from one line to four."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from playground.ui.theme import BASE_PIXELS, interface_font
from playground.ui.widgets.live_text import LiveTextField

EDIT_MS = 35  # the least time between two reports of a changing prompt
MOST_LINES = 4
_PADDING = 18  # above and below the lines, document margin and style sheet together


class PromptEditor(LiveTextField):
    """Plain text; a picked token is reported as if it were typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EDIT_MS, framed=False, parent=parent)
        self.setFont(interface_font(BASE_PIXELS + 2))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Replace all; no signal is sent."""
        super().show_text(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def append_text(self, text: str) -> None:
        """Put `text` at the end, as if typed: it can be undone, and is reported."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def _fit(self) -> None:
        n_lines = min(max(round(self.document().size().height()), 1), MOST_LINES)
        height = round(n_lines * QFontMetricsF(self.font()).lineSpacing()) + _PADDING
        if height != self.height():
            self.setFixedHeight(height)
        fits = self.document().size().height() <= MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)
