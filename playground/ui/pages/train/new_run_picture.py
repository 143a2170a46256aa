"""The Train page's picture before a training: the text to learn from, and how much will be computed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.model_size import model_size, training_memory_bytes
from playground.ui.pages.train.number_card import NumberCard
from playground.ui.theme import SMALL_PIXELS
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.fields import TextField
from playground.ui.widgets.source_field import size_words, source_words

_LINE_LIMIT = 2000
_PARAMETERS, _TOKENS, _PASSES, _MEMORY = range(4)


class NewRunPicture(QWidget):
    """Text above, four numbers below."""

    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = Card()
        self._name = PlainLabel(bold=True)
        self._facts = PlainLabel(dim=True)
        self._preview = TextField(framed=False)
        self._preview.setReadOnly(True)
        self._cut = PlainLabel(dim=True, pixels=SMALL_PIXELS)
        self._numbers = (
            NumberCard(term="parameters"), NumberCard(term="token"), NumberCard(), NumberCard(),
        )  # fmt: skip
        self._source = ""
        self._text: TextDescription | None = None
        self._config: RunConfig | None = None
        self._vocab_size = 0
        self._lay_out()
        for card in self._numbers:
            card.term_requested.connect(self.term_requested)
        self.retranslate()

    def show_text(self, source: str, text: TextDescription | None) -> None:
        """The chosen text; `text` is None while it is not known."""
        self._source, self._text = source, text
        self._name.setText(source_words(source))
        self._facts.setText(_fact_words(text) if text else translate("TrainPage", "Reading…"))
        lines = "\n".join(visible(line, _LINE_LIMIT) for line in text.preview.split("\n")) if text else ""
        if lines != self._preview.toPlainText():
            self._preview.setPlainText(lines)
        is_cut = text is not None and text.n_characters > len(text.preview)
        self._cut.setText(translate("TrainPage", "The beginning; the training reads all of it.") if is_cut else "")
        self._cut.setVisible(is_cut)

    def show_no_text(self) -> None:
        """The text cannot be read; the reason stands at the side."""
        self.show_text(self._source, None)
        self._facts.setText("")

    def show_draft(self, config: RunConfig, vocab_size: int, is_possible: bool) -> None:
        """Work out the numbers; an impossible config has none."""
        self._config, self._vocab_size = (config if is_possible else None), vocab_size
        self._show_numbers()

    def retranslate(self) -> None:
        names = (
            translate("TrainPage", "Parameters"),
            translate("TrainPage", "Tokens in all"),
            translate("TrainPage", "Per step"),
            translate("TrainPage", "Memory"),
        )
        for card, name in zip(self._numbers, names, strict=True):
            card.show_name(name)
        self._preview.setAccessibleName(translate("TrainPage", "Beginning of the text"))
        if self._source:
            self.show_text(self._source, self._text)
        self._show_numbers()

    def _show_numbers(self) -> None:
        config = self._config
        if config is None:
            for card in self._numbers:
                card.show_value("–")
            return
        training, n_tokens = config.training, config.tokens_per_step
        memory = training_memory_bytes(config.model, training, self._vocab_size)
        self._numbers[_PARAMETERS].show_value(f"{model_size(config.model, self._vocab_size).total:,}")
        self._numbers[_TOKENS].show_value(f"{'≤ ' if config.reads_lines else ''}{n_tokens * training.max_steps:,}")
        per_step = f"{training.sequences_per_step:,} × {config.model.n_ctx:,}"
        self._numbers[_PASSES].show_value(per_step)
        self._numbers[_MEMORY].show_value(translate("TrainPage", "about {0}").format(size_words(memory)))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._name)
        top.addSpacing(8)
        top.addWidget(self._facts, 1)
        self._card.body.addLayout(top)
        self._card.body.addWidget(self._preview, 1)
        self._card.body.addWidget(self._cut)
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in self._numbers:
            row.addWidget(card, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._card, 1)
        box.addLayout(row)


def _fact_words(text: TextDescription) -> str:
    facts = [
        size_words(text.size_bytes),
        translate("TrainPage", "{0} characters").format(f"{text.n_characters:,}"),
        translate("TrainPage", "{0} different").format(f"{text.n_distinct_characters:,}"),
        translate("TrainPage", "{0} lines").format(f"{text.n_lines:,}"),
    ]
    if text.n_files > 1:
        facts.append(translate("TrainPage", "{0} files").format(f"{text.n_files:,}"))
    return " · ".join(facts)
