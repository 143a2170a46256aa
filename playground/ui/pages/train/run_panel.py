"""The side of the Train page for the run in view: its facts, the live learning rate, and how the curves are drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.fields import Setting
from playground.ui.pages.train.compare_list import Comparable, CompareList
from playground.ui.pages.train.series import ACROSS, STEP, TIME, TOKENS
from playground.ui.theme import GRID
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Button, Choice
from playground.ui.widgets.card import PlainLabel, SectionLabel
from playground.ui.widgets.facts import FactList
from playground.ui.widgets.fields import CheckField
from playground.ui.widgets.setting_ranges import hundredths, two_digits
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
_SMOOTHING = Setting(
    name="smoothing",
    default=0.9,
    label=str(QT_TRANSLATE_NOOP("Settings", "Smoothing")),
    help=str(
        QT_TRANSLATE_NOOP("Settings", "How much the strong line averages over past steps; 0 draws what was measured.")
    ),
    low=0.0,
    high=0.99,
)


class RunPanel(QWidget):
    """Facts above, wishes below.

    Signals:
        learning_rate_factor_changed (float), checkpoint_requested: wishes to the running trainer.
        plot_changed: `smoothing()`, `across()`, `is_log_x()` or `is_log_y()` changed.
        compared (Path, bool): draw the curve of another run, or no longer.
        term_requested (str)
    """

    learning_rate_factor_changed = Signal(float)
    checkpoint_requested = Signal()
    plot_changed = Signal()
    compared = Signal(object, bool)
    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = [SectionLabel() for _ in range(4)]
        self._facts = FactList()
        self._factor = ValueSlider(_FACTOR, snap=two_digits)
        self._checkpoint = Button()
        self._smoothing = ValueSlider(_SMOOTHING, snap=hundredths)
        self._across_name = PlainLabel()
        self._across = Choice([(key, key) for key in ACROSS])
        self._log_x, self._log_y = CheckField(), CheckField()
        self.compare = CompareList()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_active(False)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Names and values, the values possibly of foreign origin."""
        self._facts.show_facts(facts)

    def show_active(self, is_active: bool) -> None:
        """Whether a trainer listens: otherwise the wishes to it wait and say why."""
        why_not = translate("TrainPage", "Only while the training runs.")
        for control in (self._factor, self._checkpoint):
            control.setEnabled(is_active)
            control.setToolTip("" if is_active else why_not)

    def show_learning_rate_factor(self, factor: float) -> None:
        self._factor.show_value(factor)

    def show_plot(self, smoothing: float, across: str, log_x: bool, log_y: bool) -> None:
        self._smoothing.show_value(smoothing)
        self._across.show_value(across)
        self._log_x.show_value(log_x)
        self._log_y.show_value(log_y)

    def show_comparable(self, runs: Sequence[Comparable]) -> None:
        """Other runs, some of which are drawn; without any there is nothing to say."""
        self.compare.show_runs(runs)
        for part in (self._titles[3], self.compare):
            part.setVisible(bool(runs))

    def smoothing(self) -> float:
        return self._smoothing.value()

    def across(self) -> str:
        return self._across.value()

    def is_log_x(self) -> bool:
        return self._log_x.isChecked()

    def is_log_y(self) -> bool:
        return self._log_y.isChecked()

    def retranslate(self) -> None:
        words = (
            translate("TrainPage", "Run"),
            translate("TrainPage", "Learning"),
            translate("TrainPage", "Plot"),
            translate("TrainPage", "Compare with"),
        )
        for title, text in zip(self._titles, words, strict=True):
            title.setText(text)
        self._factor.retranslate()
        self._smoothing.retranslate()
        self._checkpoint.setText(translate("TrainPage", "Save a checkpoint now"))
        self._across_name.setText(translate("TrainPage", "Across"))
        self._across.show_labels(
            [
                (STEP, translate("TrainPage", "Step")),
                (TOKENS, translate("TrainPage", "Tokens")),
                (TIME, translate("TrainPage", "Time")),
            ]
        )
        self._log_x.setText(translate("TrainPage", "Log across"))
        self._log_y.setText(translate("TrainPage", "Log upwards"))
        for box in (self._log_x, self._log_y):
            box.updateGeometry()

    def _lay_out(self) -> None:
        logs = QHBoxLayout()
        logs.addWidget(self._log_x)
        logs.addWidget(self._log_y)
        logs.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        parts = (
            self._titles[0], self._facts,
            self._titles[1], self._factor, self._checkpoint,
            self._titles[2], self._smoothing, self._across_name, self._across,
        )  # fmt: skip
        for part in parts:
            box.addWidget(part)
        box.addLayout(logs)
        box.addWidget(self._titles[3])
        box.addWidget(self.compare)
        self.show_comparable([])

    def _connect(self) -> None:
        self._factor.value_changed.connect(self.learning_rate_factor_changed)
        self._factor.term_requested.connect(self.term_requested)
        self._checkpoint.clicked.connect(self.checkpoint_requested)
        self.compare.run_toggled.connect(self.compared)
        self._smoothing.value_changed.connect(self._on_plot_changed)
        self._across.chosen.connect(self._on_plot_changed)
        self._log_x.clicked.connect(self._on_plot_changed)
        self._log_y.clicked.connect(self._on_plot_changed)

    def _on_plot_changed(self) -> None:
        self.plot_changed.emit()
