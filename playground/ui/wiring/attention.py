"""Connects the Attention page to the run and the moment in view, and to the worker."""

import numpy as np
from PySide6.QtCore import QObject, QTimer

from playground.contract.messages import (
    CLEAREST,
    PARTS,
    SELF,
    Answer,
    Failure,
    HeadAttention,
    ReadHead,
    Trace,
    TraceOverview,
)
from playground.contract.model_config import ENCODER, ENCODER_DECODER
from playground.ui.actions import Action
from playground.ui.charts.colour_maps import COLOUR_MAPS
from playground.ui.pages.attention.lower_card import BARS, STREAM
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.translation import translate
from playground.ui.window_context import WindowContext
from playground.ui.wiring.attention_wish import AttentionWish, Moment

_TRACE_LANE, _HEAD_LANE = "attention", "attention.head"
_MAP_KEY, _LIFTED_KEY = "attention/colour_map", "attention/lifted"

_HeadKey = tuple[Moment, int, int]


class AttentionWiring(QObject):
    """Two questions may be under way, one about all heads and one about the chosen head, each asked anew with what is
    newest once it is answered; so the picture keeps moving while the timeline is dragged. The old picture stays until
    its successor is whole: tokens and attention of the same texts.
    """

    def __init__(self, page: AttentionPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self._wish = AttentionWish(context.app.settings)
        self._asked_trace: Moment | None = None
        self._asked_head: _HeadKey | None = None
        self._is_tracing = self._is_reading = False
        self._trace: tuple[Moment, TraceOverview] | None = None
        self._attention: tuple[Moment, HeadAttention] | None = None
        self._shown_trace: TraceOverview | None = None
        self._has_complained = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # whether a run has weights is known after its selection
        self._soon.timeout.connect(self.refresh)
        page.show_texts(self._wish.typed, "")
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
        if self._wish.take_run(current.path, current.config, current.events):
            self._show_wish()
        self._show_head()
        moment = self._wish.moment(current.step)
        self._ask_head((moment, *self._wish.head()))
        self._ask_trace(moment)
        if moment == self._asked_trace and not self._is_tracing and not self._is_reading:
            self._present()  # back from another run, or from none

    def _connect(self) -> None:
        page, current = self._page, self._context.app.current
        page.text_changed.connect(self._on_text)
        page.part_requested.connect(self._on_part)
        page.causal_mask_requested.connect(self._on_causal_mask)
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
        for key, name, run, is_enabled in (
            ("next_part", _next_part_name, self._on_next_part, self._is_pair),
            ("causal_mask", _causal_mask_name, self._on_switch_mask, self._has_mask),
            ("residual_stream", _residual_stream_name, self._on_switch_picture, self._has_model),
        ):
            action = Action(key=f"attention.{key}", name=name, run=run, page="attention", is_enabled=is_enabled)
            self._context.actions.add(action)

    def _is_pair(self) -> bool:
        return self._has_model() and self._wish.kind == ENCODER_DECODER

    def _has_mask(self) -> bool:
        return self._has_model() and self._wish.kind != ENCODER and self._wish.part == SELF

    def _has_model(self) -> bool:
        return self._context.app.current.has_model

    # What is wanted.

    def _show_wish(self) -> None:
        """All that belongs to a run."""
        wish, page = self._wish, self._page
        page.show_kind(wish.kind, has_mask=wish.causal_mask)
        page.show_part(wish.part)
        page.show_texts(wish.typed, wish.target)
        page.show_example(wish.example)

    def _show_head(self) -> None:
        layer, head = self._wish.head()
        if layer != CLEAREST:
            self._page.show_chosen_head(layer, head)

    # Questions and answers.

    def _ask_trace(self, moment: Moment) -> None:
        if moment == self._asked_trace or (self._is_tracing and self._is_same_run(self._asked_trace, moment)):
            return
        self._asked_trace, self._is_tracing = moment, True
        request = Trace(
            run=moment.run, step=moment.step, text=moment.text, source=moment.source, part=moment.part,
            causal_mask=moment.causal_mask,
        )  # fmt: skip
        self._context.worker.ask_latest(_TRACE_LANE, request, self._on_trace, self._on_trace_failed)

    def _ask_head(self, key: _HeadKey) -> None:
        moment, layer, head = key
        asked = self._asked_head
        if key == asked or (self._is_reading and asked is not None and self._is_same_run(asked[0], moment)):
            return
        self._asked_head, self._is_reading = key, True
        request = ReadHead(
            run=moment.run, step=moment.step, text=moment.text, source=moment.source, part=moment.part,
            causal_mask=moment.causal_mask, layer=layer, head=head,
        )  # fmt: skip
        self._context.worker.ask_latest(_HEAD_LANE, request, self._on_head, self._on_head_failed)

    def _is_same_run(self, asked: Moment | None, wanted: Moment) -> bool:
        return asked is not None and asked.run == wanted.run

    def _on_trace(self, answer: Answer) -> None:
        if isinstance(answer, TraceOverview) and self._asked_trace is not None:
            self._is_tracing = False
            self._trace = (self._asked_trace, answer)
            self._on_answered()

    def _on_head(self, answer: Answer) -> None:
        if isinstance(answer, HeadAttention) and self._asked_head is not None:
            self._is_reading = False
            moment, layer, _ = self._asked_head
            self._attention = (moment, answer)
            if layer == CLEAREST and moment.part == self._wish.part and self._wish.head()[0] == CLEAREST:
                self._wish.choose_head(answer.layer, answer.head)  # the worker's choice stays for the run
                self._asked_head = (moment, answer.layer, answer.head)
                self._show_head()
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
        if not of.has_texts_of(moment) or not np.array_equal(overview.tokens.ids, attention.row_ids):
            return  # a translation may be another at another step
        if overview is not self._shown_trace:
            self._shown_trace = overview
            self._page.show_trace(overview)
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
        self._wish.take_texts(self._page.text(), self._page.target())
        self.refresh()

    def _on_part(self, part: str) -> None:
        self._wish.part = part
        self._page.show_part(part)
        self.refresh()

    def _on_next_part(self) -> None:
        parts = (*PARTS[1:], PARTS[0])  # encoder, cross, decoder
        self._on_part(parts[(parts.index(self._wish.part) + 1) % len(parts)])

    def _on_causal_mask(self, is_there: bool) -> None:
        self._wish.causal_mask = is_there
        self._page.show_kind(self._wish.kind, has_mask=is_there)
        self._page.show_part(self._wish.part)
        self.refresh()

    def _on_switch_mask(self) -> None:
        self._on_causal_mask(not self._wish.causal_mask)

    def _on_switch_picture(self) -> None:
        card = self._page.lower_card
        card.show_picture(BARS if card.choice.value() == STREAM else STREAM)

    def _on_head_requested(self, layer: int, head: int) -> None:
        self._wish.choose_head(layer, head)
        self.refresh()

    def _on_next_head(self) -> None:
        self._step_head(1)

    def _on_previous_head(self) -> None:
        self._step_head(-1)

    def _step_head(self, by: int) -> None:
        """Through all heads in reading order: after a layer's last head comes the next layer's first."""
        layer, head = self._wish.head()
        index = layer * self._wish.n_heads + head + by
        if layer != CLEAREST and 0 <= index < self._wish.n_layers * self._wish.n_heads:
            self._on_head_requested(*divmod(index, self._wish.n_heads))

    def _on_next_layer(self) -> None:
        layer, head = self._wish.head()
        self._on_head_requested(layer + 1, head)

    def _on_previous_layer(self) -> None:
        layer, head = self._wish.head()
        self._on_head_requested(layer - 1, head)

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


def _next_part_name() -> str:
    return translate("AttentionPage", "Next part: encoder, cross-attention, decoder")


def _causal_mask_name() -> str:
    return translate("AttentionPage", "Switch the causal mask")


def _residual_stream_name() -> str:
    return translate("AttentionPage", "Residual stream, or what a token looks at")
