"""Two lines about the part of the model that is pointed at: its formula, and what it is for."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.charts.block_parts import Part
from playground.ui.translation import translate
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.facts import ElidedLabel


class PartDetails(QWidget):
    """Keeps its height whether there is a part or not, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = PlainLabel(bold=True)
        self._formula, self._about = ElidedLabel(), ElidedLabel()
        self._about.set_role("dim")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._name)
        top.addWidget(self._formula, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(2)
        box.addLayout(top)
        box.addWidget(self._about)
        self.show_part(None)

    def show_part(self, part: Part | None) -> None:
        """None: say what can be done."""
        self._name.setText(part.name if part else "")
        self._name.setVisible(part is not None)
        self._formula.show_words(part.formula if part else "")
        hint = translate("BuildPage", "Point at a part to see its formula; click it to change its setting.")
        self._about.show_words(about_words(part) if part else hint)

    def words(self) -> str:
        """All that is shown."""
        return " ".join(each for each in (self._name.text(), self._formula.words(), self._about.words()) if each)


def about_words(part: Part) -> str:
    """The sentence, and its parameters if it has any."""
    if not part.n_parameters:
        return part.about
    if part.n_times == 1:
        numbers = translate("BuildPage", "{0} parameters").format(f"{part.n_each:,}")
    else:
        words = translate("BuildPage", "{0} layers × {1} = {2} parameters")
        numbers = words.format(part.n_times, f"{part.n_each:,}", f"{part.n_parameters:,}")
    return f"{part.about}  ·  {numbers}"
