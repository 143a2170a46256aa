"""What is looked into, at the side of the Attention page: which part of the model, which texts, with or without a mask.

A decoder or an encoder reads one text, an encoder-decoder a sentence and its translation.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from playground.contract.messages import CROSS, ENCODER_PART, SELF, TraceOverview
from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.pages.attention.text_facts import text_facts
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Choice
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import CheckField
from playground.ui.widgets.live_text import LiveTextField
from playground.ui.widgets.page_frame import SidePanel

EDIT_MS = 150
TEXT_LIMIT = 20_000  # characters; of a longer text the end is taken
_TEXT_HEIGHT, _SENTENCE_HEIGHT = 104, 60


class ReadingSection(QObject):
    """The upper half of the side panel.

    Signals:
        text_changed: the person has typed into one of the fields, and has paused for `EDIT_MS`.
        part_requested (str): one of `contract.messages.PARTS`.
        causal_mask_requested (bool): the mask was switched.
    """

    text_changed = Signal()
    part_requested = Signal(str)
    causal_mask_requested = Signal(bool)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._kind = DECODER
        self._overview: TraceOverview | None = None
        self._part_title = panel.add_section("")
        self.part = Choice([(ENCODER_PART, ""), (SELF, ""), (CROSS, "")])
        panel.add(self.part)
        self._title = panel.add_section("")
        self.field = LiveTextField(EDIT_MS, after_pause=True)
        panel.add(self.field)
        self._target_title = panel.add_section("")
        self.target_field = LiveTextField(EDIT_MS, after_pause=True)
        self.target_field.setFixedHeight(_SENTENCE_HEIGHT)
        panel.add(self.target_field)
        self._facts = FactList()
        panel.add(self._facts)
        self._why = PlainLabel(dim=True, wrap=True)
        panel.add(self._why)
        self.causal_mask = CheckField()
        panel.add(self.causal_mask)
        self._connect()
        self.show_kind(DECODER, has_mask=True)

    def text(self) -> str:
        """The text, or the sentence to translate, as typed; without half characters."""
        return self.field.text()[-TEXT_LIMIT:]

    def target(self) -> str:
        """The translation, as typed; "" for the model's own."""
        return self.target_field.text()[-TEXT_LIMIT:]

    def show_kind(self, kind: str, *, has_mask: bool) -> None:
        """What fields this kind of model needs; `has_mask` if its decoder is causal now."""
        self._kind = kind
        is_pair = kind == ENCODER_DECODER
        for widget in (self._part_title, self.part, self._target_title, self.target_field):
            widget.setVisible(is_pair)
        self.field.setFixedHeight(_SENTENCE_HEIGHT if is_pair else _TEXT_HEIGHT)
        self.causal_mask.setVisible(kind != ENCODER)
        self.causal_mask.show_value(has_mask)
        self.retranslate()

    def show_part(self, part: str) -> None:
        """Mark a part; no signal is sent."""
        self.part.show_value(part)
        self.causal_mask.setVisible(self._kind == DECODER or (self._kind == ENCODER_DECODER and part == SELF))

    def show_texts(self, text: str, target: str) -> None:
        """Replace what stands in the fields; no signal is sent."""
        for field, words in ((self.field, text), (self.target_field, target)):
            if field.text() != words:
                field.show_text(words)

    def show_example(self, text: str) -> None:
        """What is looked into while nothing is typed."""
        self.field.setPlaceholderText(text)

    def show_overview(self, overview: TraceOverview) -> None:
        """Facts of the texts, and the model's own translation where none is typed."""
        self._overview = overview
        if overview.is_own_target:
            self.target_field.setPlaceholderText(overview.target)
        self._show_facts()

    def facts(self) -> list[tuple[str, str]]:
        """What is said of the texts now."""
        return self._facts.facts()

    def why(self) -> str:
        """The sentence under the facts, "" for none."""
        return "" if self._why.isHidden() else self._why.text()

    def titles(self) -> Sequence[str]:
        """The headings that are seen now."""
        return [label.text() for label in self._labels() if not label.isHidden()]

    def retranslate(self) -> None:
        is_pair = self._kind == ENCODER_DECODER
        self._part_title.setText(translate("AttentionPage", "Part"))
        self.part.show_labels(
            [
                (ENCODER_PART, translate("AttentionPage", "Encoder")),
                (SELF, translate("AttentionPage", "Decoder")),
                (CROSS, translate("AttentionPage", "Cross")),
            ]
        )
        for key, words in (
            (ENCODER_PART, translate("AttentionPage", "The sentence looks at itself, in both directions")),
            (SELF, translate("AttentionPage", "The translation looks at what is already written of it")),
            (CROSS, translate("AttentionPage", "The translation looks at the sentence")),
        ):
            self.part.button(key).setToolTip(words)
        sentence, text = translate("AttentionPage", "Sentence"), translate("AttentionPage", "Text")
        self._title.setText(sentence if is_pair else text)
        self.field.setAccessibleName(
            translate("AttentionPage", "Sentence to translate")
            if is_pair
            else translate("AttentionPage", "Text to look into")
        )
        self._target_title.setText(translate("AttentionPage", "Translation"))
        self.target_field.setAccessibleName(translate("AttentionPage", "Translation; the model's own if left empty"))
        self.causal_mask.setText(translate("AttentionPage", "Causal mask"))
        self.causal_mask.setToolTip(
            translate(
                "AttentionPage",
                "Hides later tokens from earlier ones. Without it the same trained model sees the very tokens that it "
                "should predict.",
            )
        )
        self.causal_mask.updateGeometry()
        self._show_facts()

    def _labels(self) -> tuple[SectionLabel | PlainLabel, ...]:
        return (self._part_title, self._title, self._target_title)

    def _connect(self) -> None:
        self.field.text_edited.connect(self.text_changed)
        self.target_field.text_edited.connect(self.text_changed)
        self.part.chosen.connect(self.part_requested)
        self.causal_mask.clicked.connect(self._on_causal_mask)

    def _show_facts(self) -> None:
        if self._overview is not None:
            self._facts.show_facts(text_facts(self._overview, is_causal_asked=self.causal_mask.isChecked()))
        self._why.setText(
            translate(
                "AttentionPage",
                "An encoder sees the whole text at once, so no token is predicted from those before it, and there is "
                "no surprise to show. <mask> hides a token.",
            )
        )
        self._why.setVisible(self._kind == ENCODER)

    def _on_causal_mask(self) -> None:
        self.causal_mask_requested.emit(self.causal_mask.isChecked())
