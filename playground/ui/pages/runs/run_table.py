"""The table of all runs: sorted by its heads, steered by mouse and keyboard."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from playground.ui.pages.runs.run_columns import (
    CURVE,
    KIND,
    LOSS,
    N_COLUMNS,
    NAME,
    ORIGIN,
    PARAMETERS,
    SIZE,
    STATE,
    STEPS,
    TEXT,
    WHEN,
)
from playground.ui.pages.runs.run_delegate import PADDING, ROW_HEIGHT, RunDelegate
from playground.ui.pages.runs.run_model import RunModel
from playground.ui.state.run_summary import RunSummary
from playground.ui.theme import SMALL_PIXELS, colour, colours, interface_font, theme
from playground.ui.translation import translate
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

_WIDTHS = {
    STATE: 110, KIND: 76, STEPS: 72, LOSS: 76, CURVE: 84, PARAMETERS: 92, SIZE: 70, TEXT: 104, ORIGIN: 80, WHEN: 100,
}  # fmt: skip
_FIRST_TO_GO = (ORIGIN, SIZE, KIND, TEXT, PARAMETERS, WHEN, CURVE)  # where the window is narrow; the side tells them
_LEAST_NAME = 152


class RunTable(QTableView):
    """Shows runs. Several can be picked (Shift, Ctrl); one of them, the one with the focus, is the chosen one.

    Signals:
        run_chosen: others, or none, are picked, by the person or because a picked one is gone.
        open_requested, rename_requested, delete_requested: of what is picked.
    """

    run_chosen = Signal()
    open_requested = Signal()
    rename_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunModel(self)
        self._painter = RunDelegate(self)
        self._chosen: Path | None = None
        self._picked: tuple[Path, ...] = ()
        self._empty_words = ""
        self.setModel(self.runs)
        self.setItemDelegate(self._painter)
        self._set_up()
        self._set_up_heads()
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.selectionModel().currentChanged.connect(self._on_selected)
        self.doubleClicked.connect(self._on_double_clicked)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """A new reading; the picked run stays picked while it is there."""
        self._keep(lambda: self.runs.show_runs(runs))

    def show_filter(self, wanted: str) -> None:
        self._keep(lambda: self.runs.filter(wanted))

    def show_in_view(self, path: Path | None) -> None:
        """Which run all pages show."""
        self._painter.in_view = path
        self.viewport().update()

    def show_chosen(self, path: Path | None) -> None:
        """Pick a run, or none."""
        row = self.runs.row_of(path)
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            # Named flags: the view's own would toggle while the person holds Ctrl.
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.runs.index(row, NAME), flags)

    def show_first_chosen(self) -> None:
        """Pick the uppermost run, if there is one."""
        self.show_chosen(self.runs.run_at(0).path if self.runs.rowCount() else None)

    def show_empty(self, sentence: str) -> None:
        """What to say while no row is left."""
        self._empty_words = sentence
        self.viewport().update()

    def show_picked(self, paths: Sequence[Path]) -> None:
        """Pick several runs; the first of them is the chosen one."""
        self.show_chosen(paths[0] if paths else None)
        self._select(paths)

    def chosen(self) -> RunSummary | None:
        """The one picked run that the side tells of, as it was read last."""
        row = self.runs.row_of(self._chosen)
        return self.runs.run_at(row) if row >= 0 else None

    def picked(self) -> list[RunSummary]:
        """All picked runs, from top to bottom."""
        rows = sorted(row for row in map(self.runs.row_of, self._picked) if row >= 0)
        return [self.runs.run_at(row) for row in rows]

    def retranslate(self) -> None:
        self.setAccessibleName(translate("RunsPage", "Runs"))
        self.runs.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, N_COLUMNS - 1)
        self.viewport().update()

    def _keep(self, change: Callable[[], None]) -> None:
        """Change the rows, but not what is picked: a reset forgets it."""
        selection = self.selectionModel()
        kept, picked, place = self._chosen, self._picked, self.verticalScrollBar().value()
        selection.blockSignals(True)
        change()
        left = [path for path in picked if self.runs.row_of(path) >= 0]
        chosen = kept if kept in left else next(iter(left), None)
        self.show_chosen(chosen)
        if len(left) > 1:
            self._select(left)
        selection.blockSignals(False)
        self.verticalScrollBar().setValue(place)
        self._choose(chosen, tuple(left))

    def _select(self, paths: Sequence[Path]) -> None:
        """Mark these rows besides the current one."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        marks = QItemSelection()
        for row in map(self.runs.row_of, paths):
            if row >= 0:
                marks.select(self.runs.index(row, NAME), self.runs.index(row, NAME))
        self.selectionModel().select(marks, flags)

    def _choose(self, path: Path | None, picked: tuple[Path, ...]) -> None:
        if (path, picked) != (self._chosen, self._picked):
            self._chosen, self._picked = path, picked
            self.run_chosen.emit()

    def _on_selected(self) -> None:
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        picked = tuple(self.runs.run_at(row).path for row in rows)
        current = self.currentIndex().row()
        chosen = self.runs.run_at(current).path if current in rows else next(iter(picked), None)
        self._choose(chosen, picked)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.open_requested.emit()

    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._keep(lambda: self.runs.sort(column, order))

    # Making.

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        use_thin_scroll_bars(self)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_heads(self) -> None:
        heads = self.horizontalHeader()
        heads.setFont(interface_font(SMALL_PIXELS, bold=True))
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            heads.resizeSection(column, width)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(True)
        heads.setSortIndicator(WHEN, Qt.SortOrder.DescendingOrder)
        heads.setSortIndicatorShown(False)  # the model's heads say it; the style's arrow would cover them
        heads.sortIndicatorChanged.connect(self._on_sorted)

    def _restyle(self) -> None:
        c = colours()
        self.setStyleSheet("QTableView { background: transparent; }")
        self.horizontalHeader().setStyleSheet(
            f"QHeaderView {{ background: transparent; border: none; }}"
            f"QHeaderView::section {{ background: transparent; color: {c.dim}; border: none;"
            f" border-bottom: 1px solid {c.line}; padding: 6px {PADDING}px; }}"
        )

    def _fit_columns(self) -> None:
        """Hide what the name has no room beside."""
        left = self.viewport().width() - _LEAST_NAME - sum(_WIDTHS.values())
        for column in _FIRST_TO_GO:
            self.setColumnHidden(column, left < 0)
            if left < 0:
                left += _WIDTHS[column]

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_columns()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wishes = {
            Qt.Key.Key_Return: self.open_requested,
            Qt.Key.Key_Enter: self.open_requested,
            Qt.Key.Key_F2: self.rename_requested,
            Qt.Key.Key_Delete: self.delete_requested,
        }
        wish = wishes.get(Qt.Key(event.key()))
        if wish is None:
            super().keyPressEvent(event)
        elif self.chosen() is not None:
            wish.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        former = self._painter.hovered_row
        if row != former:
            self._painter.hovered_row = row
            for each in (former, row):
                self._update_row(each)

    def _update_row(self, row: int) -> None:
        """Paint one row anew; the whole table takes ten times as long."""
        if 0 <= row < self.runs.rowCount():
            self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.runs.rowCount() == 0 and self._empty_words:
            painter = QPainter(self.viewport())
            painter.setFont(interface_font())
            painter.setPen(colour("dim"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._empty_words)
