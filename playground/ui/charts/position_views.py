"""What the picture of positions draws for each kind: matrices and lines of real numbers, with their words.

Knows the shape of a model and the formulas; paints nothing.
"""

from dataclasses import dataclass

import numpy as np

from playground.contract.model_config import ModelConfig
from playground.contract.position_tables import (
    alibi_bias,
    alibi_slopes,
    rotary_angles,
    rotary_similarity,
    sinusoidal_values,
)
from playground.ui.translation import translate

MOST_CELLS = 128  # rows, and columns, of a matrix; more could not be told apart


@dataclass(frozen=True, kw_only=True)
class HeatView:
    """A matrix in colours: blue below zero, orange above; NaN is left blank."""

    title: str
    values: np.ndarray  # (R, N)
    rows: np.ndarray  # (R,) what stands at each row, such as the position
    columns: np.ndarray  # (N,)
    row_name: str
    column_name: str
    value_name: str
    largest: float  # the value of the full colour

    def card(self, row: int, column: int) -> list[tuple[str, str]]:
        """Names and values of a cell."""
        value = float(self.values[row, column])
        return [
            (self.row_name, f"{self.rows[row]:,}"),
            (self.column_name, f"{self.columns[column]:,}"),
            (self.value_name, translate("PositionPicture", "masked") if np.isnan(value) else f"{value:.4g}"),
        ]


@dataclass(frozen=True, kw_only=True)
class LineView:
    """Lines over the distance of two tokens."""

    title: str
    values: np.ndarray  # (K, N): K lines
    columns: np.ndarray  # (N,) the distances
    names: tuple[str, ...]  # of the lines; a single one needs none
    column_name: str
    value_name: str

    def card(self, line: int, column: int) -> list[tuple[str, str]]:
        """Names and values of a point."""
        point = [
            (self.column_name, f"{self.columns[column]:,}"),
            (self.value_name, f"{float(self.values[line, column]):.4g}"),
        ]
        return [(self.names[line], ""), *point] if len(self.names) > 1 else point


View = HeatView | LineView


def sentence(config: ModelConfig, has_table: bool) -> str:
    """What this kind of position does."""
    if config.position == "learned" and has_table:
        return translate("PositionPicture", "Learned: each position's vector, as this model has it now.")
    return {
        "learned": translate(
            "PositionPicture",
            "Learned: one vector per position, {0} × {1} numbers, random at first. Training gives them their shape.",
        ).format(f"{config.n_ctx:,}", f"{config.d_model:,}"),
        "sinusoidal": translate(
            "PositionPicture", "Sinusoidal: each position adds its row of sines and cosines, slower to the right."
        ),
        "rotary": translate(
            "PositionPicture", "Rotary: each pair of a query's and key's numbers turns with the position."
        ),
        "alibi": translate("PositionPicture", "ALiBi: each head takes its slope times the distance off every score."),
        "none": _none_words(config),
    }[config.position]


def views(config: ModelConfig, table: np.ndarray | None, head: int) -> list[View]:
    """What is drawn, from top to bottom; [] where there are no numbers.

    Args:
        table: a model's own position vectors (T, C), which only learned positions have.
        head: whose bias the matrix of ALiBi shows, from 0.
    """
    if config.position == "learned":
        return [] if table is None else [_table_view(table)]
    made = {"sinusoidal": _sinusoidal_views, "rotary": _rotary_views}.get(config.position)
    if made is not None:
        return made(config)
    return _alibi_views(config, head) if config.position == "alibi" else []


def _none_words(config: ModelConfig) -> str:
    if config.has_decoder and config.causal_mask:
        return translate(
            "PositionPicture",
            "None: nothing says how far away a token is. Only the causal mask still tells which tokens came before.",
        )
    return translate("PositionPicture", "None: the order is lost. The same words in another order look the same.")


def _positions_title(title: str, n_shown: int, n_all: int) -> str:
    """With how many of the positions are drawn, where these are not all."""
    if n_shown == n_all:
        return title
    return translate("PositionPicture", "{0} (first {1} of {2})").format(title, n_shown, f"{n_all:,}")


def _dimensions(n: int) -> np.ndarray:
    """Which dimensions are drawn: all, or evenly spaced pairs, so that sines keep their cosines."""
    if n <= MOST_CELLS:
        return np.arange(n)
    pairs = np.linspace(0, (n - 2) // 2, MOST_CELLS // 2).round().astype(np.int64)
    return (pairs[:, None] * 2 + [0, 1]).ravel()


def _vector_view(title: str, values: np.ndarray, dimensions: np.ndarray, n_all: int) -> HeatView:
    return HeatView(
        title=_positions_title(title, len(values), n_all),
        values=values,
        rows=np.arange(len(values)),
        columns=dimensions,
        row_name=translate("PositionPicture", "Position"),
        column_name=translate("PositionPicture", "Dimension"),
        value_name=translate("PositionPicture", "Value"),
        largest=float(np.abs(values).max(initial=0.0)) or 1.0,
    )


def _table_view(table: np.ndarray) -> HeatView:
    dimensions = _dimensions(table.shape[1])
    shown = np.asarray(table[:MOST_CELLS, dimensions], dtype=np.float64)
    return _vector_view(translate("PositionPicture", "What is added to each token"), shown, dimensions, len(table))


def _sinusoidal_views(config: ModelConfig) -> list[View]:
    positions, dimensions = np.arange(min(config.n_ctx, MOST_CELLS)), _dimensions(config.d_model)
    values = sinusoidal_values(positions, dimensions, config.d_model)
    return [_vector_view(translate("PositionPicture", "What is added to each token"), values, dimensions, config.n_ctx)]


def _rotary_views(config: ModelConfig) -> list[View]:
    positions = np.arange(min(config.n_ctx, MOST_CELLS))
    pairs = np.unique(np.linspace(0, config.d_head // 2 - 1, MOST_CELLS).round().astype(np.int64))
    cosines = np.cos(rotary_angles(positions, config.d_head, config.rotary_base)[:, pairs])  # (T, D/2)
    turns = HeatView(
        title=_positions_title(translate("PositionPicture", "Cosine of the angle"), len(positions), config.n_ctx),
        values=cosines,
        rows=positions,
        columns=pairs,
        row_name=translate("PositionPicture", "Position"),
        column_name=translate("PositionPicture", "Pair of numbers"),
        value_name=translate("PositionPicture", "Cosine"),
        largest=1.0,
    )
    similarity = LineView(
        title=translate("PositionPicture", "Cosine of a vector and itself, turned"),
        values=rotary_similarity(positions, config.d_head, config.rotary_base)[None],
        columns=positions,
        names=("",),
        column_name=translate("PositionPicture", "Distance (tokens)"),
        value_name=translate("PositionPicture", "Cosine"),
    )
    return [turns, similarity]


def _alibi_views(config: ModelConfig, head: int) -> list[View]:
    positions = np.arange(min(config.n_ctx, MOST_CELLS))
    slopes = alibi_slopes(config.n_heads)
    head = min(head, config.n_heads - 1)
    lines = LineView(
        title=_positions_title(
            translate("PositionPicture", "Added to the score, head by head"), len(positions), config.n_ctx
        ),
        values=0.0 - np.outer(slopes, positions),
        columns=positions,
        names=tuple(f"H{index + 1}" for index in range(config.n_heads)),
        column_name=translate("PositionPicture", "Distance (tokens)"),
        value_name=translate("PositionPicture", "Added"),
    )
    bias = alibi_bias(len(positions), float(slopes[head]))
    if config.has_decoder and config.causal_mask:
        bias[np.triu_indices(len(positions), 1)] = np.nan
    matrix = HeatView(
        title=translate("PositionPicture", "All pairs of tokens in H{0}").format(head + 1),
        values=bias,
        rows=positions,
        columns=positions,
        row_name=translate("PositionPicture", "Query position"),
        column_name=translate("PositionPicture", "Key position"),
        value_name=translate("PositionPicture", "Added"),
        largest=float(np.nanmax(np.abs(bias))) or 1.0,
    )
    return [lines, matrix]
