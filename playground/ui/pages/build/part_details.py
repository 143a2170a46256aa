"""Two lines about the part of the model that is pointed at: its formula, and what it is for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.charts.block_parts import Part
from playground.ui.translation import translate
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.facts import ElidedLabel

_RIGHT = Qt.TextElideMode.ElideRight


class PartDetails(QWidget):
    """Keeps its height whether there is a part or not, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = PlainLabel(bold=True)
        self._formula, self._about = ElidedLabel(elide=_RIGHT), ElidedLabel(elide=_RIGHT)
        self._numbers = PlainLabel(dim=True)
        self._about.set_role("dim")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._name)
        top.addWidget(self._formula, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(2)
        box.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._about, 1)
        below.addWidget(self._numbers)
        box.addLayout(below)
        self.show_part(None)

    def show_part(self, part: Part | None) -> None:
        """None: say what can be done."""
        self._name.setText(part.name if part else "")
        self._name.setVisible(part is not None)
        self._formula.show_words(part.formula if part else "")
        hint = translate("BuildPage", "Point at a part to see its formula; click it to change its setting.")
        self._about.show_words(part.about if part else hint)
        self._numbers.setText(numbers_words(part) if part else "")

    def words(self) -> str:
        """All that is shown."""
        return " ".join(
            each
            for each in (self._name.text(), self._formula.words(), self._about.words(), self._numbers.text())
            if each
        )


def numbers_words(part: Part) -> str:
    """How its parameters come about, "" if it has none."""
    if not part.n_parameters:
        return ""
    if part.n_times == 1:
        return translate("BuildPage", "{0} parameters").format(f"{part.n_each:,}")
    words = translate("BuildPage", "{0} layers × {1} = {2} parameters")
    return words.format(part.n_times, f"{part.n_each:,}", f"{part.n_parameters:,}")
