"""Four small curves of a run: what it achieves, its gradient, its learning rate, its speed."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER
from playground.ui.charts.spark_chart import SparkChart, plain_value
from playground.ui.growing import Growing
from playground.ui.pages.train.plot import RunNumbers, percent
from playground.ui.translation import translate

_GAP = 12


class RunSparks(QWidget):
    """`term_requested` (str)"""

    term_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._achieved = SparkChart("perplexity")
        self._gradient = SparkChart("gradient_norm")
        self._rate = SparkChart("learning_rate_schedule", format=_rate_words)
        self._speed = SparkChart()
        self._kind = DECODER
        self._smoothing = 0.0
        self._run = RunNumbers()
        self._lay_out()
        self.retranslate()

    @property
    def sparks(self) -> tuple[SparkChart, ...]:
        return (self._achieved, self._gradient, self._rate, self._speed)

    def show_kind(self, kind: str) -> None:
        """An encoder is watched by its right words, an encoder-decoder by its exact sentences, not by perplexity."""
        if kind != self._kind:
            self._kind = kind
            self._word_first()

    def show_smoothing(self, amount: float) -> None:
        """Of the perplexity, as of the big chart's strong line."""
        self._smoothing = amount
        self.show_run(self._run)

    def show_run(self, run: RunNumbers) -> None:
        """What it has gained; before a long history is read, its sample."""
        self._run = run
        metrics = run.sample or run.metrics
        train, evaluation = metrics.train, metrics.evaluation
        steps = train.growing("step")
        if self._kind == DECODER:
            loss = train.growing("loss")
            self._achieved.show_curve(steps, loss, smoothing=self._smoothing, change=np.exp, logarithmic=True)
        else:
            share = evaluation.growing("accuracy" if self._kind == ENCODER else "exact")
            self._achieved.show_curve(evaluation.growing("step"), share, change=percent)
        names = ("gradient_norm", "learning_rate", "tokens_per_s")
        for spark, name in zip(self.sparks[1:], names, strict=True):
            spark.show_curve(steps, train.growing(name))

    def show_moment(self, step: int | None) -> None:
        for spark in self.sparks:
            spark.show_current(step)

    def forget(self) -> None:
        self._run = RunNumbers()
        for spark in self.sparks:
            spark.show_curve(Growing(), Growing())

    def retranslate(self) -> None:
        self._word_first()
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

    def _word_first(self) -> None:
        if self._kind == ENCODER:
            self._achieved.show_title(
                translate("TrainPage", "Right guesses, %"),
                translate("TrainPage", "Share of the masked validation tokens that the model fills in right."),
            )
        elif self._kind == ENCODER_DECODER:
            self._achieved.show_title(
                translate("TrainPage", "Exact translations, %"),
                translate("TrainPage", "Share of the validation sentences that the model writes without a mistake."),
            )
        else:
            self._achieved.show_title(
                translate("TrainPage", "Perplexity"),
                translate(
                    "TrainPage", "Among how many equally likely tokens the model seems to choose, on training text."
                ),
            )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        for place, spark in enumerate(self.sparks):
            spark.body.setContentsMargins(14, 8, 14, 6)
            spark.body.setSpacing(2)
            spark.setMinimumHeight(78)
            spark.term_requested.connect(self.term_requested)
            grid.addWidget(spark, place // 2, place % 2)


def _rate_words(rate: float) -> str:
    return f"{rate:.2e}" if rate and abs(rate) < 0.01 else plain_value(rate)
