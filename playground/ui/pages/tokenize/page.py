"""The Tokenize page: a text, the tokens it is cut into, the tokenizer that cuts it, and a map of the token vectors.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from playground.contract.embedding_messages import EmbeddingMap, Neighbours
from playground.contract.messages import Tokens, Vocabulary
from playground.ui.pages.tokenize.editor import TokenEditor
from playground.ui.pages.tokenize.map_card import MapCard
from playground.ui.pages.tokenize.side import TokenizerSide
from playground.ui.pages.tokenize.token_card import TokenCard
from playground.ui.pages.tokenize.token_words import summary_words
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button, Choice
from playground.ui.widgets.card import Card
from playground.ui.widgets.page_frame import PageFrame

TEXT_LIMIT = 200_000  # characters that are cut into tokens
EXAMPLE = "Once there was a kite that lived by the river.\nむかし、川のそばに赤い凧が住んでいました。"
TOKENS, MAP = "tokens", "map"  # what the page shows
_GAP = 12


class TokenizePage(PageFrame):
    """Editor above, chips below, or the map in place of both; tokenizer at the side.

    Signals:
        text_changed: `text()` is another, at most every 35 ms.
        file_dropped (str), open_requested: a file shall be read into the editor.
        first_tokenizer_requested: the button of the empty page.
        shown: the page came into view.
        view_changed: `view()` is another.
        token_chosen (int): the token in hand is another, -1 for none; its neighbours are wanted.
    """

    text_changed = Signal()
    file_dropped = Signal(str)
    open_requested = Signal()
    first_tokenizer_requested = Signal()
    shown = Signal()
    view_changed = Signal()
    token_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = TokenEditor()
        self.chips = TokenCard()
        self.tokenizer = TokenizerSide(self.side)
        self.map_card = MapCard()
        self.view_choice = Choice([(TOKENS, ""), (MAP, "")])
        self._views = QStackedWidget()
        self._open, self._example = Button(), Button()
        self._vocabulary: Vocabulary | None = None
        self._map_words = ""
        self.chosen_token = -1
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

    def view(self) -> str:
        """`TOKENS` or `MAP`."""
        return self.view_choice.value()

    def show_view(self, view: str) -> None:
        """The tokens of the text, or the map of all tokens; the token of the chip in hand is taken along."""
        self.view_choice.show_value(view)
        self._views.setCurrentIndex(int(view == MAP))
        self.tokenizer.show_beside_map(view == MAP)
        self._show_buttons(self._tokens is not None)
        self._show_summary()
        chip = self.chips.chosen()
        if view == MAP and self.chosen_token < 0 and self._tokens is not None and chip >= 0:
            self._choose_token(int(self._tokens.ids[chip]))
        self.view_changed.emit()

    def show_vocabulary(self, vocabulary: Vocabulary | None) -> None:
        """Of the tokenizer in use; None while it is not known. No token is in hand any more."""
        self._vocabulary, self.chosen_token = vocabulary, -1
        self.tokenizer.show_vocabulary(vocabulary)
        self.tokenizer.neighbours.show_neighbours(None, None)
        self.map_card.show_vocabulary(vocabulary)

    def show_map(self, found: EmbeddingMap, width: int) -> None:
        """Where the vectors of `width` numbers lie; the vocabulary is that of the model."""
        self.map_card.show_map(found)
        self.map_card.show_chosen(self.chosen_token)
        self.map_card.show_found(self.tokenizer.table.found())
        words = translate("TokenizePage", "{0} token vectors of {1} numbers each, at step {2}")
        self._map_words = words.format(f"{len(found.points):,}", f"{width:,}", f"{found.step:,}")
        self._show_summary()

    def show_no_map(self, missing: str, run_name: str = "") -> None:
        """As in `MapCard.show_missing`."""
        self._map_words = ""
        self.map_card.show_missing(missing, run_name)
        self.tokenizer.neighbours.show_neighbours(None, None)
        self._show_summary()

    def show_neighbours(self, neighbours: Neighbours) -> None:
        """Of the token in hand; those of another are left out."""
        if neighbours.token_id == self.chosen_token:
            self.tokenizer.neighbours.show_neighbours(neighbours, self._vocabulary)
            self.map_card.show_neighbours(neighbours)

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
        tokens, map_ = translate("TokenizePage", "Tokens"), translate("TokenizePage", "Map")
        self.view_choice.show_labels([(TOKENS, tokens), (MAP, map_)])
        self.view_choice.button(MAP).setToolTip(translate("TokenizePage", "All tokens by the vectors that a model has"))
        self.chips.retranslate()
        self.map_card.retranslate()
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
        self._views.addWidget(split)
        self._views.addWidget(self.map_card)
        self.body.addWidget(self._views)
        self.setFocusProxy(self.editor)
        self.buttons.addWidget(self.view_choice)
        self.buttons.addWidget(self._example)
        self.buttons.addWidget(self._open)

    def _connect(self) -> None:
        self.editor.text_edited.connect(self.text_changed)
        self.editor.file_dropped.connect(self.file_dropped)
        self.editor.character_hovered.connect(self._on_character_hovered)
        self.editor.caret_moved.connect(self._on_caret)
        self.chips.chip_hovered.connect(self._on_chip_hovered)
        self.chips.chip_chosen.connect(self._on_chip_chosen)
        self.tokenizer.entry_chosen.connect(self._on_entry)
        self.tokenizer.table.searched.connect(self._on_searched)
        self.tokenizer.neighbours.token_chosen.connect(self._choose_token)
        self.tokenizer.neighbours.token_pointed.connect(self.map_card.point_at)
        self.map_card.token_chosen.connect(self._choose_token)
        self.view_choice.chosen.connect(self.show_view)
        self._open.clicked.connect(self.open_requested)
        self._example.clicked.connect(self._on_example)
        self.empty.filled_requested.connect(self.first_tokenizer_requested)

    def _show_buttons(self, shown: bool) -> None:
        self.view_choice.setVisible(shown)
        for button in (self._example, self._open):
            button.setVisible(shown and self.view() == TOKENS)

    def _choose_token(self, token_id: int) -> None:
        """Take a token in hand wherever it is seen; its neighbours are asked for."""
        self.tokenizer.table.show_entry(token_id)
        self._take(token_id)

    def _take(self, token_id: int) -> None:
        self.chosen_token = token_id
        self.map_card.show_chosen(token_id)
        if token_id < 0:
            self.tokenizer.neighbours.show_neighbours(None, None)
        self.token_chosen.emit(token_id)

    def _show_summary(self) -> None:
        if self.view() == MAP:
            self.heading.show_words(self._map_words)
            return
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
            self._choose_token(int(self._tokens.ids[index]))

    def _on_entry(self, token_id: int) -> None:
        self.chips.show_marked(token_id)
        self._take(token_id)

    def _on_searched(self) -> None:
        self.map_card.show_found(self.tokenizer.table.found())

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
