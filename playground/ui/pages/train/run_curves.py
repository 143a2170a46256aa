"""Draws runs into the big chart: a measure along an axis, reference lines, and what is still being read.

Knows no page; the chart is made when it is first needed, for it takes a library that loads slowly.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout

from playground.ui.charts.curve import OTHERS, TRAIN, VALIDATION
from playground.ui.pages.train.curve_bar import across_units, measure_names, measure_units
from playground.ui.pages.train.plot import (
    BITS,
    GRADIENT,
    LOSS,
    PERPLEXITY,
    STEP,
    Line,
    OtherCurve,
    PlotChoice,
    RunNumbers,
    measure_of,
)
from playground.ui.pages.train.run_marks import Happening, placed
from playground.ui.pages.train.series import Series, SeriesBook, end_of, places_of_steps
from playground.ui.translation import translate
from playground.ui.visible_text import visible

if TYPE_CHECKING:
    from playground.ui.charts.curve_chart import CurveChart

_REST = "rest of "  # begins the name of a curve that stands for what is still being read


class RunCurves(QObject):
    """One chart in `holder`, one run in view, and others beside it.

    Signals:
        following_changed (bool), moment_requested (int): as of the chart.
    """

    following_changed = Signal(bool)
    moment_requested = Signal(int)

    def __init__(self, holder: QBoxLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holder = holder
        self._chart: CurveChart | None = None
        self._book = SeriesBook()
        self._choice = PlotChoice()
        self._run = RunNumbers()
        self._others: Sequence[OtherCurve] = ()
        self._happenings: Sequence[Happening] = ()
        self._step: int | None = None
        self._placed_across = ""  # where the marks are shown; "" if they are not

    @property
    def has_chart(self) -> bool:
        """Whether the chart was made already."""
        return self._chart is not None

    @property
    def chart(self) -> "CurveChart":
        """The chart, made now if it was not needed before."""
        if self._chart is None:
            from playground.ui.charts.curve_chart import CurveChart

            self._chart = CurveChart()
            self._holder.addWidget(self._chart, 1)
            self._chart.following_changed.connect(self.following_changed)
            self._chart.moment_requested.connect(self.moment_requested)
            self._chart.show_logarithmic(x=self._choice.log_x, y=self._choice.log_y)
            self._chart.show_smoothing(self._choice.smoothing)
            self.word()
        return self._chart

    def show_choice(self, choice: PlotChoice) -> None:
        """Draw in another way."""
        former, self._choice = self._choice, choice
        if self._chart is None or choice == former:
            return
        if (choice.log_x, choice.log_y) != (former.log_x, former.log_y):
            self._chart.show_logarithmic(x=choice.log_x, y=choice.log_y)
        if choice.across != former.across:
            self._chart.point_at(None)
        if (choice.across, choice.measure) != (former.across, former.measure):
            for name in self._chart.curve_names():  # so that the new ones come in their order
                self._chart.remove_curve(name)
            self._chart.reset_view()
            self.word()
        self._chart.show_smoothing(choice.smoothing)
        self.draw()

    def show_run(self, run: RunNumbers, choice: PlotChoice) -> None:
        """Its curves, or what they have gained. It may not have what was drawn before: the choice is another then."""
        self._run = run
        if choice == self._choice:
            self.draw()
        else:
            self.show_choice(choice)

    def show_others(self, others: Sequence[OtherCurve]) -> None:
        """Further runs, each in its colour, in place of those before."""
        if others or self._others:
            self._others = tuple(others)
            self.draw()

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """By rising step."""
        self._happenings = happenings
        self._placed_across = ""
        if self._chart is not None:
            self._show_marks(self._chart)

    def show_moment(self, step: int | None) -> None:
        """The snapshot in view, or none."""
        self._step = step
        if self._chart is not None:
            self._chart.show_current(self._place(step))

    def forget(self) -> None:
        """Another run follows: no zoom and no curve of this one may stay."""
        self._book.forget()
        self._run, self._others, self._happenings, self._step = RunNumbers(), (), (), None
        self._placed_across = ""
        if self._chart is not None:
            self._chart.clear()

    def draw(self) -> None:
        """All that is known now."""
        chart, choice = self.chart, self._choice
        former = set(chart.curve_names())
        names = self._draw_run() | {name for other in self._others for name in self._draw_other(other)}
        for name in former - names:
            chart.remove_curve(name)
        chart.show_references(self._references())
        chart.show_x_end(end_of(self._run, choice.across))
        self._show_marks(chart)
        chart.show_current(self._place(self._step))
        chart.show_reading(self._reading_words())

    def word(self) -> None:
        """The words of the chart, in the language in use."""
        if self._chart is not None:
            self._chart.show_empty(translate("TrainPage", "The loss will fall here, step by step."))
            across, measure = across_units()[self._choice.across], measure_units()[self._choice.measure]
            self._chart.show_axis_labels(across, measure)

    def _show_marks(self, chart: "CurveChart") -> None:
        """On steps they stay where they are; elsewhere their places become known as the run goes on."""
        across = self._choice.across
        if across != STEP or self._placed_across != STEP:
            self._placed_across = across
            chart.show_marks(placed(self._happenings, self._run, across))

    def _draw_run(self) -> set[str]:
        measure = measure_of(self._choice.measure)
        is_loss = self._choice.measure in (LOSS, PERPLEXITY)
        drawn: set[str] = set()
        if measure.train is not None:
            label = self._own_label(translate("TrainPage", "train") if is_loss else "")
            drawn |= self._draw_line(TRAIN, self._run, measure.train, TRAIN, label)
        if measure.validation is not None:
            label = self._own_label(translate("TrainPage", "validation") if is_loss else "")
            drawn |= self._draw_line(VALIDATION, self._run, measure.validation, VALIDATION, label)
        return drawn

    def _own_label(self, part: str) -> str:
        """What a curve of the run in view is called: which one of it, and beside other runs which run."""
        name = visible(self._run.name, 24)
        if not self._others or not name:
            return part or measure_names()[self._choice.measure]
        return translate("TrainPage", "{0}, {1}").format(name, part) if part else name

    def _draw_other(self, other: OtherCurve) -> set[str]:
        line = measure_of(self._choice.measure).main
        return self._draw_line(other.name, other.numbers, line, OTHERS[other.slot], visible(other.label, 24))

    def _draw_line(self, name: str, run: RunNumbers, line: Line, role: str, label: str) -> set[str]:
        """One curve and, while its run is being read, a light one for the rest; returns the names of what is drawn."""
        series = self._series(run, line)
        if series is None:
            return set()
        self.chart.show_curve(
            name, series.x, series.y, role, label,
            x_factor=series.x_factor, change=series.change, has_points=line.is_judged,
        )  # fmt: skip
        sample = run.of_sample()
        rest = self._series(sample, line) if sample is not None else None
        if rest is None:
            return {name}
        later = rest.x.values > (series.x.last if len(series.x) else -np.inf)
        self.chart.show_curve(
            _REST + name, rest.x.values[later], rest.y.values[later], role, "",
            x_factor=rest.x_factor, change=rest.change, is_sample=True,
        )  # fmt: skip
        return {name, _REST + name}

    def _series(self, run: RunNumbers, line: Line) -> Series | None:
        return self._book.series(run, line, self._choice.measure, self._choice.across)

    def _place(self, step: int | None) -> float | None:
        if step is None:
            return None
        place = float(places_of_steps(self._run, np.array([step]), self._choice.across)[0])
        return place if math.isfinite(place) else None

    def _references(self) -> list[tuple[float, str]]:
        """What the curve is to be measured by: guessing, the tokens' frequencies alone, the longest gradient."""
        run, measure = self._run, self._choice.measure
        if measure == GRADIENT:
            words = translate("TrainPage", "longer ones are clipped to {0}").format(f"{run.clip:g}")
            return [(run.clip, words)] if run.clip else []
        guessing = math.log(run.vocab_size) if run.vocab_size > 1 else math.nan
        frequencies = run.facts.unigram_entropy or math.nan
        if measure == LOSS:
            words = translate("TrainPage", "ln {0} = {1}, guessing").format(f"{run.vocab_size:,}", f"{guessing:.2f}")
            shown = [(guessing, words), (frequencies, _frequency_words(frequencies))]
        elif measure == PERPLEXITY:
            words = translate("TrainPage", "{0} tokens, guessing").format(f"{run.vocab_size:,}")
            shown = [(math.exp(guessing), words), (math.exp(frequencies), _frequency_words(math.exp(frequencies)))]
        elif measure == BITS:
            bits, fewer = guessing * run.bits_per_nat, frequencies * run.bits_per_nat
            words = translate("TrainPage", "{0}, guessing").format(f"{bits:.2f}")
            shown = [(bits, words), (fewer, _frequency_words(fewer))]
        else:
            shown = []
        return [(value, words) for value, words in shown if math.isfinite(value)]

    def _reading_words(self) -> str:
        """How far the reading has come, of the run that has most to come."""
        runs = [self._run, *(other.numbers for other in self._others)]
        shares = [run.share_read for run in runs if run.sample is not None]
        if not shares:
            return ""
        words = translate("TrainPage", "Reading all points: {0} %. The rest is drawn from a sample.")
        return words.format(f"{100 * min(shares):.0f}")


def _frequency_words(value: float) -> str:
    return translate("TrainPage", "{0}, from the tokens' frequencies alone").format(f"{value:.3g}")
