"""Runs side by side: the settings in which they differ, and how far they came. A plain table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.charts.curve import curve_colour
from playground.ui.state.run_differences import DifferingSetting
from playground.ui.theme import colour, interface_font, theme
from playground.ui.translation import translate, translate_setting
from playground.ui.visible_text import visible
from playground.ui.widgets.card import Card
from playground.ui.widgets.export import PictureMenu, Table
from playground.ui.widgets.facts import ElidedLabel
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars
from playground.ui.widgets.setting_words import setting_words

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DOT = 8
_NAME_WIDTH, _VALUE_WIDTH = 92, 58  # pixels, at least


@dataclass(frozen=True, kw_only=True)
class RunColumn:
    """One run: its name (of foreign origin), the role of its curve, and its losses in nats; NaN is not known."""

    name: str
    role: str
    last_loss: float = math.nan  # of training
    last_validation: float = math.nan
    best_validation: float = math.nan


class SettingsTable(Card):
    """A line for each setting that differs, a column for each run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._grid = QGridLayout()
        self._cells: dict[tuple[int, int], ElidedLabel] = {}
        self._dots: list[_Dot] = []
        self._runs: Sequence[RunColumn] = ()
        self._settings: Sequence[DifferingSetting] = ()
        self.menu = PictureMenu(self, "runs", table=self.table)
        self._lay_out()
        self.retranslate()

    def show_runs(self, runs: Sequence[RunColumn], settings: Sequence[DifferingSetting]) -> None:
        """Each setting has a value for each run."""
        if (tuple(runs), tuple(settings)) != (tuple(self._runs), tuple(self._settings)):
            self._runs, self._settings = tuple(runs), tuple(settings)
            self._fill()

    def rows(self) -> list[list[str]]:
        """What is shown, line by line; the first holds the names of the runs."""
        lines = [[translate("TrainPage", "What differs"), *(visible(run.name) for run in self._runs)]]
        for name, values in self._losses():
            lines.append([name, *(f"{value:.4f}" if math.isfinite(value) else "–" for value in values)])
        for each in self._settings:
            words = [setting_words(each.setting, value) for value in each.values]
            lines.append([translate_setting(each.setting.label), *words])
        return lines

    def table(self) -> Table:
        """The same for a spreadsheet."""
        header, *rows = self.rows()
        return Table(header=header, rows=rows)

    def retranslate(self) -> None:
        self.setAccessibleName(translate("TrainPage", "What differs"))
        self._fill()

    def _losses(self) -> list[tuple[str, list[float]]]:
        return [
            (translate("TrainPage", "Last loss"), [run.last_loss for run in self._runs]),
            (translate("TrainPage", "Last validation"), [run.last_validation for run in self._runs]),
            (translate("TrainPage", "Best validation"), [run.best_validation for run in self._runs]),
        ]

    def _fill(self) -> None:
        for cell in (*self._cells.values(), *self._dots):
            cell.hide()
        rows = self.rows()
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                self._show_cell(row, column, word)
        self._mark_best(rows)
        for index, run in enumerate(self._runs):
            self._show_dot(index, run.role)

    def _show_cell(self, row: int, column: int, words: str) -> None:
        cell = self._cells.get((row, column))
        if cell is None:
            cell = ElidedLabel(
                elide=Qt.TextElideMode.ElideMiddle if column and not row else Qt.TextElideMode.ElideRight
            )
            cell.setFont(interface_font(bold=row == 0))
            cell.setAlignment(_RIGHT if column else _LEFT)
            cell.setMinimumWidth(_VALUE_WIDTH if column else _NAME_WIDTH)
            self._cells[row, column] = cell
            self._grid.addWidget(cell, row, 2 * column)
            self._grid.setColumnStretch(2 * column, 3 if column else 4)
        cell.show_words(words)
        cell.set_role("text" if column or not row else "dim")
        cell.show()

    def _mark_best(self, rows: Sequence[Sequence[str]]) -> None:
        """The lowest validation loss of all, where there is more than one."""
        values = [run.best_validation for run in self._runs]
        known = [value for value in values if math.isfinite(value)]
        if len(known) > 1 and len(rows) > 3:
            self._cells[3, 1 + values.index(min(known))].set_role("good")

    def _show_dot(self, index: int, role: str) -> None:
        while len(self._dots) <= index:
            dot = _Dot()
            self._dots.append(dot)
            self._grid.addWidget(dot, 0, 2 * len(self._dots) - 1)
        self._dots[index].show_role(role)
        self._dots[index].show()

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        use_thin_scroll_bars(scroll)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setContentsMargins(14, 8, 8, 8)
        self.body.setSpacing(4)
        self.body.addWidget(scroll, 1)


class _Dot(QWidget):
    """The colour of a run's curve."""

    def __init__(self) -> None:
        super().__init__()
        self._role = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_role(self, role: str) -> None:
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_DOT + 2, _DOT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(curve_colour(self._role) if self._role else colour("dim"))
        painter.drawEllipse(QRectF(1, 1, _DOT, _DOT))
