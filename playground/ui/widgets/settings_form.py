"""A form made from the metadata of one section of the config: a row per setting, the advanced ones folded away.

Shows a section and reports changes; checks nothing itself.
"""

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.fields import Value, settings_of
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.setting_ranges import SLIDER_RANGES
from playground.ui.widgets.setting_rows import SettingRow, make_row


class SettingsForm(QWidget):
    """The settings of a section, such as "model", `without` some of them or `only` some of them.

    A setting with a single choice is left out: there is nothing to decide. One that counts only where another has a
    certain value is hidden elsewhere.

    Signals:
        value_changed (str, object): the person changed a setting: its dotted name and new value.
        term_requested (str): a click on a name that is a glossary term.
    """

    value_changed = Signal(str, object)
    term_requested = Signal(str)

    def __init__(
        self,
        section: str,
        *,
        only: Collection[str] = (),
        without: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._section = section
        self.rows: dict[str, SettingRow] = {}
        self._advanced = Fold()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GRID + 4)
        for setting in settings_of(SECTIONS[section]):
            is_choice_of_one = len(setting.choices) == 1
            if (only and setting.name not in only) or setting.name in without or is_choice_of_one:
                continue
            row = make_row(setting, SLIDER_RANGES.get(f"{section}.{setting.name}"))
            self.rows[setting.name] = row
            (self._advanced.body if setting.advanced else self._box).addWidget(row)
            row.value_changed.connect(self._on_changed)
            row.term_requested.connect(self.term_requested)
        self._box.addWidget(self._advanced)
        self._show_fold()
        self.retranslate()

    def show_section(self, values: Any) -> None:
        """Show a config dataclass of this form's section; what depends on other sections stays as it is."""
        for name, row in self.rows.items():
            row.show_value(getattr(values, name))
            where, wanted = row.setting.needs
            if where and "." not in where:
                row.setVisible(getattr(values, where) in wanted)
        self._show_fold()

    def show_config(self, config: RunConfig) -> None:
        """Show this form's section of a config, and only the settings that count in it."""
        self.show_section(getattr(config, self._section))
        for row in self.rows.values():
            where, wanted = row.setting.needs
            if "." in where:
                row.setVisible(value_at(config, where) in wanted)
        self._show_fold()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Sentences by dotted name; rows without one show none. A fold that hides one opens."""
        for name, row in self.rows.items():
            sentence = problems.get(f"{self._section}.{name}", "")
            row.show_problem(sentence)
            if sentence and row.setting.advanced:
                self._advanced.show_open(True)

    def insert_below(self, name: str, widget: QWidget) -> None:
        """Put a picture of a setting under its row."""
        row = self.rows[name]
        box = self._advanced.body if row.setting.advanced else self._box
        box.insertWidget(box.indexOf(row) + 1, widget)

    def retranslate(self) -> None:
        self._advanced.show_title(translate("SettingsForm", "More settings"))
        for row in self.rows.values():
            row.retranslate()

    def _show_fold(self) -> None:
        """A fold with nothing in it is not shown."""
        self._advanced.setVisible(any(row.setting.advanced and not row.isHidden() for row in self.rows.values()))

    def _on_changed(self, value: object) -> None:
        row = self.sender()
        assert isinstance(row, SettingRow), "only rows report changes here"
        self.value_changed.emit(f"{self._section}.{row.setting.name}", value)


def value_at(config: RunConfig, dotted: str) -> Value:
    """The value of a setting by its dotted name."""
    section, name = dotted.split(".", 1)
    value: Value = getattr(getattr(config, section), name)
    return value
