"""The vocabulary of the tokenizer in use: a search line over a table of ids, pieces and scores."""

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.vocabulary_model import PIECE, VocabularyModel
from playground.ui.theme import GRID, colours, interface_font, theme
from playground.ui.translation import translate
from playground.ui.widgets.fields import LineField
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

_ROW_HEIGHT = 22


class VocabularyTable(QWidget):
    """Search and table. `entry_chosen` (int): the person picked this id, -1 when none is picked any more."""

    entry_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = VocabularyModel(self)
        self.search = LineField()
        self.search.setClearButtonEnabled(True)
        self.table = _make_table(self.model)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.search)
        box.addWidget(self.table, 1)
        self.search.textEdited.connect(self.model.search)
        self.search.textChanged.connect(self._on_cleared)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_vocabulary(self, vocabulary: Vocabulary) -> None:
        self.model.show_vocabulary(vocabulary)

    def show_entry(self, token_id: int) -> None:
        """Bring an entry into sight, if the search lets it through; nothing is reported."""
        row = self.model.row_of(token_id)
        if row >= 0:
            self.table.scrollTo(self.model.index(row, PIECE), QAbstractItemView.ScrollHint.PositionAtCenter)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(translate("TokenizePage", "Search pieces or ids"))
        self.search.setAccessibleName(translate("TokenizePage", "Search the vocabulary"))
        self.table.setAccessibleName(translate("TokenizePage", "Vocabulary"))
        self.model.retranslate()

    def _restyle(self) -> None:
        c = colours()
        self.table.horizontalHeader().setStyleSheet(
            f"QHeaderView {{ background: {c.panel}; border: none; }}"
            f"QHeaderView::section {{ background: {c.panel}; color: {c.dim}; border: none;"
            f" border-bottom: 1px solid {c.line}; padding: 3px 4px; }}"
        )

    def _on_cleared(self, text: str) -> None:
        """The clear button changes the text without `textEdited`."""
        if not text:
            self.model.search("")

    def _on_selected(self, chosen: QItemSelection) -> None:
        rows = {index.row() for index in chosen.indexes()}
        self.entry_chosen.emit(self.model.token_id(rows.pop()) if rows else -1)


def _make_table(model: VocabularyModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setFont(interface_font(12))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setMinimumHeight(190)
    use_thin_scroll_bars(table)
    table.setTabKeyNavigation(False)
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setMinimumSectionSize(_ROW_HEIGHT)
    rows.setDefaultSectionSize(_ROW_HEIGHT)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    columns.setSectionResizeMode(PIECE, QHeaderView.ResizeMode.Stretch)
    columns.resizeSection(0, 62)
    columns.resizeSection(2, 66)
    columns.setHighlightSections(False)
    columns.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)
    columns.setSortIndicatorShown(False)  # the model's heads say it; the style's arrow would cover them
    return table
