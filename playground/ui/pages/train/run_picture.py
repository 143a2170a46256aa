"""The Train page's picture of a run: one big chart, four small curves, and what the model writes.

Before the first step a progress line lies above the chart; beside other runs, a table of what differs takes the place
of the small curves.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.charts.spark_chart import SparkChart
from playground.ui.pages.train.curve_bar import CurveBar
from playground.ui.pages.train.plot import OtherCurve, PlotChoice, RunNumbers
from playground.ui.pages.train.run_curves import RunCurves
from playground.ui.pages.train.run_marks import Happening
from playground.ui.pages.train.run_sparks import RunSparks
from playground.ui.pages.train.sample_card import SampleCard
from playground.ui.pages.train.settings_table import RunColumn, SettingsTable
from playground.ui.state.run_differences import DifferingSetting
from playground.ui.widgets.card import Card
from playground.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from playground.ui.charts.curve_chart import CurveChart

_GAP = 12


class RunPicture(QWidget):
    """Draws a run's numbers.

    Signals:
        cancel_requested: of the preparation.
        moment_requested (int): the snapshot near a step.
        term_requested (str)
    """

    cancel_requested = Signal()
    moment_requested = Signal(int)
    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart_card = Card()
        self.bar = CurveBar()
        self.curves = RunCurves(self._chart_card.body, self)
        self.small = RunSparks()
        self.table = SettingsTable()
        self.samples = SampleCard()
        self.progress = ProgressLine()
        self._progress_card = Card()
        self._lay_out()
        self._connect()
        self.show_no_progress()
        self.show_differences([], [])
        self.retranslate()
        self._on_choice_changed()

    @property
    def sparks(self) -> tuple[SparkChart, ...]:
        return self.small.sparks

    @property
    def has_chart(self) -> bool:
        """Whether the big chart was made already."""
        return self.curves.has_chart

    @property
    def chart(self) -> "CurveChart":
        """The big chart, made now if it was not needed before."""
        return self.curves.chart

    def show_choice(self, choice: PlotChoice) -> None:
        """Take another way of drawing."""
        self.bar.show_choice(choice)
        self._on_choice_changed()

    def show_run(self, run: RunNumbers) -> None:
        """All curves of the run in view, or what they have gained."""
        self.bar.show_measures(run.measures())
        self.small.show_kind(run.config.model.kind)
        self.curves.show_run(run, self.bar.choice())
        self.small.show_run(run)

    def show_others(self, others: Sequence[OtherCurve]) -> None:
        """Further runs, each in its colour, in place of those before."""
        self.curves.show_others(others)

    def show_differences(self, runs: Sequence[RunColumn], settings: Sequence[DifferingSetting]) -> None:
        """Runs side by side in numbers; [] shows the small curves of the one run again."""
        self.table.show_runs(runs, settings)
        self.table.setVisible(bool(runs))
        self.small.setVisible(not runs)

    def show_moment(self, step: int | None) -> None:
        """The snapshot in view, or none."""
        self.curves.show_moment(step)
        self.small.show_moment(step)

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """What happened along the way, by rising step."""
        self.curves.show_happenings(happenings)

    def forget(self) -> None:
        """Another run follows: no zoom and no curve of this one may stay."""
        self.curves.forget()
        self.small.forget()
        self.samples.show_samples([])
        self.show_differences([], [])

    def show_progress(self, fraction: float, words: str) -> None:
        """The preparation goes on."""
        self.progress.show_progress(fraction, words)
        self._progress_card.show()

    def show_no_progress(self) -> None:
        self._progress_card.hide()

    def retranslate(self) -> None:
        for part in (self.progress, self.samples, self.bar, self.small, self.table):
            part.retranslate()
        self.curves.word()

    def _lay_out(self) -> None:
        self._progress_card.body.addWidget(self.progress)
        self._chart_card.body.setContentsMargins(8, 10, 8, 6)
        self._chart_card.body.addWidget(self.bar)
        self._chart_card.setMinimumHeight(240)
        below = QHBoxLayout()
        below.setSpacing(_GAP)
        below.addWidget(self.small, 3)
        below.addWidget(self.table, 3)
        below.addWidget(self.samples, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(_GAP)
        box.addWidget(self._progress_card)
        box.addWidget(self._chart_card, 7)
        box.addLayout(below, 3)

    def _connect(self) -> None:
        self.progress.cancel_requested.connect(self.cancel_requested)
        self.samples.moment_requested.connect(self.moment_requested)
        self.curves.moment_requested.connect(self.moment_requested)
        self.curves.following_changed.connect(self.bar.show_following)
        self.bar.whole_requested.connect(self._on_whole_requested)
        self.bar.choice_changed.connect(self._on_choice_changed)
        self.small.term_requested.connect(self.term_requested)

    def _on_whole_requested(self) -> None:
        if self.has_chart:
            self.chart.reset_view()

    def _on_choice_changed(self) -> None:
        """How a run is drawn is the picture's own affair: no state outside it depends on it."""
        choice = self.bar.choice()
        self.curves.show_choice(choice)
        self.small.show_smoothing(choice.smoothing)
