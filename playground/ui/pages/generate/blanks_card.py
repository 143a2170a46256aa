"""An encoder's page of guesses in its card: the text with its masks, and one line about the mask in hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.ui.charts.probability_bars import percent
from playground.ui.pages.generate.blanks_view import BlanksView, BlankText, in_scroll_area
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import Card, PlainLabel
from playground.ui.widgets.facts import ElidedLabel


class BlanksCard(Card):
    """The text and its masks.

    Signals:
        mask_requested (int), place_requested (int): as of `BlanksView`.
        some_requested: mask a share of the tokens at random.
        none_requested: show all tokens again.
    """

    mask_requested = Signal(int)
    place_requested = Signal(int)
    some_requested = Signal()
    none_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view = BlanksView()
        self._name, self._score = PlainLabel(bold=True), PlainLabel(dim=True)
        self._some, self._none = Button(kind="quiet"), Button(kind="quiet")
        self._details = ElidedLabel()
        self._details.set_role("dim")
        self.body.setContentsMargins(14, 10, 14, 8)
        self.body.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name)
        top.addWidget(self._score, 1)
        top.addWidget(self._some)
        top.addWidget(self._none)
        self.body.addLayout(top)
        self.body.addWidget(in_scroll_area(self.view), 1)
        self.body.addWidget(self._details)
        self.view.mask_requested.connect(self.mask_requested)
        self.view.place_requested.connect(self.place_requested)
        self._some.clicked.connect(self.some_requested)
        self._none.clicked.connect(self.none_requested)
        self.retranslate()

    def show_text(self, shown: BlankText) -> None:
        """Replace text, masks and guesses."""
        self.view.show_text(shown)
        self._show_words()

    def details(self) -> str:
        """What the line under the text says."""
        return self._details.words()

    def score(self) -> str:
        """How many guesses are right."""
        return self._score.text()

    def retranslate(self) -> None:
        self.view.setAccessibleName(translate("GeneratePage", "Text with masks"))
        self._name.setText(translate("GeneratePage", "Click a word to mask it"))
        self._some.setText(translate("GeneratePage", "Mask some"))
        self._some.setToolTip(translate("GeneratePage", "Mask the share of tokens that the model was trained on"))
        self._none.setText(translate("GeneratePage", "Unmask all"))
        self._none.setToolTip(translate("GeneratePage", "Show all words again"))
        self._show_words()

    def _show_words(self) -> None:
        shown = self.view.shown()
        known = [blank for _, blank in shown.blanks if blank is not None]
        n_right = sum(blank.is_right for blank in known)
        words = translate("GeneratePage", "{0} of {1} guesses are right")
        self._score.setText(words.format(f"{n_right:,}", f"{len(known):,}") if known else "")
        self._none.setEnabled(bool(shown.blanks))
        self._some.setEnabled(bool(shown.texts))
        blank = shown.blank_at(shown.chosen) if shown.chosen >= 0 else None
        if blank is None:
            hint = translate("GeneratePage", "Point at a mask to see what the model would put there")
            self._details.show_words(hint if shown.blanks else "")
            return
        self._details.show_words(
            translate("GeneratePage", "‘{0}’ with {1}; the text says ‘{2}’, to which the model gave {3}").format(
                visible_piece(blank.guess),
                percent(blank.probability, 3),
                visible_piece(shown.texts[shown.chosen]),
                percent(blank.true_probability, 3),
            )
        )
