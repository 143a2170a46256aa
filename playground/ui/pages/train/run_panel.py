"""The side of the Train page for the run in view: facts, live learning rate, which runs lie beside it, and notes."""

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.fields import Setting
from playground.ui.pages.train.compare_list import Comparable, CompareList
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import NumberField
from playground.ui.widgets.notes_field import NotesField
from playground.ui.widgets.progress_line import ProgressLine
from playground.ui.widgets.setting_ranges import two_digits
from playground.ui.widgets.value_slider import ValueSlider

_FACTOR = Setting(
    name="learning_rate_factor",
    default=1.0,
    label=str(QT_TRANSLATE_NOOP("Settings", "Learning rate times")),
    help=str(QT_TRANSLATE_NOOP("Settings", "Multiplies the schedule from the next step on, while the training runs.")),
    low=0.01,
    high=10.0,
    logarithmic=True,
    term="learning_rate_schedule",
)


class RunPanel(QWidget):
    """Facts above, wishes below.

    Signals:
        learning_rate_factor_changed (float), checkpoint_requested: wishes to the running trainer.
        max_steps_changed (int): where the run shall end, now or when it goes on.
        verify_requested, verify_cancelled: train the last stretch again and compare; or no longer.
        compared (Path, bool): draw the curve of another run, or no longer.
        term_requested (str)
    """

    learning_rate_factor_changed = Signal(float)
    checkpoint_requested = Signal()
    max_steps_changed = Signal(int)
    verify_requested = Signal()
    verify_cancelled = Signal()
    compared = Signal(object, bool)
    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_active, self._has_checkpoint = False, False
        self._titles = [SectionLabel() for _ in range(3)]
        self._facts = FactList()
        self._factor = ValueSlider(_FACTOR, snap=two_digits)
        self._length_label, self._length = PlainLabel(), NumberField(1, 10_000_000)
        self._checkpoint = Button()
        self._verify, self._verifying = Button(), ProgressLine()
        self.compare, self.notes = CompareList(), NotesField()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_active(False)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Names and values, the values possibly of foreign origin."""
        self._facts.show_facts(facts)

    def show_active(self, is_active: bool) -> None:
        """Whether a trainer listens: otherwise the wishes to it wait and say why."""
        self._is_active = is_active
        self._show_verify()
        why_not = translate("TrainPage", "Only while the training runs.")
        for control in (self._factor, self._checkpoint):
            control.setEnabled(is_active)
            control.setToolTip("" if is_active else why_not)

    def show_learning_rate_factor(self, factor: float) -> None:
        self._factor.show_value(factor)

    def show_max_steps(self, max_steps: int) -> None:
        """Where the run ends."""
        if not self._length.hasFocus():
            self._length.show_value(max_steps)

    def show_can_lengthen(self, can_lengthen: bool) -> None:
        """Whether the run has a trainer, or may have one again."""
        self._length.setEnabled(can_lengthen)
        self._label_length()

    def show_can_verify(self, has_checkpoint: bool) -> None:
        """Whether there is anything to train again."""
        self._has_checkpoint = has_checkpoint
        self._show_verify()

    def show_verifying(self, fraction: float, words: str) -> None:
        """How far it is; a fraction below 0: it does not run."""
        has_focus = self._verifying.isAncestorOf(QApplication.focusWidget() or self)
        self._verify.setVisible(fraction < 0)
        if has_focus and fraction < 0:
            self._verify.setFocus()  # else it would go to whatever comes next
        self._verifying.setVisible(fraction >= 0)
        if fraction >= 0:
            self._verifying.show_progress(fraction, words)

    def _label_length(self) -> None:
        can = translate("TrainPage", "Longer or shorter, now or when the run goes on; the schedule bends to it.")
        cannot = translate("TrainPage", "This run has nothing to go on from.")
        self._length.setToolTip(can if self._length.isEnabled() else cannot)

    def _show_verify(self) -> None:
        why_not = "" if self._has_checkpoint else translate("TrainPage", "The run has no checkpoint yet.")
        if self._is_active:
            why_not = translate("TrainPage", "Stop the training first.")
        self._verify.setEnabled(not why_not)
        self._verify.setToolTip(
            why_not
            or translate(
                "TrainPage", "Train the last stretch again from its checkpoint, and compare every number bit for bit."
            )
        )

    def show_comparable(self, runs: Sequence[Comparable]) -> None:
        """Other runs, some of which are drawn; without any there is nothing to say."""
        self.compare.show_runs(runs)
        for part in (self._titles[2], self.compare):
            part.setVisible(bool(runs))

    def retranslate(self) -> None:
        words = (
            translate("TrainPage", "Run"),
            translate("TrainPage", "Learning"),
            translate("TrainPage", "Compare with"),
        )
        for title, text in zip(self._titles, words, strict=True):
            title.setText(text)
        self._factor.retranslate()
        self._checkpoint.setText(translate("TrainPage", "Save a checkpoint now"))
        self._length_label.setText(translate("TrainPage", "Ends at step"))
        self._length.setAccessibleName(translate("TrainPage", "Ends at step"))
        self._label_length()
        self._verify.setText(translate("TrainPage", "Verify resume"))
        self._verifying.retranslate()
        self.notes.retranslate()
        self._show_verify()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        parts = (
            self._titles[0], self._facts,
            self._titles[1], self._factor,
        )  # fmt: skip
        for part in parts:
            box.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self._length_label, 1)
        row.addWidget(self._length)
        box.addLayout(row)
        box.addWidget(self._checkpoint)
        box.addWidget(self._verify)
        box.addWidget(self._verifying)
        self._verifying.hide()
        box.addWidget(self._titles[2])
        box.addWidget(self.compare)
        box.addWidget(self.notes)
        self.show_comparable([])

    def _connect(self) -> None:
        self._factor.value_changed.connect(self.learning_rate_factor_changed)
        self._factor.term_requested.connect(self.term_requested)
        self._checkpoint.clicked.connect(self.checkpoint_requested)
        self._length.value_changed.connect(self.max_steps_changed)
        self._verify.clicked.connect(self.verify_requested)
        self._verifying.cancel_requested.connect(self.verify_cancelled)
        self.compare.run_toggled.connect(self.compared)
