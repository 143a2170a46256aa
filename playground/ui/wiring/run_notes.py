"""Connects a field for notes, at the side of the Runs and of the Train page, to the file in the run directory."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from playground.contract.errors import PlaygroundError
from playground.contract.run_notes import try_read_notes, write_notes
from playground.ui.engine_sentences import told
from playground.ui.translation import translate
from playground.ui.widgets.notes_field import NotesField
from playground.ui.wiring.opening import sample_model

_QUIET_MS = 600  # without a key, after which what was typed is kept


class RunNotes(QObject):
    """Keeps what is typed a moment after the last key, and at once when the person turns elsewhere."""

    def __init__(self, field: NotesField) -> None:
        super().__init__(field)
        self._field = field
        self._typed: tuple[Path, str] | None = None  # and not kept yet
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self.keep)
        field.notes_edited.connect(self._on_edited)
        field.left.connect(self.keep)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.keep)

    def show(self, path: Path, is_here: bool) -> None:
        """The notes of a run as they are on the disk; `is_here` tells whether its folder is there."""
        if self._typed is not None and self._typed[0] == path:
            return  # the disk is behind
        self.keep()
        words, problem = try_read_notes(path) if is_here else ("", "")
        why_not = problem = told(problem)
        if path == sample_model():
            why_not = translate("Notes", "The sample model belongs to the program and stays as it is.")
        elif not is_here:
            why_not = translate("Notes", "Its folder is not there now.")
        self._field.show_notes(path, words, why_not)
        self._field.show_problem(problem)

    def keep(self) -> None:
        """Write what was typed, if anything was."""
        self._quiet.stop()
        if self._typed is None:
            return
        (path, words), self._typed = self._typed, None
        try:
            write_notes(path, words)
        except PlaygroundError as error:
            self._field.show_problem(told(error))
        else:
            self._field.show_problem("")

    def _on_edited(self, path: Path, words: str) -> None:
        self._typed = path, words
        self._quiet.start()
