"""One small whole number of a few: its name, the number, and a button on each side of it. Counts from 1 on screen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.term_label import TermLabel

_VALUE_WIDTH = 64


class Stepper(QWidget):
    """The arrow keys step it too.

    Signals:
        value_requested (int): the person wants that value, counted from 0.
    """

    value_requested = Signal(int)

    def __init__(self, term: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TermLabel(term=term)
        self._fewer, self._more = Button("‹"), Button("›")
        self._words = PlainLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setFixedWidth(_VALUE_WIDTH)
        self._value, self._n_values = 0, 1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.name)
        row.addStretch(1)
        for part in (self._fewer, self._words, self._more):
            row.addWidget(part)
        for button in (self._fewer, self._more):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fewer.clicked.connect(self._on_fewer)
        self._more.clicked.connect(self._on_more)
        self._show()

    def show_value(self, value: int, n_values: int) -> None:
        """`value` of 0 to `n_values` - 1."""
        self._value, self._n_values = value, n_values
        self._show()

    def show_name(self, name: str, fewer: str, more: str) -> None:
        """The name, and what the two buttons do."""
        self.name.setText(name)
        for button, words in ((self._fewer, fewer), (self._more, more)):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._show()

    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def _show(self) -> None:
        self._words.setText(translate("AttentionPage", "{0} of {1}").format(self._value + 1, self._n_values))
        self._fewer.setEnabled(self._value > 0)
        self._more.setEnabled(self._value + 1 < self._n_values)

    def _step(self, by: int) -> None:
        wanted = min(max(self._value + by, 0), self._n_values - 1)
        if wanted != self._value:
            self.show_value(wanted, self._n_values)
            self.value_requested.emit(wanted)

    def _on_fewer(self) -> None:
        self._step(-1)

    def _on_more(self) -> None:
        self._step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            self._step(step)
