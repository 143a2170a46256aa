"""The table of token vectors seen from outside: a map by its two principal axes, and the nearest tokens of one.

Principal axes: Pearson 1901, "On lines and planes of closest fit to systems of points in space".

Shapes: V vocabulary, C d_model, K neighbours.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.contract.embedding_messages import COSINE, MEASURES
from playground.contract.errors import PlaygroundError, RunError

N_AXES = 2


@dataclass(frozen=True, kw_only=True)
class Axes:
    """A plane through the middle of a table."""

    centre: Tensor  # (C,) float32
    directions: Tensor  # (2, C) float32, each of length 1, square to each other


@dataclass(frozen=True, kw_only=True)
class Projection:
    """A table on a plane, and how much of the table the plane shows."""

    points: np.ndarray  # (V, 2) float32
    lengths: np.ndarray  # (V,) float32, L2 norms of the vectors
    shares: np.ndarray  # (2,) float32, of the table's own variance along each axis


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """Tokens by their nearness to one, the nearest first."""

    ids: np.ndarray  # (K,) int32
    cosines: np.ndarray  # (K,) float32, 0 with a vector of no length
    dots: np.ndarray  # (K,) float32


def principal_axes(table: Tensor) -> Axes:
    """The two directions of a table (V, C) along which its vectors vary the most.

    Each points to where its largest entry is positive, so that the same table always gives the same picture. In a
    table of one column the second direction is empty: zeros.

    Raises:
        RunError: the table holds something that is not a number.
    """
    vectors = _checked(table)
    centre = vectors.mean(dim=0)
    centred = vectors - centre
    _, found = torch.linalg.eigh((centred.T @ centred).double())  # rising; columns are directions
    directions = torch.zeros(N_AXES, vectors.shape[1], dtype=torch.float64)
    n_found = min(N_AXES, found.shape[1])
    directions[:n_found] = found.T.flip(0)[:n_found]
    return Axes(centre=centre, directions=_signed(directions).float())


def project(table: Tensor, axes: Axes) -> Projection:
    """A table (V, C) seen along given axes, which may be those of another moment of its training.

    Raises:
        RunError: the table holds something that is not a number.
    """
    vectors = _checked(table)
    points = (vectors - axes.centre) @ axes.directions.T  # (V, 2)
    total = vectors.var(dim=0, correction=0).sum()
    along = points.var(dim=0, correction=0)
    shares = along / total if total > 0 else torch.zeros(N_AXES)
    return Projection(
        points=_array(points), lengths=_array(torch.linalg.vector_norm(vectors, dim=1)), shares=_array(shares)
    )


def nearest(table: Tensor, token_id: int, n_wanted: int, measure: str = COSINE) -> Nearest:
    """The tokens of a table (V, C) nearest to one of them, all compared; of equals the lower id comes first.

    Raises:
        PlaygroundError: no such token or measure.
        RunError: the table holds something that is not a number.
    """
    if measure not in MEASURES:
        raise PlaygroundError(f"There is no measure {measure!r} of nearness. Use {' or '.join(MEASURES)}.")
    if not 0 <= token_id < len(table):
        raise PlaygroundError(f"There is no token {token_id:,}. Ids of this model go from 0 to {len(table) - 1:,}.")
    vectors = _checked(table)
    dots = vectors @ vectors[token_id]  # (V,)
    lengths = torch.linalg.vector_norm(vectors, dim=1)
    both = lengths * lengths[token_id]
    cosines = torch.where(both > 0, dots / both.clamp_min(torch.finfo(torch.float32).tiny), 0.0).clamp(-1, 1)
    order = torch.argsort(cosines if measure == COSINE else dots, descending=True, stable=True)
    order = order[order != token_id][: max(n_wanted, 0)]
    return Nearest(ids=order.to(torch.int32).numpy(), cosines=_array(cosines[order]), dots=_array(dots[order]))


def _checked(table: Tensor) -> Tensor:
    vectors = table.detach().to("cpu", torch.float32)
    if not torch.isfinite(vectors).all():
        raise RunError("This model's token vectors are not all numbers. Choose an earlier snapshot.")
    return vectors


def _signed(directions: Tensor) -> Tensor:
    at_largest = directions.gather(1, directions.abs().argmax(dim=1, keepdim=True))  # (2, 1)
    return torch.where(at_largest < 0, -directions, directions)


def _array(numbers: Tensor) -> np.ndarray:
    return numbers.numpy()
