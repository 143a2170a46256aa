"""Which text is used: its name, and a button to choose another: a file, a folder, or a built-in one.

Opens no dialog and reads no file: it says what the person wishes.
"""

from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from playground.contract.messages import TextDescription
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.facts import ElidedLabel

BUILTIN_SOURCES = (
    "builtin:tales-en",
    "builtin:tales-ja",
    "builtin:translate-en-ja",
    "builtin:copy",
    "builtin:reverse",
    "builtin:sort",
    "builtin:addition",
    "builtin:brackets",
)


class SourceField(QWidget):
    """Name and facts of a text.

    Signals:
        source_chosen (str): a built-in text was picked.
        file_requested, folder_requested: the person wants to pick one in a dialog.
    """

    source_chosen = Signal(str)
    file_requested = Signal()
    folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel()
        self._facts = PlainLabel(dim=True, pixels=12)
        self._open = Button()
        self.menu = QMenu(self)
        self._open.clicked.connect(self._on_open)
        names = QHBoxLayout(self)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(GRID)
        names.addWidget(self._name, 1)
        names.addWidget(self._facts)
        names.addWidget(self._open)
        self.retranslate()

    def show_source(self, source: str, description: TextDescription | None) -> None:
        """`description` is None while it is not known."""
        self._name.show_words(source_words(source))
        self._facts.setText(size_words(description.size_bytes) if description else "")

    def retranslate(self) -> None:
        self._open.setText(translate("SourceField", "Choose…"))
        self.menu.clear()
        self.menu.addAction(translate("SourceField", "Text file…")).triggered.connect(self.file_requested)
        self.menu.addAction(translate("SourceField", "Folder of text files…")).triggered.connect(self.folder_requested)
        self.menu.addSeparator()
        for source in BUILTIN_SOURCES:
            action = self.menu.addAction(builtin_words(source))
            action.setData(source)
            action.triggered.connect(self._on_builtin)

    def _on_open(self) -> None:
        self.menu.popup(self._open.mapToGlobal(self._open.rect().bottomLeft()))

    def _on_builtin(self) -> None:
        action = self.sender()
        self.source_chosen.emit(action.data())  # type: ignore[attr-defined]  # it is a QAction


def source_words(source: str) -> str:
    """A text's short name: without "builtin:", without the folders above it; safe to show."""
    if source.startswith("builtin:"):
        return source.removeprefix("builtin:")
    return visible(PurePath(source).name or source)


def builtin_words(source: str) -> str:
    """What a built-in text is, in the interface's language."""
    words = {
        "builtin:tales-en": translate("SourceField", "Built-in: short tales in English"),
        "builtin:tales-ja": translate("SourceField", "Built-in: short tales in Japanese"),
        "builtin:translate-en-ja": translate("SourceField", "Built-in: English sentences and their translations"),
        "builtin:copy": translate("SourceField", "Built-in: copying"),
        "builtin:reverse": translate("SourceField", "Built-in: reversing"),
        "builtin:sort": translate("SourceField", "Built-in: sorting"),
        "builtin:addition": translate("SourceField", "Built-in: adding numbers"),
        "builtin:brackets": translate("SourceField", "Built-in: closing brackets"),
    }
    return words[source]


def size_words(size_bytes: float) -> str:
    """A size in steps of a thousand, three digits at most: "512 B", "2.1 MB", "13 MB", "1.6 GB"."""
    units = ["B", "kB", "MB", "GB", "TB"]
    while size_bytes >= 999.5 and len(units) > 1:
        size_bytes /= 1000
        units.pop(0)
    digits = 1 if size_bytes < 9.95 and units[0] != "B" else 0
    return f"{size_bytes:,.{digits}f} {units[0]}"
