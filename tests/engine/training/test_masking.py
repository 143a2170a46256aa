"""Masks: the right share of the right tokens, and what stands in their place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.model.batch import IGNORED
from playground.engine.training.masking import Masking, masked
from playground.engine.training.rows import Lines, Rows

MASK = 50


def masking(fraction: float = 0.15, starts_word: np.ndarray | None = None) -> Masking:
    is_maskable = np.ones(51, dtype=bool)
    is_maskable[[0, MASK]] = False
    return Masking(mask_id=MASK, n_random=50, fraction=fraction, is_maskable=is_maskable, starts_word=starts_word)


def noise(n_rows: int, n_tokens: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((n_rows, n_tokens, 3))


def test_fifteen_percent_are_chosen_and_treated_80_10_10() -> None:
    """Devlin et al. 2019, section 3.1."""
    ids = np.random.default_rng(1).integers(1, 50, (400, 100))
    seen, targets = masked(Rows(ids, np.full(400, 100)), masking(), noise(400, 100))
    chosen = targets != IGNORED
    assert chosen.mean() == pytest.approx(0.15, abs=0.005)
    assert (seen[chosen] == MASK).mean() == pytest.approx(0.8, abs=0.01)
    kept = (seen[chosen] == ids[chosen]).mean()
    assert kept == pytest.approx(0.1 + 0.1 / 50, abs=0.01)  # a random token may be the right one
    assert np.array_equal(targets[chosen], ids[chosen])
    assert np.array_equal(seen[~chosen], ids[~chosen])
    assert set(np.unique(seen)) <= {*range(50), MASK}


@given(st.lists(st.lists(st.integers(0, 49), min_size=1, max_size=12), min_size=1, max_size=6), st.integers(0, 99))
def test_padding_and_marks_are_never_chosen_and_every_row_has_one(lines: list[list[int]], seed: int) -> None:
    rows = Lines([np.array(line) for line in lines]).rows(np.arange(len(lines)))
    seen, targets = masked(rows, masking(0.05), noise(len(lines), 12, seed))
    chosen = targets != IGNORED
    assert not (chosen & rows.padding).any()
    assert not (chosen & (rows.ids == 0)).any()
    for row, line in enumerate(lines):
        assert chosen[row].any() == any(line)
    assert np.array_equal(seen[~chosen], rows.ids[~chosen])


def test_whole_words_are_chosen_as_one() -> None:
    starts = np.array([id % 3 == 0 for id in range(51)])  # tokens 3, 6, 9 … begin a word
    ids = np.random.default_rng(2).integers(1, 50, (200, 60))
    _, targets = masked(Rows(ids, np.full(200, 60)), masking(0.2, starts), noise(200, 60))
    chosen = targets != IGNORED
    goes_on = ~starts[ids[:, 1:]]
    assert np.array_equal(chosen[:, 1:][goes_on], chosen[:, :-1][goes_on])
    assert chosen.mean() == pytest.approx(0.2, abs=0.02)


def test_the_noise_of_a_row_does_not_depend_on_its_neighbours() -> None:
    lines = Lines([np.arange(1, 5), np.arange(1, 10), np.arange(1, 8)])
    numbers = noise(3, 12)
    together, _ = masked(lines.rows(np.arange(3)), masking(0.4), numbers)
    alone, _ = masked(lines.rows(np.array([2])), masking(0.4), numbers[2:])
    assert np.array_equal(together[2, :7], alone[0])
