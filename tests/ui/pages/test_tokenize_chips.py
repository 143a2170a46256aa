"""What is written on chips and where they lie, without a window."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.chip_labels import label, label_chips
from playground.ui.pages.tokenize.chip_layout import GAP, ChipLayout, Grouping, group_tokens, lay_out


def tokens_of(*parts: tuple[str, int, int, int], ids: list[int] | None = None) -> Tokens:
    """Tokens from (piece, start, end, kind)."""
    return Tokens(
        ids=np.array(ids if ids is not None else range(len(parts)), dtype=np.int32),
        pieces=[part[0] for part in parts],
        starts=np.array([part[1] for part in parts], dtype=np.int32),
        ends=np.array([part[2] for part in parts], dtype=np.int32),
        kinds=np.array([part[3] for part in parts], dtype=np.uint8),
        vocab_size=100,
    )


KITE = tokens_of(
    ("a", 0, 1, 0), ("<0xE5>", 1, 2, 1), ("<0x87>", 1, 2, 1), ("<0xA7>", 1, 2, 1), ("<0x0A>", 2, 3, 1), ("b", 3, 4, 0)
)


def laid_out(widths: list[float], grouping: Grouping, width: float) -> ChipLayout:
    return lay_out(np.array(widths, dtype=float), grouping, width=width, chip_height=30, row_gap=6, roof=16)


def plain(n_tokens: int, breaks: set[int] = frozenset()) -> Grouping:  # type: ignore[assignment]
    return Grouping(
        first=np.arange(n_tokens),
        is_group=np.zeros(n_tokens, dtype=bool),
        breaks=np.array([index in breaks for index in range(n_tokens)], dtype=bool),
    )


def test_spaces_newlines_bytes_and_unknowns_are_told_apart() -> None:
    assert label("▁the", 0, " the", signs=True) == "␣the"
    assert label("▁the", 0, " the", signs=False) == " the"
    assert label("\n", 0, "\n", signs=False) == "⏎"
    assert label("<0xE5>", 1, "凧", signs=True) == "E5"
    assert label("<unk>", 2, "凧", signs=True) == "凧"
    assert label("<s>", 3, "", signs=True) == "<s>"


def test_a_direction_override_cannot_turn_the_chips_around() -> None:
    assert "\u202e" not in label("\u202eabc", 0, "", signs=True)


def test_bytes_of_one_character_are_one_group_and_a_newline_breaks() -> None:
    grouping = group_tokens(KITE, "a凧\nb")
    assert grouping.first.tolist() == [0, 1, 1, 1, 4, 5]
    assert grouping.is_group.tolist() == [False, True, True, True, True, False]
    assert grouping.breaks.tolist() == [False, False, False, False, True, False]


def test_the_same_character_twice_in_bytes_is_two_groups() -> None:
    twice = tokens_of(("<0xC3>", 0, 1, 1), ("<0xA9>", 0, 1, 1), ("<0xC3>", 1, 2, 1), ("<0xA9>", 1, 2, 1))
    assert group_tokens(twice, "éé").first.tolist() == [0, 0, 2, 2]


def test_a_group_moves_to_the_next_row_as_a_whole() -> None:
    grouping = group_tokens(KITE, "a凧\nb")
    layout = laid_out([40, 20, 20, 20, 20, 20], grouping, width=90)
    assert layout.row_starts == [0, 1, 5, 6]
    assert layout.roofs == [0.0, 16.0, 0.0]


def test_a_group_wider_than_the_row_is_split_rather_than_lost() -> None:
    layout = laid_out([40, 20, 20, 20, 20, 20], group_tokens(KITE, "a凧\nb"), width=30)
    assert layout.row_starts == [0, 1, 2, 3, 4, 5, 6]


def test_no_tokens_make_no_rows() -> None:
    layout = laid_out([], plain(0), width=100)
    assert (layout.n_rows, layout.height, layout.chip_at(5, 5)) == (0, 0.0, -1)


@given(st.lists(st.floats(5, 60), min_size=1, max_size=60), st.sets(st.integers(0, 59)), st.floats(30, 300))
def test_chips_keep_their_order_inside_the_width_and_are_found_again(
    widths: list[float], breaks: set[int], width: float
) -> None:
    layout = laid_out(widths, plain(len(widths), breaks), width)
    assert layout.row_starts[0] == 0
    assert layout.row_starts[-1] == len(widths)
    for row in range(layout.n_rows):
        start, end = layout.row_starts[row], layout.row_starts[row + 1]
        assert end > start
        right = layout.lefts[end - 1] + widths[end - 1]
        assert right <= width + GAP or end == start + 1
        assert not any(index in breaks for index in range(start, end - 1))
    for index in range(len(widths)):
        left, top, wide, height = layout.box(index)
        assert layout.chip_at(left + wide / 2, top + height / 2) == index
        assert layout.row_of(index) in layout.rows_between(top, top + 1)


def test_up_and_down_reach_the_chip_over_and_under() -> None:
    layout = laid_out([50] * 6, plain(6, {2}), width=1000)
    assert layout.above_or_below(1, 1) == 4
    assert layout.above_or_below(4, -1) == 1
    assert layout.above_or_below(4, -9) == 1


def test_each_piece_is_measured_once_and_ids_may_widen_a_chip() -> None:
    measured: list[str] = []

    def measure(words: str) -> float:
        measured.append(words)
        return 10.0 * len(words)

    repeated = tokens_of(("a", 0, 1, 0), ("a", 1, 2, 0), ("bc", 2, 4, 0), ids=[12345, 12345, 7])
    labels = label_chips(repeated, "aabc", signs=True, ids=True, measure=measure, digit_width=6.0)
    assert sorted(measured) == ["a", "bc"]
    assert labels.words == ["a", "a", "bc"]
    assert labels.widths.tolist() == [30.0, 30.0, 20.0]


def test_unknown_pieces_show_the_text_they_stand_for() -> None:
    unknown = tokens_of(("<unk>", 0, 1, 2), ("<unk>", 1, 2, 2), ids=[0, 0])
    labels = label_chips(unknown, "凧猫", signs=True, ids=False, measure=lambda words: 9.0, digit_width=6.0)
    assert labels.words == ["凧", "猫"]
