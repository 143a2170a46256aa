"""The full state to resume from, as a folder that is there whole or not at all.

    checkpoints/step-00001000/
      model.safetensors, optimizer.safetensors
      state.json        step, tokens, active time, learning rate factor
      MANIFEST.json     size and SHA-256 of each of them and of itself, written last

Written under another name and synced file by file, then the folder, renamed, the parent synced; only then are older
ones removed. Readers take the newest that verifies. The training waits meanwhile, so nothing changes under the writer
and no second copy of the state is made. Random states need no saving: batches and dropout are pure functions of
(seed, step).
"""

import contextlib
import dataclasses
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load

from playground.contract import storage
from playground.contract.errors import RunError, StorageError
from playground.contract.run_directory import RunDirectory, record_from_mapping
from playground.engine.model.tensor_file import tensor_parts
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_weights, saved_tensors
from playground.engine.training.manifest import FileFacts, damage_of, write_manifest
from playground.engine.training.optimizer import optimizer_tensors, restore_optimizer

FORMAT = 1
N_KEPT = 2
_MODEL, _OPTIMIZER, _STATE = "model.safetensors", "optimizer.safetensors", "state.json"
_DRAFT = ".tmp-"
_ANY_SIZE = 1 << 62
_SOUND: set[Path] = set()  # the checkpoints that this process wrote or restored


@dataclass(frozen=True, kw_only=True)
class TrainingState:
    """Where a training stands, besides weights and optimizer."""

    format: int = FORMAT
    step: int = 0
    tokens: int = 0
    elapsed_s: float = 0.0
    learning_rate_factor: float = 1.0
    max_steps: int = 0  # the run's length as it was steered to; 0 if it is that of config.toml


def save_checkpoint(
    run: RunDirectory, model: Transformer, optimizer: torch.optim.Optimizer, state: TrainingState
) -> None:
    """Write a checkpoint for `state.step`; then keep the newest two.

    Raises:
        StorageError: the disk refuses; older checkpoints are unharmed.
    """
    final = run.checkpoint_path(state.step)
    if _damage(final) == "":  # this very step is safe already, but for the name, which a failed sync may have left so
        storage.sync_folder(run.checkpoints_path)
        return
    storage.make_folder(run.checkpoints_path)
    folder = run.checkpoints_path / f"{_DRAFT}{uuid.uuid4().hex[:12]}"
    contents: dict[str, Iterable[bytes | memoryview]] = {
        _MODEL: tensor_parts(saved_tensors(model), {}),
        _OPTIMIZER: tensor_parts(optimizer_tensors(model, optimizer), {}),
        _STATE: [json.dumps(dataclasses.asdict(state)).encode()],
    }
    try:
        storage.make_folder(folder)
        write_manifest(folder, {name: _written(folder / name, parts) for name, parts in contents.items()})
        storage.move_folder(folder, final)
    except BaseException:
        storage.discard(folder)
        raise
    _SOUND.add(final.absolute())
    _prune(run, state.step)


def _written(path: Path, parts: Iterable[bytes | memoryview]) -> FileFacts:
    """Write a file; what its bytes were meant to be."""
    size, digest = 0, hashlib.sha256()

    def counted() -> Iterator[bytes | memoryview]:
        nonlocal size
        for part in parts:
            digest.update(part)
            size += len(part)
            yield part

    storage.write_parts(path, counted())
    return FileFacts(size_bytes=size, sha256=digest.hexdigest())


@dataclass(frozen=True, kw_only=True)
class LoadedCheckpoint:
    """What was restored, and a sentence on newer checkpoints that did not verify."""

    state: TrainingState
    passed_over: str


def load_newest(run: RunDirectory, model: Transformer, optimizer: torch.optim.Optimizer) -> LoadedCheckpoint | None:
    """Restore the newest checkpoint whose manifest verifies; None if there is none at all.

    Raises:
        RunError: there are checkpoints, and each is damaged, of another model, or of a newer version of the program;
            or the disk cannot tell whether there are any.
    """
    _tidy(run)
    passed_over: list[str] = []
    for step in reversed(run.named_checkpoint_steps()):
        folder = run.checkpoint_path(step)
        damage = _damage(folder)
        if not damage:
            try:
                state = _restore(folder, model, optimizer)
            except (SafetensorError, KeyError, FileNotFoundError) as error:
                damage = f"{error}"
            else:
                if not passed_over:  # a trainer that was killed may not have come to it; damaged ones may be mended
                    _prune(run, step)
                return LoadedCheckpoint(state=state, passed_over=" ".join(passed_over))
        passed_over.append(f"The checkpoint at step {step:,} is damaged ({damage}) and was passed over.")
    if passed_over:
        raise RunError(
            f"{run.path} cannot be resumed. {' '.join(passed_over)} Restore one of them from a copy, or train the run "
            "anew under another name."
        )
    return None


def load_at(run: RunDirectory, step: int, model: Transformer, optimizer: torch.optim.Optimizer) -> TrainingState:
    """Restore one checkpoint.

    Raises:
        RunError: it is damaged, gone, or of another model.
    """
    folder = run.checkpoint_path(step)
    damage = _damage(folder)
    if not damage:
        try:
            return _restore(folder, model, optimizer)
        except (SafetensorError, KeyError, FileNotFoundError) as error:
            damage = f"{error}"
    raise RunError(f"The checkpoint at step {step:,} of {run.path} is damaged ({damage}).")


def state_tensors(model: Transformer, optimizer: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
    """Every number that a checkpoint holds, by "model/name" and "optimizer/state/name"."""
    weights = {f"model/{name}": value for name, value in saved_tensors(model).items()}
    return weights | {f"optimizer/{name}": value for name, value in optimizer_tensors(model, optimizer).items()}


def tensors_at(run: RunDirectory, step: int) -> dict[str, torch.Tensor]:
    """`state_tensors` as they are on disk.

    Raises:
        RunError: the checkpoint is damaged or gone.
    """
    folder = run.checkpoint_path(step)
    if damage := _damage(folder):
        raise RunError(f"The checkpoint at step {step:,} of {run.path} is damaged ({damage}).")
    parts = {"model": folder / _MODEL, "optimizer": folder / _OPTIMIZER}
    return {
        f"{part}/{name}": value
        for part, path in parts.items()
        for name, value in load(storage.read_bytes(path, _ANY_SIZE)).items()
    }


def _tidy(run: RunDirectory) -> None:
    """Undo what a killed trainer had begun: half a checkpoint goes; a whole one, whose name another was to take, gets
    it back.

    Raises:
        RunError, StorageError: the disk is failing.
    """
    names = storage.names_in(run.checkpoints_path)
    for name in names:
        former = name.removeprefix(storage.FORMER)
        if name.startswith(_DRAFT):
            storage.discard(run.checkpoints_path / name)
        elif former != name and former not in names:
            storage.move_folder(run.checkpoints_path / name, run.checkpoints_path / former)


def _restore(folder: Path, model: Transformer, optimizer: torch.optim.Optimizer) -> TrainingState:
    values = storage.read_json_object(folder / _STATE)
    state = record_from_mapping(values, TrainingState, str(folder / _STATE))
    if state.format > FORMAT:
        raise RunError(f"{folder} was made by a newer version (format {state.format}). Update the program.")
    remembered = load(storage.read_bytes(folder / _OPTIMIZER, _ANY_SIZE))
    load_weights(model, folder / _MODEL)
    restore_optimizer(model, optimizer, remembered)
    _SOUND.add(folder.absolute())
    return state


def _damage(folder: Path) -> str:
    return damage_of(folder, needed=(_MODEL, _OPTIMIZER, _STATE))


def _is_sound(folder: Path) -> bool:
    """Whether a checkpoint verifies; one that this process wrote or restored is not read again."""
    return folder.absolute() in _SOUND or _damage(folder) == ""


def _prune(run: RunDirectory, newest: int) -> None:
    """Keep this step and the newest sound one before it. Those beyond did not verify when the run was resumed, and
    must not take the place of sound ones. A disk that refuses is let be: one too many does no harm."""
    with contextlib.suppress(RunError, StorageError):
        others = [step for step in reversed(run.named_checkpoint_steps()) if step != newest]
        before = [step for step in others if step < newest]
        kept = next((step for step in before if _is_sound(run.checkpoint_path(step))), None)
        for step in others:
            if step != kept:
                _remove(run, run.checkpoint_path(step))
        for name in storage.names_in(run.checkpoints_path):
            if name.startswith((_DRAFT, storage.FORMER)):
                storage.remove_tree(run.checkpoints_path / name)


def _remove(run: RunDirectory, folder: Path) -> None:
    """Take its name first: half a checkpoint never bears one."""
    _SOUND.discard(folder.absolute())
    gone = run.checkpoints_path / f"{_DRAFT}{uuid.uuid4().hex[:12]}"
    storage.move_folder(folder, gone)
    storage.remove_tree(gone)
