"""Connects the Generate page to the run and the moment in view, and to the worker."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from playground.contract.messages import Generate, PredictNext
from playground.contract.model_config import DECODER, ENCODER_DECODER
from playground.ui.actions import Action
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.generate.words import Ending, token_name
from playground.ui.pages.generate.writing import Writing, WrittenToken, text_of_piece
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.window_context import WindowContext
from playground.ui.wiring.generate_blanks import BlanksWiring
from playground.ui.wiring.generate_settings import GenerateSettings
from playground.ui.wiring.generate_stream import GenerateStream
from playground.ui.wiring.next_token import NextTokenQuestions

_OPENINGS = {  # with something to choose behind it
    "builtin:tales-en": "Once upon a time, there was a little",
    "builtin:tales-ja": "むかしむかし、森に",
}
_BARS_AFTER_TEXT_MS = 12
_PROMPT = -1  # the bars are about the token after the prompt; else about the token at that index of the text


class GenerateWiring(QObject):
    """Holds the text and the place in it that the bars are about; a new text replaces it."""

    def __init__(self, page: GeneratePage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self._writing = Writing()
        self._place = _PROMPT
        self._is_drawn = False  # the bars show what a token was drawn from, which no question could tell better
        self._stream: GenerateStream | None = None
        self._drawn: WrittenToken | None = None
        # Text and bars are painted one after the other, so that neither keeps the window waiting for both.
        self._bars = QTimer(self, singleShot=True, interval=_BARS_AFTER_TEXT_MS)
        self._bars.timeout.connect(self._show_drawn)
        self._has_complained = False
        self.settings = GenerateSettings(page, context.app.settings, self)
        self._questions = NextTokenQuestions(page.next, context.worker, self)
        self._blanks = BlanksWiring(page, context, self)
        page.show_prompt(self.settings.own_prompt)
        self._connect()
        self._add_actions()
        self._on_run()

    def _connect(self) -> None:
        page, current = self._page, self._current
        page.generate_requested.connect(self._on_generate)
        page.go_on_requested.connect(self._on_go_on)
        page.stop_requested.connect(self._on_stop)
        page.clear_requested.connect(self._on_clear)
        page.prompt_changed.connect(self._on_prompt)
        page.token_requested.connect(self._on_token)
        page.text.token_chosen.connect(self._on_place)
        page.sampling.term_requested.connect(self._context.show_term)
        page.next.term_requested.connect(self._context.show_term)
        page.language_changed.connect(self._show_title)
        page.train_requested.connect(partial(self._context.go_to, "train"))
        page.shown.connect(self._show_model)
        self.settings.changed.connect(self._ask)
        self._questions.answered.connect(self._on_answered)
        self._questions.failed.connect(self._complain)
        self._blanks.answered.connect(self._on_answered)
        self._blanks.failed.connect(self._complain)
        current.run_selected.connect(self._on_run)
        current.snapshots_changed.connect(self._show_model)
        current.snapshot_selected.connect(self._ask)
        current.status_changed.connect(self._show_model)
        current.events_appended.connect(self._on_events)

    # The run in view.

    def _on_run(self) -> None:
        """Another run: the text of the former one goes; a prompt that nobody typed is replaced."""
        if self._stream is not None:
            self._stream.abandon()
            self._stream = None
            self._page.show_writing(False)
        if not self.settings.own_prompt:
            self._page.show_prompt(self._proposal())
        self._blanks.forget()
        self._page.show_kind(self._kind)
        self._on_clear()
        self._show_model()

    def _on_events(self) -> None:
        if not self._page.prompt() and not self.settings.own_prompt:
            self._page.show_prompt(self._proposal())
            self._ask()

    def _proposal(self) -> str:
        if self._current.directory is None:
            return ""
        source = self._current.config.data.source if self._kind == DECODER else ""  # others open with their own samples
        return first_prompt(source, self._current.events)

    @property
    def _kind(self) -> str:
        return self._current.config.model.kind if self._current.directory else DECODER

    @property
    def _source(self) -> str:
        """What an encoder-decoder translates; others have no source."""
        return self._page.prompt() if self._kind == ENCODER_DECODER else ""

    def _show_model(self) -> None:
        if self._current.has_model:
            self._page.show_model()
        else:
            self._page.show_no_model(self._current.directory is not None and self._current.is_active)
        if not self._is_drawn:
            self._ask()

    # The next token.

    def _ask(self) -> None:
        """Let the bars be about the place in view, with the settings and the moment in view."""
        self._is_drawn = False
        if self._stream is not None or not self._page.isVisible():
            return
        if self._blanks.is_on:
            self._questions.hold()
            self._blanks.ask()
            return
        self._show_title()
        if self._kind == ENCODER_DECODER and not self._source.strip():
            self._questions.hold()
            self._page.next.show_distribution(None)
            self._page.next.show_empty(translate("GeneratePage", "Type a sentence to translate."))
            return
        if self._current.step not in self._current.snapshots:  # none yet, or a moment that is just being replaced
            self._questions.hold()
            self._page.next.show_distribution(None)
            return
        drawing = dataclasses.replace(self.settings.sampling, seed=1, max_tokens=1)  # the bars depend on neither
        text = self._text_before_place()
        wanted = PredictNext(run=str(self._current.path), step=self._current.step, prompt=text, sampling=drawing,
                             source=self._source)  # fmt: skip
        self._questions.ask(wanted, self._drawn_id())

    def _text_before_place(self) -> str:
        if self._place != _PROMPT:
            return self._writing.text_before(self._place)
        return "" if self._kind == ENCODER_DECODER else self._page.prompt()

    def _drawn_id(self) -> int | None:
        """The token that stands where the bars are about, if one does."""
        tokens = self._writing.tokens
        return tokens[self._place].id if 0 <= self._place < len(tokens) else None

    def _show_title(self) -> None:
        tokens = self._writing.tokens
        if self._place == _PROMPT:
            is_first = self._kind == ENCODER_DECODER
            title = (
                translate("GeneratePage", "First token of the translation")
                if is_first
                else translate("GeneratePage", "Next token after the prompt")
            )
        elif self._place < len(tokens):
            title = translate("GeneratePage", "What could stand for ‘{0}’").format(token_name(tokens[self._place]))
        else:
            title = translate("GeneratePage", "Next token after the text")
        self._page.next.show_title(title)

    def _on_prompt(self) -> None:
        self.settings.remember_prompt(self._page.prompt())
        self._place = _PROMPT
        self._page.text.show_chosen(-1)
        self._ask()

    def _on_place(self, index: int) -> None:
        """A token was picked: what else could have come? Picked again, or beside all: back to the text's end."""
        n_tokens = len(self._writing.tokens)
        if self._stream is not None or not n_tokens:
            return
        self._place = n_tokens if index in (-1, self._place) else index
        self._page.text.show_chosen(self._place if self._place < n_tokens else -1)
        known = self._writing.tokens[self._place].distribution if self._place < n_tokens else None
        if known is None:
            self._ask()
            return
        self._is_drawn = True
        self._questions.hold()
        self._show_title()
        self._page.next.show_distribution(known, self._drawn_id())

    def _on_token(self, row: int) -> None:
        """What if that token came next? The prompt, or the text cut at the place in view, goes on with it."""
        shown = self._page.next.shown()
        if shown is None or self._stream is not None:
            return
        text = text_of_piece(shown.pieces[row], is_first=not self._text_before_place())
        if text is None:
            words = translate(
                "GeneratePage", "‘{0}’ is no text of its own: a part of a character, or a sign for the model."
            )
            self._page.notice.show_fact(words.format(visible_piece(shown.pieces[row])))
        elif self._place == _PROMPT and self._kind != ENCODER_DECODER:
            self._page.editor.append_text(text)
        else:
            self._place = max(self._place, 0)
            probability = float(shown.before[row])
            token = WrittenToken(id=int(shown.ids[row]), text=text, probability=probability, distribution=shown)
            self._writing.replace_at(self._place, token)
            self._place = len(self._writing.tokens)
            self._page.show_text(self._writing.prompt, self._writing.tokens)
            self._page.show_ending(None)
            self._ask()

    def _on_answered(self) -> None:
        if self._has_complained:
            self._has_complained = False
            self._page.notice.hide()

    def _complain(self, sentence: str) -> None:
        self._has_complained = True
        self._page.notice.show_error(sentence)

    # Writing.

    def _can_write(self) -> bool:
        return self._stream is None and self._current.has_model and not self._blanks.is_on

    def _can_go_on(self) -> bool:
        return self._can_write() and bool(self._writing.tokens)

    def _is_writing(self) -> bool:
        return self._stream is not None

    def _on_generate(self) -> None:
        if self._can_write():
            self._writing = Writing("" if self._kind == ENCODER_DECODER else self._page.prompt())
            self._page.show_text(self._writing.prompt, ())
            self._write()

    def _on_go_on(self) -> None:
        if self._can_go_on():
            self._write()

    def _write(self) -> None:
        self.settings.seed_if_wanted()
        self._questions.hold()
        self._page.notice.hide()
        self._page.text.show_chosen(-1)
        self._page.show_ending(None)
        request = Generate(
            run=str(self._current.path),
            step=self._current.step,
            prompt=self._writing.text,
            sampling=self.settings.sampling,
            source=self._source,
        )
        self._stream = GenerateStream(self._context.worker, request, self)
        self._stream.written.connect(self._on_written)
        self._stream.ended.connect(self._on_ended)
        self._stream.failed.connect(self._on_broken)
        self._page.show_writing(True)

    def _on_written(self, tokens: list[WrittenToken]) -> None:
        self._writing.add(tokens)
        self._page.append(tokens)
        self._drawn = tokens[-1]
        self._bars.start()

    def _show_drawn(self) -> None:
        """What the newest token was drawn from."""
        last = self._drawn
        if last is not None and last.distribution is not None:
            self._page.next.show_title(translate("GeneratePage", "‘{0}’ was drawn").format(token_name(last)))
            self._page.next.show_distribution(last.distribution, last.id)

    def _on_stop(self) -> None:
        if self._stream is not None:
            self._stream.stop()

    def _on_ended(self, ending: Ending) -> None:
        self._finish()
        self._page.show_ending(ending)

    def _on_broken(self, sentence: str) -> None:
        self._finish()
        self._complain(sentence)

    def _finish(self) -> None:
        """Back to rest: the bars are about what comes after the text."""
        assert self._stream is not None, "only what has begun can end"
        self._bars.stop()
        self._stream.deleteLater()
        self._stream = None
        self._page.show_writing(False)
        self._place = len(self._writing.tokens) or _PROMPT
        self._ask()

    def _on_clear(self) -> None:
        if self._stream is None:
            self._writing, self._place = Writing(), _PROMPT
            self._page.show_text("", ())
            self._page.show_ending(None)
            self._ask()

    def _add_actions(self) -> None:
        self._add("start", lambda: translate("GeneratePage", "Generate from the prompt"), self._on_generate,
                  self._can_write, "Ctrl+Return")  # fmt: skip
        self._add("stop", lambda: translate("GeneratePage", "Stop writing"), self._on_stop, self._is_writing)
        self._add("go_on", lambda: translate("GeneratePage", "Go on from the written text"), self._on_go_on,
                  self._can_go_on, "Ctrl+Shift+Return")  # fmt: skip
        self._add("clear", lambda: translate("GeneratePage", "Clear the written text"), self._on_clear, self._can_go_on)
        self._add("seed", lambda: translate("GeneratePage", "New seed"), self.settings.take_new_seed, self._can_write)

    def _add(
        self, key: str, name: Callable[[], str], run: Callable[[], None], allowed: Callable[[], bool], keys: str = ""
    ) -> None:
        self._context.actions.add(
            Action(key=f"generate.{key}", name=name, run=run, shortcut=keys, page="generate", is_enabled=allowed)
        )


def build(context: WindowContext) -> GeneratePage:
    """The page, connected."""
    page = GeneratePage()
    GenerateWiring(page, context)
    return page


def first_prompt(source: str, events: Sequence[Mapping[str, Any]]) -> str:
    """What a run may be shown at first: the opening of the tales, or what its own samples were made of."""
    for event in events:
        shown = event.get("sources") or event.get("texts")  # sentences to translate, tokens with masks
        if isinstance(shown, list) and all(isinstance(part, str) for part in shown):
            return str(shown[0]) if "sources" in event else "".join(shown).strip("\n")
    if source in _OPENINGS:
        return _OPENINGS[source]
    for event in events:
        text, n_prompt = event.get("text"), event.get("n_prompt_characters")
        if isinstance(text, str) and isinstance(n_prompt, int):
            return text[: max(n_prompt, 0)].rstrip("\n")
    return ""
