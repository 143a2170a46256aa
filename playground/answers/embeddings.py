"""Answers about the table of token vectors: a map of it, and the nearest tokens of one.

Imports torch; import it only after `torch_import.import_torch`.
"""

from pathlib import Path

import numpy as np

from playground.answers.models import model_at
from playground.answers.shelf import Shelf, look_of
from playground.answers.ticket import Ticket
from playground.contract.embedding_messages import EmbeddingMap, FindNeighbours, MapEmbeddings, Neighbours
from playground.contract.run_directory import RunDirectory
from playground.engine.insight.embeddings import Axes, nearest, principal_axes, project

_AXES_LIMIT_BYTES = 1_000_000
_BYTES_PER_NUMBER = 4

_Kept = tuple[Axes, np.ndarray]  # with the frame
_axes: Shelf[_Kept] = Shelf(_AXES_LIMIT_BYTES, lambda kept: 3 * _BYTES_PER_NUMBER * len(kept[0].centre))


def map_embeddings(request: MapEmbeddings, ticket: Ticket) -> EmbeddingMap:
    """Raises: RunError (no such snapshot, or what is in it is not a number), ConfigError, TokenizerError."""
    axes, frame = _axes_at(request.run, request.axes_step)
    model, _ = model_at(request.run, request.step)
    found = project(model.token_table, axes)
    return EmbeddingMap(
        step=request.step,
        axes_step=request.axes_step,
        points=found.points,
        lengths=found.lengths,
        shares=found.shares,
        frame=frame,
    )


def find_neighbours(request: FindNeighbours, ticket: Ticket) -> Neighbours:
    """Raises: PlaygroundError (no such token or measure), RunError, ConfigError, TokenizerError."""
    model, _ = model_at(request.run, request.step)
    found = nearest(model.token_table, request.token_id, request.n_shown, request.measure)
    return Neighbours(
        step=request.step,
        token_id=request.token_id,
        measure=request.measure,
        ids=found.ids,
        cosines=found.cosines,
        dots=found.dots,
    )


def _axes_at(run: str, step: int) -> _Kept:
    path = RunDirectory(Path(run)).snapshot_path(step)
    key = (str(path), look_of(path))
    kept = _axes.find(key)
    if kept is None:
        model, _ = model_at(run, step)
        axes = principal_axes(model.token_table)
        kept = _axes.keep(key, (axes, _frame_of(project(model.token_table, axes).points)))
    return kept


def _frame_of(points: np.ndarray) -> np.ndarray:
    """Lowest and highest x, lowest and highest y of points (V, 2)."""
    low, high = points.min(axis=0), points.max(axis=0)
    return np.array([low[0], high[0], low[1], high[1]], dtype=np.float32)
