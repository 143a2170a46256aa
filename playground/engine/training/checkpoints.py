"""The full state to resume from, as a folder that is there whole or not at all.

    checkpoints/step-00001000/
      model.safetensors, optimizer.safetensors
      state.json        step, tokens, active time, learning rate factor
      MANIFEST.json     size and SHA-256 of each of them, written last

Written under another name, synced, then renamed; only then are older ones removed. Readers take the newest whose
manifest verifies. Random states need no saving: batches and dropout are pure functions of (seed, step).
"""

import dataclasses
import hashlib
import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from playground.contract import storage
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory, record_from_mapping
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_weights, saved_tensors
from playground.engine.training.optimizer import optimizer_tensors, restore_optimizer

FORMAT = 1
N_KEPT = 2
_MODEL, _OPTIMIZER, _STATE, _MANIFEST = "model.safetensors", "optimizer.safetensors", "state.json", "MANIFEST.json"


@dataclass(frozen=True, kw_only=True)
class TrainingState:
    """Where a training stands, besides weights and optimizer."""

    format: int = FORMAT
    step: int = 0
    tokens: int = 0
    elapsed_s: float = 0.0
    learning_rate_factor: float = 1.0


def save_checkpoint(
    run: RunDirectory, model: Transformer, optimizer: torch.optim.Optimizer, state: TrainingState
) -> None:
    """Write a checkpoint for `state.step`; then keep the newest two.

    Raises:
        StorageError: the disk refuses; older checkpoints are unharmed.
    """
    final = run.checkpoint_path(state.step)
    if _damage(final) == "":
        return  # this very step is safe already
    storage.make_folder(run.checkpoints_path)
    folder = run.checkpoints_path / f".tmp-{uuid.uuid4().hex[:12]}"
    weights = {name: value.detach().to("cpu").contiguous() for name, value in saved_tensors(model).items()}
    files = {
        _MODEL: save(weights),
        _OPTIMIZER: save(optimizer_tensors(model, optimizer)),
        _STATE: json.dumps(dataclasses.asdict(state)).encode(),
    }
    manifest = {name: {"size_bytes": len(data), "sha256": _sha256(data)} for name, data in files.items()}
    try:
        storage.make_folder(folder)
        for name, data in files.items():
            storage.write_bytes(folder / name, data)
        storage.write_json(folder / _MANIFEST, {"format": FORMAT, "files": manifest})
        storage.move_folder(folder, final)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _prune(run, state.step)


@dataclass(frozen=True, kw_only=True)
class LoadedCheckpoint:
    """What was restored, and a sentence on newer checkpoints that did not verify."""

    state: TrainingState
    passed_over: str


def load_newest(run: RunDirectory, model: Transformer, optimizer: torch.optim.Optimizer) -> LoadedCheckpoint | None:
    """Restore the newest checkpoint whose manifest verifies; None if there is none at all.

    Raises:
        RunError: there are checkpoints, and each is damaged or of another model.
    """
    passed_over: list[str] = []
    for step in reversed(run.checkpoint_steps()):
        folder = run.checkpoint_path(step)
        damage = _damage(folder)
        if not damage:
            try:
                return LoadedCheckpoint(state=_restore(folder, model, optimizer), passed_over=" ".join(passed_over))
            except (SafetensorError, KeyError) as error:
                damage = f"{error}"
        passed_over.append(f"The checkpoint at step {step:,} is damaged ({damage}) and was passed over.")
    if passed_over:
        raise RunError(f"{run.path} cannot be resumed. {' '.join(passed_over)} Train it anew under another name.")
    return None


def _restore(folder: Path, model: Transformer, optimizer: torch.optim.Optimizer) -> TrainingState:
    values = storage.read_json_object(folder / _STATE)
    state = record_from_mapping(values, TrainingState, str(folder / _STATE))
    if state.format > FORMAT:
        raise RunError(f"{folder} was made by a newer version (format {state.format}). Update the program.")
    path = folder / _OPTIMIZER
    remembered = load(storage.read_bytes(path, path.stat().st_size))
    load_weights(model, folder / _MODEL)
    restore_optimizer(model, optimizer, remembered)
    return state


def _damage(folder: Path) -> str:
    """What is wrong with a checkpoint, in a few words; "" if its manifest verifies."""
    try:
        files = storage.read_json_object(folder / _MANIFEST)["files"]
        expected = {name: (files[name]["size_bytes"], files[name]["sha256"]) for name in (_MODEL, _OPTIMIZER, _STATE)}
    except FileNotFoundError:
        return "it has no manifest"
    except (RunError, KeyError, TypeError):
        return "its manifest is damaged"
    for name, (size_bytes, sha256) in expected.items():
        try:
            if (folder / name).stat().st_size != size_bytes:
                return f"{name} has another size"
            if _sha256(storage.read_bytes(folder / name, size_bytes)) != sha256:
                return f"{name} has other bytes"
        except (OSError, RunError):
            return f"{name} cannot be read"
    return ""


def _prune(run: RunDirectory, newest: int) -> None:
    """Keep the newest two up to this step. Those beyond it did not verify when the run was resumed, and must not take
    the place of sound ones."""
    steps = run.checkpoint_steps()
    kept = [step for step in steps if step <= newest][-N_KEPT:]
    for step in set(steps).difference(kept):
        shutil.rmtree(run.checkpoint_path(step), ignore_errors=True)
    for leftover in run.checkpoints_path.glob(".tmp-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
