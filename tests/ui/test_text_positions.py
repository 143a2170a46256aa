"""Code points against UTF-16 units, checked against Python's own encoder."""

from hypothesis import given
from hypothesis import strategies as st

from playground.ui.text_positions import TextPositions

TEXTS = st.text(alphabet="aé猫🐈👩🏽\n", max_size=30)


@given(TEXTS)
def test_every_character_is_where_the_encoder_puts_it(text: str) -> None:
    positions = TextPositions(text)
    for index in range(len(text) + 1):
        units = len(text[:index].encode("utf-16-le")) // 2
        assert positions.to_qt(index) == units
        assert positions.from_qt(units) == index


def test_inside_a_pair_counts_as_before_it() -> None:
    assert TextPositions("a🐈b").from_qt(2) == 1


def test_positions_beyond_the_ends_are_the_ends() -> None:
    positions = TextPositions("🐈")
    assert (positions.to_qt(9), positions.from_qt(9), positions.from_qt(-1)) == (2, 1, 0)
