"""The written text in its card, with one line under it about the token under the mouse or in hand."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from playground.ui.pages.generate.text_view import TextView
from playground.ui.pages.generate.token_boxes import MOST_BITS, tint
from playground.ui.pages.generate.words import bits, token_name, token_words
from playground.ui.pages.generate.writing import WrittenToken
from playground.ui.theme import GRID, SMALL_PIXELS, colour, interface_font, theme, token_font
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.export import PictureMenu, Table
from playground.ui.widgets.facts import ElidedLabel
from playground.ui.widgets.fields import CheckField

_LEGEND_WIDTH = 420  # a narrower card has no room for it


class TextMenu(PictureMenu):
    """Copies words, too: what is selected, or all."""

    def __init__(self, picture: TextView) -> None:
        super().__init__(picture, "generated", table=self.tokens)
        self._view = picture
        self.rows: list[WrittenToken] = []

    def tokens(self) -> Table:
        return Table(
            header=("token", "id", "text", "probability", "surprise_bits"),
            rows=[
                (index, token.id, token.text, token.probability, bits(token.probability))
                for index, token in enumerate(self.rows)
            ],
        )

    def menu(self) -> QMenu:
        menu = super().menu()
        first = menu.actions()[0]
        if self._view.textCursor().hasSelection():
            menu.insertAction(first, menu.addAction(translate("GeneratePage", "Copy selection"), self._view.copy))
        menu.insertAction(first, menu.addAction(translate("GeneratePage", "Copy text"), self.copy_text))
        menu.insertSeparator(first)
        return menu

    def copy_text(self) -> None:
        """Prompt and text, plain."""
        self._view.copy_all()


class TextCard(Card):
    """The text, its details, and whether it is tinted.

    Signals:
        token_chosen (int): a click on a token, -1 beside all.
        tint_toggled (bool): the person wants tokens coloured by surprise, or not.
    """

    token_chosen = Signal(int)
    tint_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view = TextView()
        self.menu = TextMenu(self.view)
        self._name = PlainLabel(bold=True)
        self._hint = PlainLabel(dim=True, wrap=True, pixels=15)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._piece = PlainLabel(bold=True)
        self._piece.setFont(token_font(14))
        self._piece.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._details = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._details.set_role("dim")
        self.tint = CheckField()
        self._legend = TintLegend()
        self._legend.hide()
        self._tokens: list[WrittenToken] = []
        self._chosen = -1
        self._is_translation = False
        self._stack = QStackedWidget()
        self._lay_out()
        self.view.token_hovered.connect(self._on_hovered)
        self.view.token_chosen.connect(self.token_chosen)
        self.tint.clicked.connect(self._on_tint)
        self.retranslate()

    def show_translation(self, is_translation: bool) -> None:
        """Whether the text is the translation of another one."""
        self._is_translation = is_translation
        self._show_name()

    def show_text(self, prompt: str, tokens: Sequence[WrittenToken]) -> None:
        """Replace all; without tokens a hint stands there."""
        self._tokens = list(tokens)
        self.menu.rows = self._tokens
        self._chosen = -1
        self.view.show_text(prompt, tokens)
        self._stack.setCurrentIndex(0 if prompt or tokens else 1)
        self._show_details(-1)

    def append(self, tokens: Sequence[WrittenToken]) -> None:
        """Tokens that were just written."""
        is_first = not self._tokens
        self._tokens += tokens
        self.view.append(tokens)
        if is_first:
            self._stack.setCurrentIndex(0)
            self._show_details(-1)

    def show_writing(self, is_writing: bool) -> None:
        """Whether more is coming."""
        self.view.show_writing(is_writing)
        if is_writing:
            self._stack.setCurrentIndex(0)

    def show_chosen(self, index: int) -> None:
        """Frame a token and keep its details, -1 for none."""
        self._chosen = index
        self.view.show_chosen(index)
        self._show_details(index)

    def show_tinted(self, is_tinted: bool) -> None:
        self.tint.show_value(is_tinted)
        self.view.show_tinted(is_tinted)
        self._show_legend()

    def details(self) -> tuple[str, str]:
        """The token that the line under the text is about, and what it says."""
        return self._piece.text(), self._details.words()

    def retranslate(self) -> None:
        self.view.setAccessibleName(translate("GeneratePage", "Written text"))
        self._show_name()
        self.tint.setText(translate("GeneratePage", "Colour by surprise"))
        self.tint.updateGeometry()
        self.tint.setToolTip(translate("GeneratePage", "The less likely a token was, the stronger its colour"))
        self._legend.retranslate()
        self._show_details(self._chosen)

    def _show_name(self) -> None:
        if self._is_translation:
            self._name.setText(translate("GeneratePage", "Translation"))
            self._hint.setText(translate("GeneratePage", "Press Ctrl+Enter, and the model translates the sentence."))
        else:
            self._name.setText(translate("GeneratePage", "Text"))
            self._hint.setText(translate("GeneratePage", "Press Ctrl+Enter, and the model writes on from here."))

    def _lay_out(self) -> None:
        self.body.setContentsMargins(4, 10, 4, GRID)
        self.body.setSpacing(2)
        self.body.addLayout(_line(self._name, 1, self._legend, self.tint))
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._hint)
        self._stack.setCurrentIndex(1)
        self.body.addWidget(self._stack, 1)
        self.body.addLayout(_line(self._piece, self._details))

    def _show_details(self, index: int) -> None:
        is_known = 0 <= index < len(self._tokens)
        self._piece.setText(token_name(self._tokens[index]) if is_known else "")
        self._piece.setVisible(is_known)
        hint = translate("GeneratePage", "Point at a token to see its probability") if self._tokens else ""
        self._details.show_words(token_words(self._tokens[index]) if is_known else hint)

    def _show_legend(self) -> None:
        self._legend.setVisible(self.tint.isChecked() and self.width() >= _LEGEND_WIDTH)

    def _on_hovered(self, index: int) -> None:
        self._show_details(index if index >= 0 else self._chosen)

    def _on_tint(self) -> None:
        self.show_tinted(self.tint.isChecked())
        self.tint_toggled.emit(self.tint.isChecked())

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()


def _line(*parts: QWidget | int) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch."""
    line = QHBoxLayout()
    line.setContentsMargins(10, 0, 10, 0)
    line.setSpacing(10)
    for part in parts:
        if isinstance(part, int):
            line.addStretch(part)
        else:
            line.addWidget(part)
    return line


class TintLegend(QWidget):
    """From no surprise to a great one, in bits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(round(80 + self._width(self._least()) + self._width(self._most()) + 14), 20)

    def retranslate(self) -> None:
        self.setAccessibleName(translate("GeneratePage", "Surprise in bits"))
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(interface_font(SMALL_PIXELS))
        painter.setPen(colour("dim"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        left = self._width(self._least()) + 6
        painter.drawText(QRectF(0, 0, left, self.height()), middle, self._least())
        painter.drawText(QRectF(left + 86, 0, 200, self.height()), middle, self._most())
        for step in range(8):
            shade = tint(2 ** (-MOST_BITS * (step + 0.5) / 8))
            painter.fillRect(QRectF(left + 10 * step, self.height() / 2 - 5, 10, 10), shade)

    def _least(self) -> str:
        return "0"

    def _most(self) -> str:
        return translate("GeneratePage", "{0}+ bits").format(f"{MOST_BITS:.0f}")

    def _width(self, words: str) -> float:
        return QFontMetricsF(interface_font(SMALL_PIXELS)).horizontalAdvance(words)
