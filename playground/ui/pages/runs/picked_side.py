"""The side of the Runs page while several runs are picked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.ui.pages.runs.words import UNKNOWN, loss_words
from playground.ui.state.run_summary import RunSummary
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import SectionLabel
from playground.ui.widgets.facts import FactList

_MOST_NAMED = 20


class PickedSide(QWidget):
    """Signals: compare_requested, delete_requested: of all of them."""

    compare_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._names = SectionLabel(), FactList()
        self.compare, self.delete = Button(), Button()
        self._runs: tuple[RunSummary, ...] = ()
        self._why_not = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addWidget(self._names)
        box.addSpacing(GRID)
        box.addWidget(self.compare)
        box.addWidget(self.delete)
        self.compare.clicked.connect(self.compare_requested)
        self.delete.clicked.connect(self.delete_requested)
        self.retranslate()

    def show_runs(self, runs: Sequence[RunSummary], why_not: str) -> None:
        """Their names and best losses; `why_not` says why they cannot be compared."""
        self._runs, self._why_not = tuple(runs), why_not
        self._title.setText(translate("RunsPage", "{0} runs picked, best loss of each").format(f"{len(runs):,}"))
        facts = [(visible(run.name, 30), loss_words(run.best_loss)) for run in self._runs[:_MOST_NAMED]]
        if len(runs) > _MOST_NAMED:
            facts.append((translate("RunsPage", "and {0} more").format(f"{len(runs) - _MOST_NAMED:,}"), UNKNOWN))
        self._names.show_facts(facts)
        self.compare.setEnabled(not why_not)
        self.compare.setToolTip(why_not or translate("RunsPage", "Draw their curves over one another (Enter)"))

    def facts(self) -> list[tuple[str, str]]:
        return self._names.facts()

    def retranslate(self) -> None:
        self.compare.setText(translate("RunsPage", "Compare"))
        self.delete.setText(translate("RunsPage", "Delete all of them"))
        self.delete.setToolTip(translate("RunsPage", "Take them away; Undo brings them back (Del)"))
        self.show_runs(self._runs, self._why_not)
