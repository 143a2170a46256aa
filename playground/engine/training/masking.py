"""Masked language modelling: which tokens a model has to fill in, and what it sees in their place.

Of the chosen tokens 80 % are masked, 10 % become any token and 10 % stay as they are (Devlin et al. 2019, section 3.1),
so that the model cannot trust what it sees. Whole words may be chosen instead of tokens.

Shapes: N rows, T longest row, V vocabulary.
"""

from dataclasses import dataclass

import numpy as np

from playground.engine.model.batch import IGNORED
from playground.engine.training.rows import Rows

MASKED_SHARE, RANDOM_SHARE = 0.8, 0.1
N_NOISE = 3  # numbers a token: whether it is chosen, what becomes of it, which random token


@dataclass(frozen=True, kw_only=True)
class Masking:
    """What is chosen, and how often."""

    mask_id: int
    n_random: int  # replacements are drawn from the ids below this
    fraction: float
    is_maskable: np.ndarray  # (V,) bool: no mask, no mark of begin or end
    starts_word: np.ndarray | None = None  # (V,) bool, to choose whole words; None chooses tokens


def noise_for(draws: np.random.Generator, n_rows: int, longest: int) -> np.ndarray:
    """The random numbers of `masked` for rows of at most `longest` tokens: (n_rows, longest, 3), row by row."""
    return draws.random((n_rows, longest, N_NOISE))


def masked(rows: Rows, masking: Masking, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the model sees (N, T), and what it should say (N, T): IGNORED for all tokens that were not chosen.

    Every row with a maskable token has at least one that was chosen.

    Args:
        noise: (N, at least T, 3) uniform in [0, 1), from `noise_for`.
    """
    n_tokens = rows.ids.shape[1]
    luck, fate, draw = (noise[:, :n_tokens, index] for index in range(N_NOISE))
    candidate = masking.is_maskable[rows.ids] & ~rows.padding  # (N, T)
    if masking.starts_word is not None:
        luck = np.take_along_axis(luck, _first_of_word(masking.starts_word[rows.ids]), axis=1)
    chosen = candidate & (luck < masking.fraction)
    luckiest = np.where(candidate, luck, np.inf)
    without = candidate.any(axis=1) & ~chosen.any(axis=1)
    chosen |= without[:, None] & candidate & (luckiest == luckiest.min(axis=1, keepdims=True))
    seen = rows.ids.copy()
    seen[chosen & (fate < MASKED_SHARE)] = masking.mask_id
    is_random = chosen & (fate >= MASKED_SHARE) & (fate < MASKED_SHARE + RANDOM_SHARE)
    seen[is_random] = (draw[is_random] * masking.n_random).astype(np.int64)
    return seen, np.where(chosen, rows.ids, IGNORED)


def _first_of_word(starts: np.ndarray) -> np.ndarray:
    """For each token the place of the first token of its word: (N, T)."""
    places = np.arange(starts.shape[1])
    first: np.ndarray = np.maximum.accumulate(np.where(starts, places, 0), axis=1)
    return first
