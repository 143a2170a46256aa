"""One number on a slider, with its name on the left and its value, which can be typed, on the right."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from playground.contract.fields import Setting
from playground.ui.theme import colour, interface_font, theme
from playground.ui.translation import translate_setting
from playground.ui.widgets.term_label import TermLabel

_TRACK = 4
_KNOB = 7
_MOST_STEPS = 100


class Scale:
    """Maps values to places on a slider and back: linear, logarithmic, or whole numbers."""

    def __init__(self, low: float, high: float, *, logarithmic: bool = False, whole: bool = False) -> None:
        assert high > low, f"a slider needs a range, not {low} to {high}"
        assert low > 0 or not logarithmic, f"a logarithmic slider cannot start at {low}"
        self.low, self.high, self.logarithmic, self.whole = low, high, logarithmic, whole

    def place(self, value: float) -> float:
        """0 at the left end, 1 at the right."""
        value = min(max(value, self.low), self.high)
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def value(self, place: float) -> float:
        place = min(max(place, 0.0), 1.0)
        if self.logarithmic:
            raw = self.low * (self.high / self.low) ** place
            raw = raw if self.whole else float(f"{raw:.2g}")
        else:
            raw = self.low + place * (self.high - self.low)
        return float(round(raw)) if self.whole else raw


class SliderTrack(QWidget):
    """The line and the knob. Keys move it by a hundredth, with Shift by a tenth; the wheel only when focused."""

    moved = Signal(float)  # place, 0 to 1, by the mouse
    stepped = Signal(float)  # by how much of the whole way, by a key or the wheel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_place(self, place: float) -> None:
        self._place = place
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 2 * _KNOB + 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_to(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0.01
        moves = {
            Qt.Key.Key_Left: -step, Qt.Key.Key_Down: -step, Qt.Key.Key_Right: step, Qt.Key.Key_Up: step,
            Qt.Key.Key_Home: -1.0, Qt.Key.Key_End: 1.0,
        }  # fmt: skip
        change = moves.get(Qt.Key(event.key()))
        if change is None:
            super().keyPressEvent(event)
            return
        self.stepped.emit(change)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # the panel scrolls; nothing changes by accident
            return
        self.stepped.emit(0.01 if event.angleDelta().y() > 0 else -0.01)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        knob = _KNOB + self._place * (self.width() - 2 * _KNOB)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("line"))
        painter.drawRoundedRect(QRectF(0, middle - _TRACK / 2, self.width(), _TRACK), 2, 2)
        accent = colour("accent") if self.isEnabled() else colour("dim")
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(0, middle - _TRACK / 2, knob, _TRACK), 2, 2)
        painter.setPen(QPen(accent, 3 if self.hasFocus() else 2))
        painter.setBrush(colour("panel"))
        painter.drawEllipse(QPointF(knob, middle), _KNOB - 1, _KNOB - 1)

    def _move_to(self, x: float) -> None:
        self.moved.emit(min(max((x - _KNOB) / max(self.width() - 2 * _KNOB, 1), 0.0), 1.0))


class ValueSlider(QWidget):
    """A named number. `format` turns the value into the words at the right ("off", "1.0e-3").

    Range, label, help and glossary term come from a `Setting`; `low` and `high` may narrow the range of the slider
    (a typed value may use the whole range of the setting). `snap` moves what the slider gives to the nearest sensible
    value, such as a width that the heads divide.
    """

    value_changed = Signal(float)  # by the person
    term_requested = Signal(str)

    def __init__(
        self,
        setting: Setting,
        *,
        low: float | None = None,
        high: float | None = None,
        logarithmic: bool | None = None,
        format: Callable[[float], str] | None = None,
        snap: Callable[[float], float] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        whole = setting.kind is int
        bottom, top = low if low is not None else setting.low, high if high is not None else setting.high
        assert bottom is not None, f"{setting.name} has no lower end"
        assert top is not None, f"{setting.name} has no upper end"
        log = setting.logarithmic if logarithmic is None else logarithmic
        self._scale = Scale(bottom, top, logarithmic=log and bottom > 0, whole=whole)
        self._format = format or _plain_number
        self._snap = snap
        self._value = float(setting.default)
        self._name = TermLabel(term=setting.term)
        self._edit = QLineEdit()
        self._track = SliderTrack()
        self._lay_out()
        self.retranslate()
        self.show_value(self._value)
        self._track.moved.connect(self._on_moved)
        self._track.stepped.connect(self._on_stepped)
        self._edit.editingFinished.connect(self._on_typed)
        self._name.term_requested.connect(self.term_requested)

    def value(self) -> float:
        return self._value

    def show_value(self, value: float) -> None:
        """Show a value; no signal is sent."""
        self._value = float(value)
        self._edit.setText(self._format(self._value))
        self._track.show_place(self._scale.place(self._value))

    def set_snap(self, snap: Callable[[float], float] | None) -> None:
        """Let the slider stop elsewhere from now on, e.g. because another setting allows other values."""
        self._snap = snap

    def retranslate(self) -> None:
        self._name.setText(translate_setting(self._setting.label))
        self._name.show_help(translate_setting(self._setting.help))
        for part in (self._edit, self._track):
            part.setAccessibleName(self._name.text())
            part.setToolTip(self._name.toolTip())

    def _lay_out(self) -> None:
        self._edit.setFrame(False)
        self._edit.setFont(interface_font())
        self._edit.setFixedWidth(92)
        self._edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self._edit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self._track)

    def _on_moved(self, place: float) -> None:
        self._take(self._value_at(place))

    def _on_stepped(self, change: float) -> None:
        """A step too small for the next value goes on until there is one."""
        place = self._scale.place(self._value)
        for n_steps in range(1, _MOST_STEPS + 1):
            reached = min(max(place + n_steps * change, 0.0), 1.0)
            value = self._value_at(reached)
            if value != self._value or reached in (0.0, 1.0):
                break
        if (value - self._value) * change > 0:
            self._take(value)

    def _value_at(self, place: float) -> float:
        value = self._scale.value(place)
        return self._snap(value) if self._snap else value

    def _on_typed(self) -> None:
        text = self._edit.text().replace(",", "").strip()
        if text == self._format(self._value).replace(",", ""):
            return
        try:
            value = float(text)
        except ValueError:
            self.show_value(self._value)
            return
        value = float(round(value)) if self._scale.whole else value
        low, high = self._setting.low, self._setting.high
        value = max(value, low) if low is not None else value
        self._take(min(value, high) if high is not None else value)

    def _take(self, value: float) -> None:
        if value == self._value:
            self.show_value(value)
            return
        self.show_value(value)
        self.value_changed.emit(value)


def _plain_number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:.2e}" if abs(value) < 0.001 else f"{value:.3g}"
