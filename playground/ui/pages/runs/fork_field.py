"""From which step of the picked run another one shall go on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import SectionLabel
from playground.ui.widgets.fields import ComboField


class ForkField(QWidget):
    """`fork_requested` (int): a new run that begins with the weights of that step."""

    fork_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self.step, self.button = SectionLabel(), ComboField(), Button()
        self._steps: tuple[int, ...] = ()
        self._meant = -1
        self._why_not = ""
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.step, 1)
        row.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addLayout(row)
        self.button.clicked.connect(self._on_clicked)
        self.retranslate()

    def show_steps(self, steps: Sequence[int], meant: int, why_not: str) -> None:
        """Rising steps to choose from; `meant` is chosen whenever it or the choice is another than before."""
        self._why_not = why_not
        if (tuple(steps), meant) != (self._steps, self._meant):
            self._steps, self._meant = tuple(steps), meant
            self._show_options()
            self.step.show_value(str(meant))
        self.step.setEnabled(bool(steps))
        self.button.setEnabled(not why_not)
        self.button.setToolTip(
            why_not or translate("RunsPage", "Train a new run that begins with these weights, with other settings")
        )

    def retranslate(self) -> None:
        self._title.setText(translate("RunsPage", "Go on from it"))
        self.step.setAccessibleName(translate("RunsPage", "Step to go on from"))
        self.button.setText(translate("RunsPage", "Fork…"))
        self.button.updateGeometry()
        self._show_options()
        self.show_steps(self._steps, self._meant, self._why_not)

    def _show_options(self) -> None:
        """The newest first."""
        words = translate("RunsPage", "step {0}")
        self.step.show_options([(str(step), words.format(f"{step:,}")) for step in reversed(self._steps)])

    def _on_clicked(self) -> None:
        if self.step.value():
            self.fork_requested.emit(int(self.step.value()))
