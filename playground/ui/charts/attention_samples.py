"""Attention pictures with sample values, for the gallery: softmax rows of made-up scores, masked as a model's are."""

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract.messages import HeadAttention
from playground.ui.charts.head_grid import HeadGrid
from playground.ui.charts.heatmap import Heatmap
from playground.ui.widgets.card import Card

WORDS = ("Mia", "had", "a", "red", "ball", ".", "Tom", "saw", "Mia", ".", "Tom", "said", "hello", "to", "Mia", ".")


def sample_head(n_tokens: int, look_back: int = 1, seed: int = 1) -> HeadAttention:
    """A causal head that looks `look_back` tokens back, and a little everywhere."""
    scores = np.random.default_rng(seed).normal(0.0, 1.0, (n_tokens, n_tokens)).astype(np.float32)
    rows = np.arange(look_back, n_tokens)
    scores[rows, rows - look_back] += 3.5
    scores[:, 0] += 1.5
    scores[np.triu_indices(n_tokens, 1)] = -np.inf
    return _head(scores)


def sample_cross_head(n_rows: int, n_columns: int, seed: int = 1) -> HeadAttention:
    """A head of cross-attention that reads the source from its end, and looks a little everywhere."""
    scores = np.random.default_rng(seed).normal(0.0, 1.0, (n_rows, n_columns)).astype(np.float32)
    rows = np.arange(n_rows)
    scores[rows, np.rint((n_columns - 1) * (1 - rows / max(n_rows - 1, 1))).astype(int)] += 4.0
    return _head(scores)


def _head(scores: np.ndarray) -> HeadAttention:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    row_ids = np.arange(len(scores), dtype=np.int32)
    return HeadAttention(layer=1, head=2, weights=weights, scores=scores, row_ids=row_ids)


def sample_words(n_tokens: int) -> list[str]:
    return ["␣" + WORDS[index % len(WORDS)] for index in range(n_tokens)]


def heatmap() -> QWidget:
    """Sixteen tokens, with a cell in hand and a chosen query."""
    made = Heatmap()
    made.show_tokens(sample_words(16), np.linspace(0.0, 4.0, 16, dtype=np.float32))
    made.show_head(sample_head(16, look_back=4))
    made.show_chosen(14)
    return _in_card(made)


def heatmap_of_cross() -> QWidget:
    """Six tokens that look at ten of a source."""
    made = Heatmap()
    made.show_tokens(sample_words(6), np.linspace(0.0, 4.0, 6, dtype=np.float32), sample_words(10))
    made.show_head(sample_cross_head(6, 10))
    made.show_cell(2, 5)
    return _in_card(made)


def heatmap_of_256() -> QWidget:
    """A long text, zoomed out."""
    made = Heatmap()
    made.show_tokens(sample_words(256))
    made.show_head(sample_head(256, look_back=16))
    return _in_card(made)


def _in_card(made: QWidget, width: int = 720, height: int = 700) -> QWidget:
    card = Card()
    card.body.addWidget(made)
    card.resize(width, height)
    return card


def head_grid() -> QWidget:
    """Four layers of four heads."""
    return _in_card(_grid(4, 4, 16), 300, 330)


def head_grid_of_144() -> QWidget:
    """Twelve layers of twelve heads."""
    return _in_card(_grid(12, 12, 64), 300, 330)


def sample_thumbnails(n_layers: int, n_heads: int, n_cells: int) -> np.ndarray:
    """(L, H, t, t) uint8."""
    made = np.zeros((n_layers, n_heads, n_cells, n_cells), dtype=np.uint8)
    for layer, head in np.ndindex(n_layers, n_heads):
        weights = sample_head(n_cells, look_back=(layer * n_heads + head) % 5, seed=layer * n_heads + head).weights
        made[layer, head] = np.rint(weights * 255)
    return made


def _grid(n_layers: int, n_heads: int, n_cells: int) -> HeadGrid:
    made = HeadGrid()
    made.show_thumbnails(sample_thumbnails(n_layers, n_heads, n_cells))
    made.show_head(1, 2)
    return made
