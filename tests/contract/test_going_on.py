"""What a run that goes on may change: its length, and how its steps are cut; all else is refused with a sentence."""

from pathlib import Path
from typing import Any

import pytest

from playground.contract.config import RunConfig
from playground.contract.errors import ConfigError
from playground.contract.going_on import change, config_now, differences, with_smaller_micro_batches
from playground.contract.run_directory import Control, RunDirectory


def made(tmp_path: Path, **training: Any) -> RunDirectory:
    return RunDirectory.create(
        tmp_path / "run", RunConfig().with_values({f"training.{name}": value for name, value in training.items()})
    )


def test_a_longer_length_is_told_to_the_trainer_and_leaves_the_config_as_it_was(tmp_path: Path) -> None:
    run = made(tmp_path, max_steps=100)
    run.write_control(Control(learning_rate_factor=0.5))
    text = run.config_path.read_text(encoding="utf-8")
    change(run, config_now(run).with_values({"training.max_steps": 300}))
    assert run.control() == Control(learning_rate_factor=0.5, max_steps=300)
    assert run.config_path.read_text(encoding="utf-8") == text
    assert config_now(run).training.max_steps == 300
    change(run, config_now(run).with_values({"training.max_steps": 100}))
    assert config_now(run).training.max_steps == 100


def test_the_same_steps_may_be_cut_finer(tmp_path: Path) -> None:
    run = made(tmp_path, batch_size=8, accumulation_steps=1, max_steps=100)
    change(run, config_now(run).with_values({"training.batch_size": 2, "training.accumulation_steps": 4}))
    assert (run.config().training.batch_size, run.config().training.accumulation_steps) == (2, 4)
    assert run.config().training.max_steps == 100
    with pytest.raises(ConfigError, match="is 8 in this run and would be 16"):
        change(run, config_now(run).with_values({"training.batch_size": 4}))


@pytest.mark.parametrize(
    ("name", "value"), [("training.learning_rate", 0.5), ("model.n_layers", 7), ("data.source", "builtin:copy")]
)
def test_anything_else_would_be_another_run(tmp_path: Path, name: str, value: Any) -> None:
    run = made(tmp_path)
    before = run.config()
    with pytest.raises(ConfigError, match=rf"{name} would change.*--from"):
        change(run, config_now(run).with_values({name: value}))
    assert (run.config(), run.control()) == (before, Control())


def test_differences_are_named() -> None:
    one = RunConfig()
    other = one.with_values({"model.n_layers": one.model.n_layers + 1, "training.seed": 77})
    assert differences(one, one) == []
    assert differences(one, other) == ["model.n_layers", "training.seed"]


@pytest.mark.parametrize(("batch", "accumulation", "smaller"), [(16, 1, (8, 2)), (15, 2, (5, 6)), (7, 3, (1, 21))])
def test_smaller_micro_batches_see_the_same_sequences(batch: int, accumulation: int, smaller: tuple[int, int]) -> None:
    values = {"training.batch_size": batch, "training.accumulation_steps": accumulation}
    found = with_smaller_micro_batches(RunConfig().with_values(values))
    assert found is not None
    assert (found.training.batch_size, found.training.accumulation_steps) == smaller
    assert found.training.sequences_per_step == batch * accumulation


def test_one_sequence_cannot_be_cut() -> None:
    assert with_smaller_micro_batches(RunConfig().with_values({"training.batch_size": 1})) is None
