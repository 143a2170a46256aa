"""The text to be cut into tokens: a plain text editor that tells which character the mouse or the caret is at.

All positions in its interface count characters (code points), not Qt's UTF-16 units. Reads no files.
"""

from PySide6.QtCore import QEvent, QMimeData, QPoint, Signal
from PySide6.QtGui import QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from playground.ui.text_positions import TextPositions
from playground.ui.theme import colour, theme
from playground.ui.widgets.live_text import LiveTextField

EDIT_MS = 35  # the least time between two reports of a changing text


class TokenEditor(LiveTextField):
    """An editor.

    Signals:
        character_hovered (int): the character under the mouse, -1 for none.
        caret_moved (int): the character just before the caret, or the first.
        file_dropped (str): a file's path.
    """

    character_hovered = Signal(int)
    caret_moved = Signal(int)
    file_dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(EDIT_MS, framed=False, parent=parent)
        self._positions = TextPositions("")
        self._hovered = -1
        self._span = (0, 0)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._on_caret)
        theme().changed.connect(self._mark)

    def show_text(self, text: str) -> None:
        """Replace all; reported like the person's own editing."""
        self.setPlainText(text)

    def show_span(self, start: int, end: int) -> None:
        """Light up characters `start` to `end`; an empty span lights nothing up."""
        self._span = (start, end)
        self._mark()

    def span(self) -> tuple[int, int]:
        return self._span

    def reveal(self, index: int) -> None:
        """Scroll so that a character is in sight, the caret left where it is."""
        cursor = self._cursor(index, index)
        rect = self.cursorRect(cursor)
        if rect.top() < 0 or rect.bottom() > self.viewport().height():
            block = cursor.block().firstLineNumber()
            self.verticalScrollBar().setValue(max(block - 1, 0))

    def _mark(self) -> None:
        start, end = self._span
        if end <= start:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(colour("accent", 0.28))
        selection.format = look
        selection.cursor = self._cursor(start, end)
        self.setExtraSelections([selection])

    def _cursor(self, start: int, end: int) -> QTextCursor:
        last = max(self.document().characterCount() - 1, 0)
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(self._positions.to_qt(start), last))
        cursor.setPosition(min(self._positions.to_qt(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def take(self, text: str) -> None:
        self._positions = TextPositions(text)

    def caret(self) -> int:
        """The character just before the caret, or the first."""
        return max(self._positions.from_qt(self.textCursor().position()) - 1, 0)

    def _on_caret(self) -> None:
        self.caret_moved.emit(self.caret())

    def _character_at(self, point: QPoint) -> int:
        cursor = self.cursorForPosition(point)
        edge = self.cursorRect(cursor)
        position = cursor.position() - (1 if point.x() < edge.left() else 0)
        if position < 0 or not edge.top() <= point.y() <= edge.bottom():
            return -1
        after_line = cursor.atBlockEnd() and point.x() > edge.right() + 2
        return -1 if after_line else self._positions.from_qt(position)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.character_hovered.emit(index)

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._character_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        paths = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if paths:
            self.file_dropped.emit(paths[0])
        else:
            super().insertFromMimeData(source)
