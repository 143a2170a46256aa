"""The next token's distribution in its card: bars, and above them which place in the text they are about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.contract.messages import NextToken
from playground.ui.charts.probability_bars import ProbabilityBars
from playground.ui.pages.generate.words import kept_words
from playground.ui.translation import translate
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.facts import ElidedLabel


class NextCard(Card):
    """Bars under a title. `token_requested` (int): the row of the token that the person picked."""

    token_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.bars = ProbabilityBars()
        self._place = ElidedLabel()
        self._place.setFont(PlainLabel(bold=True).font())
        self._facts = ElidedLabel()
        self._facts.set_role("dim")
        self._shown: NextToken | None = None
        self.body.setSpacing(4)
        self.body.addWidget(self._place)
        self.body.addWidget(self._facts)
        self.body.addSpacing(4)
        self.body.addWidget(self.bars, 1)
        self.bars.token_requested.connect(self._on_token)
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
        self._facts.show_words(kept_words(distribution) if distribution else "")

    def shown(self) -> NextToken | None:
        return self._shown

    def show_empty(self, sentence: str) -> None:
        """What to say while there is no distribution."""
        self.bars.show_empty(sentence)

    def retranslate(self) -> None:
        self.bars.setAccessibleName(translate("GeneratePage", "Probabilities of the next token"))
        self._facts.show_words(kept_words(self._shown) if self._shown else "")
        self.bars.update()

    def _on_token(self, token_id: int) -> None:
        if self._shown is not None:
            found = (self._shown.ids == token_id).nonzero()[0]
            if len(found):
                self.token_requested.emit(int(found[0]))
