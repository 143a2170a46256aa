"""One setting's own rules: type, range, choices, and what a person may type for it."""

import dataclasses
from dataclasses import dataclass

import pytest

from playground.contract.config import SECTIONS, SamplingConfig
from playground.contract.errors import ConfigError
from playground.contract.fields import (
    Setting,
    parse_value,
    range_problems,
    section_from_mapping,
    setting,
    settings_of,
    unknown_key,
)


@dataclass(frozen=True, kw_only=True)
class Kettle:
    """A section with one setting of each kind."""

    n_cups: int = setting(4, "Cups", "How many.", low=1, high=12, unit="cups")
    heat: float = setting(0.5, "Heat", "How hot.", low=0.0, high=1.0)
    tea: str = setting("green", "Tea", "Which.", choices=("green", "black"))
    is_on: bool = setting(False, "On", "Whether it boils.")


def the(name: str) -> Setting:
    return next(s for s in settings_of(Kettle) if s.name == name)


def test_a_setting_carries_its_description() -> None:
    cups = the("n_cups")
    assert (cups.default, cups.label, cups.help, cups.low, cups.high, cups.unit) == (
        4,
        "Cups",
        "How many.",
        1,
        12,
        "cups",
    )
    assert [s.kind for s in settings_of(Kettle)] == [int, float, str, bool]
    assert [s.name for s in settings_of(Kettle(n_cups=2))] == ["n_cups", "heat", "tea", "is_on"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("n_cups", 1), ("n_cups", 12), ("heat", 0.0), ("heat", 1), ("heat", 1.0), ("tea", "black"), ("is_on", True)],
)
def test_allowed_values_have_no_problem(name: str, value: int | float | str | bool) -> None:
    assert the(name).problem(value, "kettle") is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("n_cups", 0, "kettle.n_cups is 0, but must be at least 1."),
        ("n_cups", 13, "kettle.n_cups is 13, but must be at most 12."),
        ("n_cups", 2.0, "kettle.n_cups is 2.0, but must be a whole number."),
        ("n_cups", True, "kettle.n_cups is True, but must be a whole number."),
        ("n_cups", "4", "kettle.n_cups is '4', but must be a whole number."),
        ("heat", -0.25, "kettle.heat is -0.25, but must be at least 0."),
        ("heat", 1.5, "kettle.heat is 1.5, but must be at most 1."),
        ("heat", float("nan"), "kettle.heat is nan, but must be a finite number."),
        ("heat", float("inf"), "kettle.heat is inf, but must be a finite number."),
        ("heat", False, "kettle.heat is False, but must be a number."),
        ("is_on", 1, "kettle.is_on is 1, but must be true or false."),
        ("tea", "blak", "kettle.tea is 'blak', but must be one of green, black. Did you mean 'black'?"),
        ("tea", "zzz", "kettle.tea is 'zzz', but must be one of green, black."),
    ],
)
def test_each_violation_is_one_sentence(name: str, value: int | float | str | bool, sentence: str) -> None:
    assert the(name).problem(value, "kettle") == sentence


def test_a_large_number_is_told_in_full() -> None:
    """2³¹ told as 2.14748e+09 would be "at most 2.14748e+09" and yet too much."""
    seed = next(s for s in settings_of(SamplingConfig) if s.name == "seed")
    problem = seed.problem(2**31, "sampling")
    assert problem == "sampling.seed is 2,147,483,648, but must be at most 2,147,483,647."


def test_a_number_beyond_all_floats_is_a_problem_and_no_crash() -> None:
    assert "at most 12" in str(the("n_cups").problem(10**400, "kettle"))
    assert "finite number" in str(the("heat").problem(10**400, "kettle"))


def test_text_that_is_no_unicode_is_a_problem() -> None:
    """A file name that is no UTF-8 arrives with surrogates, which no file of ours can hold."""
    source = next(s for s in settings_of(SECTIONS["data"]) if s.name == "source")
    assert "UTF-8" in str(source.problem("book\udcff.txt", "data"))


def test_all_violations_of_a_section_are_told_at_once() -> None:
    problems = range_problems(Kettle(n_cups=0, heat=7.0, tea="mint"), "kettle")
    assert len(problems) == 3
    assert [problem.split()[0] for problem in problems] == ["kettle.n_cups", "kettle.heat", "kettle.tea"]


def test_a_section_is_built_from_plain_values() -> None:
    kettle = section_from_mapping(Kettle, {"n_cups": 3, "heat": 1}, "kettle")
    assert kettle == Kettle(n_cups=3, heat=1.0)
    assert type(kettle.heat) is float


def test_unknown_keys_and_wrong_values_come_together() -> None:
    with pytest.raises(ConfigError) as caught:
        section_from_mapping(Kettle, {"n_cup": 3, "heat": "hot", "colour": 1}, "kettle")
    assert caught.value.problems == [
        "Unknown key 'n_cup' in [kettle]. Did you mean 'n_cups'?",
        "Unknown key 'colour' in [kettle]. Known are n_cups, heat, tea, is_on.",
        "kettle.heat is 'hot', but must be a number.",
    ]
    assert str(caught.value) == " ".join(caught.value.problems)


def test_a_number_beyond_all_floats_in_a_file_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match="finite number"):
        section_from_mapping(Kettle, {"heat": 10**400}, "kettle")


def test_an_unknown_section_names_the_known_ones() -> None:
    assert unknown_key("modle", "", ("model", "data")) == "Unknown key 'modle' in the config. Did you mean 'model'?"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("n_cups", " 7 ", 7),
        ("n_cups", "1_0", 10),
        ("heat", "2.5e-1", 0.25),
        ("heat", "1", 1.0),
        ("is_on", "Yes", True),
        ("is_on", "0", False),
        ("tea", "black", "black"),
    ],
)
def test_what_a_person_types(name: str, text: str, value: int | float | str | bool) -> None:
    parsed = parse_value(text, the(name), "kettle")
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("n_cups", "many", "n_cups is 'many', but must be a whole number"),
        ("n_cups", "2.5", "whole number"),
        ("n_cups", "", "whole number"),
        ("n_cups", "99", "at most 12"),
        ("n_cups", "9" * 400, "at most 12"),
        ("n_cups", "9" * 5000, "whole number"),
        ("heat", "nan", "finite"),
        ("heat", "1e999", "finite"),
        ("heat", "warm", "heat is 'warm', but must be a number"),
        ("is_on", "maybe", "true or false"),
        ("tea", "Green", "one of green, black. Did you mean 'green'"),
    ],
)
def test_what_a_person_types_in_vain(name: str, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse_value(text, the(name), "kettle")


@pytest.mark.parametrize("section", [*SECTIONS, "sampling"])
def test_every_setting_of_ours_describes_itself(section: str) -> None:
    """The form, the command line and the documentation are made from this alone."""
    kind = {**SECTIONS, "sampling": SamplingConfig}[section]
    for each in settings_of(kind):
        assert each.label
        assert each.help.endswith(".")
        assert each.problem(each.default, section) is None
        if each.kind in (int, float):
            assert each.low is not None
            assert each.high is not None
            assert each.low < each.high
        if each.logarithmic:
            assert each.low is not None
            assert each.low > 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        kind().anything = 1
