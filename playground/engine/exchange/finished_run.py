"""A run directory that appears whole, with a model in it that was not trained there: imported, merged, or quantized."""

import dataclasses
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playground.contract import run_directory, storage
from playground.contract.config import RunConfig
from playground.contract.errors import RunError
from playground.contract.lines import LineAppender
from playground.contract.run_directory import DataFacts, RunDirectory, Status
from playground.engine.tokenizers.tokenizer import Tokenizer


def write_finished_run(
    path: Path,
    config: RunConfig,
    tokenizer: Tokenizer,
    facts: DataFacts,
    save_snapshot: Callable[[Path], None],
    *,
    step: int,
    n_parameters: int,
    happening: dict[str, Any],
) -> RunDirectory:
    """Make a run with one snapshot at `step`; nothing is left behind if anything fails on the way.

    Args:
        save_snapshot: writes the weights to the path that it is given.
        happening: the line of events.jsonl that tells where the model comes from.

    Raises:
        RunError: there is something at `path` already.
        StorageError: the disk refuses.
    """
    if path.exists():
        raise RunError(f"{path} is there already. Choose another name.")
    storage.make_folder(path.parent)
    draft = path.parent / f".tmp-{uuid.uuid4().hex[:12]}"
    try:
        run = RunDirectory.create(draft, config)
        tokenizer.save(run.tokenizer_path)
        run.write_data_facts(facts)
        storage.make_folder(run.snapshots_path)
        save_snapshot(run.snapshot_path(step))
        _write_events(run, step, happening)
        status = Status(
            state=run_directory.FINISHED,
            step=step,
            max_steps=step,
            progress=1.0,
            vocab_size=tokenizer.vocab_size,
            n_parameters=n_parameters,
        )
        storage.write_json(run.status_path, dataclasses.asdict(status))
        storage.move_folder(draft, path)
    finally:
        storage.discard(draft)
    return RunDirectory(path)


def _write_events(run: RunDirectory, step: int, happening: dict[str, Any]) -> None:
    events = LineAppender(run.events_path)
    try:
        events.append({"step": step, **happening, "at": time.time()})
        events.append({"kind": "snapshot", "step": step, "at": time.time()})
        events.sync()
    finally:
        events.close()
