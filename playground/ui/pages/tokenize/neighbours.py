"""The nearest tokens of the one in hand, as a short table beside the map: piece, cosine and dot product."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.contract.embedding_messages import COSINE, DOT, Neighbours
from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.piece_table import ROW_HEIGHT, PieceTable
from playground.ui.theme import GRID, SMALL_PIXELS, colour, interface_font, token_font
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.widgets.buttons import Choice
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.facts import ElidedLabel

N_NEIGHBOURS = 10
_PIECE, _COSINE, _DOT = range(3)
_ROWS_LEAST, _ROWS_MOST = 5, N_NEIGHBOURS
_NONE = QModelIndex()


class NeighbourModel(QAbstractTableModel):
    """Rows are the neighbours, the nearest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._neighbours: Neighbours | None = None
        self._pieces: list[str] = []

    def show_neighbours(self, neighbours: Neighbours | None, pieces: list[str]) -> None:
        self.beginResetModel()
        self._neighbours, self._pieces = neighbours, pieces
        self.endResetModel()

    def token_id(self, row: int) -> int:
        assert self._neighbours is not None, "there are no rows"
        return int(self._neighbours.ids[row])

    # Qt

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() or self._neighbours is None else len(self._neighbours.ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            _PIECE: translate("TokenizePage", "Piece"),
            _COSINE: translate("TokenizePage", "Cosine"),
            _DOT: translate("TokenizePage", "Dot"),
        }[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._neighbours is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole and column == _PIECE:
            return token_font()
        is_measure = column == (_COSINE if self._neighbours.measure == COSINE else _DOT)
        return colour("dim") if role == Qt.ItemDataRole.ForegroundRole and column != _PIECE and not is_measure else None

    def _words(self, row: int, column: int) -> str:
        assert self._neighbours is not None, "there are no rows"
        if column == _PIECE:
            return visible_piece(self._pieces[self.token_id(row)])
        if column == _COSINE:
            return f"{self._neighbours.cosines[row]:.3f}"
        return f"{self._neighbours.dots[row]:.3g}"


class NeighbourList(QWidget):
    """Whose neighbours, by which measure, and the table.

    Signals:
        measure_chosen (str): one of `MEASURES`.
        token_chosen (int): the person picked a neighbour, to see that one's.
        token_pointed (int): the mouse is over a neighbour, -1 for none.
    """

    measure_chosen = Signal(str)
    token_chosen = Signal(int)
    token_pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = NeighbourModel(self)
        self.measure = Choice([(COSINE, ""), (DOT, "")])
        self.table = PieceTable(self.model, _PIECE, {_COSINE: 64, _DOT: 60})
        self.table.setMinimumHeight(_height(_ROWS_LEAST))
        self.table.setMaximumHeight(_height(_ROWS_MOST))
        self.table.setMouseTracking(True)
        self._title = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._title.setFont(interface_font(SMALL_PIXELS, bold=True))
        self._title.set_role("dim")
        self._title.setContentsMargins(0, GRID, 0, 0)
        self._hint = PlainLabel(dim=True)
        self._piece = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addWidget(self._hint)
        box.addWidget(self.measure)
        box.addWidget(self.table, 1)
        self.measure.chosen.connect(self.measure_chosen)
        self.table.clicked.connect(self._on_clicked)
        self.table.activated.connect(self._on_clicked)
        self.table.entered.connect(self._on_entered)
        self.table.viewportEntered.connect(self._on_left)
        self.show_neighbours(None, None)
        self.retranslate()

    def show_neighbours(self, neighbours: Neighbours | None, vocabulary: Vocabulary | None) -> None:
        """None: no token is in hand, or what is near it is not known yet."""
        is_known = neighbours is not None and vocabulary is not None
        if neighbours is not None and vocabulary is not None:
            self.measure.show_value(neighbours.measure)
            self._piece = visible_piece(vocabulary.pieces[neighbours.token_id])
            self.model.show_neighbours(neighbours, vocabulary.pieces)
        else:
            self._piece = ""
            self.model.show_neighbours(None, [])
        self.measure.setVisible(is_known)
        self.table.setVisible(is_known)
        self._say()

    def title(self) -> str:
        """What stands above the table."""
        return self._title.words()

    def retranslate(self) -> None:
        self.measure.show_labels(
            [(COSINE, translate("TokenizePage", "Cosine")), (DOT, translate("TokenizePage", "Dot product"))]
        )
        self.measure.setAccessibleName(translate("TokenizePage", "What is near"))
        self.measure.button(COSINE).setToolTip(translate("TokenizePage", "The angle alone: 1 is the same direction"))
        self.measure.button(DOT).setToolTip(
            translate("TokenizePage", "The angle and both lengths, as attention sees it")
        )
        self.table.setAccessibleName(translate("TokenizePage", "Nearest tokens"))
        self._say()

    def _say(self) -> None:
        nearest, to = translate("TokenizePage", "Nearest tokens"), translate("TokenizePage", "Nearest to {0}")
        self._title.show_words(to.format(self._piece) if self._piece else nearest)
        self._hint.setText(translate("TokenizePage", "Click a token to see them."))
        self._hint.setVisible(not self._piece)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.token_chosen.emit(self.model.token_id(index.row()))

    def _on_entered(self, index: QModelIndex) -> None:
        self.token_pointed.emit(self.model.token_id(index.row()))

    def _on_left(self) -> None:
        self.token_pointed.emit(-1)

    # Qt

    def leaveEvent(self, event: QEvent) -> None:
        self._on_left()
        super().leaveEvent(event)


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == _PIECE else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _height(n_rows: int) -> int:
    """Pixels of a table with so many rows and its head."""
    return (n_rows + 1) * ROW_HEIGHT + 8
