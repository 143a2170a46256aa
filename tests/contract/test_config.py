"""Configs: the limits of each setting, shapes that are impossible, and all violations at once."""

import dataclasses
from collections.abc import Iterator

import pytest

from playground.contract.config import SECTIONS, DataConfig, RunConfig, SamplingConfig, TokenizerConfig
from playground.contract.errors import ConfigError
from playground.contract.fields import Setting, settings_of
from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig

ALL_SECTIONS = {**SECTIONS, "sampling": SamplingConfig}


def limits() -> Iterator[tuple[str, Setting, float]]:
    for section, kind in ALL_SECTIONS.items():
        for each in settings_of(kind):
            for limit in (each.low, each.high):
                if limit is not None:
                    yield section, each, limit


LIMITS = list(limits())
LIMIT_NAMES = [f"{section}.{each.name}={limit:g}" for section, each, limit in LIMITS]


def section_with(section: str, name: str, value: object) -> list[str]:
    problems: list[str] = dataclasses.replace(ALL_SECTIONS[section](), **{name: value}).problems()
    return problems


def test_the_defaults_are_possible() -> None:
    assert RunConfig().checked() == RunConfig()
    assert SamplingConfig().problems() == []


@pytest.mark.parametrize(("section", "each", "limit"), LIMITS, ids=LIMIT_NAMES)
def test_a_limit_is_allowed_and_what_lies_beyond_is_not(section: str, each: Setting, limit: float) -> None:
    value = each.kind(limit)
    own = f"{section}.{each.name} is"
    assert not [p for p in section_with(section, each.name, value) if p.startswith(own) and "must be" in p]
    step = 1 if each.kind is int else max(abs(limit) * 1e-3, 1e-12)
    beyond = each.kind(value - step if limit == each.low else value + step)
    found = section_with(section, each.name, beyond)
    word = "at least" if limit == each.low else "at most"
    assert any(problem.startswith(own) and word in problem for problem in found), found


CHOICES = [(s, each) for s, kind in ALL_SECTIONS.items() for each in settings_of(kind) if each.choices]


@pytest.mark.parametrize(("section", "each"), CHOICES, ids=[f"{s}.{each.name}" for s, each in CHOICES])
def test_only_the_choices_may_be_chosen(section: str, each: Setting) -> None:
    for choice in each.choices:
        assert not [p for p in section_with(section, each.name, choice) if "must be one of" in p]
    assert "must be one of" in section_with(section, each.name, "nonsense")[0]


def test_heads_must_divide_the_width() -> None:
    (problem,) = ModelConfig(n_heads=5, d_model=128).problems()
    assert problem.startswith("model.n_heads is 5, which does not divide model.d_model = 128.")
    assert "Choose 4 heads, or a width that is a multiple of 5." in problem


def test_the_advice_on_heads_is_itself_possible() -> None:
    for d_model in (6, 30, 97, 128, 9973):
        for n_heads in (7, 100, 128):
            found = ModelConfig(n_heads=n_heads, d_model=d_model).problems()
            if found and "does not divide" in found[0]:
                advised = int(found[0].split("Choose ")[1].split()[0])
                assert ModelConfig(n_heads=advised, d_model=d_model).problems() == []


def test_rotary_positions_turn_pairs() -> None:
    (problem,) = ModelConfig(n_heads=2, d_model=6, position="rotary").problems()
    assert "each head has 3" in problem
    assert ModelConfig(n_heads=3, d_model=6, position="rotary").problems() == []


def test_sinusoids_come_in_pairs() -> None:
    assert "even model.d_model, not 9" in ModelConfig(n_heads=3, d_model=9, position="sinusoidal").problems()[0]
    assert ModelConfig(n_heads=3, d_model=9, position="learned").problems() == []


def test_byte_fallback_needs_room_for_the_bytes() -> None:
    assert "256 pieces" in TokenizerConfig(vocab_size=299).problems()[0]
    assert TokenizerConfig(vocab_size=300).problems() == []
    assert TokenizerConfig(vocab_size=16, byte_fallback=False).problems() == []
    assert TokenizerConfig(vocab_size=16, type="characters").problems() == []


@pytest.mark.parametrize("source", ["", "  ", "\n"])
def test_a_text_must_be_named(source: str) -> None:
    assert DataConfig(source=source).problems() == [
        "data.source is empty. Choose a text file, a folder, or builtin:tales-en."
    ]


def test_a_source_that_is_no_text_is_a_problem_and_no_crash() -> None:
    (problem,) = DataConfig(source=5).problems()  # type: ignore[arg-type]
    assert problem == "data.source is 5, but must be text."


def test_every_violation_in_every_section_is_told_at_once() -> None:
    config = RunConfig(
        model=ModelConfig(n_layers=0, dropout=2.0),
        tokenizer=TokenizerConfig(vocab_size=1),
        data=DataConfig(source="", validation_fraction=0.9),
        training=TrainingConfig(max_steps=0, schedule="step", learning_rate=float("nan")),
    )
    with pytest.raises(ConfigError) as caught:
        config.checked()
    named = [problem.split()[0] for problem in caught.value.problems]
    assert named == [
        "model.n_layers", "model.dropout", "tokenizer.vocab_size", "data.validation_fraction", "data.source",
        "training.max_steps", "training.learning_rate", "training.schedule",
    ]  # fmt: skip


def test_derived_numbers() -> None:
    config = RunConfig(
        model=ModelConfig(d_model=96, n_heads=6, n_ctx=32), training=TrainingConfig(batch_size=5, accumulation_steps=3)
    )
    assert config.model.d_head == 16
    assert config.training.sequences_per_step == 15
    assert config.tokens_per_step == 15 * 32
    assert DataConfig(source="builtin:copy").is_builtin
    assert not DataConfig(source="/tmp/builtin.txt").is_builtin


def test_dotted_changes_make_a_copy() -> None:
    config = RunConfig()
    changed = config.with_values({"training.max_steps": 7, "model.bias": False})
    assert (changed.training.max_steps, changed.model.bias) == (7, False)
    assert (config.training.max_steps, config.model.bias) == (1000, True)
