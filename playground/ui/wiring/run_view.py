"""Connects the Train page's side to the run in view: its facts, and what its trainer is told."""

import math
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from playground.contract.errors import PlaygroundError
from playground.contract.model_config import ENCODER_DECODER, ModelConfig
from playground.contract.run_directory import Control
from playground.ui.engine_sentences import told
from playground.ui.pages.train.page import TrainPage
from playground.ui.pages.train.run_words import tokenizer_words
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.source_field import size_words, source_words
from playground.ui.window_context import WindowContext
from playground.ui.wiring.run_curves import RunCurvesWiring
from playground.ui.wiring.run_notes import RunNotes

_WISH_MS = 120  # a dragged slider writes at most this often


class RunViewWiring(QObject):
    """Tells about the run; passes on the wishes about learning rate, length and checkpoints.

    Signals:
        changed: what the run's buttons offer may be something else now.
    """

    changed = Signal()

    def __init__(self, page: TrainPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self._panel = page.run_panel
        self._factor = 1.0
        self.control, self.last_checkpoint = Control(), -1  # as they were when they were looked at last
        self.curves, self.notes = RunCurvesWiring(page, context), RunNotes(page.run_panel.notes)
        self._wish = QTimer(self, singleShot=True, interval=_WISH_MS)
        self._wish.timeout.connect(self._send_factor)
        self._connect()

    def refresh(self) -> None:
        """Everything anew: another run, another language, or the page has come into view."""
        self.show_facts()
        path = self._current.path
        self._panel.notes.setVisible(path is not None)
        if path is not None:
            self.notes.show(path, path.is_dir())
        self.curves.refresh()

    def forget(self) -> None:
        """Another run is in view."""
        self._wish.stop()
        self._page.run_picture.forget()

    def show_facts(self) -> None:
        """What is known of the run beside its curves, and what its trainer was told."""
        self._look()
        if not self._wish.isActive():  # else the slider is ahead of it
            self._panel.show_learning_rate_factor(self.control.learning_rate_factor)
        self._panel.show_max_steps(self.max_steps)
        if self._current.directory is None:
            self._panel.show_facts([])
            return
        self._panel.show_facts([(name, value) for name, value in self._facts() if value])

    @property
    def max_steps(self) -> int:
        """Where the run ends, as it is wanted now; 0 without a run."""
        if self._current.directory is None:
            return 0
        return self.control.max_steps or self._current.config.training.max_steps

    def _look(self) -> None:
        """At what lies on the disk besides numbers and events."""
        directory = self._current.directory
        steps = directory.checkpoint_steps() if directory else []
        self.last_checkpoint = steps[-1] if steps else -1
        try:
            self.control = directory.control() if directory else Control()
        except PlaygroundError:
            self.control = Control()  # damage is reported by whoever writes to it

    def _facts(self) -> list[tuple[str, str]]:
        config, status, facts = self._current.config, self._current.status, self._current.facts
        text = source_words(config.data.source)
        if facts.size_bytes:
            text = translate("TrainPage", "{0}, {1}").format(text, size_words(facts.size_bytes))
        vocab_size = status.vocab_size or config.tokenizer.vocab_size
        return [
            (translate("TrainPage", "Layers × heads"), f"{_layers_words(config.model)} × {config.model.n_heads:,}"),
            (translate("TrainPage", "Width"), f"{config.model.d_model:,}"),
            (translate("TrainPage", "Parameters"), f"{status.n_parameters:,}" if status.n_parameters else ""),
            (translate("TrainPage", "Of them trained"), self._trained_words()),
            (translate("TrainPage", "Text"), text),
            (translate("TrainPage", "Tokenizer"), tokenizer_words(config, vocab_size)),
            (translate("TrainPage", "Training text"), _tokens_words(facts.n_train_tokens)),
            (translate("TrainPage", "Per step"), _tokens_words(self._tokens_per_step())),
            (translate("TrainPage", "Device"), choice_label(status.device)),
            (translate("TrainPage", "Last checkpoint"), _step_words(self.last_checkpoint)),
        ]

    def _trained_words(self) -> str:
        """How many numbers change, where not all do: adapters, or layers that are not frozen."""
        started = [event for event in self._current.events if event.get("kind") == "started"]
        n_trained = started[-1].get("n_trained") if started else None
        if not isinstance(n_trained, int) or n_trained >= self._current.status.n_parameters:
            return ""
        share = f"{100 * n_trained / self._current.status.n_parameters:.3g}"
        return translate("TrainPage", "{0} ({1} %)").format(f"{n_trained:,}", share)

    def _tokens_per_step(self) -> int:
        """What a step really reads: lines and sentences are shorter than the context."""
        train = self._current.metrics.train
        if not train.n_rows or not train.last("step") or not math.isfinite(train.last("tokens")):
            return 0
        return round(train.last("tokens") / train.last("step"))

    def _connect(self) -> None:
        panel = self._panel
        panel.learning_rate_factor_changed.connect(self._on_factor)
        panel.checkpoint_requested.connect(self._on_checkpoint)
        panel.max_steps_changed.connect(self._on_max_steps)
        panel.term_requested.connect(self._context.show_term)
        self._current.events_appended.connect(self._on_events)
        self._page.hidden.connect(self.notes.keep)

    def _on_events(self, events: list[dict[str, Any]]) -> None:
        if self._page.isVisible() and any(event.get("kind") == "started" for event in events):
            self.show_facts()

    # Wishes.

    def _on_factor(self, factor: float) -> None:
        self._factor = factor
        if not self._wish.isActive():
            self._wish.start()

    def _send_factor(self) -> None:
        try:
            self._current.set_learning_rate_factor(self._factor)
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))

    def _on_max_steps(self, max_steps: int) -> None:
        try:
            self._current.set_max_steps(max_steps)
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
        self._look()
        self.changed.emit()

    def _on_checkpoint(self) -> None:
        try:
            self._current.request_checkpoint()
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
            return
        self._page.notice.show_fact(translate("TrainPage", "The trainer saves a checkpoint after the step it is at."))


def _layers_words(model: ModelConfig) -> str:
    """Of encoder and decoder, where there are both."""
    both = model.kind == ENCODER_DECODER
    return f"{model.encoder_layers:,} + {model.decoder_layers:,}" if both else f"{model.n_layers:,}"


def _tokens_words(n_tokens: int) -> str:
    return translate("TrainPage", "{0} tokens").format(f"{n_tokens:,}") if n_tokens else ""


def _step_words(step: int) -> str:
    """ "" for none."""
    return translate("TrainPage", "step {0}").format(f"{step:,}") if step >= 0 else ""
