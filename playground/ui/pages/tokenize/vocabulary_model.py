"""All pieces of a tokenizer as a table that is searched and sorted without delay, also with 200,000 of them."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.chip_layout import BYTE, CONTROL, UNKNOWN
from playground.ui.theme import colour, token_font
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece

ID, PIECE, SCORE = range(3)
_NONE = QModelIndex()


class VocabularyModel(QAbstractTableModel):
    """Rows are the pieces that the search lets through, in the order of the sorting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[str] = []
        self._lower: list[str] = []
        self._scores = np.zeros(0, dtype=np.float32)
        self._kinds = np.zeros(0, dtype=np.uint8)
        self._whole_scores = False
        self._wanted = ""
        self._sorting = (ID, Qt.SortOrder.AscendingOrder)
        self._rows: list[int] = []  # token ids

    def show_vocabulary(self, vocabulary: Vocabulary) -> None:
        self.beginResetModel()
        self._pieces = vocabulary.pieces
        self._lower = [piece.lower() for piece in vocabulary.pieces]
        self._scores, self._kinds = vocabulary.scores, vocabulary.kinds
        self._whole_scores = bool(np.all(self._scores == np.round(self._scores)))
        self._find()
        self.endResetModel()

    def search(self, wanted: str) -> None:
        """Keep the pieces that contain `wanted`, letter case ignored; a number also finds that id."""
        self.beginResetModel()
        self._wanted = wanted
        self._find()
        self.endResetModel()

    def token_id(self, row: int) -> int:
        return self._rows[row]

    def row_of(self, token_id: int) -> int:
        """The row that shows this id, -1 if the search hides it."""
        return self._rows.index(token_id) if token_id in self._rows else -1

    def found(self) -> np.ndarray:
        """The ids in the rows, int64."""
        return np.array(self._rows, dtype=np.int64)

    @property
    def n_pieces(self) -> int:
        """All of them, found or not."""
        return len(self._pieces)

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, ID, SCORE)

    def _find(self) -> None:
        wanted = self._wanted.lower().replace(" ", "▁").replace("␣", "▁")
        found = [index for index, piece in enumerate(self._lower) if wanted in piece]
        if wanted.isdecimal() and int(wanted) < len(self._pieces) and int(wanted) not in found:
            found.insert(0, int(wanted))
        self._rows = self._sorted(found)

    def _sorted(self, found: list[int]) -> list[int]:
        column, order = self._sorting
        backwards = order == Qt.SortOrder.DescendingOrder
        if column == ID:
            return sorted(found, reverse=backwards)
        if column == PIECE:
            return sorted(found, key=self._lower.__getitem__, reverse=backwards)
        scores = self._scores.tolist()
        return sorted(found, key=scores.__getitem__, reverse=backwards)

    # Qt

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._sorting = (column, order)
        self._rows = self._sorted(self._rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = {
            ID: translate("TokenizePage", "Id"),
            PIECE: translate("TokenizePage", "Piece"),
            SCORE: translate("TokenizePage", "Score"),
        }
        column, order = self._sorting
        sign = "" if section != column else " ↑" if order == Qt.SortOrder.AscendingOrder else " ↓"
        return names[section] + sign

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        token_id, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(token_id, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole and column == PIECE:
            return token_font()
        is_special = column != PIECE or int(self._kinds[token_id]) in (BYTE, CONTROL, UNKNOWN)
        return colour("dim") if role == Qt.ItemDataRole.ForegroundRole and is_special else None

    def _words(self, token_id: int, column: int) -> str:
        if column == ID:
            return str(token_id)
        if column == PIECE:
            return visible_piece(self._pieces[token_id])
        score = float(self._scores[token_id])
        return f"{score:,.0f}" if self._whole_scores else f"{score:.2f}"


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == PIECE else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
