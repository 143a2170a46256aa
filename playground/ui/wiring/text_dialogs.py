"""The dialogs that choose a text, beginning in the folder where the last one was found."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from playground.ui.state.settings import Settings
from playground.ui.translation import translate

_KEY = "text_folder"
_ENDINGS = "*.txt *.text *.md"


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
