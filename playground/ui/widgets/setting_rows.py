"""One setting as one row of a form: its name, its control, and the sentence about what is wrong with it.

The control follows from the setting: a slider, a number to type, a choice, a list, a check mark, or a line.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.fields import Setting, Value
from playground.ui.translation import translate_setting
from playground.ui.widgets.buttons import Choice
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.decimal_field import DecimalField
from playground.ui.widgets.fields import CheckField, ComboField, LineField, NumberField
from playground.ui.widgets.setting_ranges import SliderRange
from playground.ui.widgets.term_label import TermLabel
from playground.ui.widgets.value_slider import ValueSlider

_MOST_SIDE_BY_SIDE = 3  # more choices than this open as a list
_LETTERS_SIDE_BY_SIDE = 22


class SettingRow(QWidget):
    """What all rows share: a name with help above or beside the control, and a problem below."""

    value_changed = Signal(object)  # by the person: bool, int, float or str
    term_requested = Signal(str)

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self._problem = PlainLabel(wrap=True, pixels=12)
        self._problem.set_role("bad")
        self._problem.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)

    def show_problem(self, sentence: str) -> None:
        """The sentence under the control; "" hides it."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        return self._problem.text()

    def show_value(self, value: Value) -> None:
        """Show a value; no signal is sent."""
        raise NotImplementedError

    def retranslate(self) -> None:
        raise NotImplementedError


class SliderRow(SettingRow):
    """A number within a handy range."""

    def __init__(self, setting: Setting, reach: SliderRange, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self.slider = ValueSlider(
            setting, low=reach.low, high=reach.high, logarithmic=reach.logarithmic, snap=reach.snap
        )
        self.slider.value_changed.connect(self._on_changed)
        self.slider.term_requested.connect(self.term_requested)
        self._box.addWidget(self.slider)
        self._box.addWidget(self._problem)

    def show_value(self, value: Value) -> None:
        self.slider.show_value(float(value))

    def retranslate(self) -> None:
        self.slider.retranslate()

    def _on_changed(self, value: float) -> None:
        self.value_changed.emit(int(value) if self.setting.kind is int else value)


class LabelledRow(SettingRow):
    """A name beside or above one control."""

    def __init__(self, setting: Setting, control: QWidget, *, beside: bool, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._name = TermLabel(term=setting.term)
        self._name.term_requested.connect(self.term_requested)
        self._control = control
        line = QHBoxLayout()
        line.addWidget(self._name)
        line.addStretch(1)
        self._box.addLayout(line)
        if beside:
            line.addWidget(control)
        else:
            self._box.addWidget(control)
        self._box.addWidget(self._problem)

    def retranslate(self) -> None:
        self._name.setText(translate_setting(self.setting.label))
        self._name.show_help(translate_setting(self.setting.help))
        self._control.setAccessibleName(self._name.text())
        self._control.setToolTip(self._name.toolTip())


class CheckRow(LabelledRow):
    """Yes or no."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._field = CheckField()
        super().__init__(setting, self._field, beside=True, parent=parent)
        self._field.clicked.connect(self._on_clicked)
        self.retranslate()

    def show_value(self, value: Value) -> None:
        self._field.show_value(bool(value))

    def _on_clicked(self) -> None:
        self.value_changed.emit(self._field.isChecked())


class NumberRow(LabelledRow):
    """A whole number to type."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        assert setting.low is not None, f"{setting.name} has no lower end"
        assert setting.high is not None, f"{setting.name} has no upper end"
        self._field = NumberField(int(setting.low), int(setting.high))
        self._field.setFixedWidth(120)
        super().__init__(setting, self._field, beside=True, parent=parent)
        self._field.value_changed.connect(self.value_changed.emit)
        self.retranslate()

    def show_value(self, value: Value) -> None:
        self._field.show_value(int(value))


class DecimalRow(LabelledRow):
    """A number with a fraction to type."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        assert setting.low is not None, f"{setting.name} has no lower end"
        assert setting.high is not None, f"{setting.name} has no upper end"
        self._field = DecimalField(setting.low, setting.high, logarithmic=setting.logarithmic)
        self._field.setFixedWidth(120)
        super().__init__(setting, self._field, beside=True, parent=parent)
        self._field.value_changed.connect(self.value_changed.emit)
        self.retranslate()

    def show_value(self, value: Value) -> None:
        self._field.show_value(float(value))


class ChoiceRow(LabelledRow):
    """One of a few words: side by side if they are short and few, else a list."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        few = len(setting.choices) <= _MOST_SIDE_BY_SIDE
        short = sum(map(len, setting.choices)) <= _LETTERS_SIDE_BY_SIDE
        options = _labelled(setting)
        self._field: Choice | ComboField = Choice(options) if few and short else ComboField(options)
        super().__init__(setting, self._field, beside=False, parent=parent)
        self._field.chosen.connect(self.value_changed.emit)
        self.retranslate()

    def show_value(self, value: Value) -> None:
        self._field.show_value(str(value))

    def retranslate(self) -> None:
        super().retranslate()
        if isinstance(self._field, Choice):
            self._field.show_labels(_labelled(self.setting))
        else:
            self._field.show_options(_labelled(self.setting))


class LineRow(LabelledRow):
    """Text to type."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._field = LineField()
        super().__init__(setting, self._field, beside=False, parent=parent)
        self._field.editingFinished.connect(self._on_typed)
        self._shown = ""
        self.retranslate()

    def show_value(self, value: Value) -> None:
        self._shown = str(value)
        self._field.setText(self._shown)

    def _on_typed(self) -> None:
        if self._field.text() != self._shown:
            self._shown = self._field.text()
            self.value_changed.emit(self._shown)


def make_row(setting: Setting, reach: SliderRange | None) -> SettingRow:
    """The row that suits a setting; `reach` is its slider's range, if it has one."""
    if setting.choices:
        return ChoiceRow(setting)
    if setting.kind is bool:
        return CheckRow(setting)
    if setting.kind is str:
        return LineRow(setting)
    if reach:
        return SliderRow(setting, reach)
    return DecimalRow(setting) if setting.kind is float else NumberRow(setting)


def _labelled(setting: Setting) -> list[tuple[str, str]]:
    return [(choice, choice_label(choice)) for choice in setting.choices]
