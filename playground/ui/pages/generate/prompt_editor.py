"""The prompt: a small editor that grows from one line to four."""

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from playground.ui.text_positions import without_lone_surrogates
from playground.ui.theme import BASE_PIXELS, interface_font
from playground.ui.widgets.fields import TextField

EDIT_MS = 35  # the least time between two reports of a changing prompt
MOST_LINES = 4
_PADDING = 18  # above and below the lines, document margin and style sheet together


class PromptEditor(TextField):
    """Plain text. `text_edited`: the person (or a picked token) changed it; not while an input method composes."""

    text_edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(framed=False, parent=parent)
        self.setFont(interface_font(BASE_PIXELS + 2))
        self._reported = ""
        self._edits = QTimer(self)
        self._edits.setSingleShot(True)
        self._edits.setInterval(EDIT_MS)
        self._edits.timeout.connect(self._on_settled)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What stands there, without half characters."""
        return without_lone_surrogates(self.toPlainText())

    def show_text(self, text: str) -> None:
        """Replace all; no signal is sent."""
        self._reported = text
        self.setPlainText(text)
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

    def _on_changed(self) -> None:
        if not self._edits.isActive():
            self._edits.start()

    def _on_settled(self) -> None:
        if self.is_composing:
            return  # the text changes once more when the input method commits
        text = self.text()
        if text != self._reported:
            self._reported = text
            self.text_edited.emit()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)
