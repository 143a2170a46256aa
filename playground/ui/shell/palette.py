"""The command palette: type a few letters of what should be done, press Enter."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from playground.ui.actions import Action
from playground.ui.shell.palette_row import PaletteRow
from playground.ui.theme import CARD_RADIUS, colour, theme
from playground.ui.translation import translate
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fields import LineField
from playground.ui.widgets.scroll_bar import use_thin_scroll_bars

_WIDTH = 560
_ROW = 34
_MOST_ROWS = 12
Index = QModelIndex | QPersistentModelIndex


def matching(actions: Sequence[Action], typed: str) -> list[Action]:
    """The actions whose names hold every typed word; names that begin with what was typed come first."""
    words = typed.casefold().split()
    found = [action for action in actions if all(word in action.name().casefold() for word in words)]
    whole = " ".join(words)
    return sorted(found, key=lambda action: not action.name().casefold().startswith(whole))


class ActionList(QAbstractListModel):
    """Actions as rows; the shortcut rides along for the painter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actions: list[Action] = []

    def show_actions(self, actions: list[Action]) -> None:
        self.beginResetModel()
        self.actions = actions
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.actions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        action = self.actions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return action.name()
        if role == Qt.ItemDataRole.UserRole:
            return QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        return None


class Palette(QWidget):
    """Lies over the window. `open_with` shows it; Escape or a press beside it closes it."""

    action_chosen = Signal(Action)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._all: list[Action] = []
        self._former: QWidget | None = None  # had the focus before, and gets it back
        self._box = _PaletteBox(self)
        self.line = LineField()
        self.rows = QListView()
        self._model = ActionList(self)
        self._nothing = PlainLabel(dim=True)
        self._lay_out()
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.rows.clicked.connect(self._on_row_clicked)
        window.installEventFilter(self)
        self.hide()

    def open_with(self, actions: Sequence[Action]) -> None:
        """Offer these actions, nothing typed yet."""
        self._all = list(actions)
        self._former = QApplication.focusWidget()
        self.line.setPlaceholderText(translate("Palette", "What do you want to do?"))
        self.line.setAccessibleName(translate("Palette", "Command palette"))
        self.rows.setAccessibleName(translate("Palette", "Matching commands"))
        self._nothing.setText(translate("Palette", "Nothing is called that."))
        self.setGeometry(self._window.rect())
        self.line.clear()
        self._on_typed("")
        self.show()
        self.raise_()
        self.line.setFocus()

    def shown(self) -> list[Action]:
        """The rows as they stand."""
        return self._model.actions

    def _lay_out(self) -> None:
        self.rows.setModel(self._model)
        use_thin_scroll_bars(self.rows)
        self.rows.setItemDelegate(PaletteRow(_ROW, self.rows))
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setMouseTracking(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setUniformItemSizes(True)
        column = QVBoxLayout(self._box)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        for widget in (self.line, self.rows, self._nothing):
            column.addWidget(widget)

    def _on_typed(self, typed: str) -> None:
        found = matching(self._all, typed)
        self._model.show_actions(found)
        self.rows.setCurrentIndex(self._model.index(0, 0))
        self.rows.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._place()

    def _on_row_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._model.actions):
            return
        chosen = self._model.actions[row]
        self._close()
        self.action_chosen.emit(chosen)

    def _close(self) -> None:
        self.line.clearFocus()  # else hiding would send the focus elsewhere
        self.hide()
        if self._former is not None and shiboken6.isValid(self._former):
            self._former.setFocus()

    def _move(self, change: int) -> None:
        n_rows = len(self._model.actions)
        if n_rows:
            row = (self.rows.currentIndex().row() + change) % n_rows
            self.rows.setCurrentIndex(self._model.index(row, 0))

    def _place(self) -> None:
        n_rows = min(max(len(self._model.actions), 1), _MOST_ROWS)
        width = min(_WIDTH, self.width() - 48)
        self.rows.setFixedHeight(n_rows * _ROW)
        height = 20 + self.line.minimumHeight() + 8 + n_rows * _ROW
        self._box.setGeometry((self.width() - width) // 2, 72, width, height)

    # Qt overrides.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if watched is self.line and isinstance(event, QFocusEvent) and event.lostFocus():
            self.hide()
        elif watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self._place()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        moves = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _MOST_ROWS, Qt.Key.Key_PageUp: -_MOST_ROWS,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            self._move(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.rows.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self._close()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self._close()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("window", 0.55))


class _PaletteBox(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line").darker(112), 1))
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
