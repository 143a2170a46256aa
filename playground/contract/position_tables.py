"""What each kind of position adds, turns or takes off, in numbers, so that it can be drawn without a model.

Shapes: T position, C d_model, D d_head, H heads.
"""

import numpy as np

SINUSOIDAL_BASE = 10_000.0


def sinusoidal_values(positions: np.ndarray, dimensions: np.ndarray, d_model: int) -> np.ndarray:
    """Entries of the sinusoidal table: sines in the even dimensions, cosines in the odd ones.

    PE(t, 2i) = sin(t / 10000^(2i/C)), PE(t, 2i+1) = cos(t / 10000^(2i/C)) (Vaswani et al. 2017, section 3.5).

    Args:
        positions: (T,) counted from 0.
        dimensions: (N,) which of the C dimensions, counted from 0.

    Returns:
        (T, N) float64.
    """
    dimensions = np.asarray(dimensions)
    frequencies = SINUSOIDAL_BASE ** -((dimensions // 2 * 2) / d_model)
    angles = np.outer(positions, frequencies)  # (T, N)
    return np.where(dimensions % 2 == 0, np.sin(angles), np.cos(angles))


def sinusoidal_table(n_positions: int, d_model: int) -> np.ndarray:
    """The whole table (T, C) float64."""
    return sinusoidal_values(np.arange(n_positions), np.arange(d_model), d_model)


def rotary_angles(positions: np.ndarray, d_head: int, base: float) -> np.ndarray:
    """How far each pair of numbers of a query or key is turned: t * base^(-2i/D) (Su et al. 2021, eq. 15).

    Returns:
        (T, D/2) float64, in radians.
    """
    frequencies = base ** -(np.arange(0, d_head, 2) / d_head)
    return np.outer(positions, frequencies)


def rotary_similarity(distances: np.ndarray, d_head: int, base: float) -> np.ndarray:
    """The cosine between a vector and itself turned by the difference of two positions, its pairs equally long.

    It is the mean over the pairs of cos(distance * base^(-2i/D)): 1 at distance 0.

    Returns:
        As many numbers as distances, float64.
    """
    similarity: np.ndarray = np.cos(rotary_angles(distances, d_head, base)).mean(axis=1)
    return similarity


def alibi_slopes(n_heads: int) -> np.ndarray:
    """What each head takes off a score per token of distance: 2^(-8 i / H) for i = 1 to H (Press et al. 2022): (H,)."""
    slopes: np.ndarray = 2.0 ** (-8.0 * np.arange(1, n_heads + 1) / n_heads)
    return slopes


def alibi_bias(n_positions: int, slope: float) -> np.ndarray:
    """What is added to the scores of one head: minus its slope times the distance of query and key: (T, T) float64."""
    positions = np.arange(n_positions)
    bias: np.ndarray = 0.0 - slope * np.abs(positions[:, None] - positions)
    return bias
