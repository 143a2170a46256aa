"""Two models side by side in numbers: size, perplexity, speed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from playground.contract.exchange_messages import ModelTable
from playground.ui.pages.runs.model_words import table_names, table_rows, table_sentence
from playground.ui.widgets.card import PlainLabel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ModelTableView(QWidget):
    """A line for each measure, a column for each model; hidden without a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._sentence = PlainLabel(dim=True, wrap=True, pixels=12)
        self._cells: dict[tuple[int, int], PlainLabel] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(self._grid)
        box.addWidget(self._sentence)
        self.hide()

    def show_table(self, table: ModelTable | None) -> None:
        self.setVisible(table is not None)
        for cell in self._cells.values():
            cell.hide()
        if table is None:
            return
        for row, (name, values) in enumerate([("", table_names(table)), *table_rows(table)]):
            for column, words in enumerate([name, *values]):
                self._show_cell(row, column, words)
        self._sentence.setText(table_sentence(table))

    def rows(self) -> list[list[str]]:
        """What is shown, line by line."""
        shown = {place: cell.text() for place, cell in self._cells.items() if not cell.isHidden()}
        lines = sorted({row for row, _ in shown})
        return [[words for (row, _), words in sorted(shown.items()) if row == line] for line in lines]

    def sentence(self) -> str:
        return self._sentence.text()

    def _show_cell(self, row: int, column: int, words: str) -> None:
        cell = self._cells.get((row, column))
        if cell is None:
            cell = PlainLabel(dim=row == 0 or column == 0)
            cell.setAlignment(_RIGHT if column else _LEFT)
            self._cells[row, column] = cell
            self._grid.addWidget(cell, row, column)
        cell.setText(words)
        cell.show()
