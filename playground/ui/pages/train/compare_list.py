"""Which other runs are drawn over this one: a mark each, in the colour of its curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.charts.curve import OTHERS, curve_colour
from playground.ui.theme import colour, interface_font, theme
from playground.ui.visible_text import visible
from playground.ui.widgets.row_ground import paint_row_ground

_HEIGHT = 26
_DOT = 10


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """A run that may be compared with. `slot` is its colour if it is, None if it is not; `why_not` if it cannot be."""

    path: Path
    slot: int | None = None
    why_not: str = ""


class CompareList(QWidget):
    """`run_toggled` (Path, bool): the person wants a run drawn, or no longer."""

    run_toggled = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._rows: list[CompareRow] = []

    def show_runs(self, runs: Sequence[Comparable]) -> None:
        """These, in place of those before; a row keeps its focus."""
        while len(self._rows) < len(runs):
            row = CompareRow()
            row.clicked.connect(self._on_clicked)
            self._rows.append(row)
            self._box.addWidget(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(runs))
            if index < len(runs):
                row.show_run(runs[index])

    def rows(self) -> list["CompareRow"]:
        """Those that are shown."""
        return [row for row in self._rows if not row.isHidden()]

    def _on_clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, CompareRow), "only rows are clicked here"
        self.run_toggled.emit(row.run.path, row.run.slot is None)


class CompareRow(QAbstractButton):
    """A dot, filled if the run is drawn, and the run's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run = Comparable(path=Path())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme().changed.connect(self.update)

    def show_run(self, run: Comparable) -> None:
        self.run = run
        self.setText(visible(run.path.name))
        self.setAccessibleName(self.text())
        self.setEnabled(not run.why_not)
        self.setToolTip(run.why_not or visible(str(run.path)).replace("<", "‹"))  # Qt guesses rich text in tooltips
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, self)
        self._paint_dot(painter)
        is_drawn = self.run.slot is not None
        font = interface_font(bold=is_drawn)
        painter.setFont(font)
        painter.setPen(colour("text" if self.isEnabled() else "dim"))
        area = self.rect().adjusted(_DOT + 14, 0, -4, 0)
        words = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_dot(self, painter: QPainter) -> None:
        box = QRectF(5, (self.height() - _DOT) / 2, _DOT, _DOT)
        slot = self.run.slot
        ring: QColor = colour("dim", 0.7) if slot is None else curve_colour(OTHERS[slot])
        painter.setPen(QPen(ring, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if slot is None else ring)
        painter.drawEllipse(box)
