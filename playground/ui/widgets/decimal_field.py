"""A number with a fraction to type, such as an epsilon or a base; arrow keys step it by factors or sums."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from playground.ui.widgets.fields import LineField

_FACTOR_STEPS = 10  # up and down keys from one power of ten to the next
_SUM_STEPS = 100  # from one end of the range to the other


class DecimalField(LineField):
    """Shows the shortest way to write its number. Words that are no number leave the former one."""

    value_changed = Signal(float)  # by the person

    def __init__(self, low: float, high: float, *, logarithmic: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._low, self._high, self._value, self._logarithmic = low, high, low, logarithmic
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._on_typed)

    def value(self) -> float:
        return self._value

    def show_value(self, value: float) -> None:
        self._value = value
        self.setText(decimal_words(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._take(self._stepped(step))

    def _stepped(self, step: int) -> float:
        if self._logarithmic:
            return float(f"{self._value * 10 ** (step / _FACTOR_STEPS):.2g}")
        return float(f"{self._value + step * (self._high - self._low) / _SUM_STEPS:.6g}")

    def _on_typed(self) -> None:
        try:
            typed = float(self.text().replace(",", "").strip())
        except ValueError:
            typed = self._value
        self._take(typed if math.isfinite(typed) else self._value)

    def _take(self, wanted: float) -> None:
        value = min(max(wanted, self._low), self._high)
        changed = value != self._value
        self.show_value(value)
        if changed:
            self.value_changed.emit(value)


def decimal_words(value: float) -> str:
    """A number as people write it, never rounded to another one: 10,000, 0.15, 1e-05."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)
