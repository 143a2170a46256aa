"""The dialogs that choose a text, beginning in the folder where the last one was found."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.translation import translate

_KEY = "text_folder"
_ENDINGS = "*.txt *.text *.md"


class TextChoice(QObject):
    """Makes a file or a folder that the person chooses the draft's text."""

    def __init__(self, page: QWidget, app: AppState) -> None:
        super().__init__(page)
        self._page, self._app = page, app

    def choose_file(self) -> None:
        self._take(self.ask_for_file())

    def choose_folder(self) -> None:
        self._take(self.ask_for_folder())

    def ask_for_file(self) -> str:
        """The dialog; "" if it is cancelled."""
        return ask_for_text_file(self._page, self._app.settings)

    def ask_for_folder(self) -> str:
        """The dialog; "" if it is cancelled."""
        return ask_for_text_folder(self._page, self._app.settings)

    def _take(self, path: str) -> None:
        if path:
            self._app.draft.set_source(str(Path(path)))


def ask_for_text_file(parent: QWidget, settings: Settings) -> str:
    """The path of a file; "" if the person thinks better of it."""
    texts, all_files = translate("TextDialogs", "Texts"), translate("TextDialogs", "All files")
    filters = f"{texts} ({_ENDINGS});;{all_files} (*)"
    words = translate("TextDialogs", "Choose a text file")
    path, _ = QFileDialog.getOpenFileName(parent, words, _start(settings), filters)
    return _remembered(path, settings)


def ask_for_text_folder(parent: QWidget, settings: Settings) -> str:
    """The path of a folder; "" if the person thinks better of it."""
    words = translate("TextDialogs", "Choose a folder of text files")
    return _remembered(QFileDialog.getExistingDirectory(parent, words, _start(settings)), settings)


def _start(settings: Settings) -> str:
    last = Path(settings.text(_KEY))
    return str(last if last.is_absolute() and last.is_dir() else Path.home())


def _remembered(path: str, settings: Settings) -> str:
    if path:
        settings.set_text(_KEY, str(Path(path).parent))
    return path
