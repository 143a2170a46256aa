"""The Attention page with sample values, for the gallery."""

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract.messages import CROSS, SELF, HeadAttention, StreamSizes, Tokens, TraceOverview
from playground.contract.model_config import ENCODER_DECODER
from playground.ui.charts.attention_samples import sample_cross_head, sample_head, sample_thumbnails
from playground.ui.charts.stream_chart import StreamChart
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.attention.query_bars import QueryBars

TEXT = "Mia had a red ball. Tom saw Mia. Tom said hello to Mia."
SENTENCE, TRANSLATION = "Mia saw the red ball.", "ミア は 赤い ボール を 見た"


def attention_page() -> QWidget:
    """Layer 2, head 3 of four layers of four heads."""
    made = AttentionPage()
    overview = sample_overview(TEXT, 4, 4)
    made.show_texts(TEXT, "")
    made.show_colours("viridis", lifted=True)
    made.show_trace(overview)
    made.show_chosen_head(1, 2)
    made.show_attention(sample_attention(len(overview.tokens.ids)))
    made.resize(1364, 740)
    return made


def cross_attention_page() -> QWidget:
    """A translation that looks at its sentence."""
    made = AttentionPage()
    overview = sample_cross_overview()
    made.show_kind(ENCODER_DECODER, has_mask=True)
    made.show_part(CROSS)
    made.show_texts(SENTENCE, "")
    made.show_colours("viridis", lifted=True)
    made.show_trace(overview)
    made.show_chosen_head(1, 2)
    made.show_attention(sample_cross_head(len(overview.tokens.ids), len(overview.columns.ids)))
    made.resize(1364, 740)
    return made


def query_bars() -> QWidget:
    made = QueryBars()
    tokens = sample_overview(TEXT, 1, 1).tokens
    made.show_query(tokens.pieces[-1], tokens.pieces, sample_head(len(tokens.ids)).weights[-1], len(tokens.ids) - 1)
    made.resize(300, 280)
    return made


def stream_chart() -> QWidget:
    """Four layers of a decoder with a source."""
    made = StreamChart()
    made.show_sizes(sample_stream(4, has_cross=True))
    made.resize(300, 340)
    return made


def sample_overview(text: str, n_layers: int, n_heads: int) -> TraceOverview:
    """Words as tokens."""
    tokens = sample_tokens(text)
    n = len(tokens.ids)
    return TraceOverview(
        tokens=tokens, columns=tokens, text=text, column_text=text, target="", is_own_target=False,
        thumbnails=sample_thumbnails(n_layers, n_heads, min(n, 64)), losses=_losses(n),
        other_losses=np.zeros(0, dtype=np.float32), end_piece="", stream=sample_stream(n_layers),
        part=SELF, is_causal=True,
        n_layers=n_layers, n_heads=n_heads, n_dropped=0,
    )  # fmt: skip


def sample_cross_overview(n_layers: int = 2, n_heads: int = 4) -> TraceOverview:
    """Words of a translation that look at words of its sentence."""
    tokens, columns = sample_tokens(TRANSLATION), sample_tokens(SENTENCE)
    n_rows, n_columns = len(tokens.ids), len(columns.ids)
    thumbnails = np.zeros((n_layers, n_heads, n_rows, n_columns), dtype=np.uint8)
    for layer, head in np.ndindex(n_layers, n_heads):
        thumbnails[layer, head] = np.rint(sample_cross_head(n_rows, n_columns, layer * n_heads + head).weights * 255)
    return TraceOverview(
        tokens=tokens, columns=columns, text=TRANSLATION, column_text=SENTENCE, target=TRANSLATION, is_own_target=True,
        thumbnails=thumbnails, losses=_losses(n_rows + 1), other_losses=np.zeros(0, dtype=np.float32), end_piece="\n",
        stream=sample_stream(n_layers, has_cross=True), part=CROSS, is_causal=False,
        n_layers=n_layers, n_heads=n_heads, n_dropped=0,
    )  # fmt: skip


def sample_stream(n_layers: int, *, has_cross: bool = False) -> StreamSizes:
    """A stream that grows with each layer."""
    layers = np.arange(n_layers, dtype=np.float32)
    return StreamSizes(
        stream=2.0 + 1.5 * np.arange(n_layers + 1, dtype=np.float32),
        attention=1.0 + 0.2 * layers,
        cross=0.7 + 0.1 * layers if has_cross else np.zeros(0, dtype=np.float32),
        feed_forward=1.4 + 0.4 * layers,
        is_norm_after=False,
    )


def sample_tokens(text: str) -> Tokens:
    """A text cut at its spaces and full stops."""
    pieces = text.replace(".", " .").split(" ")
    known = sorted(set(pieces))
    starts, place = [], 0
    for piece in pieces:
        place = text.index(piece, place)
        starts.append(place)
        place += len(piece)
    ends = [start + len(piece) for start, piece in zip(starts, pieces, strict=True)]
    return Tokens(
        ids=np.array([known.index(piece) for piece in pieces], dtype=np.int32),
        pieces=[piece if piece == "." else f"▁{piece}" for piece in pieces],
        starts=np.array(starts, dtype=np.int32),
        ends=np.array(ends, dtype=np.int32),
        kinds=np.zeros(len(pieces), dtype=np.uint8),
        vocab_size=len(known),
    )


def sample_attention(n_tokens: int) -> HeadAttention:
    return sample_head(n_tokens, look_back=5, seed=7)


def _losses(n_tokens: int) -> np.ndarray:
    losses = np.abs(np.random.default_rng(3).normal(1.5, 1.2, n_tokens)).astype(np.float32)
    losses[:1] = 0.0
    return losses
