"""Connects the Generate page to an encoder: a text whose words can be masked, and the model's guesses."""

import random

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.contract.messages import Answer, Failure, FillMasks, MasksFilled
from playground.contract.model_config import ENCODER
from playground.ui.pages.generate.blanks_view import Blank, BlankText
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.pages.generate.writing import text_of_piece
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.window_context import WindowContext

LANE = "masks"
_CONTROL = 3  # Tokens.kinds


class BlanksWiring(QObject):
    """Holds which places of the text are masked, by the characters at which their tokens begin.

    Signals:
        failed (str): the model cannot answer; one sentence.
        answered: it could.
    """

    failed = Signal(str)
    answered = Signal()

    def __init__(self, page: GeneratePage, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._worker, self._current = page, context.worker, context.app.current
        self._starts: set[int] | None = None  # None until the first text of a run is masked by itself
        self._chosen = -1  # of the shown text's tokens
        self._answer: MasksFilled | None = None
        self._draws = random.Random(1)
        page.blanks.mask_requested.connect(self._on_mask)
        page.blanks.place_requested.connect(self._on_place)
        page.blanks.some_requested.connect(self._on_some)
        page.blanks.none_requested.connect(self._on_none)

    @property
    def is_on(self) -> bool:
        """Whether the run in view is an encoder."""
        return self._current.directory is not None and self._current.config.model.kind == ENCODER

    def forget(self) -> None:
        """Another run follows."""
        self._starts, self._chosen, self._answer = None, -1, None
        self._page.blanks.show_text(BlankText())
        self._page.next.show_distribution(None)

    def ask(self) -> None:
        """Let the page be about its text and the moment in view."""
        text = self._page.prompt()
        if self._current.step not in self._current.snapshots:
            return
        if not text.strip():
            self._answer = None
            self._page.blanks.show_text(BlankText())
            self._page.next.show_distribution(None)
            return
        request = FillMasks(
            run=str(self._current.path),
            step=self._current.step,
            text=text,
            masked=self._masked(),
            chosen=self._chosen + (self._answer.n_dropped if self._answer else 0),
        )
        self._worker.ask_latest(LANE, request, self._on_answer, self._on_failed)

    def _masked(self) -> list[int]:
        """The masked places among the tokens of the last answer, counted from the text's beginning."""
        if self._answer is None or not self._starts:
            return []
        tokens, n_dropped = self._answer.tokens, self._answer.n_dropped
        places = zip(tokens.starts.tolist(), tokens.kinds.tolist(), strict=True)
        return [
            index + n_dropped
            for index, (start, kind) in enumerate(places)
            if start in self._starts and kind != _CONTROL  # marks of begin and end share their place with a token
        ]

    def _on_answer(self, answer: Answer) -> None:
        if not isinstance(answer, MasksFilled) or not self.is_on:
            return
        self._answer = answer
        if self._starts is None:
            self._starts = self._drawn_starts()
        self._show()
        self.answered.emit()
        if self._masked() != [index + answer.n_dropped for index in answer.masked]:
            self.ask()  # the text was cut anew: the masks are at other tokens now

    def _on_failed(self, failure: Failure) -> None:
        if not failure.cancelled:
            self.failed.emit(failure.message)

    def _show(self) -> None:
        answer, text = self._answer, self._page.prompt()
        assert answer is not None
        tokens = answer.tokens
        spans = zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
        texts = tuple(text[start:end] or piece for (start, end), piece in zip(spans, tokens.pieces, strict=True))
        known = {
            index: Blank(
                guess=text_of_piece(guess, is_first=index == 0) or guess,
                probability=float(probability),
                true_probability=float(true),
                is_right=int(guessed) == int(tokens.ids[index]),
            )
            for index, guess, guessed, probability, true in zip(
                answer.masked, answer.guesses, answer.guessed_ids, answer.probabilities, answer.true_probabilities,
                strict=True,
            )
        }  # fmt: skip
        masked = [index - answer.n_dropped for index in self._masked()]
        self._chosen = answer.chosen_index
        blanks = tuple((index, known.get(index)) for index in masked)
        self._page.blanks.show_text(BlankText(texts=texts, blanks=blanks, chosen=self._chosen))
        if self._chosen < 0:
            self._page.next.show_title(translate("GeneratePage", "Guesses for a mask"))
            self._page.next.show_distribution(None)
            self._page.next.show_empty(translate("GeneratePage", "Mask a word, and its rivals stand here."))
        else:
            words = translate("GeneratePage", "Guesses in place of ‘{0}’").format(visible_piece(texts[self._chosen]))
            self._page.next.show_title(words)
            self._page.next.show_distribution(answer.chosen, int(tokens.ids[self._chosen]))

    def _drawn_starts(self) -> set[int]:
        """Places to mask: the share that the model was trained on, at least one."""
        if self._answer is None or not len(self._answer.tokens.ids):
            return set()
        tokens = self._answer.tokens
        starts = np.unique(tokens.starts[tokens.kinds != _CONTROL]).tolist()
        if not starts:
            return set()
        n_masked = max(1, round(self._current.config.training.mask_fraction * len(starts)))
        return set(self._draws.sample(starts, min(n_masked, len(starts))))

    def _on_mask(self, index: int) -> None:
        if self._answer is None or self._answer.tokens.kinds[index] == _CONTROL:
            return
        start = int(self._answer.tokens.starts[index])
        masked = self._starts or set()
        self._starts = masked - {start} if start in masked else masked | {start}
        self._chosen = index if start in self._starts else -1
        self._show_waiting()
        self.ask()

    def _show_waiting(self) -> None:
        """The masks at once, their guesses when they come."""
        shown, answer = self._page.blanks.view.shown(), self._answer
        assert answer is not None
        masked = [index - answer.n_dropped for index in self._masked()]
        blanks = tuple((index, shown.blank_at(index)) for index in masked)
        self._page.blanks.show_text(BlankText(texts=shown.texts, blanks=blanks, chosen=self._chosen))

    def _on_place(self, index: int) -> None:
        if index != self._chosen:
            self._chosen = index
            self.ask()

    def _on_some(self) -> None:
        self._starts, self._chosen = self._drawn_starts(), -1
        self.ask()

    def _on_none(self) -> None:
        self._starts, self._chosen = set(), -1
        self.ask()
