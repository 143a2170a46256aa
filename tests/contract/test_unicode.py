"""Halves of characters."""

from playground.contract.unicode import is_unicode, without_lone_surrogates


def test_half_characters_are_replaced_one_for_one() -> None:
    assert without_lone_surrogates("a\ud83dあ") == "a\ufffdあ"
    assert without_lone_surrogates("猫🐈") == "猫🐈"


def test_only_halves_are_no_unicode() -> None:
    assert is_unicode("猫🐈")
    assert not is_unicode("\ud83d")
