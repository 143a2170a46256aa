"""Which runs the picked one comes from and which come from it: a small tree to walk through."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.pages.runs.model_words import how_words
from playground.ui.state.run_lineage import Kin
from playground.ui.theme import BASE_PIXELS, SMALL_PIXELS, colour, interface_font, theme
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.card import SectionLabel
from playground.ui.widgets.row_ground import paint_row_ground

_ROW = 24
_INDENT = 14
_DEEPEST_DRAWN = 8  # deeper ones are not moved further to the right
_DOT = 3.5


class LineageTree(QWidget):
    """Hidden while the run has no kin. `run_requested` (Path): the person wants that one picked."""

    run_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = SectionLabel()
        self._rows: list[KinRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._title)
        self.retranslate()
        self.hide()

    def show_kin(self, kin: Sequence[Kin]) -> None:
        """The lines from top to bottom."""
        self.setVisible(bool(kin))
        while len(self._rows) < len(kin):
            row = KinRow()
            row.clicked.connect(self._on_clicked)
            self._rows.append(row)
            self._box.addWidget(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(kin))
            if index < len(kin):
                row.show_kin(kin[index], _open_branches(kin, index))

    def rows(self) -> list["KinRow"]:
        """Those that are shown."""
        return [row for row in self._rows if not row.isHidden()]

    def retranslate(self) -> None:
        self._title.setText(translate("RunsPage", "Lineage"))
        for row in self.rows():
            row.show_kin(row.kin, row.branches)

    def _on_clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, KinRow), "only rows are clicked here"
        self.run_requested.emit(row.kin.path)


class KinRow(QAbstractButton):
    """One run: its place in the tree, its name, and at the right the step at which it left the one above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kin = Kin(path=Path(), depth=0)
        self.branches: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.update)

    def show_kin(self, kin: Kin, branches: frozenset[int] = frozenset()) -> None:
        """`branches` are the depths whose line goes on below this row."""
        self.kin, self.branches = kin, branches
        leads = kin.is_listed and not kin.is_self
        self.setEnabled(leads)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self.setText(visible(kin.path.name))
        self.setToolTip("" if kin.is_self else _tooltip(kin))
        self.setAccessibleName(_spoken(kin))
        self.update()

    def step_words(self) -> str:
        origin = self.kin.origin
        return translate("RunsPage", "step {0}").format(f"{origin.step:,}") if origin and origin.run else ""

    def sizeHint(self) -> QSize:
        return QSize(120, _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, self)
        left = self._paint_branch(painter)
        step, small = self.step_words(), interface_font(SMALL_PIXELS)
        width = QFontMetricsF(small).horizontalAdvance(step)
        painter.setFont(small)
        painter.setPen(colour("dim"))
        right = QRectF(self.width() - width - 4, 0, width, _ROW)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, step)
        font = interface_font(BASE_PIXELS - 1, bold=self.kin.is_self)
        painter.setFont(font)
        painter.setPen(colour("text" if self.kin.is_self or not self.kin.is_listed else "accent"))
        room = QRectF(left, 0, right.left() - left - 8, _ROW)
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_branch(self, painter: QPainter) -> float:
        """An angle from the line above and a dot; returns where the words begin."""
        x, middle = _place(self.kin.depth), _ROW / 2
        painter.setPen(QPen(colour("dim", 0.6), 1))
        for depth in self.branches:
            top = middle + _DOT if depth == self.kin.depth else 0
            painter.drawLine(QPointF(_place(depth), top), QPointF(_place(depth), _ROW))
        if self.kin.depth:
            painter.drawLine(QPointF(x - _INDENT, 0), QPointF(x - _INDENT, middle))
            painter.drawLine(QPointF(x - _INDENT, middle), QPointF(x - _DOT, middle))
        role = "accent" if self.kin.is_self else "dim"
        painter.setPen(QPen(colour(role), 1.5))
        painter.setBrush(colour(role) if self.kin.is_listed else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, middle), _DOT, _DOT)
        return x + 10


def _place(depth: int) -> float:
    """Where the dots of a depth are, from the left."""
    return 8 + _INDENT * min(depth, _DEEPEST_DRAWN)


def _open_branches(kin: Sequence[Kin], index: int) -> frozenset[int]:
    """The depths down to that row's own which have a child further below."""
    found, least = set(), kin[index].depth + 1
    for later in kin[index + 1 :]:
        if later.depth <= least:
            found.add(later.depth - 1)
            least = later.depth - 1
    return frozenset(found)


def _tooltip(kin: Kin) -> str:
    where = translate("RunsPage", "Show that run") if kin.is_listed else translate("RunsPage", "It is not in the list")
    how = how_words(kin.origin.how) if kin.origin else ""
    return "\n".join(part for part in (how, where) if part)


def _spoken(kin: Kin) -> str:
    name = visible(kin.path.name)
    if kin.origin is None:
        return name
    words = translate("RunsPage", "{0}, from {1} at step {2}")
    return words.format(name, visible(kin.origin.name), f"{kin.origin.step:,}")
