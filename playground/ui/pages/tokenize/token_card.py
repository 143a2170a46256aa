"""The chips in their card, with one line under them about the chip under the mouse or in hand."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.token_view import TokenView
from playground.ui.pages.tokenize.token_words import TABLE_HEAD, detail_words, piece_words, token_rows
from playground.ui.theme import GRID, token_font
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.export import PictureMenu, Table
from playground.ui.widgets.facts import ElidedLabel
from playground.ui.widgets.fields import CheckField


class TokenMenu(PictureMenu):
    """Copies the ids, too."""

    def menu(self) -> QMenu:
        menu = super().menu()
        menu.insertAction(menu.actions()[1], menu.addAction(translate("TokenizePage", "Copy ids"), self.copy_ids))
        return menu

    def copy_ids(self) -> None:
        assert self._table is not None, "chips always have a table"
        QGuiApplication.clipboard().setText(" ".join(str(row[1]) for row in self._table().rows))


class TokenCard(Card):
    """Chips, their details, and what is written on them.

    Signals:
        chip_hovered (int), chip_chosen (int): as those of `TokenView`.
    """

    chip_hovered = Signal(int)
    chip_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view = TokenView()
        self._piece = PlainLabel(bold=True)
        self._piece.setFont(token_font(14))
        self._piece.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._details = ElidedLabel()
        self._details.set_role("dim")
        self._signs, self._ids = CheckField(), CheckField()
        self._tokens: Tokens | None = None
        self._text = ""
        self.menu = TokenMenu(self.view, "tokens", table=self._table)
        self._lay_out()
        self._signs.show_value(True)
        self._ids.show_value(True)
        self._signs.clicked.connect(self._on_signs)
        self._ids.clicked.connect(self._on_ids)
        self.view.chip_hovered.connect(self._on_hovered)
        self.view.chip_chosen.connect(self._on_chosen)
        self.retranslate()

    def show_tokens(self, tokens: Tokens, text: str) -> None:
        self._tokens, self._text = tokens, text
        self.view.show_tokens(tokens, text)
        self._describe()

    def show_hovered(self, index: int) -> None:
        self.view.show_hovered(index)
        self._describe()

    def show_chosen(self, index: int) -> None:
        self.view.show_chosen(index)
        self._describe()

    def show_marked(self, token_id: int) -> None:
        self.view.show_marked(token_id)

    def show_summary(self, words: str) -> None:
        """What a screen reader says of the picture."""
        self.view.setAccessibleDescription(words)

    def chosen(self) -> int:
        return self.view.chosen

    def has_focus(self) -> bool:
        return self.view.hasFocus()

    def retranslate(self) -> None:
        self._signs.setText(translate("TokenizePage", "Spaces as ␣"))
        self._ids.setText(translate("TokenizePage", "Ids"))
        for toggle in (self._signs, self._ids):
            toggle.updateGeometry()
        self.view.setAccessibleName(translate("TokenizePage", "Tokens"))
        self._describe()

    def _lay_out(self) -> None:
        self.body.setContentsMargins(12, 12, 4, 6)
        self.body.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(2, 0, 8, 0)
        foot.setSpacing(2 * GRID)
        foot.addWidget(self._piece)
        foot.addWidget(self._details, 1)
        foot.addWidget(self._signs)
        foot.addWidget(self._ids)
        self.body.addLayout(foot)

    def _table(self) -> Table:
        if self._tokens is None:
            return Table(header=TABLE_HEAD, rows=())
        return Table(header=TABLE_HEAD, rows=token_rows(self._tokens, self._text))

    def _describe(self) -> None:
        index = self.view.hovered if self.view.hovered >= 0 else self.view.chosen
        if self._tokens is None or not 0 <= index < len(self._tokens.ids):
            self._piece.hide()
            self._details.show_words(
                translate("TokenizePage", "Point at a token, or walk over them with the arrow keys.")
            )
            return
        self._piece.setText(piece_words(self._tokens, self._text, index))
        self._piece.show()
        self._details.show_words(detail_words(self._tokens, self._text, index))

    def _on_hovered(self, index: int) -> None:
        self._describe()
        self.chip_hovered.emit(index)

    def _on_chosen(self, index: int) -> None:
        self._describe()
        self.chip_chosen.emit(index)

    def _on_signs(self) -> None:
        self.view.show_signs(self._signs.isChecked())

    def _on_ids(self) -> None:
        self.view.show_ids(self._ids.isChecked())
