"""All runs as a table that is sorted and filtered. Knows summaries; reads nothing."""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.contract import run_directory
from playground.ui.pages.runs.words import (
    count_words,
    loss_words,
    size_on_disk_words,
    state_words,
    steps_words,
    text_words,
    when_words,
)
from playground.ui.state.run_summary import DAMAGED, RunSummary
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.export import Table

NAME, STATE, LOSS, CURVE, PARAMETERS, TEXT, WHEN, SIZE = range(8)
SUMMARY_ROLE = Qt.ItemDataRole.UserRole
_NUMBERS = (LOSS, PARAMETERS, SIZE)
_STATES = (
    run_directory.TRAINING, run_directory.PREPARING, run_directory.PAUSED, run_directory.STOPPED,
    run_directory.INTERRUPTED, run_directory.FAILED, run_directory.FINISHED, run_directory.NEW, DAMAGED,
)  # fmt: skip
_NONE = QModelIndex()


class RunModel(QAbstractTableModel):
    """Rows are the runs that the filter lets through, in the order of the sorting: at first the newest on top."""

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._all: tuple[RunSummary, ...] = ()
        self._rows: list[RunSummary] = []
        self._wanted = ""
        self._sorting = (WHEN, Qt.SortOrder.DescendingOrder)

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Take a new reading. Where no run changes its place, the table keeps still and only renews its words."""
        self._all = tuple(runs)
        found = self._found()
        if [run.path for run in found] == [run.path for run in self._rows]:
            self._rows = found
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, SIZE))
            return
        self.beginResetModel()
        self._rows = found
        self.endResetModel()

    def filter(self, wanted: str) -> None:
        """Keep the runs whose name, text or state contains `wanted`, letter case ignored."""
        self.beginResetModel()
        self._wanted = wanted.casefold().strip()
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
        header = [self.headerData(column, Qt.Orientation.Horizontal) for column in range(SIZE + 1) if column != CURVE]
        rows = [
            (
                run.name, state_words(run.state), run.validation_loss, run.n_parameters, text_words(run),
                time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run.changed_at)), run.size_bytes,
            )
            for run in self._rows
        ]  # fmt: skip
        return Table(header=[name.rstrip(" ↑↓") for name in header], rows=rows)

    def _found(self) -> list[RunSummary]:
        return self._sorted([run for run in self._all if self._wanted in _searched(run)])

    def _sorted(self, runs: list[RunSummary]) -> list[RunSummary]:
        """What is not known comes last, whichever way is sorted."""
        column, order = self._sorting
        known = [run for run in runs if _key(run, column) is not None]
        unknown = [run for run in runs if _key(run, column) is None]
        known.sort(key=lambda run: _key(run, column), reverse=order == Qt.SortOrder.DescendingOrder)
        return known + unknown

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
        return 0 if parent.isValid() else SIZE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole and section == LOSS:
            return translate("RunsPage", "Validation loss in nats per token, at the last evaluation")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        column, order = self._sorting
        sign = "" if section != column else " ↑" if order == Qt.SortOrder.AscendingOrder else " ↓"
        return _heads()[section] + sign

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        run, column = self._rows[index.row()], index.column()
        if role == SUMMARY_ROLE:
            return run
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(run, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(run)
        return None

    def _words(self, run: RunSummary, column: int) -> str:
        if column == NAME:
            return visible(run.name)
        if column == STATE:
            return " ".join(part for part in (state_words(run.state), steps_words(run)) if part)
        if column == WHEN:
            return when_words(run.changed_at, self._now())
        words = {
            LOSS: loss_words(run.validation_loss),
            PARAMETERS: count_words(run.n_parameters),
            TEXT: text_words(run),
            SIZE: size_on_disk_words(run),
        }
        return words.get(column, "")


def alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _heads() -> tuple[str, ...]:
    return (
        translate("RunsPage", "Name"),
        translate("RunsPage", "State"),
        translate("RunsPage", "Loss"),
        translate("RunsPage", "Curve"),
        translate("RunsPage", "Parameters"),
        translate("RunsPage", "Text"),
        translate("RunsPage", "Changed"),
        translate("RunsPage", "Size"),
    )


def _searched(run: RunSummary) -> str:
    return f"{run.name}\n{text_words(run)}\n{state_words(run.state)}".casefold()


def _key(run: RunSummary, column: int) -> Any:
    """What is compared; None where nothing is known."""
    if column == LOSS:
        return None if math.isnan(run.validation_loss) else run.validation_loss
    if column == CURVE:
        return run.losses[-1][1] if run.losses else None
    keys = {
        NAME: run.name.casefold(),
        STATE: (_STATES.index(run.state) if run.state in _STATES else len(_STATES), run.step),
        PARAMETERS: run.n_parameters or None,
        TEXT: text_words(run).casefold() if run.source else None,
        WHEN: math.inf if run.is_active else run.changed_at,  # those at work would change places each second
        SIZE: run.size_bytes or None,
    }
    return keys[column]


def _tooltip(run: RunSummary) -> str:
    words = f"{visible(str(run.path))}\n{visible(run.problem)}".strip()
    return words.replace("<", "‹")  # Qt guesses rich text in tooltips
