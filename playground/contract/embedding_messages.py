"""Of the worker's questions and answers those about the table of token vectors: a map of it, and who is near whom.

V tokens. Requests name a run by its path and a snapshot by its step.
"""

from dataclasses import dataclass

import numpy as np

COSINE, DOT = "cosine", "dot"
MEASURES = (COSINE, DOT)
"""By what tokens are near: the angle between their vectors alone, or the product that also counts their lengths."""


@dataclass(frozen=True, kw_only=True)
class MapEmbeddings:
    """Where does each token lie? Answered by `EmbeddingMap`.

    The axes are those of the snapshot at `axes_step`, for whichever `step` is wanted: then tokens move from step to
    step, and the axes do not.
    """

    run: str
    step: int
    axes_step: int


@dataclass(frozen=True, kw_only=True)
class FindNeighbours:
    """Which tokens are the nearest to one, by one of `MEASURES`? Answered by `Neighbours`."""

    run: str
    step: int
    token_id: int
    measure: str = COSINE
    n_shown: int = 10


@dataclass(frozen=True, kw_only=True)
class EmbeddingMap:
    """All token vectors on the plane of two principal axes.

    `shares` are those of all variance at `step` that lie along each axis, from 0 to 1. `frame` is the room that the
    tokens take at the step of the axes: lowest and highest x, lowest and highest y.
    """

    step: int
    axes_step: int
    points: np.ndarray  # (V, 2) float32
    lengths: np.ndarray  # (V,) float32, L2 norms of the whole vectors
    shares: np.ndarray  # (2,) float32
    frame: np.ndarray  # (4,) float32


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The tokens nearest to `token_id` at `step`, the nearest first; itself is not among them.

    A vector without length has no direction: its cosines are 0.
    """

    step: int
    token_id: int
    measure: str
    ids: np.ndarray  # (K,) int32
    cosines: np.ndarray  # (K,) float32
    dots: np.ndarray  # (K,) float32
