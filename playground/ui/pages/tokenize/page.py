"""The Tokenize page: a text, the tokens it is cut into, and the tokenizer that cuts it.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.editor import TokenEditor
from playground.ui.pages.tokenize.side import TokenizerSide
from playground.ui.pages.tokenize.token_card import TokenCard
from playground.ui.pages.tokenize.token_words import summary_words
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card
from playground.ui.widgets.page_frame import PageFrame

TEXT_LIMIT = 200_000  # characters that are cut into tokens
EXAMPLE = "Once there was a kite that lived by the river.\nむかし、川のそばに赤い凧が住んでいました。"
_GAP = 12


class TokenizePage(PageFrame):
    """Editor above, chips below, tokenizer at the side.

    Signals:
        text_changed: `text()` is another, at most every 35 ms.
        file_dropped (str), open_requested: a file shall be read into the editor.
        first_tokenizer_requested: the button of the empty page.
        shown: the page came into view.
    """

    text_changed = Signal()
    file_dropped = Signal(str)
    open_requested = Signal()
    first_tokenizer_requested = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = TokenEditor()
        self.chips = TokenCard()
        self.tokenizer = TokenizerSide(self.side)
        self._open, self._example = Button(), Button()
        self._tokens: Tokens | None = None
        self._text = ""
        self._lay_out()
        self._connect()
        self.retranslate()

    def text(self) -> str:
        """The part of the text that is to be cut into tokens."""
        return self.editor.text()[:TEXT_LIMIT]

    def show_text(self, text: str) -> None:
        """Replace the text in the editor."""
        self.editor.show_text(text)

    def show_tokens(self, tokens: Tokens, text: str) -> None:
        """The tokens of `text`, which is what `text()` was when they were asked for."""
        self._tokens, self._text = tokens, text
        self.chips.show_tokens(tokens, text)
        self._show_summary()
        self._on_caret(self.editor.caret())
        self._show_buttons(True)
        self.show_filled()

    def show_no_tokenizer(self) -> None:
        """There is no tokenizer yet: offer to make one."""
        sentence = translate(
            "TokenizePage",
            "Here a text is cut into tokens, coloured and numbered, while you type. It takes a tokenizer.",
        )
        self.show_empty(sentence, translate("TokenizePage", "Train a tokenizer on the built-in tales"))
        self._show_buttons(False)
        self.heading.show_words("")

    def show_first_training(self, percent: int) -> None:
        """The empty page's tokenizer is being trained."""
        words = translate("TokenizePage", "Training a tokenizer on the built-in tales… {0} %")
        self.show_empty(words.format(percent), "")

    def retranslate(self) -> None:
        self.heading.show_title(translate("TokenizePage", "Tokenize"))
        self._open.setText(translate("TokenizePage", "Open a text…"))
        self._example.setText(translate("TokenizePage", "Example"))
        self._example.setToolTip(translate("TokenizePage", "Put the example text back"))
        self.editor.setPlaceholderText(translate("TokenizePage", "Type, paste or drop a text"))
        self.editor.setAccessibleName(translate("TokenizePage", "Text to cut into tokens"))
        self.chips.retranslate()
        self.tokenizer.retranslate()
        self._show_summary()

    def _lay_out(self) -> None:
        card = Card()
        card.body.setContentsMargins(8, 6, 4, 6)
        card.body.addWidget(self.editor)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setHandleWidth(_GAP)
        split.setChildrenCollapsible(False)
        card.setMinimumHeight(72)
        self.chips.setMinimumHeight(160)
        split.addWidget(card)
        split.addWidget(self.chips)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 4)
        split.setSizes([120, 480])
        self.body.addWidget(split)
        self.setFocusProxy(self.editor)
        self.buttons.addWidget(self._example)
        self.buttons.addWidget(self._open)

    def _connect(self) -> None:
        self.editor.text_edited.connect(self.text_changed)
        self.editor.file_dropped.connect(self.file_dropped)
        self.editor.character_hovered.connect(self._on_character_hovered)
        self.editor.caret_moved.connect(self._on_caret)
        self.chips.chip_hovered.connect(self._on_chip_hovered)
        self.chips.chip_chosen.connect(self._on_chip_chosen)
        self.tokenizer.entry_chosen.connect(self.chips.show_marked)
        self._open.clicked.connect(self.open_requested)
        self._example.clicked.connect(self._on_example)
        self.empty.filled_requested.connect(self.first_tokenizer_requested)

    def _show_buttons(self, shown: bool) -> None:
        for button in (self._example, self._open):
            button.setVisible(shown)

    def _show_summary(self) -> None:
        if self._tokens is None:
            self.heading.show_words("…")
            return
        words = summary_words(len(self._tokens.ids), self._text, len(self.editor.text()))
        self.heading.show_words(words)
        self.chips.show_summary(words)

    def _token_at(self, character: int) -> int:
        """The token that stands for a character, -1 for none; of several (bytes) the first."""
        if self._tokens is None or character < 0:
            return -1
        found = self._tokens.ends.searchsorted(character, side="right")
        is_inside = found < len(self._tokens.ids) and self._tokens.starts[found] <= character
        return int(found) if is_inside else -1

    def _show_span(self, index: int) -> None:
        if self._tokens is None or not 0 <= index < len(self._tokens.ids):
            self.editor.show_span(0, 0)
        else:
            self.editor.show_span(int(self._tokens.starts[index]), int(self._tokens.ends[index]))

    def _on_character_hovered(self, character: int) -> None:
        index = self._token_at(character)
        self.chips.show_hovered(index)
        self._show_span(index)

    def _on_caret(self, character: int) -> None:
        if not self.chips.has_focus():
            self.chips.show_chosen(self._token_at(character))

    def _on_chip_hovered(self, index: int) -> None:
        self._show_span(index if index >= 0 else self.chips.chosen() if self.chips.has_focus() else -1)

    def _on_chip_chosen(self, index: int) -> None:
        self._show_span(index)
        if self._tokens is not None:
            self.editor.reveal(int(self._tokens.starts[index]))
            self.tokenizer.table.show_entry(int(self._tokens.ids[index]))

    def _on_example(self) -> None:
        self.show_text(EXAMPLE)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
