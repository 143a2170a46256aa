"""The Attention page: what each head of the model looks at in a text.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.messages import HeadAttention, TraceOverview
from playground.ui.charts.head_grid import HeadGrid, head_words
from playground.ui.charts.heatmap import Heatmap
from playground.ui.charts.heatmap_labels import token_labels
from playground.ui.charts.heatmap_values import SCORES, WEIGHTS
from playground.ui.pages.attention.head_shares import HeadShares, head_sentence, head_shares
from playground.ui.pages.attention.query_bars import QueryBars
from playground.ui.pages.attention.side import AttentionSide
from playground.ui.translation import translate
from playground.ui.widgets.buttons import Choice
from playground.ui.widgets.card import Card
from playground.ui.widgets.page_frame import PageFrame

_COLUMN_LEAST, _COLUMN_MOST = 220, 330
_GAP = 12


class AttentionPage(PageFrame):
    """The heatmap of one head, all heads beside it, the text and the colours at the side.

    Signals:
        text_changed: `text()` is another.
        head_requested (int, int): layer and head, from 0.
        colours_requested (str, bool): colour map, faint weights brightened.
        training_requested: the button of the empty page.
        term_requested (str): a glossary key.
        shown: the page came into view.
    """

    text_changed = Signal()
    head_requested = Signal(int, int)
    colours_requested = Signal(str, bool)
    training_requested = Signal()
    term_requested = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heatmap = Heatmap()
        self.grid = HeadGrid()
        self.bars = QueryBars()
        self.settings = AttentionSide(self.side)
        self.quantity = Choice([(WEIGHTS, ""), (SCORES, "")])
        self._grid_card = Card()
        self._words: list[str] = []
        self._overview: TraceOverview | None = None
        self._shares: HeadShares | None = None
        self._head = (0, 0)
        self._is_empty = False
        self._lay_out()
        self._connect()
        self.retranslate()

    def text(self) -> str:
        """What was typed; "" for nothing."""
        return self.settings.text()

    def show_text(self, text: str) -> None:
        self.settings.show_text(text)

    def show_example(self, text: str) -> None:
        """What is looked into while nothing is typed."""
        self.settings.show_example(text)

    def show_trace(self, overview: TraceOverview, text: str) -> None:
        """All heads of `text` in small, and its tokens. Its `show_attention` must follow at once."""
        self._overview = overview
        self._words = token_labels(overview.tokens, text)
        self.heatmap.show_tokens(self._words, overview.losses)
        self.grid.show_thumbnails(overview.thumbnails)
        self.settings.show_overview(overview)
        self._show_numbers()

    def show_chosen_head(self, layer: int, head: int) -> None:
        """Which head is wanted; its attention may come later."""
        self._head = (layer, head)
        self.grid.show_head(layer, head)
        self._show_numbers()

    def show_attention(self, attention: HeadAttention) -> None:
        """The big picture: one head of the text that `show_trace` has shown."""
        assert self._overview is not None, "tokens come before attention"
        self.heatmap.show_head(attention)
        self._shares = head_shares(attention.weights, self._overview.tokens.ids)
        self.settings.show_shares(self._shares)
        self._is_empty = False
        self._show_query()
        self._show_heading()
        self._show_parts()
        self.show_filled()

    def show_colours(self, name: str, *, lifted: bool) -> None:
        self.settings.show_colours(name, lifted=lifted)
        self.heatmap.show_colours(name, lifted=lifted)
        self.grid.show_colours(name, lifted=lifted)

    def show_no_model(self) -> None:
        """No run, or one without weights yet."""
        sentence = translate(
            "AttentionPage",
            "Here you see, for every layer and head, which earlier tokens each token of a text looks at. "
            "It takes a trained model.",
        )
        self._is_empty = True
        self._show_heading()
        self._show_parts()
        self.show_empty(sentence, translate("AttentionPage", "Train a model"))

    def retranslate(self) -> None:
        self.quantity.show_labels(
            [(WEIGHTS, translate("AttentionPage", "Weights")), (SCORES, translate("AttentionPage", "Scores"))]
        )
        for key, words in (
            (WEIGHTS, translate("AttentionPage", "Each row adds up to 1")),
            (SCORES, translate("AttentionPage", "Query times key over the root of d_head, before the softmax")),
        ):
            self.quantity.button(key).setToolTip(words)
        self._grid_card.set_title(translate("AttentionPage", "All heads"))
        self.heatmap.setAccessibleName(translate("AttentionPage", "Attention of one head"))
        self.grid.setAccessibleName(translate("AttentionPage", "All heads"))
        self.bars.setAccessibleName(translate("AttentionPage", "What a token looks at"))
        self.settings.retranslate()
        for picture in (self.heatmap, self.grid, self.bars):
            picture.update()  # they paint their words
        self._show_heading()
        if self._is_empty:
            self.show_no_model()

    def _lay_out(self) -> None:
        picture = Card()
        picture.body.addWidget(self.heatmap)
        self._grid_card.body.addWidget(self.grid)
        keys = Card()
        keys.body.addWidget(self.bars)
        column = QWidget()
        column.setMinimumWidth(_COLUMN_LEAST)
        column.setMaximumWidth(_COLUMN_MOST)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(_GAP)
        inside.addWidget(self._grid_card)
        inside.addWidget(keys, 1)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(picture, 7)
        row.addWidget(column, 3)
        self.body.addLayout(row)
        self.buttons.addWidget(self.quantity)
        self.setFocusProxy(self.heatmap)

    def _connect(self) -> None:
        self.heatmap.query_pointed.connect(self._show_query)
        self.heatmap.query_chosen.connect(self._show_query)
        self.bars.key_pointed.connect(self.heatmap.show_cell)
        self.grid.head_requested.connect(self.head_requested)
        self.quantity.chosen.connect(self.heatmap.show_quantity)
        self.settings.text_changed.connect(self.text_changed)
        self.settings.layer_requested.connect(self._on_layer)
        self.settings.head_requested.connect(self._on_head)
        self.settings.colours_requested.connect(self.colours_requested)
        self.settings.term_requested.connect(self.term_requested)
        self.empty.filled_requested.connect(self.training_requested)

    def _show_parts(self) -> None:
        self.quantity.setVisible(not self._is_empty)
        self.side.setVisible(not self._is_empty)

    def _show_numbers(self) -> None:
        n_layers, n_heads = self.grid.shape()
        layer, head = self._head
        self.settings.show_head(layer, max(n_layers, layer + 1), head, max(n_heads, head + 1))

    def _show_heading(self) -> None:
        attention = self.heatmap.head()
        if self._is_empty or attention is None or self._shares is None:
            self.heading.show_title(translate("AttentionPage", "Attention"))
            self.heading.show_words("")
            return
        self.heading.show_title(head_words(attention.layer, attention.head))
        self.heading.show_words(head_sentence(self._shares))

    def _show_query(self) -> None:
        """The row under the mouse, else the chosen one, else the last: it predicts what comes next."""
        attention = self.heatmap.head()
        if attention is None:
            return
        chosen, cell = self.heatmap.chosen(), self.heatmap.cell()
        query = cell[0] if cell else chosen if chosen >= 0 else len(self._words) - 1
        self.bars.show_query(self._words, attention.weights[query], query, is_kept=query == chosen)

    def _on_layer(self, layer: int) -> None:
        self.head_requested.emit(layer, self._head[1])

    def _on_head(self, head: int) -> None:
        self.head_requested.emit(self._head[0], head)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
