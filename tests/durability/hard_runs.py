"""Small runs of every kind with all that makes resuming hard, and what must be the same at the end of two of them."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from playground.contract.config import DataConfig, RunConfig, TokenizerConfig
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import FINISHED, RunDirectory
from playground.contract.training_config import TrainingConfig
from playground.ui.state.metrics import Metrics

KINDS = ("decoder", "encoder", "encoder_decoder")
N_STEPS = 12
_CHECKPOINT_EVERY, _EVALUATE_EVERY = 3, 4
_WORDS = ("fox", "hen", "owl", "cat", "dog", "cow", "ant", "bee")
_LINES = [f"{one} and {other}" for one in _WORDS for other in _WORDS]
_DIFFERENT = ("seq", "segment", "elapsed_s", "tokens_per_s", "time_left_s")  # of the clock, or of the number of tries


def make_run(folder: Path, name: str, kind: str, n_steps: int = N_STEPS) -> RunDirectory:
    """A run that was not trained yet, with dropout and accumulation."""
    folder.mkdir(parents=True, exist_ok=True)
    is_pairs = kind == "encoder_decoder"
    source = folder / ("pairs.txt" if is_pairs else "lines.txt")
    if not source.exists():
        source.write_text("".join(f"{line}\t{line[::-1]}\n" if is_pairs else f"{line}\n" for line in _LINES))
    config = RunConfig(
        model=ModelConfig(
            kind=kind, n_layers=1, n_encoder_layers=1, n_heads=2, d_model=16, d_ff=32, n_ctx=16, dropout=0.1,
            norm_place="after" if kind == "encoder" else "before",
        ),
        tokenizer=TokenizerConfig(type="characters", vocab_size=300),
        data=DataConfig(source=str(source), examples="lines"),
        training=TrainingConfig(
            max_steps=n_steps, batch_size=2, accumulation_steps=2, warmup_steps=2, learning_rate=3e-3,
            evaluate_every=_EVALUATE_EVERY, checkpoint_every=_CHECKPOINT_EVERY, sample_tokens=3, max_snapshots=4,
            evaluation_fraction=0.2, device="cpu",
        ),
    )  # fmt: skip
    return RunDirectory.create(folder / name, config)


def end_of(run: RunDirectory) -> dict[str, Any]:
    """All that a finished run says, without what depends on the clock or on how often it was begun anew."""
    return {
        "state": run.status().state,
        "step": run.status().step,
        "tokenizer": _digests(run.tokenizer_path),
        "data": {name: value for name, value in json.loads(run.data_path.read_text()).items() if name != "source"},
        "snapshots": _digests(run.snapshots_path),
        "checkpoints": {step: _checkpoint(run.checkpoint_path(step)) for step in run.checkpoint_steps()},
        "leftovers": sorted(path.name for path in run.checkpoints_path.iterdir() if path.name.startswith(".")),
        "train": _curve(run, "train"),
        "evaluation": _curve(run, "evaluation"),
        "samples": _samples(run),
    }


def problems_of(run: RunDirectory) -> list[str]:
    """What does not make sense in the records of a finished run; [] if all does."""
    found, n_steps = [], run.config().training.max_steps
    records = _records(run.metrics_path)
    if any(one["seq"] >= other["seq"] or one["segment"] > other["segment"] for one, other in pairwise(records)):
        found.append("numbers of metrics do not rise")
    shown = Metrics()
    shown.extend(records)
    if shown.train.column("step").tolist() != list(range(1, n_steps + 1)):
        found.append(f"the curve has steps {shown.train.column('step').tolist()}")
    if shown.evaluation.column("step").tolist() != sorted({*range(0, n_steps, _EVALUATE_EVERY), n_steps}):
        found.append(f"the evaluations have steps {shown.evaluation.column('step').tolist()}")
    happened = _records(run.events_path)
    if happened[-1]["kind"] != "finished" or run.status().state != FINISHED:
        found.append(f"it ends with {happened[-1]['kind']}, as {run.status().state}")
    found += _backward_jumps(happened)
    return found


def _backward_jumps(happened: list[dict[str, Any]]) -> list[str]:
    """A run that goes on does so from the newest checkpoint that was told, or a newer one that nobody was told of."""
    found, kept = [], 0
    for record in happened:
        if record["kind"] == "checkpoint":
            kept = record["step"]
        if record["kind"] == "started" and record["step"] < kept:
            found.append(f"it went on from {record['step']}, though {kept} was kept")
    return found


def _records(path: Path) -> list[dict[str, Any]]:
    """Whole records; a torn line is none."""
    found = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def _curve(run: RunDirectory, kind: str) -> dict[int, dict[str, Any]]:
    """By step, the newest record, its numbers bit for bit."""
    return {
        record["step"]: {
            name: value.hex() if isinstance(value, float) else value
            for name, value in record.items()
            if name not in _DIFFERENT
        }
        for record in _records(run.metrics_path)
        if record["kind"] == kind
    }


def _samples(run: RunDirectory) -> dict[int, dict[str, Any]]:
    """What the model wrote, by step."""
    shown = ("sample", "masks", "translations")
    found = [record for record in _records(run.events_path) if record["kind"] in shown]
    return {record["step"]: {name: value for name, value in record.items() if name != "at"} for record in found}


def _checkpoint(folder: Path) -> dict[str, Any]:
    state = json.loads((folder / "state.json").read_text())
    del state["elapsed_s"]
    weights = {name: _sha256(folder / name) for name in ("model.safetensors", "optimizer.safetensors")}
    return {"state": state, **weights}


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: _sha256(path) for path in sorted(folder.iterdir())}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
