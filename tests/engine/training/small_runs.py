"""Tiny runs that train in a second, and how to read what they wrote without the code under test."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from playground.contract.config import DataConfig, RunConfig, TokenizerConfig
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.contract.training_config import TrainingConfig
from playground.engine.tokenizers.tokenizer import Tokenizer
from playground.engine.tokenizers.training import train_tokenizer
from playground.engine.training import events
from playground.engine.training.events import TrainingEvent
from playground.engine.training.trainer import train_run

_ANIMALS, _PLACES = ("fox", "hen", "owl", "cat"), ("wood", "barn", "field", "hill")
STORIES = "".join(
    f"the {who} saw the {other} in the {where}.\n" for who in _ANIMALS for other in _ANIMALS for where in _PLACES
)
N_STEPS = 12
TIMES = ("elapsed_s", "tokens_per_s", "time_left_s")


def ignore(progress: float) -> None:
    """Nobody watches."""


@cache
def letters() -> Tokenizer:
    """One token a character of `STORIES`, and bytes for all others."""
    return train_tokenizer(STORIES, TokenizerConfig(type="characters", vocab_size=300), ignore)


def make_run(folder: Path, name: str = "run", *, text: str = STORIES, **changes: Any) -> RunDirectory:
    """A run that was not trained yet; `changes` go by dotted names with `__` for the dot."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "stories.txt"
    if not source.exists():
        source.write_text(text, encoding="utf-8")
    config = RunConfig(
        model=ModelConfig(n_layers=2, n_heads=2, d_model=32, d_ff=64, n_ctx=16),
        tokenizer=TokenizerConfig(type="characters", vocab_size=300),
        data=DataConfig(source=str(source)),
        training=TrainingConfig(
            max_steps=N_STEPS, batch_size=4, warmup_steps=2, learning_rate=3e-3, evaluate_every=4,
            checkpoint_every=5, sample_tokens=4, max_snapshots=4, device="cpu",
        ),
    )  # fmt: skip
    run = RunDirectory.create(folder / name, config.with_values({k.replace("__", "."): v for k, v in changes.items()}))
    letters().save(run.tokenizer_path)
    return run


def train(run: RunDirectory, *, resume: bool = False) -> list[TrainingEvent]:
    """Train to the end; all that happened."""
    return list(train_run(run, resume=resume))


def train_until(run: RunDirectory, step: int, *, resume: bool = False) -> list[TrainingEvent]:
    """Train, and stop as if by a signal once `step` is done; all that happened."""
    happened: list[TrainingEvent] = []

    def is_there() -> bool:
        return any(isinstance(event, events.StepDone) and event.step >= step for event in happened)

    for event in train_run(run, resume=resume, should_stop=is_there):
        happened.append(event)
    return happened


def break_off(run: RunDirectory, step: int, *, resume: bool = False) -> None:
    """Train, and vanish once `step` is done, as a killed process does: nothing more is written."""
    happening = train_run(run, resume=resume)
    for event in happening:
        if isinstance(event, events.StepDone) and event.step == step:
            happening.close()  # type: ignore[attr-defined]
            return
    raise AssertionError(f"there was no step {step}")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON lines, each of which must be whole."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def metrics(run: RunDirectory, kind: str = "") -> list[dict[str, Any]]:
    """The lines of metrics.jsonl, as written."""
    return [record for record in read_lines(run.metrics_path) if kind in ("", record["kind"])]


def curve(run: RunDirectory, kind: str = "train") -> dict[int, dict[str, Any]]:
    """By step, the newest record, without what depends on the clock or on the number of tries."""
    left_out = {*TIMES, "seq", "segment"}
    return {
        record["step"]: {name: value for name, value in record.items() if name not in left_out}
        for record in metrics(run, kind)
    }


def weights_at(run: RunDirectory, step: int) -> dict[str, torch.Tensor]:
    """The weights of a snapshot."""
    return load_file(run.snapshot_path(step))


def are_equal(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    """Bit for bit."""
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def steps_of(happened: list[TrainingEvent], kind: type) -> list[int]:
    """At which steps something happened."""
    return [getattr(event, "step") for event in happened if isinstance(event, kind)]  # noqa: B009 (not all have one)


def flip_a_byte(path: Path, place: Callable[[int], int] = lambda size: size // 2) -> None:
    """Damage a file as a failing disk does: same size, one other byte."""
    data = bytearray(path.read_bytes())
    data[place(len(data))] ^= 0xFF
    path.write_bytes(bytes(data))
