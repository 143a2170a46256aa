"""A quiet table whose one column holds pieces of a vocabulary and the others numbers."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from playground.ui.theme import colours, interface_font, theme
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

ROW_HEIGHT = 22


class PieceTable(QTableView):
    """Shows a model; one row can be chosen. `widths` are the columns of numbers, in pixels."""

    def __init__(self, model: QAbstractTableModel, piece_column: int, widths: Mapping[int, int]) -> None:
        super().__init__()
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFont(interface_font(12))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        use_thin_scroll_bars(self)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(piece_column, QHeaderView.ResizeMode.Stretch)
        for column, width in widths.items():
            columns.resizeSection(column, width)
        columns.setHighlightSections(False)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        c = colours()
        self.horizontalHeader().setStyleSheet(
            f"QHeaderView {{ background: {c.panel}; border: none; }}"
            f"QHeaderView::section {{ background: {c.panel}; color: {c.dim}; border: none;"
            f" border-bottom: 1px solid {c.line}; padding: 3px 4px; }}"
        )
