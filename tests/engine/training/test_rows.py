"""Rows out of a text: each token where it belongs, nothing beyond an end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.training.rows import Lines, Windows


@given(st.integers(1, 200), st.integers(1, 20), st.booleans())
def test_judging_windows_cover_each_token_once(n_tokens: int, stride: int, overlaps: bool) -> None:
    windows = Windows(np.arange(n_tokens), stride + overlaps, stride)
    if overlaps and n_tokens < 2:
        return
    rows = windows.rows(windows.judged())
    seen = [id for row, length in zip(rows.ids, rows.lengths, strict=True) for id in row[overlaps:length]]
    assert seen == list(range(overlaps, n_tokens))
    assert rows.lengths.min() > overlaps


def test_windows_begin_anywhere_but_end_inside() -> None:
    windows = Windows(np.arange(10), 4, 4)
    assert len(windows) == 7
    rows = windows.rows(np.array([0, 6]))
    assert rows.ids.tolist() == [[0, 1, 2, 3], [6, 7, 8, 9]]
    assert not rows.padding.any()


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=9), min_size=1, max_size=9))
def test_lines_come_back_whole(lines: list[list[int]]) -> None:
    rows = Lines([np.array(line) for line in lines]).rows(np.arange(len(lines))[::-1])
    for row, padding, line in zip(rows.ids, rows.padding, lines[::-1], strict=True):
        assert row[~padding].tolist() == line
        assert not row[padding].any()


def test_empty_lines_are_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError):
        Lines([np.array([1]), np.array([], dtype=np.int64)])
