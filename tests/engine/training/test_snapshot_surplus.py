"""Which snapshots are let go where stops have left more than planned."""

from hypothesis import given
from hypothesis import strategies as st

from playground.engine.training.snapshots import surplus_snapshots

STEPS = st.sets(st.integers(0, 100), min_size=1, max_size=20)


def test_those_between_close_neighbours_go_first() -> None:
    planned = [0, 100, 200, 300, 400]
    assert surplus_snapshots([0, 50, 100, 103, 105], planned, 105) == []
    assert surplus_snapshots([0, 50, 100, 103, 106, 200], planned, 200) == [103]
    assert surplus_snapshots([0, 50, 100, 103, 106, 200, 300], planned, 300) == [103, 50]


def test_planned_ones_and_the_newest_stay() -> None:
    assert surplus_snapshots([0, 10, 20, 21], [0, 10, 20], 21) == []
    assert surplus_snapshots([0, 9, 10, 20, 21], [0, 10, 20], 21) == [9]


@given(kept=STEPS, planned=STEPS)
def test_no_more_stay_than_planned(kept: set[int], planned: set[int]) -> None:
    newest = max(kept)
    left = kept - set(surplus_snapshots(sorted(kept), planned, newest))
    assert newest in left
    assert kept & planned <= left
    assert len(left) <= len(planned) or left <= planned | {newest}
