"""The Train page's picture of a run: the loss as a big chart, four small curves, and what the model writes.

Before the first step a progress line lies above the chart.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.charts.curve import OTHERS
from playground.ui.charts.curve_points import smoothed
from playground.ui.charts.spark_chart import SparkChart, plain_value
from playground.ui.pages.train.plot import OtherCurve, PlotChoice
from playground.ui.pages.train.sample_card import SampleCard
from playground.ui.pages.train.series import (
    STEP,
    TIME,
    TOKENS,
    evaluation_series,
    place_of_step,
    train_series,
)
from playground.ui.state.metrics import Metrics
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.card import Card
from playground.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from playground.ui.charts.curve_chart import CurveChart

_GAP = 12


class RunPicture(QWidget):
    """Draws a run's metrics. The big chart is made when it is first needed: it takes a library that loads slowly.

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
        self._chart: CurveChart | None = None
        self._chart_card = Card()
        self.samples = SampleCard()
        self.progress = ProgressLine()
        self._progress_card = Card()
        self._perplexity = SparkChart("perplexity")
        self._gradient = SparkChart("gradient_norm")
        self._rate = SparkChart("learning_rate_schedule", format=_rate_words)
        self._speed = SparkChart()
        self._choice = PlotChoice()
        self._kind = DECODER
        self._others: set[str] = set()  # names of further runs' curves
        self._lay_out()
        self._connect()
        self.show_no_progress()
        self.retranslate()

    @property
    def sparks(self) -> tuple[SparkChart, ...]:
        return (self._perplexity, self._gradient, self._rate, self._speed)

    @property
    def has_chart(self) -> bool:
        """Whether the big chart was made already."""
        return self._chart is not None

    @property
    def chart(self) -> "CurveChart":
        """The big chart, made now if it was not needed before."""
        if self._chart is None:
            from playground.ui.charts.curve_chart import CurveChart

            self._chart = CurveChart()
            self._chart_card.body.addWidget(self._chart)
            self._chart.show_logarithmic(x=self._choice.log_x, y=self._choice.log_y)
            self._chart.show_smoothing(self._choice.smoothing)
            self._word_chart(self._chart)
        return self._chart

    def show_kind(self, kind: str) -> None:
        """An encoder is watched by its right words, an encoder-decoder by its exact sentences, not by perplexity."""
        self._kind = kind
        self._word_first_spark()

    def show_choice(self, choice: PlotChoice) -> None:
        """Take another way of drawing; `show_metrics` must follow."""
        former, self._choice = self._choice, choice
        if self._chart is None:
            return
        if (choice.log_x, choice.log_y) != (former.log_x, former.log_y):
            self._chart.show_logarithmic(x=choice.log_x, y=choice.log_y)
        if choice.across != former.across:
            self._chart.reset_view()
        self._chart.show_smoothing(choice.smoothing)
        self._word_chart(self._chart)

    def show_metrics(self, metrics: Metrics, max_steps: int, vocab_size: int) -> None:
        """All curves anew; `vocab_size` 0 is not known yet."""
        across = self._choice.across
        train = train_series(metrics, "loss", across)
        self.chart.show_curve("train", train.x, train.y, "train", translate("TrainPage", "train"))
        validation = evaluation_series(metrics, "validation_loss", across)
        self.chart.show_curve(
            "validation", validation.x, validation.y, "validation", translate("TrainPage", "validation")
        )
        guessing = math.log(vocab_size) if vocab_size > 1 else None
        words = translate("TrainPage", "ln {0} = {1}, guessing").format(f"{vocab_size:,}", f"{guessing or 0:.2f}")
        self.chart.show_reference(guessing, words)
        self.chart.show_x_end(_end_of(metrics, max_steps, across))
        self._show_sparks(metrics)

    def show_others(self, others: Sequence[OtherCurve]) -> None:
        """The losses of further runs, each in its colour, in place of those before."""
        if not others and not self._others:
            return
        for name in self._others - {other.name for other in others}:
            self.chart.remove_curve(name)
        self._others = {other.name for other in others}
        for other in others:
            series = train_series(other.metrics, "loss", self._choice.across)
            self.chart.show_curve(other.name, series.x, series.y, OTHERS[other.slot], visible(other.label, 24))

    def show_moment(self, metrics: Metrics, step: int | None) -> None:
        """The snapshot in view, or none."""
        place = None if step is None else place_of_step(metrics, step, self._choice.across)
        self.chart.show_current(place if place is not None and math.isfinite(place) else None)
        for spark in self.sparks:
            spark.show_current(step)

    def show_events(self, metrics: Metrics, events: Sequence[tuple[int, str]]) -> None:
        """Marks at steps, rising."""
        across = self._choice.across
        placed = [(place_of_step(metrics, step, across), words) for step, words in events]
        self.chart.show_events([(x, words) for x, words in placed if math.isfinite(x)])

    def forget(self) -> None:
        """Another run follows: no zoom and no curve of this one may stay."""
        self._others = set()
        if self._chart is not None:
            self._chart.clear()
        self.samples.show_samples([])
        for spark in self.sparks:
            spark.show_curve(np.empty(0), np.empty(0))

    def show_progress(self, fraction: float, words: str) -> None:
        """The preparation goes on."""
        self.progress.show_progress(fraction, words)
        self._progress_card.show()

    def show_no_progress(self) -> None:
        self._progress_card.hide()

    def retranslate(self) -> None:
        self.progress.retranslate()
        self.samples.retranslate()
        if self._chart is not None:
            self._word_chart(self._chart)
        self._word_first_spark()
        self._gradient.show_title(
            translate("TrainPage", "Gradient norm"),
            translate("TrainPage", "Length of the gradient of each step, before it is clipped."),
        )
        self._rate.show_title(
            translate("TrainPage", "Learning rate"), translate("TrainPage", "The schedule's value at each step.")
        )
        self._speed.show_title(
            translate("TrainPage", "Tokens per second"), translate("TrainPage", "Speed of the training alone.")
        )

    def _word_first_spark(self) -> None:
        if self._kind == ENCODER:
            self._perplexity.show_title(
                translate("TrainPage", "Right guesses, %"),
                translate("TrainPage", "Share of the masked validation tokens that the model fills in right."),
            )
        elif self._kind == ENCODER_DECODER:
            self._perplexity.show_title(
                translate("TrainPage", "Exact translations, %"),
                translate("TrainPage", "Share of the validation sentences that the model writes without a mistake."),
            )
        else:
            self._perplexity.show_title(
                translate("TrainPage", "Perplexity"),
                translate(
                    "TrainPage", "Among how many equally likely tokens the model seems to choose, on training text."
                ),
            )

    def _show_first_spark(self, metrics: Metrics) -> None:
        if self._kind == DECODER:
            loss = train_series(metrics, "loss")
            with np.errstate(over="ignore"):
                self._perplexity.show_curve(loss.x, np.exp(smoothed(loss.y, self._choice.smoothing)), logarithmic=True)
            return
        share = evaluation_series(metrics, "accuracy" if self._kind == ENCODER else "exact")
        self._perplexity.show_curve(share.x, 100 * share.y)

    def _show_sparks(self, metrics: Metrics) -> None:
        self._show_first_spark(metrics)
        for spark, name in (
            (self._gradient, "gradient_norm"), (self._rate, "learning_rate"), (self._speed, "tokens_per_s"),
        ):  # fmt: skip
            series = train_series(metrics, name)
            spark.show_curve(series.x, series.y)

    def _word_chart(self, chart: "CurveChart") -> None:
        chart.show_empty(translate("TrainPage", "The loss will fall here, step by step."))
        across = {
            STEP: translate("TrainPage", "step"),
            TOKENS: translate("TrainPage", "tokens"),
            TIME: translate("TrainPage", "seconds of training"),
        }[self._choice.across]
        chart.show_axis_labels(across, translate("TrainPage", "loss in nats per token"))

    def _lay_out(self) -> None:
        self._progress_card.body.addWidget(self.progress)
        self._chart_card.body.setContentsMargins(8, 12, 8, 6)
        self._chart_card.setMinimumHeight(200)
        grid = QGridLayout()
        grid.setSpacing(_GAP)
        for place, spark in enumerate(self.sparks):
            spark.body.setContentsMargins(14, 8, 14, 6)
            spark.body.setSpacing(2)
            spark.setMinimumHeight(78)
            grid.addWidget(spark, place // 2, place % 2)
        below = QHBoxLayout()
        below.setSpacing(_GAP)
        below.addLayout(grid, 3)
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
        for spark in self.sparks:
            spark.term_requested.connect(self.term_requested)


def _end_of(metrics: Metrics, max_steps: int, across: str) -> float | None:
    """Where the run will end on the axis; time alone does not know."""
    if across == STEP:
        return float(max_steps)
    steps = metrics.train.column("step")
    if across == TOKENS and len(steps) and steps[-1] > 0:
        return float(metrics.train.last("tokens") / steps[-1] * max_steps)
    return None


def _rate_words(rate: float) -> str:
    return f"{rate:.2e}" if rate and abs(rate) < 0.01 else plain_value(rate)
