"""Connects the Train page's picture of a run to the run in view and to those beside it, while the page is shown."""

import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer

from playground import places
from playground.ui.charts.curve import OTHERS, TRAIN
from playground.ui.pages.train.compare_list import Comparable
from playground.ui.pages.train.happenings import samples_of
from playground.ui.pages.train.page import THIS_RUN, TrainPage
from playground.ui.pages.train.plot import OtherCurve, RunNumbers
from playground.ui.pages.train.run_marks import happenings_of
from playground.ui.pages.train.settings_table import RunColumn
from playground.ui.state.compared_runs import MOST_CHOSEN, ComparedRun
from playground.ui.state.metrics import Metrics
from playground.ui.state.run_differences import differing_settings
from playground.ui.state.run_forks import ForkSearch
from playground.ui.translation import translate
from playground.ui.window_context import WindowContext

REDRAW_MS = 150  # at most seven new curves a second, however fast the numbers arrive
_FEW_EVENTS = 256
_BITE_S = 0.004
READING_MS = 500  # while a long history is being read, whose picture is there already


class RunCurvesWiring(QObject):
    """Draws what is new in the run, what happened along it, and the runs that are compared with it."""

    def __init__(self, page: TrainPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self._picture, self._panel = page.run_picture, page.run_panel
        self.others = context.app.compared
        self._forks: ForkSearch | None = None
        self._search = QTimer(self, interval=0)
        self._search.timeout.connect(self._look_for_forks)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self.draw)
        self._has_drawn_sample = False
        self._has_happened = False  # something that is not shown yet
        self._connect()

    def refresh(self) -> None:
        """Everything anew: another run, another language, or the page has come into view."""
        self.others.offer(places.runs_folder(), self._current.path)
        self.others.go_on()
        self._show_comparable()
        path = self._current.path
        self._forks = ForkSearch(path, (places.runs_folder(), path.parent)) if path else None
        self._search.start()
        self._show_happenings()
        if self._picture.has_chart:
            self.draw()
        else:
            self._draw_soon()  # making the chart takes a moment; the window paints itself before

    def draw(self) -> None:
        """The curves as they are now."""
        if not self._is_watched():
            return
        if self._has_happened:
            self._show_happenings()
        numbers = self._numbers()
        others = self.others.chosen
        self._picture.show_run(numbers)
        self._picture.show_others([_other_curve(run) for run in others])
        self._show_differences(numbers, others)
        self._show_moment()
        self._has_drawn_sample = numbers.sample is not None

    def _connect(self) -> None:
        current, picture = self._current, self._picture
        current.metrics_appended.connect(self._draw_soon)
        current.events_appended.connect(self._on_happened)
        current.snapshots_changed.connect(self._on_happened)
        current.snapshot_selected.connect(self._show_moment)
        self._page.hidden.connect(self.others.pause)
        self.others.chosen_changed.connect(self._on_chosen_changed)
        self.others.metrics_appended.connect(self._draw_soon)
        self._panel.compared.connect(self.others.choose)
        picture.moment_requested.connect(current.select_step)
        picture.term_requested.connect(self._context.show_term)

    def _numbers(self) -> RunNumbers:
        current = self._current
        return RunNumbers(
            name=current.path.name if current.path else "",
            metrics=current.metrics,
            sample=current.sample,
            share_read=current.share_read,
            config=current.config,
            facts=current.facts,
            vocab_size=current.status.vocab_size,
        )

    def _look_for_forks(self) -> None:
        """A person may have a thousand runs: a few milliseconds at a time."""
        end_at = time.perf_counter() + _BITE_S
        while self._forks is not None and time.perf_counter() < end_at:
            if not self._forks.go_on():
                self._search.stop()
                if self._forks.found:
                    self._on_happened()
                return
        if self._forks is None:
            self._search.stop()

    def _is_watched(self) -> bool:
        return self._page.isVisible() and self._page.mode() == THIS_RUN

    def _draw_soon(self) -> None:
        if self._is_watched() and not self._redraw.isActive():
            has_picture = self._has_drawn_sample and self._current.sample is not None
            self._redraw.start(READING_MS if has_picture else REDRAW_MS)

    def _on_happened(self) -> None:
        current = self._current
        if self._is_watched() and not current.is_reading and len(current.events) < _FEW_EVENTS:
            self._show_happenings()
        else:
            self._has_happened = True  # a long history comes in bites
        self._draw_soon()

    def _show_happenings(self) -> None:
        self._has_happened = False
        current = self._current
        samples, forks = samples_of(current.events), self._forks.found if self._forks else []
        self._picture.samples.show_samples(samples)
        self._picture.show_happenings(happenings_of(current.events, samples, current.snapshots, forks))

    def _show_moment(self) -> None:
        if self._is_watched() and self._picture.has_chart:
            self._picture.show_moment(self._current.step if self._current.has_model else None)

    def _on_chosen_changed(self) -> None:
        self._show_comparable()
        self._draw_soon()

    def _show_comparable(self) -> None:
        is_full = len(self.others.chosen) == MOST_CHOSEN
        words = translate("TrainPage", "At most {0} runs are drawn beside this one. Take another away first.")
        why_not = words.format(MOST_CHOSEN) if is_full else ""
        slots = [(path, self.others.slot(path)) for path in self.others.offered]
        self._panel.show_comparable(
            [Comparable(path=path, slot=slot, why_not=why_not if slot is None else "") for path, slot in slots]
        )

    def _show_differences(self, numbers: RunNumbers, others: tuple[ComparedRun, ...]) -> None:
        path = self._current.path
        if not others or path is None:
            self._picture.show_differences([], [])
            return
        columns = [_column(path, TRAIN, numbers.sample or numbers.metrics)]
        columns += [_column(run.path, OTHERS[run.slot], run.sample or run.metrics) for run in others]
        settings = differing_settings([numbers.config, *(run.config for run in others)])
        self._picture.show_differences(columns, settings)


def _other_curve(run: ComparedRun) -> OtherCurve:
    numbers = RunNumbers(
        metrics=run.metrics,
        sample=run.sample,
        share_read=run.share_read,
        config=run.config,
        facts=run.facts,
        vocab_size=run.vocab_size,
    )
    return OtherCurve(name=f"other {run.path}", label=run.path.name, slot=run.slot, numbers=numbers)


def _column(path: Path, role: str, metrics: Metrics) -> RunColumn:
    judged = metrics.evaluation.column("validation_loss")
    known = judged[np.isfinite(judged)]
    return RunColumn(
        name=path.name,
        role=role,
        last_loss=metrics.train.last("loss"),
        last_validation=metrics.evaluation.last("validation_loss"),
        best_validation=float(known.min()) if len(known) else float("nan"),
    )
