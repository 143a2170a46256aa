"""Connects the Train page's picture and facts of a run to the run in view, while the page is shown."""

import math

from PySide6.QtCore import QObject, QTimer

from playground import places
from playground.contract.errors import PlaygroundError
from playground.contract.model_config import DECODER, ENCODER_DECODER, ModelConfig
from playground.contract.run_directory import Control
from playground.ui.pages.train.compare_list import Comparable
from playground.ui.pages.train.happenings import marks_of, samples_of
from playground.ui.pages.train.page import THIS_RUN, TrainPage
from playground.ui.pages.train.plot import OtherCurve, PlotChoice
from playground.ui.pages.train.run_words import tokenizer_words
from playground.ui.state.compared_runs import MOST_CHOSEN, ComparedRuns
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.source_field import size_words, source_words
from playground.ui.window_context import WindowContext

REDRAW_MS = 150  # at most seven new curves a second, however fast the numbers arrive
_WISH_MS = 120  # a dragged slider writes at most this often


class RunViewWiring(QObject):
    """Draws what is new in the run; passes on the wishes about learning rate and checkpoints."""

    def __init__(self, page: TrainPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self._picture, self._panel = page.run_picture, page.run_panel
        self._factor = 1.0
        self.others = ComparedRuns(self)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self.draw)
        self._wish = QTimer(self, singleShot=True, interval=_WISH_MS)
        self._wish.timeout.connect(self._send_factor)
        self._connect()

    def refresh(self) -> None:
        """Everything anew: another run, another language, or the page has come into view."""
        self._choose()
        self.others.offer(places.runs_folder(), self._current.path)
        self.others.go_on()
        self._show_comparable()
        self.show_facts()
        self._show_events()
        if self._picture.has_chart:
            self.draw()
        else:
            self._draw_soon()  # making the chart takes a moment; the window paints itself before

    def forget(self) -> None:
        """Another run is in view."""
        self._wish.stop()
        self._picture.forget()

    def draw(self) -> None:
        """The curves as they are now."""
        if not self._is_watched():
            return
        current = self._current
        self._picture.show_kind(current.config.model.kind if current.directory else DECODER)
        self._picture.show_metrics(current.metrics, current.config.training.max_steps, current.status.vocab_size)
        self._show_others()
        self._picture.show_events(current.metrics, marks_of(current.events))
        self._show_moment()

    def show_facts(self) -> None:
        """What is known of the run beside its curves, and what its trainer was told."""
        if not self._wish.isActive():  # else the slider is ahead of it
            self._panel.show_learning_rate_factor(self._control().learning_rate_factor)
        if self._current.directory is None:
            self._panel.show_facts([])
            return
        self._panel.show_facts([(name, value) for name, value in self._facts() if value])

    def _facts(self) -> list[tuple[str, str]]:
        config, status, facts = self._current.config, self._current.status, self._current.facts
        text = source_words(config.data.source)
        if facts.size_bytes:
            text = translate("TrainPage", "{0}, {1}").format(text, size_words(facts.size_bytes))
        vocab_size = status.vocab_size or config.tokenizer.vocab_size
        checkpoints = self.checkpoints()
        return [
            (translate("TrainPage", "Layers × heads"), f"{_layers_words(config.model)} × {config.model.n_heads:,}"),
            (translate("TrainPage", "Width"), f"{config.model.d_model:,}"),
            (translate("TrainPage", "Parameters"), f"{status.n_parameters:,}" if status.n_parameters else ""),
            (translate("TrainPage", "Text"), text),
            (translate("TrainPage", "Tokenizer"), tokenizer_words(config, vocab_size)),
            (translate("TrainPage", "Training text"), _tokens_words(facts.n_train_tokens)),
            (translate("TrainPage", "Per step"), _tokens_words(self._tokens_per_step())),
            (translate("TrainPage", "Device"), choice_label(status.device)),
            (translate("TrainPage", "Last checkpoint"), _step_words(checkpoints[-1]) if checkpoints else ""),
        ]

    def _tokens_per_step(self) -> int:
        """What a step really reads: lines and sentences are shorter than the context."""
        train = self._current.metrics.train
        if not train.n_rows or not train.last("step") or not math.isfinite(train.last("tokens")):
            return 0
        return round(train.last("tokens") / train.last("step"))

    def checkpoints(self) -> list[int]:
        """The steps from which the run can go on."""
        directory = self._current.directory
        return directory.checkpoint_steps() if directory else []

    def _connect(self) -> None:
        current, picture, panel = self._current, self._picture, self._panel
        current.metrics_appended.connect(self._draw_soon)
        current.events_appended.connect(self._on_events)
        current.snapshot_selected.connect(self._show_moment)
        self._page.hidden.connect(self.others.pause)
        self.others.chosen_changed.connect(self._on_chosen_changed)
        self.others.metrics_appended.connect(self._draw_soon)
        panel.compared.connect(self.others.choose)
        picture.moment_requested.connect(current.select_step)
        picture.term_requested.connect(self._context.show_term)
        panel.plot_changed.connect(self._on_plot_changed)
        panel.learning_rate_factor_changed.connect(self._on_factor)
        panel.checkpoint_requested.connect(self._on_checkpoint)
        panel.term_requested.connect(self._context.show_term)

    def _is_watched(self) -> bool:
        return self._page.isVisible() and self._page.mode() == THIS_RUN

    def _draw_soon(self) -> None:
        if self._is_watched() and not self._redraw.isActive():
            self._redraw.start()

    def _on_events(self) -> None:
        if self._is_watched():
            self._show_events()
            self._draw_soon()

    def _show_events(self) -> None:
        self._picture.samples.show_samples(samples_of(self._current.events))

    def _show_moment(self) -> None:
        if self._is_watched() and self._picture.has_chart:
            current = self._current
            self._picture.show_moment(current.metrics, current.step if current.has_model else None)

    def _choose(self) -> None:
        panel = self._panel
        choice = PlotChoice(
            smoothing=panel.smoothing(), across=panel.across(), log_x=panel.is_log_x(), log_y=panel.is_log_y()
        )
        self._picture.show_choice(choice)

    def _on_plot_changed(self) -> None:
        self._choose()
        self.draw()

    # Other runs.

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

    def _show_others(self) -> None:
        curves = [
            OtherCurve(name=f"other {run.path}", label=run.path.name, slot=run.slot, metrics=run.metrics)
            for run in self.others.chosen
        ]
        self._picture.show_others(curves)

    # Wishes.

    def _control(self) -> Control:
        try:
            return self._current.directory.control() if self._current.directory else Control()
        except PlaygroundError:
            return Control()  # damage is reported by whoever writes to it

    def _on_factor(self, factor: float) -> None:
        self._factor = factor
        if not self._wish.isActive():
            self._wish.start()

    def _send_factor(self) -> None:
        try:
            self._current.set_learning_rate_factor(self._factor)
        except PlaygroundError as error:
            self._page.notice.show_error(str(error))

    def _on_checkpoint(self) -> None:
        try:
            self._current.request_checkpoint()
        except PlaygroundError as error:
            self._page.notice.show_error(str(error))
            return
        self._page.notice.show_fact(translate("TrainPage", "The trainer saves a checkpoint after the step it is at."))


def _layers_words(model: ModelConfig) -> str:
    """Of encoder and decoder, where there are both."""
    both = model.kind == ENCODER_DECODER
    return f"{model.encoder_layers:,} + {model.decoder_layers:,}" if both else f"{model.n_layers:,}"


def _tokens_words(n_tokens: int) -> str:
    return translate("TrainPage", "{0} tokens").format(f"{n_tokens:,}") if n_tokens else ""


def _step_words(step: int) -> str:
    return translate("TrainPage", "step {0}").format(f"{step:,}")
