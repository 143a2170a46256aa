"""The table beside the picture of what attention costs: a line per length, each number as a word."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.contract.attention_cost_messages import AttentionCost
from playground.ui.charts.attention_cost_picture import time_words
from playground.ui.translation import translate
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.source_field import size_words

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CostTable(QWidget):
    """Tokens, then fused and explicit: for each length a line of time and, dim below it, one of memory."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        self._cells: dict[tuple[int, int], PlainLabel] = {}

    def show_rows(self, rows: Sequence[AttentionCost], is_forward: bool) -> None:
        lines = [_heading(), *(line for row in rows for line in _lines(row, is_forward))]
        for (number, _), cell in self._cells.items():
            cell.setVisible(number < len(lines))
        for number, line in enumerate(lines):
            for column, words in enumerate(line):
                self._show_cell(number, column, words)

    def lines(self) -> list[list[str]]:
        """What is shown, line by line."""
        shown = {place: cell.text() for place, cell in self._cells.items() if not cell.isHidden()}
        numbers = sorted({line for line, _ in shown})
        return [[words for (line, _), words in sorted(shown.items()) if line == number] for number in numbers]

    def _show_cell(self, line: int, column: int, words: str) -> None:
        cell = self._cells.get((line, column))
        if cell is None:
            cell = PlainLabel(dim=line % 2 == 0, pixels=12)
            cell.setAlignment(_RIGHT)
            cell.setContentsMargins(0, 6 if line % 2 else 0, 0, 0)
            self._cells[line, column] = cell
            self._grid.addWidget(cell, line, column)
        cell.setText(words)
        cell.show()


def _heading() -> list[str]:
    return [
        translate("AttentionCost", "Tokens"),
        translate("AttentionCost", "fused"),
        translate("AttentionCost", "explicit"),
    ]


def _lines(row: AttentionCost, is_forward: bool) -> list[list[str]]:
    ways = (row.fused, row.explicit)
    times = [way.forward_ms if is_forward else way.training_ms for way in ways]
    sizes = [way.forward_bytes if is_forward else way.training_bytes for way in ways]
    return [[f"{row.n_tokens:,}", *map(time_words, times)], ["", *map(size_words, sizes)]]
