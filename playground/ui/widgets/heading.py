"""The words above a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.theme import HEADING_PIXELS, interface_font
from playground.ui.widgets.facts import ElidedLabel


class Heading(QWidget):
    """A page's name and one line of plain words on what is seen; both shorten at their ends in a narrow window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self._title = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._title.setFont(interface_font(HEADING_PIXELS, bold=True))
        self._words = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._words.set_role("dim")
        box.addWidget(self._title)
        box.addWidget(self._words)

    def title(self) -> str:
        return self._title.words()

    def words(self) -> str:
        return self._words.words()

    def show_title(self, title: str) -> None:
        self._title.show_words(title)

    def show_words(self, words: str) -> None:
        self._words.show_words(words)
