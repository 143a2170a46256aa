"""All runs as a table that is sorted and filtered. Knows summaries; reads nothing."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.ui.engine_sentences import told
from playground.ui.pages.runs.run_columns import (
    N_COLUMNS,
    WHEN,
    alignment,
    cell_words,
    exported_cells,
    exported_heads,
    head_tooltip,
    heads,
    searched,
    sort_key,
    spoken_words,
)
from playground.ui.state.run_summary import RunSummary
from playground.ui.visible_text import visible
from playground.ui.widgets.export import Table

SUMMARY_ROLE = Qt.ItemDataRole.UserRole
_NONE = QModelIndex()


class RunModel(QAbstractTableModel):
    """Rows are the runs that the filter lets through, in the order of the sorting: at first the newest on top."""

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._all: tuple[RunSummary, ...] = ()
        self._rows: list[RunSummary] = []
        self._wanted: list[str] = []
        self._sorting = (WHEN, Qt.SortOrder.DescendingOrder)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Take a new reading. Where no run changes its place, the table keeps still and only renews its words."""
        self._all = tuple(runs)
        found, former = self._found(), self._rows
        if [run.path for run in found] == [run.path for run in former]:
            self._rows = found
            for row, (new, old) in enumerate(zip(found, former, strict=True)):
                if new is not old and new != old:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, N_COLUMNS - 1))
            return
        self.beginResetModel()
        self._rows = found
        self.endResetModel()

    def filter(self, wanted: str) -> None:
        """Keep the runs that contain each word of `wanted` in name, notes, text, state or kind; letter case ignored."""
        self.beginResetModel()
        self._wanted = wanted.casefold().split()
        self._rows = self._found()
        self.endResetModel()

    def run_at(self, row: int) -> RunSummary:
        return self._rows[row]

    def row_of(self, path: Path | None) -> int:
        """The row that shows this run, -1 if none does."""
        return next((row for row, run in enumerate(self._rows) if run.path == path), -1)

    @property
    def runs(self) -> tuple[RunSummary, ...]:
        """All of them, shown or not."""
        return self._all

    def table(self) -> Table:
        """What can be taken along: one run a row, whole numbers."""
        return Table(header=exported_heads(), rows=[exported_cells(run) for run in self._rows])

    def _found(self) -> list[RunSummary]:
        return self._sorted([run for run in self._all if self._lets_through(run)])

    def _lets_through(self, run: RunSummary) -> bool:
        if not self._wanted:
            return True
        text = searched(run)
        return all(word in text for word in self._wanted)

    def _sorted(self, runs: list[RunSummary]) -> list[RunSummary]:
        """What is not known comes last, whichever way is sorted."""
        column, order = self._sorting
        key_of = sort_key(column)
        keyed = [(key_of(run), run) for run in runs]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        return [run for _, run in known] + [run for key, run in keyed if key is None]

    # Qt

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self.beginResetModel()
        self._sorting = (column, order)
        self._rows = self._sorted(self._rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else N_COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return head_tooltip(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        column, order = self._sorting
        sign = "" if section != column else " ↑" if order == Qt.SortOrder.AscendingOrder else " ↓"
        return heads()[section] + sign

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        run, column = self._rows[index.row()], index.column()
        if role == SUMMARY_ROLE:
            return run
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_words(run, column, self._now())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_words(run, column, self._now())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(run)
        return None


def _tooltip(run: RunSummary) -> str:
    parts = (visible(str(run.path)), visible(run.note), visible(told(run.problem)))
    words = "\n".join(part for part in parts if part)
    return words.replace("<", "‹")  # Qt guesses rich text in tooltips
