"""What the person writes about a run, kept with it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.fields import TextField

_HEIGHT = 72


class NotesText(TextField):
    """`left`: the caret is elsewhere now."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class NotesField(QWidget):
    """Shows one run's notes.

    Signals:
        notes_edited (Path, str): by the person, with the run that they are about.
        left: the person is done with it for now.
    """

    notes_edited = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self.text, self._problem = SectionLabel(), NotesText(), PlainLabel(wrap=True, pixels=12)
        self._path, self._is_showing = Path(), False
        self._why_not = ""
        self.text.setFixedHeight(_HEIGHT)
        self._problem.set_role("bad")
        self._problem.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for part in (self._title, self.text, self._problem):
            box.addWidget(part)
        self.text.textChanged.connect(self._on_changed)
        self.text.left.connect(self.left)
        self.retranslate()

    def show_notes(self, path: Path, words: str, why_not: str) -> None:
        """`why_not` says why they cannot be changed. What the person is typing is not replaced."""
        self.text.setReadOnly(bool(why_not))
        self._why_not = why_not
        self._invite()
        self.text.setToolTip(why_not.replace("<", "‹"))  # Qt guesses rich text in tooltips
        if path == self._path and (self.text.hasFocus() or words == self.text.toPlainText()):
            return
        self._path, self._is_showing = path, True
        self.text.setPlainText(words)
        self._is_showing = False

    def show_problem(self, sentence: str) -> None:
        """Why the notes could not be read or kept; "" if they could."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        return self._problem.text() if not self._problem.isHidden() else ""

    def retranslate(self) -> None:
        self._title.setText(translate("Notes", "Notes"))
        self._invite()
        self.text.setAccessibleName(translate("Notes", "Notes on the run"))

    def _invite(self) -> None:
        """Where nothing stands: what it is for, or why nothing can be written."""
        self.text.setPlaceholderText(self._why_not or translate("Notes", "What you want to remember about this run"))

    def _on_changed(self) -> None:
        if not self._is_showing:
            self.notes_edited.emit(self._path, self.text.toPlainText())
