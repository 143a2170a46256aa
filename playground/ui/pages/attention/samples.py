"""The Attention page with sample values, for the gallery."""

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract.messages import HeadAttention, Tokens, TraceOverview
from playground.ui.charts.attention_samples import sample_head, sample_thumbnails
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.attention.query_bars import QueryBars

TEXT = "Mia had a red ball. Tom saw Mia. Tom said hello to Mia."


def attention_page() -> QWidget:
    """Layer 2, head 3 of four layers of four heads."""
    made = AttentionPage()
    overview = sample_overview(TEXT, 4, 4)
    made.show_text(TEXT)
    made.show_colours("viridis", lifted=True)
    made.show_trace(overview, TEXT)
    made.show_chosen_head(1, 2)
    made.show_attention(sample_attention(len(overview.tokens.ids)))
    made.resize(1364, 740)
    return made


def query_bars() -> QWidget:
    made = QueryBars()
    tokens = sample_overview(TEXT, 1, 1).tokens
    made.show_query(tokens.pieces, sample_head(len(tokens.ids)).weights[-1], len(tokens.ids) - 1)
    made.resize(300, 280)
    return made


def sample_overview(text: str, n_layers: int, n_heads: int) -> TraceOverview:
    """Words as tokens."""
    tokens = sample_tokens(text)
    n = len(tokens.ids)
    losses = np.abs(np.random.default_rng(3).normal(1.5, 1.2, n)).astype(np.float32)
    losses[0] = 0.0
    return TraceOverview(
        tokens=tokens, thumbnails=sample_thumbnails(n_layers, n_heads, min(n, 64)), losses=losses,
        n_layers=n_layers, n_heads=n_heads, n_dropped=0,
    )  # fmt: skip


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
