"""The Attention page: what each head of the model looks at in a text.

Shows what it is given and reports what the person does; asks nobody and reads nothing.
"""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.contract.messages import CROSS, ENCODER_PART, SELF, HeadAttention, TraceOverview
from playground.contract.model_config import ENCODER, ENCODER_DECODER
from playground.ui.charts.head_grid import HeadGrid, head_words
from playground.ui.charts.heatmap import Heatmap
from playground.ui.charts.heatmap_labels import token_labels
from playground.ui.charts.heatmap_values import SCORES, WEIGHTS
from playground.ui.pages.attention.cross_shares import CrossShares, cross_sentence, cross_shares
from playground.ui.pages.attention.head_shares import HeadShares, head_sentence, head_shares
from playground.ui.pages.attention.lower_card import LowerCard
from playground.ui.pages.attention.side import AttentionSide
from playground.ui.translation import translate
from playground.ui.visible_text import visible_piece
from playground.ui.widgets.buttons import Choice
from playground.ui.widgets.card import Card
from playground.ui.widgets.page_frame import PageFrame

_COLUMN_LEAST, _COLUMN_MOST = 220, 330
_GAP = 12
MASK = "<mask>"  # as a tokenizer spells it


class AttentionPage(PageFrame):
    """The heatmap of one head, all heads beside it, the text and the colours at the side.

    Signals:
        text_changed: `text()` or `target()` is another.
        part_requested (str): encoder, decoder ("self") or cross-attention of an encoder-decoder.
        causal_mask_requested (bool): the decoder's mask, switched.
        head_requested (int, int): layer and head, from 0.
        colours_requested (str, bool): colour map, faint weights brightened.
        training_requested: the button of the empty page.
        term_requested (str): a glossary key.
        shown: the page came into view.
    """

    text_changed = Signal()
    part_requested = Signal(str)
    causal_mask_requested = Signal(bool)
    head_requested = Signal(int, int)
    colours_requested = Signal(str, bool)
    training_requested = Signal()
    term_requested = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heatmap = Heatmap()
        self.grid = HeadGrid()
        self.lower_card = LowerCard()
        self.bars, self.stream = self.lower_card.bars, self.lower_card.stream
        self.settings = AttentionSide(self.side)
        self.quantity = Choice([(WEIGHTS, ""), (SCORES, "")])
        self._grid_card = Card()
        self._words: list[str] = []  # of the rows
        self._key_words: list[str] = []  # of the columns
        self._written: list[str] = []  # what a translation's rows write
        self._overview: TraceOverview | None = None
        self._shares: HeadShares | CrossShares | None = None
        self._kind = ""
        self._head = (0, 0)
        self._is_empty = False
        self._lay_out()
        self._connect()
        self.retranslate()

    def text(self) -> str:
        """The text or the sentence as typed; "" for nothing."""
        return self.settings.reading.text()

    def target(self) -> str:
        """The translation as typed; "" for nothing."""
        return self.settings.reading.target()

    def show_kind(self, kind: str, *, has_mask: bool) -> None:
        """What can be chosen for a model of this kind; `has_mask` if its decoder is causal now."""
        self._kind = kind
        self.settings.reading.show_kind(kind, has_mask=has_mask)

    def show_part(self, part: str) -> None:
        """Which part of an encoder-decoder is wanted; its attention may come later."""
        self.settings.reading.show_part(part)

    def show_texts(self, text: str, target: str) -> None:
        """What stands in the fields."""
        self.settings.reading.show_texts(text, target)

    def show_example(self, text: str) -> None:
        """What is looked into while nothing is typed."""
        self.settings.reading.show_example(text)

    def show_trace(self, overview: TraceOverview) -> None:
        """All heads of a part in small, and its tokens. Its `show_attention` must follow at once."""
        self._overview = overview
        is_cross = overview.part == CROSS
        self._words = token_labels(overview.tokens, overview.text)
        self._key_words = token_labels(overview.columns, overview.column_text) if is_cross else self._words
        if is_cross:
            self._written = [*self._words[1:], visible_piece(overview.end_piece)]
            self.heatmap.show_tokens(self._words, overview.losses[1:], self._key_words, self._written)
        else:
            self._written = []
            self.heatmap.show_tokens(self._words, overview.losses[: len(self._words)])
        self.grid.show_thumbnails(overview.thumbnails, is_causal=overview.is_causal)
        self.lower_card.show_stream(overview.stream)
        self.settings.show_overview(overview)
        self._show_numbers()

    def show_chosen_head(self, layer: int, head: int) -> None:
        """Which head is wanted; its attention may come later."""
        self._head = (layer, head)
        self.grid.show_head(layer, head)
        self._show_numbers()

    def show_attention(self, attention: HeadAttention) -> None:
        """The big picture: one head of the part that `show_trace` has shown."""
        assert self._overview is not None, "tokens come before attention"
        self.heatmap.show_head(attention)
        if self._overview.part == CROSS:
            self._shares = cross_shares(attention.weights)
        else:
            ids = self._overview.tokens.ids
            self._shares = head_shares(attention.weights, ids, is_causal=self._overview.is_causal)
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
            "Here you see, for every layer and head, which tokens each token of a text looks at. "
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
        self.lower_card.retranslate()
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
        column = QWidget()
        column.setMinimumWidth(_COLUMN_LEAST)
        column.setMaximumWidth(_COLUMN_MOST)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(_GAP)
        inside.addWidget(self._grid_card)
        inside.addWidget(self.lower_card, 1)
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
        self.settings.reading.text_changed.connect(self.text_changed)
        self.settings.reading.part_requested.connect(self.part_requested)
        self.settings.reading.causal_mask_requested.connect(self.causal_mask_requested)
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
        self.heading.show_title(self._title(attention))
        shares = self._shares
        self.heading.show_words(cross_sentence(shares) if isinstance(shares, CrossShares) else head_sentence(shares))

    def _title(self, attention: HeadAttention) -> str:
        """The head's name, and for an encoder-decoder the part's before it."""
        name = head_words(attention.layer, attention.head)
        if self._kind != ENCODER_DECODER or self._overview is None:
            return name
        titles = {
            ENCODER_PART: translate("AttentionPage", "Encoder: {0}"),
            SELF: translate("AttentionPage", "Decoder: {0}"),
            CROSS: translate("AttentionPage", "Cross-attention: {0}"),
        }
        return titles[self._overview.part].format(name[:1].lower() + name[1:])

    def _show_query(self) -> None:
        """The row under the mouse, else the chosen one, else the most telling one."""
        attention = self.heatmap.head()
        if attention is None:
            return
        chosen, cell = self.heatmap.chosen(), self.heatmap.cell()
        query = cell[0] if cell else chosen if chosen >= 0 else self._first_query()
        asking = (self._written or self._words)[query]
        self.bars.show_query(
            asking, self._key_words, attention.weights[query], query,
            is_kept=query == chosen, is_written=bool(self._written),
        )  # fmt: skip

    def _first_query(self) -> int:
        """The first of a translation, the first mask of an encoder; else the last: it predicts what comes next."""
        assert self._overview is not None
        if self._written:
            return 0
        pieces = self._overview.tokens.pieces
        is_masked = self._kind == ENCODER and MASK in pieces
        return pieces.index(MASK) if is_masked else len(self._words) - 1

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
