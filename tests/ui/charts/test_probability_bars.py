"""The bars of the next token: rows, words, gestures, and that they are as long as their numbers."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.contract.messages import NextToken
from playground.ui.charts.probability_bars import ProbabilityBars, cut_words, percent, summary
from playground.ui.theme import theme


def distribution(n_tokens: int = 4) -> NextToken:
    """0.5, 0.25 … of which top-k leaves two."""
    before = np.array([0.5**place for place in range(1, n_tokens + 1)], dtype=np.float32)
    after = np.where(np.arange(n_tokens) < 2, before / 0.75, 0).astype(np.float32)
    return NextToken(
        ids=np.arange(10, 10 + n_tokens, dtype=np.int32),
        pieces=["▁the", "<b>", "\n", *(f"p{place}" for place in range(3, n_tokens))][:n_tokens],
        before=before,
        after=after,
        cut_by=["" if place < 2 else "top_k" for place in range(n_tokens)],
        n_kept=2,
        entropy_nats=1.2,
    )


@pytest.fixture
def bars(qtbot: QtBot) -> Iterator[ProbabilityBars]:
    theme().use("light")
    made = ProbabilityBars()
    qtbot.addWidget(made)
    made.resize(500, 24 + 4 * 26)
    made.show()
    yield made
    theme().use("light")


def middle(bars: ProbabilityBars, row: int) -> QPoint:
    return QPoint(250, round(24 + (row + 0.5) * bars._row_height()))


def widths(bars: ProbabilityBars) -> list[int]:
    """Of the solid bars, in pixels, as painted."""
    image, accent = bars.grab().toImage(), theme().colours.accent.casefold()
    return [
        sum(image.pixelColor(x, middle(bars, row).y()).name() == accent for x in range(bars.width()))
        for row in range(bars.n_rows())
    ]


def test_without_a_distribution_there_is_nothing_to_pick(bars: ProbabilityBars, qtbot: QtBot) -> None:
    picked = QSignalSpy(bars.token_requested)
    bars.show_empty("Type a prompt.")
    assert bars.n_rows() == 0
    assert list(bars.table().rows) == []
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton)
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert picked.count() == 0
    assert not bars.grab().isNull()


def test_solid_bars_are_as_long_as_what_is_drawn_from(bars: ProbabilityBars) -> None:
    bars.show_distribution(distribution())
    first, second, third, fourth = widths(bars)
    assert first > 100
    assert second == pytest.approx(first / 2, abs=2)
    assert third == fourth == 0, "what was cut is hollow"


def test_a_click_picks_the_row_under_it(bars: ProbabilityBars, qtbot: QtBot) -> None:
    bars.show_distribution(distribution())
    picked = QSignalSpy(bars.token_requested)
    for row in (0, 3):
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=middle(bars, row))
    qtbot.mouseClick(bars, Qt.MouseButton.RightButton, pos=middle(bars, 1))
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))  # the legend
    assert [picked.at(place)[0] for place in range(picked.count())] == [10, 13]


def test_keys_walk_the_rows_and_enter_picks(bars: ProbabilityBars, qtbot: QtBot) -> None:
    bars.show_distribution(distribution())
    picked = QSignalSpy(bars.token_requested)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Enter):
        qtbot.keyClick(bars, key)
    assert [picked.at(place)[0] for place in range(picked.count())] == [11, 10]


def test_a_marked_row_that_is_gone_cannot_be_picked(bars: ProbabilityBars, qtbot: QtBot) -> None:
    bars.show_distribution(distribution())
    qtbot.keyClick(bars, Qt.Key.Key_Up)  # from below: the last
    bars.show_distribution(distribution(2))
    picked = QSignalSpy(bars.token_requested)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert picked.count() == 0


def test_only_rows_with_room_are_shown(bars: ProbabilityBars) -> None:
    bars.show_distribution(distribution(40))
    assert bars.n_rows() == (bars.height() - 24) // 19
    bars.resize(500, 1000)
    assert bars.n_rows() == 40
    bars.resize(bars.minimumSizeHint())
    assert bars.n_rows() == 4
    assert bars.row_at(bars.height() + 30) is None


def test_the_numbers_can_be_taken_along_whole(bars: ProbabilityBars) -> None:
    bars.show_distribution(distribution(40))
    table = bars.table()
    rows = list(table.rows)
    assert table.header == ("id", "piece", "model", "after", "cut_by")
    assert len(rows) == 40
    assert rows[1] == (11, "<b>", 0.25, pytest.approx(1 / 3), "")
    assert rows[2][4] == "top_k"


def test_it_is_told_in_words_too(bars: ProbabilityBars) -> None:
    bars.show_distribution(distribution(8))
    told = bars.accessibleDescription()
    assert "the 67 %" in told
    assert "\n" not in told
    assert told.count("%") == 5
    bars.show_distribution(None)
    assert bars.accessibleDescription() == ""
    assert summary(distribution(1)).endswith(" 67 %")


def test_the_drawn_token_is_framed(bars: ProbabilityBars) -> None:
    bars.show_distribution(distribution())
    before = bars.grab().toImage()
    bars.show_drawn(11)
    framed = bars.grab().toImage()
    y = middle(bars, 1).y()
    assert framed.pixelColor(50, y - 8) != before.pixelColor(50, y - 8)
    bars.show_drawn(99)
    assert bars.grab().toImage() == before


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "100 %"), (0.996, "100 %"), (0.314, "31 %"), (0.0996, "10 %"), (0.0312, "3.1 %"), (0.00312, "0.31 %"),
        (0.0001, "0.01 %"), (0.00001, "<0.01 %"), (0.0, "0.00 %"),
    ],
)  # fmt: skip
def test_small_shares_keep_their_digits(share: float, words: str) -> None:
    assert percent(share) == words


def test_the_reason_of_a_cut_is_told(qtbot: QtBot) -> None:
    assert (cut_words("top_k"), cut_words("top_p")) == ("cut by top-k", "cut by top-p")
