"""Connects the Tokenize page's map of token vectors to the run and the moment in view, and to the worker."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

from playground.contract.embedding_messages import COSINE, EmbeddingMap, FindNeighbours, MapEmbeddings, Neighbours
from playground.contract.messages import Answer, Failure
from playground.ui.actions import Action
from playground.ui.pages.tokenize.map_card import NO_MODEL, OTHER_TOKENIZER, WAITING
from playground.ui.pages.tokenize.neighbours import N_NEIGHBOURS
from playground.ui.pages.tokenize.page import MAP, TOKENS, TokenizePage
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext
from playground.ui.wiring.newest_question import NewestQuestion


class TokenizerInUse(Protocol):
    """What the map needs to know of the page's tokenizer."""

    vocabulary_shown: SignalInstance
    folder: str
    vocabulary_folder: str  # whose pieces are shown; "" while they are not known

    def use(self, folder: str) -> None: ...


class EmbeddingMapWiring(QObject):
    """Two questions may be under way, one about the map and one about neighbours; each then follows with the newest.

    The axes are those of the newest snapshot, and stay while earlier ones are looked at.
    """

    def __init__(self, page: TokenizePage, context: WindowContext, tokenizer: TokenizerInUse) -> None:
        super().__init__(page)
        self._page, self._context, self._tokenizer = page, context, tokenizer
        self._map = NewestQuestion("embedding map", context.worker, self._on_map, self._on_failed, self)
        self._near = NewestQuestion("neighbours", context.worker, self._on_neighbours, self._on_failed, self)
        self._measure = COSINE
        self._run, self._axes_step = Path(), -1
        self._has_complained = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # whether a run has weights is known after its selection
        self._soon.timeout.connect(self.refresh)
        self._connect()

    def refresh(self) -> None:
        """Ask for what is wanted now, as far as it is not under way or shown already."""
        page, current = self._page, self._context.app.current
        if not page.isVisible() or page.view() != MAP:
            return
        if current.directory is None or not current.has_model:
            self._show_missing(NO_MODEL)
            return
        folder = str(current.directory.tokenizer_path)
        if self._tokenizer.folder != folder:
            self._show_missing(OTHER_TOKENIZER, visible(current.directory.name, 60))
            return
        if self._tokenizer.vocabulary_folder != folder:
            self._show_missing(WAITING)
            return
        run = str(current.directory.path)
        self._choose_axes()
        self._map.want(MapEmbeddings(run=run, step=current.step, axes_step=self._axes_step))
        if page.chosen_token < 0:
            self._near.forget()
            return
        question = FindNeighbours(
            run=run, step=current.step, token_id=page.chosen_token, measure=self._measure, n_shown=N_NEIGHBOURS
        )
        self._near.want(question)

    def _connect(self) -> None:
        page, current = self._page, self._context.app.current
        page.view_changed.connect(self.refresh)
        page.shown.connect(self._on_shown)
        page.token_chosen.connect(self.refresh)
        page.map_card.way_on_requested.connect(self._on_way_on)
        page.tokenizer.neighbours.measure_chosen.connect(self._on_measure)
        self._tokenizer.vocabulary_shown.connect(self._on_vocabulary)
        current.run_selected.connect(self._soon.start)
        current.snapshot_selected.connect(self.refresh)
        self._context.actions.add(
            Action(
                key="tokenize.map",
                name=lambda: translate("TokenizePage", "Map of the token vectors"),
                run=self._on_map_action,
                page="tokenize",
            )
        )
        self._context.actions.add(
            Action(
                key="tokenize.tokens",
                name=lambda: translate("TokenizePage", "Tokens of the text"),
                run=self._on_tokens_action,
                page="tokenize",
            )
        )

    def _choose_axes(self) -> None:
        """Those of the newest snapshot; another one replaces them only when it is looked at itself."""
        current = self._context.app.current
        assert current.path is not None, "only a run in view has axes"
        is_same = current.path == self._run and self._axes_step in current.snapshots
        if not is_same or current.step > self._axes_step:
            self._run, self._axes_step = current.path, current.snapshots[-1]

    def _show_missing(self, missing: str, run_name: str = "") -> None:
        self._map.forget()
        self._near.forget()
        self._page.show_no_map(missing, run_name)

    # Answers.

    def _on_vocabulary(self) -> None:
        """Other tokens, or the same ones anew: the map of the former ones is gone."""
        self._map.forget()
        self._near.forget()
        self.refresh()

    def _is_of_run(self, question: NewestQuestion) -> bool:
        """Whether what was answered belongs to what is shown: another run may just have come into view."""
        path = self._context.app.current.path
        is_known = self._tokenizer.vocabulary_folder == self._tokenizer.folder
        return is_known and question.asked is not None and question.asked.run == str(path)

    def _on_map(self, answer: Answer) -> None:
        if isinstance(answer, EmbeddingMap) and self._is_of_run(self._map):
            self._calm()
            self._page.show_map(answer, self._context.app.current.config.model.d_model)

    def _on_neighbours(self, answer: Answer) -> None:
        if isinstance(answer, Neighbours) and self._is_of_run(self._near):
            self._calm()
            self._page.show_neighbours(answer)

    def _on_failed(self, failure: Failure) -> None:
        self._has_complained = True
        self._page.notice.show_error(failure.message)

    def _calm(self) -> None:
        if self._has_complained:
            self._has_complained = False
            self._page.notice.hide()

    # Gestures.

    def _on_shown(self) -> None:
        if self._has_complained:
            self._map.forget()  # try once more
            self._near.forget()
        self.refresh()

    def _on_measure(self, measure: str) -> None:
        self._measure = measure
        self.refresh()

    def _on_way_on(self, missing: str) -> None:
        directory = self._context.app.current.directory
        if missing == OTHER_TOKENIZER and directory is not None:
            self._tokenizer.use(str(directory.tokenizer_path))
        else:
            self._context.go_to("train")

    def _on_map_action(self) -> None:
        self._page.show_view(MAP)

    def _on_tokens_action(self) -> None:
        self._page.show_view(TOKENS)
