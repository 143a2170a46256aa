"""Weights of a Transformer in safetensors files, and the way from a run's snapshot back to a model.

A file holds each parameter once, under its name in the model, in float32 unless asked otherwise, and what batch norm
remembers. Files in float16 and bfloat16 are read too. Files are read whole: a mapped file that shrinks would take the
process down.
"""

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from playground.contract import storage
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory
from playground.engine.model.lora import add_adapters, has_adapters, is_adapter
from playground.engine.model.quantization import QuantizedLinear, quantization_of, take_quantized
from playground.engine.model.tensor_file import checksum_of, is_undamaged, write_tensors
from playground.engine.model.transformer import Transformer

_TOML_LIMIT_BYTES = 100_000
_ANY_SIZE = 1 << 62
_READABLE_TYPES = (torch.float32, torch.float16, torch.bfloat16)
_N_STEPS_NAMED = 8


def save_weights(model: Transformer, path: Path, metadata: dict[str, str], dtype: torch.dtype = torch.float32) -> None:
    """Write all parameters to `path`, whole or not at all, with `metadata` and a checksum in the file's header.

    Of a model with adapters only these are written: all else is as it was before.

    Raises:
        StorageError: the disk is full, read-only, or failing.
    """
    tensors = saved_tensors(model)
    write_tensors(path, tensors, metadata | checksum_of(tensors, dtype), dtype)


def saved_tensors(model: Transformer) -> dict[str, Tensor]:
    """What a file of this model holds, by name: everything, or the adapters if it has some."""
    quantized = {f"{name}." for name, module in model.named_modules() if isinstance(module, QuantizedLinear)}
    tensors = {name: value for name, value in model.state_dict().items() if not name.startswith(tuple(quantized))}
    return {name: value for name, value in tensors.items() if is_adapter(name)} if has_adapters(model) else tensors


def load_weights(model: Transformer, path: Path) -> None:
    """Replace all parameters of `model` by those in `path`, as float32.

    Raises:
        RunError: the file is missing, damaged, or of another model; the model is unchanged then.
    """
    tensors = _read_tensors(path)
    if quantization_of(tensors):
        tensors = take_quantized(model, tensors, str(path))
    _check_fit(model, tensors, path)
    ready = {name: value.float() for name, value in tensors.items()}
    # A model without memory of its own takes the tensors over; any other keeps its own, which an optimizer may know.
    model.load_state_dict(ready, strict=False, assign=model.device.type == "meta")


def load_model(run: RunDirectory, step: int, device: torch.device | str = "cpu") -> Transformer:
    """The model of a run as it was at `step`, ready to be asked (in evaluation mode).

    Its snapshot is read; where there is none at that step, the checkpoint.

    Raises:
        RunError: no such run, snapshot or checkpoint, or damaged ones.
        ConfigError: config.toml is damaged or from a newer version.
    """
    config = run.config().checked()
    with torch.device("meta"):  # no memory and no random numbers for weights that are replaced at once
        model = Transformer(config.model, read_vocab_size(run))
    path = _weights_at(run, step)
    if not storage.exists(path):
        raise RunError(f"{run.path} has no snapshot at step {step:,}. {_steps_there_are(run)}")
    if config.start.method == "lora":
        load_weights(model, run.base_path)
        add_adapters(model, config.start, torch.Generator())
    load_weights(model, path)
    return model.to(device).eval()


def _weights_at(run: RunDirectory, step: int) -> Path:
    snapshot = run.snapshot_path(step)
    return (
        snapshot
        if storage.exists(snapshot) or step not in run.checkpoint_steps()
        else run.checkpoint_path(step) / "model.safetensors"
    )


def read_vocab_size(run: RunDirectory) -> int:
    """How many tokens the run's tokenizer has, from tokenizer.toml; the tokenizer itself stays closed.

    Raises:
        RunError: the file is missing or damaged.
    """
    path = run.tokenizer_path / "tokenizer.toml"
    try:
        values = storage.read_toml(path, _TOML_LIMIT_BYTES)
    except FileNotFoundError:
        raise RunError(f"{run.path} has no tokenizer yet. Wait until training has begun, or train it.") from None
    vocab_size = values.get("vocab_size")
    if type(vocab_size) is not int or vocab_size < 1:
        raise RunError(
            f"{path} is damaged: vocab_size is {vocab_size!r}. Restore it from a copy, or train the run anew."
        )
    return vocab_size


def current_name(name: str) -> str:
    """The name that a parameter has now; files of version 0.1 know only one stack, and call it nothing."""
    if name.startswith(("blocks.", "final_norm.", "positions.")):
        return f"decoder.{name}"
    return "read_out.table.weight" if name == "output.weight" else name


def _read_tensors(path: Path) -> dict[str, Tensor]:
    try:
        data = storage.read_bytes(path, _ANY_SIZE)
    except FileNotFoundError:
        raise RunError(f"{path} does not exist. Choose another snapshot.") from None
    try:
        tensors = {current_name(name): value for name, value in load(data).items()}
        is_whole = is_undamaged(data)
    except (SafetensorError, KeyError, ValueError) as error:
        raise RunError(
            f"{path} is damaged or no safetensors file ({error}). Choose another snapshot, or restore it from a copy."
        ) from None
    if not is_whole:
        raise RunError(
            f"{path} is damaged: its numbers are not those that were written. Choose another snapshot, or restore it "
            "from a copy."
        )
    return tensors


def _check_fit(model: Transformer, tensors: dict[str, Tensor], path: Path) -> None:
    wanted = saved_tensors(model)
    advice = "It belongs to another model: check config.toml, or choose another run."
    if missing := sorted(wanted.keys() - tensors.keys()):
        raise RunError(f"{path} lacks {_some(missing)}. {advice}")
    if foreign := sorted(tensors.keys() - wanted.keys()):
        raise RunError(f"{path} holds {_some(foreign)}, which this model does not have. {advice}")
    for name, parameter in wanted.items():
        found = tensors[name]
        if found.shape != parameter.shape:
            raise RunError(f"{path}: {name} is {_size(found)}, but the config asks for {_size(parameter)}. {advice}")
        if found.dtype not in _READABLE_TYPES:
            kind = str(found.dtype).removeprefix("torch.")
            raise RunError(f"{path}: {name} is stored as {kind}. Use float32, float16 or bfloat16.")


def _some(names: list[str]) -> str:
    rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + rest


def _size(tensor: Tensor) -> str:
    return "×".join(str(n) for n in tensor.shape)


def _steps_there_are(run: RunDirectory) -> str:
    steps = run.snapshot_steps()
    if not steps:
        return "It has none yet: wait for the first one, or train it."
    if len(steps) <= _N_STEPS_NAMED:
        return f"Choose one of {', '.join(f'{step:,}' for step in steps)}."
    return f"Choose one of its {len(steps)} snapshots from step {steps[0]:,} to {steps[-1]:,}."
