"""The Generate page: a prompt, the text that the model writes after it, and the next token's distribution.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.pages.generate.blanks_card import BlanksCard
from playground.ui.pages.generate.next_card import NextCard
from playground.ui.pages.generate.prompt_editor import PromptEditor
from playground.ui.pages.generate.sampling_panel import SamplingPanel
from playground.ui.pages.generate.text_card import TextCard
from playground.ui.pages.generate.words import Ending, ending_facts, ending_words
from playground.ui.pages.generate.writing import WrittenToken
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card
from playground.ui.widgets.page_frame import PageFrame

_GAP = 12


class GeneratePage(PageFrame):
    """Prompt above, text and bars below, sampling at the side.

    Signals:
        generate_requested, stop_requested, go_on_requested, clear_requested: the buttons, and Escape while it writes.
        prompt_changed: `prompt()` is another, at most every 35 ms.
        token_requested (int): the row of the bars that the person wants as the next token.
        train_requested: the button of the empty page.
        shown: the page came into view.
        language_changed: the words that somebody else put here must be put anew.
    """

    generate_requested = Signal()
    stop_requested = Signal()
    go_on_requested = Signal()
    clear_requested = Signal()
    prompt_changed = Signal()
    token_requested = Signal(int)
    train_requested = Signal()
    shown = Signal()
    language_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = PromptEditor()
        self.text = TextCard()
        self.blanks = BlanksCard()
        self._kind = DECODER
        self.next = NextCard()
        self.sampling = SamplingPanel(self.side)
        self.start, self.go_on, self.clear = Button(kind="primary"), Button(), Button()
        self._is_writing = self._has_text = self._is_waiting = False
        self._ending: Ending | None = None
        self.is_filled = False  # there is a model to ask
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)  # only while there is something to stop
        self._escape.setEnabled(False)
        self._lay_out()
        self._connect()
        self.retranslate()

    def prompt(self) -> str:
        return self.editor.text()

    def show_prompt(self, prompt: str) -> None:
        """Replace the prompt; no signal is sent."""
        self.editor.show_text(prompt)

    def show_kind(self, kind: str) -> None:
        """What kind of model is in view: it goes on with a text, translates one, or fills masks in."""
        self._kind = kind
        self.text.setVisible(kind != ENCODER)
        self.blanks.setVisible(kind == ENCODER)
        for part in (self.start, self.go_on, self.clear, self.side):
            part.setVisible(kind != ENCODER and self.is_filled)
        self.text.show_translation(kind == ENCODER_DECODER)
        self.next.show_sliders(kind != ENCODER)
        self._word_editor()
        self._show_buttons()
        self._show_words()

    def show_text(self, prompt: str, tokens: Sequence[WrittenToken]) -> None:
        """Replace the written text; "" and no tokens clear it."""
        self.text.show_text(prompt, tokens)
        self._has_text = bool(prompt or tokens)
        self._show_buttons()

    def append(self, tokens: Sequence[WrittenToken]) -> None:
        """Tokens that were just written."""
        self.text.append(tokens)
        self._has_text = True
        if self._is_waiting:
            self._is_waiting = False
            self._show_words()

    def show_writing(self, is_writing: bool) -> None:
        """Whether the model is writing now; at first it is being waited for."""
        self._is_writing = self._is_waiting = is_writing
        self._escape.setEnabled(is_writing)
        self.text.show_writing(is_writing)
        self._show_buttons()
        self._show_words()

    def show_ending(self, ending: Ending | None) -> None:
        """How the last text came about; None hides it."""
        self._ending = ending
        self.sampling.show_facts(ending_facts(ending) if ending else [])
        self._show_words()

    def show_no_model(self, is_training: bool) -> None:
        """There is no model to ask: lead to where one is made, or is being made."""
        if is_training:
            sentence = translate(
                "GeneratePage",
                "Here the model goes on from your words. Its training has just begun: it can soon write.",
            )
            self.show_empty(sentence, translate("GeneratePage", "Watch the training"))
        else:
            sentence = translate(
                "GeneratePage", "Here a model goes on from your words, one token at a time. It takes a trained model."
            )
            self.show_empty(sentence, translate("GeneratePage", "Train a model"))
        self._show_parts(False)

    def show_model(self) -> None:
        """There is a model: show the picture."""
        self.show_filled()
        self._show_parts(True)

    def retranslate(self) -> None:
        self.heading.show_title(translate("GeneratePage", "Generate"))
        self._word_editor()
        self.blanks.retranslate()
        self.go_on.setText(translate("GeneratePage", "Go on"))
        self.go_on.setToolTip(translate("GeneratePage", "Go on from what was written (Ctrl+Shift+Enter)"))
        self.clear.setText(translate("GeneratePage", "Clear"))
        self.clear.setToolTip(translate("GeneratePage", "Take the written text away; the prompt stays"))
        self.text.retranslate()
        self.next.retranslate()
        self.sampling.retranslate()
        self.sampling.show_facts(ending_facts(self._ending) if self._ending else [])
        self._show_buttons()
        self._show_words()

    def _lay_out(self) -> None:
        card = Card()
        card.body.setContentsMargins(8, 4, 4, 4)
        card.body.addWidget(self.editor)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setHandleWidth(_GAP)
        split.setChildrenCollapsible(False)
        self.text.setMinimumWidth(220)
        self.blanks.hide()
        split.addWidget(self.text)
        split.addWidget(self.blanks)
        split.addWidget(self.next)
        for index, stretch in enumerate((3, 3, 2)):
            split.setStretchFactor(index, stretch)
        split.setSizes([600, 600, 400])
        self.body.addWidget(card)
        self.body.addWidget(split, 1)
        self.setFocusProxy(self.editor)
        for button in (self.clear, self.go_on, self.start):
            self.buttons.addWidget(button)

    def _connect(self) -> None:
        self.start.clicked.connect(self._on_start)
        self._escape.activated.connect(self.stop_requested)
        self.go_on.clicked.connect(self.go_on_requested)
        self.clear.clicked.connect(self.clear_requested)
        self.editor.text_edited.connect(self.prompt_changed)
        self.next.token_requested.connect(self.token_requested)
        self.empty.filled_requested.connect(self.train_requested)

    def _show_parts(self, shown: bool) -> None:
        self.is_filled = shown
        for part in (self.start, self.go_on, self.clear, self.side):
            part.setVisible(shown and self._kind != ENCODER)
        self._show_words()

    def _word_editor(self) -> None:
        placeholder, name = {
            ENCODER: (translate("GeneratePage", "Type a text to mask words in"), translate("GeneratePage", "Text")),
            ENCODER_DECODER: (
                translate("GeneratePage", "Type a sentence to translate"), translate("GeneratePage", "Source"),
            ),
        }.get(
            self._kind, (translate("GeneratePage", "Type how the text begins"), translate("GeneratePage", "Prompt"))
        )  # fmt: skip
        self.editor.setPlaceholderText(placeholder)
        self.editor.setAccessibleName(name)

    def _start_words(self) -> str:
        if self._kind == ENCODER_DECODER:
            return translate("GeneratePage", "Translate")
        return translate("GeneratePage", "Generate")

    def _show_buttons(self) -> None:
        if self._is_writing:
            self.start.setText(translate("GeneratePage", "Stop"))
            self.start.setToolTip(translate("GeneratePage", "Stop writing (Esc)"))
        else:
            self.start.setText(self._start_words())
            self.start.setToolTip(translate("GeneratePage", "Write on from the prompt (Ctrl+Enter)"))
        self.go_on.setEnabled(self._has_text and not self._is_writing)
        self.clear.setEnabled(self._has_text and not self._is_writing)
        self.start.setMinimumWidth(self._start_width())

    def _start_width(self) -> int:
        """Wide enough for both of its words, so that nothing jumps."""
        probe = Button(kind="primary")
        widths = []
        for words in (translate("GeneratePage", "Stop"), self._start_words()):
            probe.setText(words)
            widths.append(probe.sizeHint().width())
        return max(widths)

    def _show_words(self) -> None:
        if not self.is_filled:
            words = ""
        elif self._kind == ENCODER:
            words = translate("GeneratePage", "The model guesses what is behind the masks, from both sides")
        elif self._is_waiting:
            words = translate("GeneratePage", "Waiting for the model…")
        elif self._is_writing:
            words = translate("GeneratePage", "Writing…")
        elif self._ending is not None:
            words = ending_words(self._ending)
        elif self._kind == ENCODER_DECODER:
            words = translate("GeneratePage", "The model translates your words, one token at a time")
        else:
            words = translate("GeneratePage", "The model goes on from your words, one token at a time")
        self.heading.show_words(words)

    def _on_start(self) -> None:
        (self.stop_requested if self._is_writing else self.generate_requested).emit()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.language_changed.emit()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
