"""A text whose tokens can be masked by a click: each mask shows the model's best guess in place of the token.

Draws what it is given and reports clicks; knows no model.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from playground.ui.theme import GRID, colour, theme, token_font
from playground.ui.visible_text import visible_piece

_PIXELS, _LINE = 16, 46
_PADDING, _GAP, _MARGIN = 5, 3, 10
_MARK_PIXELS = 10


@dataclass(frozen=True, kw_only=True)
class Blank:
    """A masked token: the model's guess, how sure it is, and what probability it gave to the true token."""

    guess: str
    probability: float
    true_probability: float
    is_right: bool


@dataclass(frozen=True, kw_only=True)
class BlankText:
    """Tokens by their text, and the masked ones among them."""

    texts: tuple[str, ...] = ()
    blanks: tuple[tuple[int, Blank | None], ...] = ()  # None while its guess is awaited
    chosen: int = -1

    def blank_at(self, index: int) -> Blank | None:
        return dict(self.blanks).get(index)

    @property
    def masked(self) -> frozenset[int]:
        return frozenset(index for index, _ in self.blanks)


class BlanksView(QWidget):
    """The text in lines, wrapped between tokens.

    Signals:
        mask_requested (int): a click on a token: mask it, or show it again.
        place_requested (int): the mouse rests on a masked token, or the keyboard went there.
    """

    mask_requested = Signal(int)
    place_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = BlankText()
        self._boxes: list[QRectF] = []
        self._hovered = self._focused = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme().changed.connect(self.update)

    def show_text(self, shown: BlankText) -> None:
        """Replace text, masks and guesses."""
        self._shown = shown
        self._focused = min(self._focused, len(shown.texts) - 1)
        self._lay_out()
        self.setAccessibleDescription(" ".join(self._words(index) for index in range(len(shown.texts))))
        self.update()

    def shown(self) -> BlankText:
        return self._shown

    def box_of(self, index: int) -> QRectF:
        """Where a token is drawn."""
        return self._boxes[index]

    def _words(self, index: int) -> str:
        """What stands at a place: the token, or the guess in brackets."""
        if index not in self._shown.masked:
            return visible_piece(self._shown.texts[index])
        blank = self._shown.blank_at(index)
        return f"[{visible_piece(blank.guess) if blank else '…'}]"

    def _lay_out(self) -> None:
        metrics = QFontMetricsF(token_font(_PIXELS))
        x, y, self._boxes = float(_MARGIN), float(_MARGIN), []
        right = max(self.width() - _MARGIN, 120)
        for index, text in enumerate(self._shown.texts):
            width = metrics.horizontalAdvance(self._label(index)) + 2 * _PADDING
            if x + width > right and x > _MARGIN:
                x, y = float(_MARGIN), y + _LINE
            self._boxes.append(QRectF(x, y, width, metrics.height() + 4))
            x += width + _GAP
            if text.endswith("\n"):
                x, y = float(_MARGIN), y + _LINE
        self.setMinimumHeight(round(y + _LINE + _MARGIN))

    def _label(self, index: int) -> str:
        blank = self._shown.blank_at(index) if index in self._shown.masked else None
        if index in self._shown.masked:
            return _word(blank.guess) if blank else "      "
        return _word(self._shown.texts[index])

    def _token_at(self, point: QPointF) -> int:
        return next((index for index, box in enumerate(self._boxes) if box.contains(point)), -1)

    def _point_at(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.setCursor(Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor)
            self.setToolTip("")
            if index in self._shown.masked:
                self.place_requested.emit(index)
            self.update()

    def _paint_token(self, painter: QPainter, index: int) -> None:
        box, is_masked = self._boxes[index], index in self._shown.masked
        blank = self._shown.blank_at(index) if is_masked else None
        is_marked = index in (self._hovered, self._shown.chosen)
        if is_masked:
            tone = colour("dim") if blank is None else colour("good") if blank.is_right else colour("bad")
            filling = colour("accent_soft")
            painter.setBrush(filling)
            painter.setPen(QPen(tone, 2.0 if is_marked else 1.2))
            painter.drawRoundedRect(box, 4, 4)
        elif is_marked or (index == self._focused and self.hasFocus()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 1.0))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(token_font(_PIXELS))
        painter.setPen(colour("text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._label(index))
        if blank is not None and not blank.is_right:
            below = QRectF(box.left() - 20, box.bottom() + 1, box.width() + 40, _MARK_PIXELS + 5)
            painter.setFont(token_font(_MARK_PIXELS))
            painter.setPen(colour("dim"))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), _word(self._shown.texts[index]))

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, box in enumerate(self._boxes):
            if box.adjusted(0, 0, 0, _MARK_PIXELS + 6).intersects(QRectF(event.rect())):
                self._paint_token(painter, index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._token_at(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._token_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._focused = index
            self.mask_requested.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in moves and self._shown.texts:
            self._focused = min(max(self._focused + moves[Qt.Key(event.key())], 0), len(self._shown.texts) - 1)
            if self._focused in self._shown.masked:
                self.place_requested.emit(self._focused)
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return) and self._focused >= 0:
            self.mask_requested.emit(self._focused)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())


def _word(text: str) -> str:
    """A token as a reader sees it: the space before it is the gap between two boxes."""
    return visible_piece(text.strip(" ") or text)


def in_scroll_area(view: BlanksView) -> QScrollArea:
    """The view under a scroll bar, without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(view)
    view.setAutoFillBackground(False)
    area.setContentsMargins(GRID, 0, GRID, 0)
    return area
