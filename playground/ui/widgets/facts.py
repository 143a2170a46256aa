"""A short list of facts: a name on the left, its value on the right, as in "Vocabulary  4,000"."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from playground.ui.widgets.card import PlainLabel

_GAP = 12


class ElidedLabel(PlainLabel):
    """Words that shorten when the place is narrow, in their middle by default; the tooltip has them whole."""

    def __init__(
        self, *, elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._words = ""
        self._mode = elide
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self._elide()

    def words(self) -> str:
        return self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._words, self._mode, max(self.width(), 10))
        self.setText(shown)
        is_whole = shown == self._words or "<" in self._words  # Qt would take a sign of markup for rich text
        self.setToolTip("" if is_whole else self._words)


class FactList(QWidget):
    """Facts in the order given; called again, it shows the new ones in place of the old."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)  # of rows: a long value takes what the name beside it leaves
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._rows: list[tuple[PlainLabel, ElidedLabel]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while len(self._rows) < len(facts):
            self._add_row()
        for index, (name, value) in enumerate(self._rows):
            is_used = index < len(facts)
            name.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                name.setText(facts[index][0])
                value.show_words(facts[index][1])

    def facts(self) -> list[tuple[str, str]]:
        """What is shown now."""
        return [(name.text(), value.words()) for name, value in self._rows if not name.isHidden()]

    def _add_row(self) -> None:
        name, value = PlainLabel(dim=True), ElidedLabel()
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(name)
        row.addWidget(value, 1)
        self._box.addLayout(row)
        self._rows.append((name, value))
