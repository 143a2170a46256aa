"""The text that is being written: the prompt dim, each token after it to be hovered, picked, tinted by surprise.

Plain text always. Positions are Qt's (UTF-16), taken from the document itself, so that no character can shift them.
"""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from playground.ui.pages.generate.token_boxes import MOST_BITS, tint, visible_boxes
from playground.ui.pages.generate.words import bits, token_words
from playground.ui.pages.generate.writing import WrittenToken
from playground.ui.theme import colour, interface_font, theme
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

TEXT_PIXELS = 17
_LINE_PERCENT = 145.0
_SHADES = 24  # steps of the tint
_MARGIN = 10


class TextView(QTextEdit):
    """Prompt and tokens.

    Signals:
        token_hovered (int): the token under the mouse or at the caret, -1 for none.
        token_chosen (int): a click on a token, or Enter at the caret; -1 beside all tokens.
    """

    token_hovered = Signal(int)
    token_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: list[WrittenToken] = []
        self._starts: list[int] = []  # a document position for each token
        self._n_prompt = 0  # positions of the prompt
        self._hovered, self._chosen = -1, -1
        self._is_tinted = self._is_writing = False
        self._pressed_at = QPoint()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(interface_font(TEXT_PIXELS))
        self.document().setDocumentMargin(_MARGIN)
        use_thin_scroll_bars(self)
        self.viewport().setAutoFillBackground(False)  # the card is the ground; tints lie between it and the letters
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._on_caret)
        theme().changed.connect(self._recolour)

    def show_text(self, prompt: str, tokens: Sequence[WrittenToken]) -> None:
        """Replace all."""
        self._tokens, self._starts, self._hovered, self._chosen = [], [], -1, -1
        self.clear()
        cursor = QTextCursor(self.document())
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(spacing)
        cursor.insertText(prompt, _ink("dim"))
        self._n_prompt = cursor.position()
        self.append(tokens)

    def append(self, tokens: Sequence[WrittenToken]) -> None:  # type: ignore[override]  # Qt's takes rich text
        """Put tokens at the end; the end stays in sight if it was."""
        bar = self.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum() - 2
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        ink = _ink("text")
        cursor.beginEditBlock()
        for token in tokens:
            self._tokens.append(token)
            self._starts.append(cursor.position())
            cursor.insertText(token.text, ink)
        cursor.endEditBlock()
        if is_at_end:
            bar.setValue(bar.maximum())
        self.viewport().update()

    def show_writing(self, is_writing: bool) -> None:
        """Whether more is coming: then a bar stands at the end."""
        self._is_writing = is_writing
        self.viewport().update()

    def show_tinted(self, is_tinted: bool) -> None:
        """Colour tokens by their surprise."""
        self._is_tinted = is_tinted
        self.viewport().update()

    def show_chosen(self, index: int) -> None:
        """Frame a token, -1 for none; nothing is reported."""
        self._chosen = index
        self.viewport().update()

    def copy_all(self) -> None:
        """Prompt and text into the clipboard."""
        QGuiApplication.clipboard().setText(self.toPlainText())

    def token_at(self, point: QPoint) -> int:
        """The token at a point of the viewport, -1 for none."""
        cursor = self.cursorForPosition(point)
        edge = self.cursorRect(cursor)
        position = cursor.position() - (1 if point.x() < edge.left() else 0)
        after_line = cursor.atBlockEnd() and point.x() > edge.right() + 2
        if after_line or not edge.top() - 4 <= point.y() <= edge.bottom() + 4:
            return -1
        return self._token_of(position)

    def token_boxes(self, index: int) -> list[QRectF]:
        """Where a token lies in the viewport now, a box for each line."""
        return [box for found, box in visible_boxes(self, self._starts) if found == index]

    def _token_of(self, position: int) -> int:
        if not self._starts or not self._starts[0] <= position < self.document().characterCount() - 1:
            return -1
        return bisect_right(self._starts, position) - 1

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_tinted:
            self._paint_tints(painter)
        if self._hovered >= 0 or self._chosen >= 0:
            self._paint_marks(painter)
        if self._is_writing:
            self._paint_bar(painter)
        painter.end()
        super().paintEvent(event)

    def _paint_tints(self, painter: QPainter) -> None:
        """Corners are round at rest only: a stream must be painted in a few milliseconds."""
        shades = [tint(2 ** -(level * MOST_BITS / _SHADES)) for level in range(_SHADES + 1)]
        painter.setPen(Qt.PenStyle.NoPen)
        for index, box in visible_boxes(self, self._starts):
            level = round(min(max(bits(self._tokens[index].probability) / MOST_BITS, 0.0), 1.0) * _SHADES)
            box = box.adjusted(0.5, 0, -0.5, 0)
            if self._is_writing:
                painter.fillRect(box, shades[level])
            elif level:
                painter.setBrush(shades[level])
                painter.drawRoundedRect(box, 3, 3)

    def _paint_marks(self, painter: QPainter) -> None:
        for index, box in visible_boxes(self, self._starts):
            if index == self._hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour("accent", 0.16))
                painter.drawRoundedRect(box.adjusted(0.5, 0, -0.5, 0), 3, 3)
            if index == self._chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("accent"), 2))
                painter.drawRoundedRect(box.adjusted(0.5, 0, -0.5, 0), 3, 3)

    def _paint_bar(self, painter: QPainter) -> None:
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        edge = QRectF(self.cursorRect(end))
        painter.fillRect(QRectF(edge.left() + 2, edge.top() + 2, 2.5, edge.height() - 4), colour("accent"))

    def _recolour(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._n_prompt, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_ink("dim"))
        cursor.setPosition(self._n_prompt)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_ink("text"))

    # Gestures.

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.token_hovered.emit(index)
            self.viewport().update()

    def _on_caret(self) -> None:
        if self.hasFocus():
            self._hover(self._token_of(self.textCursor().position()))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.token_chosen.emit(self._token_of(self.textCursor().position()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.token_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        is_click = (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        if is_click and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.token_chosen.emit(self.token_at(point))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.token_at(event.pos())
            words = token_words(self._tokens[index]) if index >= 0 else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText())
        return copied


def _ink(role: str) -> QTextCharFormat:
    ink = QTextCharFormat()
    ink.setForeground(colour(role))
    return ink
