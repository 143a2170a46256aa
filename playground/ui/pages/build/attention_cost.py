"""Fused and explicit attention side by side: a button that measures, and what was measured as picture and table.

Shows what comes and reports what the person wishes; measures nothing itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from playground.contract.attention_cost_messages import AttentionCost, AttentionMeasured, AttentionShape
from playground.ui.charts.attention_cost_picture import FORWARD, TRAINING, AttentionCostPicture
from playground.ui.pages.build.cost_table import CostTable
from playground.ui.pages.build.cost_words import (
    difference_words,
    gain_words,
    intention_words,
    measured_words,
    stop_words,
)
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button, Choice
from playground.ui.widgets.card import PlainLabel
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.progress_line import ProgressLine

LONGEST = 2048  # tokens


class AttentionCostView(QWidget):
    """Of the model that is being built; results of another shape stay until they are measured anew.

    Signals:
        measure_requested, cancel_requested
    """

    measure_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape: AttentionShape | None = None  # of the model; None: it cannot be built
        self._of: AttentionShape | None = None  # what the rows are of
        self._rows: tuple[AttentionCost, ...] = ()
        self._measured: AttentionMeasured | None = None
        self._is_busy, self._n_tokens = False, 0  # tokens being measured, 0 while it starts
        self._fraction = 0.0
        self._intention, self._problem = _small(dim=True), _small()
        self._problem.set_role("bad")
        self.button, self.progress = Button(), ProgressLine()
        self.passes = Choice(((FORWARD, ""), (TRAINING, "")))
        self.picture, self.table = AttentionCostPicture(), CostTable()
        self._difference, self._gain, self._of_words = _bold(), _small(), _small(dim=True)
        self._stopped, self._other = _small(dim=True), _small(dim=True)
        self.fold = Fold()
        self._lay_out()
        self.button.clicked.connect(self.measure_requested)
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.passes.chosen.connect(self._show_rows)
        self.fold.opened.connect(self._show_rows)
        self.retranslate()

    def show_shape(self, shape: AttentionShape | None) -> None:
        """The shape of the model that is being built; None if it cannot be."""
        if shape != self._shape:
            self._shape = shape
            self._show_all()

    def show_rows(
        self, of: AttentionShape, rows: Sequence[AttentionCost], measured: AttentionMeasured | None = None
    ) -> None:
        """What was measured of that shape so far; `measured` is the last word, None before it."""
        self._of, self._rows, self._measured = of, tuple(rows), measured
        self._problem.hide()
        self._show_all()

    def show_starting(self) -> None:
        """A measurement was asked for; nothing is heard of it yet."""
        self.show_progress(0.0, 0)

    def show_progress(self, fraction: float, n_tokens: int) -> None:
        """How far it is; `n_tokens` are being measured."""
        self._is_busy, self._fraction, self._n_tokens = True, fraction, n_tokens
        self._problem.hide()
        self._show_activity()

    def show_idle(self, problem: str = "") -> None:
        """Nothing is being measured any more; `problem` says why it failed."""
        self._is_busy = False
        self.button.show()
        if self.progress.hasFocus() or QApplication.focusWidget() is None:
            self.button.setFocus()  # what is hidden with the focus would send it, and the panel, elsewhere
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._show_activity()

    def words(self) -> str:
        """Every sentence that is shown."""
        labels = (self._intention, self._problem, self._difference, self._gain, self._of_words, self._stopped,
                  self._other)  # fmt: skip
        return " ".join(label.text() for label in labels if not label.isHidden())

    def retranslate(self) -> None:
        self.button.setText(translate("AttentionCost", "Measure fused and explicit"))
        self.button.updateGeometry()
        self.passes.show_labels(
            ((FORWARD, translate("AttentionCost", "Forward")), (TRAINING, translate("AttentionCost", "With backward")))
        )
        self.fold.show_title(translate("AttentionCost", "As a table"))
        self.picture.retranslate()
        self.progress.retranslate()
        self._show_all()

    def _show_all(self) -> None:
        has_rows = bool(self._rows)
        self._intention.setVisible(not has_rows)
        self._intention.setText(intention_words(self._shape, LONGEST) if self._shape else "")
        for part in (self.passes, self.picture, self.fold):
            part.setVisible(has_rows)
        self._show_rows()
        _show_label(self._difference, difference_words(self._rows))
        is_done = self._measured is not None and self._of is not None
        _show_label(self._of_words, measured_words(self._of, self._measured) if is_done else "")  # type: ignore[arg-type]
        _show_label(self._stopped, stop_words(self._measured, self._rows) if self._measured is not None else "")
        other = translate("AttentionCost", "The model has another shape now. Measure it again to see the difference.")
        _show_label(self._other, other if has_rows and self._of != self._shape else "")
        self._show_activity()

    def _show_rows(self) -> None:
        """Picture, table and sentence of the passes that are chosen."""
        what = self.passes.value()
        self.picture.show_rows(self._rows, what)
        if self.fold.is_open:
            self.table.show_rows(self._rows, what == FORWARD)
        words = gain_words(self._rows[-1], what == FORWARD) if self._rows else ""
        _show_label(self._gain, words)
        self.picture.setAccessibleDescription(words)

    def _show_activity(self) -> None:
        self.progress.setVisible(self._is_busy)
        if self._is_busy and self.button.hasFocus():
            self.progress.setFocus()
        self.button.setVisible(not self._is_busy)
        self.button.setEnabled(self._shape is not None)
        impossible = translate("AttentionCost", "This model cannot be built. Its settings say why.")
        self.button.setToolTip("" if self._shape is not None else impossible)
        if self._is_busy:
            words = translate("AttentionCost", "Measuring {0} tokens…").format(f"{self._n_tokens:,}")
            if not self._n_tokens:
                words = translate("AttentionCost", "Getting ready…")
            self.progress.show_progress(self._fraction, words)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for label in (self._intention, self.button, self.progress, self._problem, self._other, self.passes):
            box.addWidget(label)
        for part in (self._difference, self._gain, self.picture, self._of_words, self._stopped, self.fold):
            box.addWidget(part)
        self.fold.body.addWidget(self.table)
        self.progress.hide()
        self._problem.hide()


def _small(*, dim: bool = False) -> PlainLabel:
    return PlainLabel(dim=dim, wrap=True, pixels=12)


def _bold() -> PlainLabel:
    return PlainLabel(bold=True, wrap=True, pixels=12)


def _show_label(label: PlainLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
