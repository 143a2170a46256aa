"""The map of the token vectors in its card, or one sentence about what is missing and the button that leads there."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.contract.embedding_messages import EmbeddingMap, Neighbours
from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.token_kinds import kinds_of, labelled_first, token_groups
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.widgets.card import Card
from playground.ui.widgets.facts import ElidedLabel
from playground.ui.widgets.page_frame import EmptyNotice

if TYPE_CHECKING:
    from playground.ui.charts.token_map import TokenMap

NO_MODEL, OTHER_TOKENIZER, WAITING = "no_model", "other_tokenizer", "waiting"


class MapCard(Card):
    """The chart is made when there is something to draw: it takes a library that loads slowly.

    Signals:
        token_chosen (int): a click on that token.
        way_on_requested (str): the button under the sentence about `NO_MODEL` or `OTHER_TOKENIZER`.
    """

    token_chosen = Signal(int)
    way_on_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.empty = EmptyNotice()
        self._hint = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._hint.set_role("dim")
        self._stack = QStackedWidget()
        self._lay_out()
        self._chart: TokenMap | None = None
        self._vocabulary: Vocabulary | None = None
        self._missing, self._run_name = WAITING, ""
        self.empty.filled_requested.connect(self._on_filled)
        self.retranslate()

    @property
    def chart(self) -> "TokenMap":
        """The map, made now if it was not needed before."""
        if self._chart is None:
            from playground.ui.charts.token_map import TokenMap

            self._chart = TokenMap()
            self._chart.show_groups(token_groups())
            self._chart.token_chosen.connect(self.token_chosen)
            self._stack.addWidget(self._chart)
            self._show_tokens(self._chart)
        return self._chart

    @property
    def is_filled(self) -> bool:
        """Whether the map is seen."""
        return self._chart is not None and self._stack.currentWidget() is self._chart

    def show_vocabulary(self, vocabulary: Vocabulary | None) -> None:
        """The tokens; the map of the former ones goes."""
        self._vocabulary = vocabulary
        if self._chart is not None:
            self._show_tokens(self._chart)
        if self.is_filled:
            self.show_missing(WAITING)

    def show_missing(self, missing: str, run_name: str = "") -> None:
        """Why there is no map: `NO_MODEL`, `OTHER_TOKENIZER` than that of the run, or `WAITING` for the worker."""
        self._missing, self._run_name = missing, run_name
        self._say()
        self._stack.setCurrentWidget(self.empty)
        self._hint.hide()

    def show_map(self, found: EmbeddingMap) -> None:
        """The vectors of the vocabulary that was shown."""
        self.chart.show_points(found.points, found.lengths, found.shares, found.frame)
        self._stack.setCurrentWidget(self.chart)
        self._hint.show()

    def show_chosen(self, token_id: int) -> None:
        if self._vocabulary is not None and self._chart is not None:
            self._chart.show_chosen(token_id)

    def show_neighbours(self, neighbours: Neighbours) -> None:
        self.show_chosen(neighbours.token_id)
        if self._chart is not None:
            self._chart.show_neighbours(neighbours.ids, neighbours.cosines)

    def show_found(self, ids: np.ndarray | None) -> None:
        """What the search lets through."""
        if self._chart is not None:
            self._chart.show_found(ids)

    def point_at(self, token_id: int) -> None:
        if self._chart is not None:
            self._chart.point_at(token_id)

    def retranslate(self) -> None:
        self._say()
        self._hint.show_words(
            translate("TokenizePage", "Drag to move, turn the wheel to zoom, double-click for the whole map.")
        )
        if self._chart is not None:
            self._chart.show_groups(token_groups())
            self._chart.retranslate()

    def _lay_out(self) -> None:
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._hint)
        self._hint.hide()

    def _show_tokens(self, chart: "TokenMap") -> None:
        if self._vocabulary is not None:
            chart.show_tokens(self._label, kinds_of(self._vocabulary), labelled_first(self._vocabulary))

    def _label(self, index: int) -> str:
        assert self._vocabulary is not None, "only shown tokens have names"
        return visible_piece(self._vocabulary.pieces[index], 24)

    def _say(self) -> None:
        if self._missing == NO_MODEL:
            sentence = translate(
                "TokenizePage",
                "Here lie all tokens by the vectors that a model has learned for them, those used alike near each"
                " other; a tokenizer alone has none.",
            )
            self.empty.show_words(sentence, translate("TokenizePage", "Train a model"))
        elif self._missing == OTHER_TOKENIZER:
            sentence = translate(
                "TokenizePage", "The run {0} learned vectors for its own tokenizer’s tokens, not for this one’s."
            )
            self.empty.show_words(sentence.format(self._run_name), translate("TokenizePage", "Use the run’s tokenizer"))
        else:
            self.empty.show_words(translate("TokenizePage", "Waiting for the model…"), "")

    def _on_filled(self) -> None:
        self.way_on_requested.emit(self._missing)
