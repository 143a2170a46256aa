"""The vocabulary of the tokenizer in use: a search line over a table of ids, pieces and scores."""

import numpy as np
from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.piece_table import PieceTable
from playground.ui.pages.tokenize.vocabulary_model import ID, PIECE, SCORE, VocabularyModel
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.fields import LineField

_LEAST_HEIGHT, _NARROW_HEIGHT = 190, 120


class VocabularyTable(QWidget):
    """Search and table.

    Signals:
        entry_chosen (int): the person picked this id, -1 when none is picked any more.
        searched: other entries are shown, see `found`.
    """

    entry_chosen = Signal(int)
    searched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = VocabularyModel(self)
        self.search = LineField()
        self.search.setClearButtonEnabled(True)
        self.table = PieceTable(self.model, PIECE, {ID: 62, SCORE: 66})
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.table.horizontalHeader().setSortIndicator(ID, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicatorShown(False)  # the model's heads say it; the arrow covers them
        self._chosen = -1
        self._is_showing = self._is_told = False  # a mark is being set; the one that is set was, by `show_entry`
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.search)
        box.addWidget(self.table, 1)
        self.search.textEdited.connect(self._on_searched)
        self.search.textChanged.connect(self._on_cleared)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.clicked.connect(self._on_clicked)
        self.retranslate()

    def show_vocabulary(self, vocabulary: Vocabulary) -> None:
        self._chosen = -1
        self.model.show_vocabulary(vocabulary)

    def show_entry(self, token_id: int) -> None:
        """Bring an entry into sight and mark it, if the search lets it through; nothing is reported."""
        row = self.model.row_of(token_id)
        if row >= 0 and token_id != self._chosen:  # the person's own choice is in sight already
            self.table.scrollTo(self.model.index(row, PIECE), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._chosen, self._is_told = token_id, True
        self._mark(token_id)

    def show_narrow(self, is_narrow: bool) -> None:
        """Whether something else needs a part of the height."""
        self.table.setMinimumHeight(_NARROW_HEIGHT if is_narrow else _LEAST_HEIGHT)

    def found(self) -> np.ndarray | None:
        """The ids that the search lets through; None while nothing is searched."""
        return self.model.found() if self.search.text() else None

    def retranslate(self) -> None:
        self.search.setPlaceholderText(translate("TokenizePage", "Search pieces or ids"))
        self.search.setAccessibleName(translate("TokenizePage", "Search the vocabulary"))
        self.table.setAccessibleName(translate("TokenizePage", "Vocabulary"))
        self.model.retranslate()

    def _mark(self, token_id: int) -> None:
        self._is_showing = True
        row = self.model.row_of(token_id)
        if row >= 0:
            self.table.selectRow(row)
        else:
            self.table.clearSelection()
        self._is_showing = False

    def _on_searched(self, wanted: str) -> None:
        self.model.search(wanted)
        self._mark(self._chosen)
        self.searched.emit()

    def _on_cleared(self, text: str) -> None:
        """The clear button changes the text without `textEdited`."""
        if not text:
            self._on_searched("")

    def _on_selected(self, chosen: QItemSelection) -> None:
        if self._is_showing:
            return
        rows = {index.row() for index in chosen.indexes()}
        self._is_told = False
        self._chosen = self.model.token_id(rows.pop()) if rows else -1
        self.entry_chosen.emit(self._chosen)

    def _on_clicked(self, index: QModelIndex) -> None:
        """The person picks what was marked already, so that no selection changes."""
        if self._is_told and self.model.token_id(index.row()) == self._chosen:
            self._is_told = False
            self.entry_chosen.emit(self._chosen)
