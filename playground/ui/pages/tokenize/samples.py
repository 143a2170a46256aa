"""The Tokenize page's map with sample values, for the gallery and the tests."""

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract.embedding_messages import COSINE, EmbeddingMap, Neighbours
from playground.contract.messages import Vocabulary
from playground.ui.pages.tokenize.map_card import NO_MODEL, MapCard
from playground.ui.pages.tokenize.neighbours import NeighbourList

_WORDS = (
    "the", "cat", "dog", "sun", "moon", "ran", "sat", "saw", "red", "blue", "green", "one", "two", "three", "he", "she",
    "they", "and", "but", "in", "on", "under",
)  # fmt: skip
_ENDINGS = ("s", "ed", "ing", ".", ",")
_N_BYTES = 8
STEP = 400


def sample_vocabulary() -> Vocabulary:
    """A mark for unknown characters, some bytes, then pieces that begin words, and some that go on."""
    bytes_ = [f"<0x{value:02X}>" for value in range(_N_BYTES)]
    pieces = ["<unk>", *bytes_, *(f"▁{word}" for word in _WORDS), *_ENDINGS]
    kinds = [2, *[1] * _N_BYTES, *[0] * (len(_WORDS) + len(_ENDINGS))]
    scores = -np.arange(len(pieces), dtype=np.float32) / 10
    return Vocabulary(pieces=pieces, scores=scores, kinds=np.array(kinds, dtype=np.uint8), type="unigram")


def sample_map(step: int = STEP, axes_step: int = STEP) -> EmbeddingMap:
    """Points around a few places; at earlier steps nearer to the middle."""
    n_tokens = len(sample_vocabulary().pieces)
    around = np.random.default_rng(7).normal(size=(n_tokens, 2)) * (0.8, 0.5)
    points = (around * (step / axes_step)).astype(np.float32)
    low, high = around.min(axis=0), around.max(axis=0)
    return EmbeddingMap(
        step=step,
        axes_step=axes_step,
        points=points,
        lengths=np.hypot(points[:, 0], points[:, 1]),
        shares=np.array([0.231, 0.048], dtype=np.float32),
        frame=np.array([low[0], high[0], low[1], high[1]], dtype=np.float32),
    )


def sample_neighbours(token_id: int, step: int = STEP, measure: str = COSINE) -> Neighbours:
    """The tokens that follow, each a little farther."""
    n_tokens = len(sample_vocabulary().pieces)
    ids = (token_id + 1 + np.arange(5, dtype=np.int32)) % n_tokens
    cosines = np.linspace(0.9, 0.5, 5).astype(np.float32)
    return Neighbours(
        step=step, token_id=token_id, measure=measure, ids=ids.astype(np.int32), cosines=cosines, dots=2 * cosines
    )


def token_map() -> QWidget:
    """The map with a token in hand."""
    made = MapCard()
    made.show_vocabulary(sample_vocabulary())
    made.show_map(sample_map())
    made.show_neighbours(sample_neighbours(12))
    made.resize(860, 560)
    return made


def token_map_without_model() -> QWidget:
    made = MapCard()
    made.show_missing(NO_MODEL)
    made.resize(860, 560)
    return made


def neighbour_list() -> QWidget:
    made = NeighbourList()
    made.show_neighbours(sample_neighbours(12), sample_vocabulary())
    made.resize(256, 300)
    return made
