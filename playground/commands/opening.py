"""From a run's name on the command line to its model and tokenizer."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playground import places
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory

if TYPE_CHECKING:
    from playground.engine.model.transformer import Transformer
    from playground.engine.tokenizers.tokenizer import Tokenizer

NEWEST = -1
"""Stands for the newest snapshot where a step is asked for on the command line."""


def find_run(name: str) -> RunDirectory:
    """The run at that path, or of that name in the person's folder of runs.

    Raises:
        RunError: there is none.
    """
    candidates = [Path(name), places.runs_folder() / name]
    for path in candidates:
        run = RunDirectory(path)
        if run.exists():
            return run
    raise RunError(f"There is no run {name!r}, neither as a path nor in {places.runs_folder()}. See: playground runs")


def open_tokenizer(folder: Path) -> "Tokenizer":
    """Raises: TokenizerError."""
    from playground.engine.tokenizers.tokenizer import load_tokenizer

    return load_tokenizer(folder)


def open_model(name: str, step: int = NEWEST) -> "tuple[Transformer, Tokenizer, int]":
    """A run's model at a step, its tokenizer, and the step.

    Raises:
        RunError, ConfigError, TokenizerError: no such run or snapshot, or damaged ones.
    """
    from playground.engine.model.weights import load_model

    run = find_run(name)
    step = pick_step(run, step)
    return load_model(run, step), open_tokenizer(run.tokenizer_path), step


def pick_step(run: RunDirectory, step: int) -> int:
    """The step itself, or the newest that has a snapshot for `NEWEST`.

    Raises:
        RunError: there is no snapshot at all.
    """
    if step != NEWEST:
        return step
    steps = run.snapshot_steps()
    if not steps:
        raise RunError(f"{run.path} has no snapshot yet. Train it first: playground train {run.path}")
    return steps[-1]


def argument_text(text: str) -> str:
    """A command line's text, with bytes that are no UTF-8 as U+FFFD."""
    return text.encode(sys.getfilesystemencoding(), "surrogateescape").decode("utf-8", "replace")
