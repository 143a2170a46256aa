"""The next token's distribution in its card: bars, and above them which place in the text they are about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.contract.glossary import terms
from playground.contract.messages import NextToken
from playground.ui.charts.probability_bars import ProbabilityBars
from playground.ui.pages.generate.words import entropy_words, kept_words
from playground.ui.translation import current_language, translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.facts import ElidedLabel
from playground.ui.widgets.term_label import TermLabel

_ENTROPY = "entropy"  # the glossary's key


class NextCard(Card):
    """Bars under a title.

    Signals:
        token_requested (int): the row of the token that the person picked.
        term_requested (str): a click on a glossary term.
    """

    token_requested = Signal(int)
    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.bars = ProbabilityBars()
        self._place = ElidedLabel()
        self._place.setFont(PlainLabel(bold=True).font())
        self._kept, self._entropy = PlainLabel(dim=True), TermLabel(term=_ENTROPY)
        self._entropy.set_role("dim")
        self._shown: NextToken | None = None
        self.body.setSpacing(4)
        self.body.addWidget(self._place)
        facts = QHBoxLayout()
        facts.setSpacing(12)
        facts.addWidget(self._kept)
        facts.addWidget(self._entropy)
        facts.addStretch(1)
        self.body.addLayout(facts)
        self.body.addSpacing(4)
        self.body.addWidget(self.bars, 1)
        self.bars.token_requested.connect(self._on_token)
        self._entropy.term_requested.connect(self.term_requested)
        self.retranslate()

    def show_title(self, title: str) -> None:
        self._place.show_words(title)

    def title(self) -> str:
        return self._place.words()

    def show_distribution(self, distribution: NextToken | None, drawn_id: int | None = None) -> None:
        """Show one, or nothing; `drawn_id` was drawn from it."""
        self._shown = distribution
        self.bars.show_drawn(drawn_id)
        self.bars.show_distribution(distribution)
        self._show_facts()

    def show_sliders(self, has_sliders: bool) -> None:
        """Whether anything is drawn from it: a guess for a mask knows no sliders."""
        self._kept.setVisible(has_sliders)
        self.bars.show_sliders(has_sliders)

    def shown(self) -> NextToken | None:
        return self._shown

    def show_empty(self, sentence: str) -> None:
        """What to say while there is no distribution."""
        self.bars.show_empty(sentence)

    def retranslate(self) -> None:
        self.bars.setAccessibleName(translate("GeneratePage", "Probabilities of the next token"))
        self._entropy.show_help(terms()[_ENTROPY].about(current_language()))
        self._show_facts()
        self.bars.update()

    def _show_facts(self) -> None:
        shown = self._shown
        self._kept.setText(kept_words(shown) if shown else " ")
        self._entropy.setText(entropy_words(shown) if shown else "")
        self._entropy.setVisible(shown is not None)  # without words, its dotted line would stand alone

    def _on_token(self, token_id: int) -> None:
        if self._shown is not None:
            found = (self._shown.ids == token_id).nonzero()[0]
            if len(found):
                self.token_requested.emit(int(found[0]))
