"""config.toml in and out, and assignments of the command line."""

import contextlib
import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.config_file import (
    apply_assignments,
    from_mapping,
    from_toml,
    read_config,
    to_toml,
    toml_scalar,
)
from playground.contract.errors import ConfigError
from playground.contract.fields import Setting, settings_of
from playground.contract.model_config import ModelConfig
from playground.contract.presets import PRESETS
from playground.contract.training_config import TrainingConfig

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def values_of(each: Setting) -> st.SearchStrategy[Any]:
    if each.choices:
        return st.sampled_from(each.choices)
    if each.kind is bool:
        return st.booleans()
    if each.kind is str:
        return TEXTS
    if each.kind is int:
        return st.integers(int(each.low or 0), int(each.high or 0))
    return st.floats(each.low, each.high)


def sections_of(kind: type) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{each.name: values_of(each) for each in settings_of(kind)})


CONFIGS = st.builds(RunConfig, **{name: sections_of(kind) for name, kind in SECTIONS.items()})


@given(CONFIGS)
def test_a_config_survives_its_file(config: RunConfig) -> None:
    """Read by the standard library's parser, an independent reader of what is written."""
    assert from_mapping(tomllib.loads(to_toml(config)), RunConfig()) == config


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_toml_string(text: str) -> None:
    assert tomllib.loads(f"x = {toml_scalar(text)}") == {"x": text}


@given(st.floats(allow_nan=False))
def test_any_number_stays_a_float(number: float) -> None:
    read = tomllib.loads(f"x = {toml_scalar(number)}")["x"]
    assert read == number
    assert type(read) is float


@pytest.mark.parametrize("name", PRESETS)
def test_presets_survive_their_file(name: str) -> None:
    config = PRESETS[name].applied_to(RunConfig())
    assert from_toml(to_toml(config), "x") == config


def test_the_format_comes_first() -> None:
    assert to_toml(RunConfig()).startswith("format = 1\n\n[model]\n")


def test_what_a_file_leaves_out_stays() -> None:
    base = RunConfig(model=ModelConfig(n_layers=2), training=TrainingConfig(max_steps=5))
    read = from_toml("[model]\nd_model = 64\n", "x", base)
    assert read == dataclasses.replace(base, model=ModelConfig(n_layers=2, d_model=64))
    assert from_toml("", "x") == RunConfig()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[model]\nn_layer = 2\n", r"mine: Unknown key 'n_layer' in \[model\]. Did you mean 'n_layers'\?"),
        ("[modle]\nn_layers = 2\n", r"Unknown key 'modle' in the config. Did you mean 'model'\?"),
        ("model = 3\n", r"model is 3, but must be a \[model\] table"),
        ("[model]\nn_layers = '2'\n", "model.n_layers is '2', but must be a whole number"),
        ("[model]\nn_heads = 3\n", "does not divide"),
        ("[model\n", "mine is not a valid TOML file"),
        ("format = 2\n", "format 2, made by a newer version; this one reads up to 1. Update the program"),
        ("format = 0\n", "format is 0"),
        ("format = true\n", "format is True"),
        ("format = 'one'\n", "format is 'one'"),
        ("[training]\nlearning_rate = inf\n", "learning_rate is inf, but must be a finite number"),
        ("[training]\nlearning_rate = 2000-01-01\n", "must be a number"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        from_toml(text, "mine")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 5000,  # deeper than the parser goes
        "[model]\nn_layers = " + "9" * 5000,  # more digits than Python converts
        "[model]\nn_layers = " + "9" * 400,
        "[training]\nlearning_rate = " + "9" * 400,  # a whole number beyond all floats
        "\0",
    ],
)
def test_a_hostile_file_is_an_error_of_the_file(text: str) -> None:
    with pytest.raises(ConfigError, match="mine"):
        from_toml(text, "mine")


def test_violations_of_all_sections_come_together() -> None:
    with pytest.raises(ConfigError) as caught:
        from_toml("[model]\nn_layers = 0\nbais = true\n[training]\nmax_steps = 0\n[x]\n", "mine")
    assert len(caught.value.problems) == 4
    assert all(problem.startswith("mine: ") for problem in caught.value.problems)


def test_a_config_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "設定.toml"
    file.write_text('[data]\nsource = "本.txt"\n', encoding="utf-8")
    assert read_config(file).data.source == "本.txt"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no config file .*x\.toml"):
        read_config(tmp_path / "x.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"bad.toml cannot be read"):
        read_config(tmp_path / "bad.toml")


def test_assignments_change_settings() -> None:
    given_ones = ["training.max_steps=500", " model.n_heads = 2", "data.source=a=b.txt", "model.bias=no"]
    config = apply_assignments(RunConfig(), given_ones)
    assert (config.training.max_steps, config.model.n_heads, config.model.bias) == (500, 2, False)
    assert config.data.source == "a=b.txt"


def test_the_last_assignment_counts() -> None:
    assert apply_assignments(RunConfig(), ["model.n_layers=1", "model.n_layers=3"]).model.n_layers == 3


def test_assignments_that_fail_are_told_together() -> None:
    wrong = [
        "max_steps=5",
        "training.max_step=5",
        "trainig.max_steps=5",
        "model.n_heads=x",
        "model.n_layers",
        "=",
        "a.b",
    ]
    with pytest.raises(ConfigError) as caught:
        apply_assignments(RunConfig(), wrong)
    problems = caught.value.problems
    assert len(problems) == len(wrong)
    assert problems[0] == "'max_steps=5' is not a setting. Write it like training.max_steps=500."
    assert "Did you mean 'max_steps'?" in problems[1]
    assert "Did you mean 'training'?" in problems[2]
    assert "must be a whole number" in problems[3]


ANY_TEXT = st.text(st.characters())  # half characters too, as a command line may hold
DOTTED = st.sampled_from([f"{name}.{each.name}" for name, kind in SECTIONS.items() for each in settings_of(kind)])
ASSIGNMENTS = st.one_of(ANY_TEXT, st.builds("{}={}".format, DOTTED, st.one_of(ANY_TEXT, st.integers(), st.floats())))


@given(st.lists(ASSIGNMENTS, max_size=3))
def test_any_assignment_is_taken_or_told(assignments: list[str]) -> None:
    try:
        config = apply_assignments(RunConfig(), assignments)
    except ConfigError:
        return
    for section in SECTIONS:
        assert not [p for p in getattr(config, section).problems() if "must be at" in p], (
            "an impossible value was taken"
        )


@given(st.one_of(ANY_TEXT, st.builds("[{}]\n{} = {}".format, st.sampled_from(list(SECTIONS)), ANY_TEXT, ANY_TEXT)))
def test_any_file_is_taken_or_told(text: str) -> None:
    with contextlib.suppress(ConfigError):
        assert from_toml(text, "mine").problems() == []


PLAIN = st.recursive(
    st.one_of(st.integers(), st.floats(), st.text(), st.booleans(), st.dates(), st.integers(10**307, 10**330)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(), inner, max_size=2)),
    max_leaves=4,
)


@given(DOTTED, PLAIN)
def test_any_value_in_a_file_is_taken_or_told(dotted: str, value: Any) -> None:
    section, _, name = dotted.partition(".")
    with contextlib.suppress(ConfigError):
        assert from_mapping({section: {name: value}}, RunConfig()).problems() is not None
