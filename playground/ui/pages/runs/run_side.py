"""The side of the Runs page: the picked run's name, notes, facts, kin, last text, and what can be done to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.pages.runs.command_lines import CommandLines
from playground.ui.pages.runs.fork_field import ForkField
from playground.ui.pages.runs.lineage_tree import LineageTree
from playground.ui.pages.runs.model_tools import ModelTools
from playground.ui.pages.runs.origin_line import OriginLine
from playground.ui.state.run_lineage import Kin
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import LineField, TextField
from playground.ui.widgets.notes_field import NotesField

_SAMPLE_HEIGHT = 148
_LINE_LIMIT = 4000


class NameField(LineField):
    """A name that is changed with Enter; Escape, and leaving it, bring the former one back.

    Signals:
        name_edited (str): while typing.
        name_entered (str): Enter, with another name than before.
        left: the former name stands there again.
    """

    name_edited = Signal(str)
    name_entered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._name = ""
        self.textEdited.connect(self.name_edited)

    def show_name(self, name: str) -> None:
        """A run's name; while the person types another, a repeated name changes nothing."""
        if name != self._name or not self.hasFocus():
            self._name = name
            self.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text() != self._name:
                self.name_entered.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self._bring_back()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._bring_back()

    def _bring_back(self) -> None:
        self.setText(self._name)
        self.left.emit()


class RunSide(QWidget):
    """Shows the picked run.

    Signals:
        name_edited (str), name_entered (str), name_left: see `NameField`.
        reveal_requested, delete_requested
    """

    name_edited = Signal(str)
    name_entered = Signal(str)
    name_left = Signal()
    reveal_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = {key: SectionLabel() for key in ("name", "facts", "settings", "sample")}
        self.name = NameField()
        self._name_problem = PlainLabel(wrap=True, pixels=12)
        self._problem = PlainLabel(wrap=True, pixels=12)
        for label in (self._name_problem, self._problem):
            label.set_role("bad")
            label.hide()
        self._facts, self._differences = FactList(), FactList()
        self.notes, self.lineage = NotesField(), LineageTree()
        self.origin, self.model = OriginLine(), ModelTools()
        self.fork, self.commands = ForkField(), CommandLines()
        self._is_attached = False
        self._preset = PlainLabel(dim=True, wrap=True, pixels=12)
        self._sample = TextField()
        self._sample.setReadOnly(True)
        self._sample.setFixedHeight(_SAMPLE_HEIGHT)
        self._sample_title = ""
        self.reveal, self.delete = Button(), Button()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_settings("", [])
        self.show_sample("", "")

    def show_name(self, name: str, why_not: str, is_attached: bool = False) -> None:
        """`why_not` says why it cannot be renamed or deleted now; "" if it can. An attached run is let go instead."""
        self._is_attached = is_attached
        self._name_delete()
        self.name.show_name(name)
        self.name.setReadOnly(bool(why_not))
        self.name.setToolTip(why_not or translate("RunsPage", "Type another name and press Enter (F2)"))
        self.delete.setEnabled(is_attached or not why_not)
        if is_attached:
            words = translate("RunsPage", "Take it off this list; its folder stays as it is (Del)")
        else:
            words = why_not or translate("RunsPage", "Take the run away; Undo brings it back (Del)")
        self.delete.setToolTip(words)

    def show_name_problem(self, sentence: str) -> None:
        self._name_problem.setText(sentence)
        self._name_problem.setVisible(bool(sentence))

    def show_problem(self, sentence: str) -> None:
        """Why the run is damaged or failed; "" hides it."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def show_is_here(self, is_here: bool) -> None:
        """Of a run that is gone nothing can be made."""
        for part in (self.notes, self.fork, self.model, self.commands):
            part.setVisible(is_here)
        self.reveal.setEnabled(is_here)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        self._facts.show_facts(facts)

    def facts(self) -> list[tuple[str, str]]:
        return self._facts.facts()

    def show_lineage(self, kin: Sequence[Kin]) -> None:
        """The tree says what the line about the origin would."""
        self.lineage.show_kin(kin)
        if kin:
            self.origin.hide()

    def show_settings(self, preset: str, differences: Sequence[tuple[str, str]]) -> None:
        """A sentence about the nearest preset, and the settings that depart from it."""
        self._preset.setText(preset)
        self._differences.show_facts(differences)
        self._differences.setVisible(bool(differences))
        for part in (self._titles["settings"], self._preset):
            part.setVisible(bool(preset))

    def differences(self) -> list[tuple[str, str]]:
        return self._differences.facts()

    def show_sample(self, title: str, text: str) -> None:
        """The text that the model wrote last; of foreign origin."""
        lines = "\n".join(visible(line, _LINE_LIMIT) for line in text.split("\n"))
        self._sample_title = title
        self._titles["sample"].setText(title)
        if lines != self._sample.toPlainText():
            self._sample.setPlainText(lines)
        for part in (self._titles["sample"], self._sample):
            part.setVisible(bool(text))

    def sample(self) -> str:
        return self._sample.toPlainText()

    def start_renaming(self) -> None:
        """Put the caret into the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def retranslate(self) -> None:
        self._titles["name"].setText(translate("RunsPage", "Name"))
        self._titles["facts"].setText(translate("RunsPage", "Run"))
        self._titles["settings"].setText(translate("RunsPage", "Settings"))
        self.name.setAccessibleName(translate("RunsPage", "Name of the run"))
        self._sample.setAccessibleName(translate("RunsPage", "Text that the model wrote last"))
        self.reveal.setText(translate("RunsPage", "Show the folder"))
        self._name_delete()
        self.reveal.updateGeometry()
        for part in (self.notes, self.lineage, self.fork, self.model, self.commands):
            part.retranslate()

    def _name_delete(self) -> None:
        """Only what lies in the person's own folder is deleted."""
        words = translate("RunsPage", "Detach") if self._is_attached else translate("RunsPage", "Delete")
        if words != self.delete.text():
            self.delete.setText(words)
            self.delete.updateGeometry()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.reveal, 1)
        buttons.addWidget(self.delete, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        parts = (
            self._titles["name"], self.name, self._name_problem, self._problem,
            self.notes,
            self._titles["facts"], self._facts, self.origin, self.lineage,
            self.fork, self.model, self.commands,
            self._titles["sample"], self._sample,
            self._titles["settings"], self._preset, self._differences,
        )  # fmt: skip
        for part in parts:
            box.addWidget(part)
        box.insertLayout(parts.index(self._problem), buttons)

    def _connect(self) -> None:
        self.name.name_edited.connect(self.name_edited)
        self.name.name_entered.connect(self.name_entered)
        self.name.left.connect(self.name_left)
        self.reveal.clicked.connect(self.reveal_requested)
        self.delete.clicked.connect(self.delete_requested)
