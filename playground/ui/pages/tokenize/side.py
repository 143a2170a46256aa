"""The side of the Tokenize page: the tokenizer in use, its vocabulary, and the form that trains another.

Beside the map the neighbours of a token take the place of what is about the tokenizer alone.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.neighbours import NeighbourList
from playground.ui.pages.tokenize.training_form import TrainingForm
from playground.ui.pages.tokenize.vocabulary_table import VocabularyTable
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import ComboField
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.page_frame import SidePanel


class TokenizerSide(QObject):
    """Fills a side panel.

    Signals:
        tokenizer_chosen (str): the folder of another tokenizer.
        entry_chosen (int): an entry of the vocabulary was picked, -1 for none.
    """

    tokenizer_chosen = Signal(str)
    entry_chosen = Signal(int)

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._title = panel.add_section("")
        self.chooser = ComboField()
        self._facts = FactList()
        self._vocabulary: Vocabulary | None = None
        self._is_map = False
        self.training_fold = Fold()
        self.training = TrainingForm()
        self.training_fold.body.addWidget(self.training)
        panel.add(self.chooser)
        panel.add(self._facts)
        panel.add(self.training_fold)
        self._table_title = panel.add_section("")
        self.table = VocabularyTable()
        panel.add(self.table, stretch=1)
        self.neighbours = NeighbourList()
        panel.add(self.neighbours, stretch=1)
        self.chooser.chosen.connect(self.tokenizer_chosen)
        self.table.entry_chosen.connect(self.entry_chosen)
        self._show_parts()
        self.retranslate()

    def show_tokenizers(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """Folders and names of the tokenizers there are."""
        self.chooser.show_options(options)
        self.chooser.show_value(chosen)
        self.chooser.setVisible(bool(options))

    def show_vocabulary(self, vocabulary: Vocabulary | None) -> None:
        """None: there is none, or it is not known yet."""
        self._vocabulary = vocabulary
        if vocabulary is not None:
            self.table.show_vocabulary(vocabulary)
        self._show_parts()
        self._show_facts()

    def show_beside_map(self, is_map: bool) -> None:
        """What belongs beside the map of the token vectors, or beside the tokens of a text."""
        self._is_map = is_map
        self.table.show_narrow(is_map)
        self._show_parts()

    def retranslate(self) -> None:
        self._title.setText(translate("TokenizePage", "Tokenizer"))
        self._table_title.setText(translate("TokenizePage", "Vocabulary"))
        self.chooser.setAccessibleName(translate("TokenizePage", "Tokenizer in use"))
        self.training_fold.show_title(translate("TokenizePage", "Train a tokenizer"))
        self.training.retranslate()
        self.table.retranslate()
        self.neighbours.retranslate()
        self._show_facts()

    def _show_parts(self) -> None:
        has_vocabulary = self._vocabulary is not None
        for part in (self._table_title, self.table):
            part.setVisible(has_vocabulary)
        self._facts.setVisible(has_vocabulary and not self._is_map)
        self.training_fold.setVisible(not self._is_map)
        self.neighbours.setVisible(has_vocabulary and self._is_map)

    def _show_facts(self) -> None:
        if self._vocabulary is None:
            return
        n_pieces = translate("TokenizePage", "{0} pieces").format(f"{len(self._vocabulary.pieces):,}")
        self._facts.show_facts(
            [
                (translate("TokenizePage", "Type"), choice_label(self._vocabulary.type)),
                (translate("TokenizePage", "Vocabulary"), n_pieces),
            ]
        )
