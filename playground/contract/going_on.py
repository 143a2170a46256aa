"""What may be changed of a run that goes on: its length, and how its steps are cut. All else would make it another."""

from dataclasses import fields, replace

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.config_file import to_toml
from playground.contract.errors import ConfigError
from playground.contract.run_directory import RunDirectory
from playground.contract.storage import write_text

_LENGTH = "training.max_steps"
_CUTS = ("training.batch_size", "training.accumulation_steps")


def config_now(run: RunDirectory) -> RunConfig:
    """The run's config, with the length that it was given last.

    Raises:
        RunError, ConfigError: the run cannot be read.
    """
    config = run.config()
    length = run.control().max_steps or config.training.max_steps
    return replace(config, training=replace(config.training, max_steps=length))


def change(run: RunDirectory, wanted: RunConfig) -> None:
    """Let a run that nobody trains now go on with those settings, `config_now` but for a few.

    Raises:
        ConfigError: something differs that would make it another run, or the steps would have other sequences.
        RunError: the run cannot be read.
        StorageError: the disk refuses.
    """
    config = config_now(run)
    changed = differences(config, wanted)
    if problem := _problem(config, wanted, changed):
        raise ConfigError([problem])
    wanted.checked()
    if _LENGTH in changed:
        run.write_control(replace(run.control(), max_steps=wanted.training.max_steps))
    if any(name in changed for name in _CUTS):
        training = replace(wanted.training, max_steps=run.config().training.max_steps)
        write_text(run.config_path, to_toml(replace(config, training=training)))


def with_smaller_micro_batches(config: RunConfig) -> RunConfig | None:
    """The same steps in twice as many forward passes of half the memory; None if a pass has one sequence already."""
    training = config.training
    for divisor in (2, 3, 5, training.batch_size):
        if training.batch_size > 1 and training.batch_size % divisor == 0:
            smaller = replace(
                training,
                batch_size=training.batch_size // divisor,
                accumulation_steps=training.accumulation_steps * divisor,
            )
            return replace(config, training=smaller)
    return None


def differences(one: RunConfig, other: RunConfig) -> list[str]:
    """The dotted names of all settings that are not the same."""
    return [
        f"{section}.{field.name}"
        for section in SECTIONS
        for field in fields(getattr(one, section))
        if getattr(getattr(one, section), field.name) != getattr(getattr(other, section), field.name)
    ]


def _problem(config: RunConfig, wanted: RunConfig, changed: list[str]) -> str:
    others = [name for name in changed if name not in (_LENGTH, *_CUTS)]
    if others:
        return (
            f"A run that goes on keeps its settings, and {others[0]} would change. Only {_LENGTH} may, and "
            f"{' and '.join(_CUTS)} together. For anything else begin a new run from this one with --from."
        )
    before, after = config.training.sequences_per_step, wanted.training.sequences_per_step
    if before != after:
        return (
            f"{_CUTS[0]} times {_CUTS[1]} is {before} in this run and would be {after}. "
            "Change both, so that their product stays."
        )
    return ""
