"""Connects the Attention page to the run and the moment in view, and to the worker."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from playground.contract.messages import Answer, Failure, HeadAttention, ReadHead, Trace, TraceOverview
from playground.ui.actions import Action
from playground.ui.charts.colour_maps import COLOUR_MAPS
from playground.ui.pages.attention.example_text import example_text
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.translation import translate
from playground.ui.window_context import WindowContext

_TRACE_LANE, _HEAD_LANE = "attention", "attention.head"
_TEXT_KEY, _MAP_KEY, _LIFTED_KEY = "attention/text", "attention/colour_map", "attention/lifted"
_REMEMBERED_CHARACTERS = 20_000  # a longer text would slow the settings file down


@dataclass(frozen=True, kw_only=True)
class _Moment:
    """What is looked into: a text, by a model as it was at a step."""

    run: str
    step: int
    text: str

    def has_tokens_of(self, other: "_Moment | None") -> bool:
        """A run's tokenizer is the same at each of its steps."""
        return other is not None and (self.run, self.text) == (other.run, other.text)


_HeadKey = tuple[_Moment, int, int]


class AttentionWiring(QObject):
    """Two questions may be under way, one about all heads and one about the chosen head, each asked anew with what is
    newest once it is answered; so the picture keeps moving while the timeline is dragged. The old picture stays until
    its successor is whole: tokens and attention of the same text.
    """

    def __init__(self, page: AttentionPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self._layer, self._head = 0, 0
        self._example, self._example_of = "", Path()
        self._asked_trace: _Moment | None = None
        self._asked_head: _HeadKey | None = None
        self._is_tracing = self._is_reading = False
        self._trace: tuple[_Moment, TraceOverview] | None = None
        self._attention: tuple[_Moment, HeadAttention] | None = None
        self._shown_trace: TraceOverview | None = None
        self._has_complained = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # whether a run has weights is known after its selection
        self._soon.timeout.connect(self.refresh)
        page.show_text(context.app.settings.text(_TEXT_KEY))
        self._show_colours(
            context.app.settings.text(_MAP_KEY, COLOUR_MAPS[0]), context.app.settings.text(_LIFTED_KEY, "yes") == "yes"
        )
        self._connect()
        self._add_actions()

    def refresh(self) -> None:
        """Ask for what is wanted now, as far as it is not under way or shown already."""
        if not self._page.isVisible():
            return
        current = self._context.app.current
        if current.path is None or not current.has_model:
            self._page.show_no_model()
            return
        self._choose_example(current.path)
        self._choose_head(self._layer, self._head)
        moment = _Moment(run=str(current.path), step=current.step, text=self._text())
        self._ask_head((moment, self._layer, self._head))
        self._ask_trace(moment)
        if moment == self._asked_trace and not self._is_tracing and not self._is_reading:
            self._present()  # back from another run, or from none

    def _connect(self) -> None:
        page, current = self._page, self._context.app.current
        page.text_changed.connect(self._on_text)
        page.head_requested.connect(self._on_head_requested)
        page.colours_requested.connect(self._on_colours)
        page.training_requested.connect(self._on_training_requested)
        page.term_requested.connect(self._context.show_term)
        page.shown.connect(self._on_shown)
        current.run_selected.connect(self._soon.start)
        current.snapshot_selected.connect(self.refresh)
        self._context.worker.restarted.connect(self._forget_questions)

    def _add_actions(self) -> None:
        for key, name, run, shortcut in (
            ("next_head", _next_head_name, self._on_next_head, "Alt+Right"),
            ("previous_head", _previous_head_name, self._on_previous_head, "Alt+Left"),
            ("next_layer", _next_layer_name, self._on_next_layer, "Alt+Down"),
            ("previous_layer", _previous_layer_name, self._on_previous_layer, "Alt+Up"),
        ):
            action = Action(
                key=f"attention.{key}", name=name, run=run, shortcut=shortcut, page="attention",
                is_enabled=self._has_model,
            )  # fmt: skip
            self._context.actions.add(action)

    def _has_model(self) -> bool:
        return self._context.app.current.has_model

    # What is wanted.

    def _text(self) -> str:
        typed = self._page.text()
        return typed if typed.strip() else self._example

    def _choose_example(self, path: Path) -> None:
        """Once a run, so that the picture does not change by itself while a training writes samples."""
        if path == self._example_of:
            return
        current = self._context.app.current
        samples = [event.get("text") for event in current.events if event.get("kind") == "sample"]
        sample = samples[-1] if samples and isinstance(samples[-1], str) else ""
        self._example, self._example_of = example_text(current.config, sample), path
        self._page.show_example(self._example)

    def _choose_head(self, layer: int, head: int) -> None:
        """The nearest head that this model has."""
        model = self._context.app.current.config.model
        self._layer = min(max(layer, 0), model.n_layers - 1)
        self._head = min(max(head, 0), model.n_heads - 1)
        self._page.show_chosen_head(self._layer, self._head)

    # Questions and answers.

    def _ask_trace(self, moment: _Moment) -> None:
        if moment == self._asked_trace or (self._is_tracing and self._is_same_run(self._asked_trace, moment)):
            return
        self._asked_trace, self._is_tracing = moment, True
        request = Trace(run=moment.run, step=moment.step, text=moment.text)
        self._context.worker.ask_latest(_TRACE_LANE, request, self._on_trace, self._on_trace_failed)

    def _ask_head(self, key: _HeadKey) -> None:
        moment, layer, head = key
        asked = self._asked_head
        if key == asked or (self._is_reading and asked is not None and self._is_same_run(asked[0], moment)):
            return
        self._asked_head, self._is_reading = key, True
        request = ReadHead(run=moment.run, step=moment.step, text=moment.text, layer=layer, head=head)
        self._context.worker.ask_latest(_HEAD_LANE, request, self._on_head, self._on_head_failed)

    def _is_same_run(self, asked: _Moment | None, wanted: _Moment) -> bool:
        return asked is not None and asked.run == wanted.run

    def _on_trace(self, answer: Answer) -> None:
        if isinstance(answer, TraceOverview) and self._asked_trace is not None:
            self._is_tracing = False
            self._trace = (self._asked_trace, answer)
            self._on_answered()

    def _on_head(self, answer: Answer) -> None:
        if isinstance(answer, HeadAttention) and self._asked_head is not None:
            self._is_reading = False
            self._attention = (self._asked_head[0], answer)
            self._on_answered()

    def _on_answered(self) -> None:
        if self._has_complained:
            self._has_complained = False
            self._page.notice.hide()
        self._present()
        self.refresh()

    def _present(self) -> None:
        """Show what is there, if tokens and attention belong together."""
        if self._trace is None or self._attention is None or not self._has_model():
            return
        (moment, overview), (of, attention) = self._trace, self._attention
        if not of.has_tokens_of(moment) or len(overview.tokens.ids) != len(attention.weights):
            return
        if overview is not self._shown_trace:
            self._shown_trace = overview
            self._page.show_trace(overview, moment.text)
        self._page.show_attention(attention)

    def _on_trace_failed(self, failure: Failure) -> None:
        self._is_tracing = False
        self._complain(failure)

    def _on_head_failed(self, failure: Failure) -> None:
        self._is_reading = False
        self._complain(failure)

    def _complain(self, failure: Failure) -> None:
        if not failure.cancelled:
            self._has_complained = True
            self._page.show_filled()
            self._page.notice.show_error(failure.message)

    def _forget_questions(self) -> None:
        """The worker was restarted: what was under way is lost."""
        self._asked_trace = self._asked_head = None
        self._is_tracing = self._is_reading = False
        self.refresh()

    # Gestures.

    def _on_shown(self) -> None:
        if self._has_complained:
            self._asked_trace = self._asked_head = None  # try once more
        self.refresh()

    def _on_text(self) -> None:
        text = self._page.text()
        self._context.app.settings.set_text(_TEXT_KEY, text if len(text) <= _REMEMBERED_CHARACTERS else "")
        self.refresh()

    def _on_head_requested(self, layer: int, head: int) -> None:
        self._choose_head(layer, head)
        self.refresh()

    def _on_next_head(self) -> None:
        self._step_head(1)

    def _on_previous_head(self) -> None:
        self._step_head(-1)

    def _step_head(self, by: int) -> None:
        """Through all heads in reading order: after a layer's last head comes the next layer's first."""
        model = self._context.app.current.config.model
        index = self._layer * model.n_heads + self._head + by
        if 0 <= index < model.n_layers * model.n_heads:
            self._on_head_requested(*divmod(index, model.n_heads))

    def _on_next_layer(self) -> None:
        self._on_head_requested(self._layer + 1, self._head)

    def _on_previous_layer(self) -> None:
        self._on_head_requested(self._layer - 1, self._head)

    def _on_colours(self, name: str, lifted: bool) -> None:
        self._context.app.settings.set_text(_MAP_KEY, name)
        self._context.app.settings.set_text(_LIFTED_KEY, "yes" if lifted else "no")
        self._show_colours(name, lifted)

    def _show_colours(self, name: str, lifted: bool) -> None:
        self._page.show_colours(name if name in COLOUR_MAPS else COLOUR_MAPS[0], lifted=lifted)

    def _on_training_requested(self) -> None:
        self._context.go_to("train")


def build(context: WindowContext) -> AttentionPage:
    """The page, connected."""
    page = AttentionPage()
    AttentionWiring(page, context)
    return page


def _next_head_name() -> str:
    return translate("AttentionPage", "Next head")


def _previous_head_name() -> str:
    return translate("AttentionPage", "Previous head")


def _next_layer_name() -> str:
    return translate("AttentionPage", "Next layer")


def _previous_layer_name() -> str:
    return translate("AttentionPage", "Previous layer")
