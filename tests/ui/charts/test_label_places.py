"""Labels beside points: none over another, none outside, the first ones before the others."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.ui.charts.label_places import Place, nearest_point, placed_labels

SIZE = (300.0, 200.0)


def _overlap(one: Place, other: Place) -> bool:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 0 and down > 0


@settings(max_examples=40, deadline=None)
@given(points=st.lists(st.tuples(st.floats(-20, 320), st.floats(-20, 220)), max_size=80), width=st.floats(5, 120))
def test_no_label_lies_over_another_or_outside(points: list[tuple[float, float]], width: float) -> None:
    places = np.array(points, dtype=float).reshape(-1, 2)
    made = placed_labels(places, SIZE, [], np.arange(len(places)), lambda _: width, 14)
    assert not any(_overlap(one, other) for one, other in itertools.combinations(made, 2))
    for each in made:
        assert each.left >= 0
        assert each.top >= 0
        assert each.left + each.width <= SIZE[0]
        assert each.top + each.height <= SIZE[1]


def test_a_point_alone_has_its_label_at_its_right() -> None:
    (place,) = placed_labels(np.array([[100.0, 50.0]]), SIZE, [], np.array([0]), lambda _: 40, 14)
    assert place.left > 100
    assert place.top == 50 - 7


def test_at_the_right_edge_the_label_goes_to_the_left() -> None:
    (place,) = placed_labels(np.array([[290.0, 50.0]]), SIZE, [], np.array([0]), lambda _: 40, 14)
    assert place.left + place.width < 290


def test_where_there_is_room_for_few_the_first_ones_get_it() -> None:
    crowd = np.full((30, 2), (150.0, 100.0))
    made = placed_labels(crowd, SIZE, [17], np.arange(30), lambda _: 40, 14)
    assert [place.index for place in made] == [17, 0, 1, 2]  # one on each side of the place where all are


def test_points_out_of_sight_have_no_label() -> None:
    points = np.array([[-5.0, 50.0], [50.0, 50.0]])
    made = placed_labels(points, SIZE, [0], np.array([0, 1]), lambda _: 40, 14)
    assert [place.index for place in made] == [1]


def test_the_nearest_point_within_reach_is_found() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [11.0, 0.0]])
    assert nearest_point(points, 9.0, 0.0, 5.0) == 1
    assert nearest_point(points, 9.0, 0.0, 5.0, np.array([True, False, True])) == 2
    assert nearest_point(points, 50.0, 0.0, 5.0) == -1
    assert nearest_point(np.zeros((0, 2)), 0.0, 0.0, 5.0) == -1
