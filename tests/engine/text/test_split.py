"""A text is cut in two without loss or overlap, near the wanted place, at a line end where there is one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.errors import TextError
from playground.engine.text.corpus import require_length, split_corpus


@given(text=st.text("ab\n猫", max_size=4000), fraction=st.floats(0.001, 0.5))
def test_the_parts_are_the_whole_text(text: str, fraction: float) -> None:
    train, validation = split_corpus(text, fraction)
    assert train + validation == text


@given(text=st.text("ab\n猫", min_size=1, max_size=4000), fraction=st.floats(0.001, 0.5))
def test_the_validation_part_has_its_share(text: str, fraction: float) -> None:
    _, validation = split_corpus(text, fraction)
    wanted = len(text) * fraction
    assert wanted - 1 <= len(validation) <= wanted + len(text) / 50 + 1


def test_the_cut_lies_after_a_line_end() -> None:
    text = "twelve chars\n" * 1000
    train, validation = split_corpus(text, 0.1)
    assert train.endswith("\n")
    assert validation.startswith("twelve")
    assert len(validation) == 1300


def test_one_huge_line_is_cut_where_wanted() -> None:
    train, validation = split_corpus("x" * 100_000, 0.1)
    assert (len(train), len(validation)) == (90_000, 10_000)


def test_the_share_is_kept_where_lines_are_long() -> None:
    text = ("y" * 30_000 + "\n") * 10
    _, validation = split_corpus(text, 0.25)
    assert len(validation) == pytest.approx(0.25 * len(text), abs=2000)


def test_a_training_part_must_hold_a_window_and_its_target() -> None:
    require_length(65, 2, 64)
    with pytest.raises(TextError) as caught:
        require_length(64, 2, 64)
    assert re.search(r"training part has 64 tokens.*at least 65.*n_ctx to less than 64", str(caught.value))


def test_a_validation_part_must_hold_something_to_judge() -> None:
    with pytest.raises(TextError, match=r"validation part has 1 tokens.*data\.validation_fraction"):
        require_length(1000, 1, 64)
