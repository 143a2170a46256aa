"""A run as a Hugging Face folder that `transformers` reads without any code of ours.

Where no architecture of theirs can express the model, the field that stands in the way is named.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from playground.contract import storage
from playground.contract.errors import ExchangeError
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.engine.exchange.export_tokenizer import tokenizer_files
from playground.engine.exchange.families import Family, Mapped
from playground.engine.exchange.import_folder import FAMILIES
from playground.engine.model.lora import has_adapters, merge_adapters
from playground.engine.model.quantization import QuantizedLinear
from playground.engine.model.tensor_file import write_tensors
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_model
from playground.engine.tokenizers.tokenizer import load_tokenizer


@dataclass(frozen=True, kw_only=True)
class ExportReport:
    """What was written."""

    folder: Path
    family: str
    notes: tuple[str, ...]


def obstacles(config: ModelConfig) -> dict[str, list[str]]:
    """By family, the fields of a model that it cannot express; [] for one that can."""
    return {family.name: family.obstacles(config) for family in FAMILIES}


def family_for(config: ModelConfig) -> Family:
    """The family that can express a model.

    Raises:
        ExchangeError: none can; with the fields that stand in the way of the nearest one.
    """
    found = [(family, family.obstacles(config)) for family in FAMILIES]
    nearest, reasons = min(found, key=lambda pair: (_is_other_kind(pair[1]), len(pair[1])))
    if reasons:
        raise ExchangeError(
            f"No architecture of transformers is like this model. {nearest.name} is the nearest, but: "
            f"{' '.join(reasons)}"
        )
    return nearest


def _is_other_kind(reasons: list[str]) -> bool:
    return any(reason.startswith("model.kind ") for reason in reasons)


def export_folder(run: RunDirectory, step: int, folder: Path) -> ExportReport:
    """Write config.json, model.safetensors and the tokenizer's files, whole or not at all.

    Raises:
        ExchangeError: no architecture of theirs is like the model, or the folder is there already.
        RunError, TokenizerError: the run cannot be read.
        StorageError: the disk refuses.
    """
    if folder.exists() and (not folder.is_dir() or storage.names_in(folder)):
        raise ExchangeError(f"{folder} is there already and not empty. Choose another name.")
    model = load_model(run, step)
    if any(isinstance(module, QuantizedLinear) for module in model.modules()):
        raise ExchangeError(f"{run.path} is quantized. Export the run that it was made from.")
    if has_adapters(model):
        merge_adapters(model)
    family = family_for(model.config)
    tokenizer = load_tokenizer(run.tokenizer_path)
    files, values, notes = tokenizer_files(tokenizer, model.config.n_ctx)
    config = {**family.to_theirs(model.config, model.vocab_size), **values, "torch_dtype": "float32"}
    storage.make_folder(folder.parent)
    draft = folder.parent / f".tmp-{uuid.uuid4().hex[:12]}"
    try:
        storage.make_folder(draft)
        write_tensors(draft / "model.safetensors", their_tensors(model, family), {"format": "pt"})
        for name, data in files.items():
            storage.write_bytes(draft / name, data)
        storage.write_bytes(draft / "config.json", (json.dumps(config, indent=2) + "\n").encode("utf-8"))
        storage.move_folder(draft, folder)
    finally:
        storage.discard(draft)
    return ExportReport(folder=folder, family=family.name, notes=tuple(notes))


def their_tensors(model: Transformer, family: Family) -> dict[str, Tensor]:
    """A model's weights under the names and in the shapes of a family."""
    state: Mapping[str, Any] = model.state_dict()
    head = family.prefixes[0]
    found: dict[str, Tensor] = {}
    for mapped in family.mapped(model.config):
        ours = state.get(mapped.ours)
        ours = _zeros_for(mapped.ours, state, model.vocab_size) if ours is None else ours.detach().float().cpu()
        for name, tensor in zip(mapped.theirs, _parts(mapped, ours), strict=True):
            found[_full_name(name, head)] = tensor.contiguous()
    for name, shape in family.added(model.config, model.vocab_size).items():
        found[_full_name(name, head)] = torch.zeros(shape)
    return found


def _parts(mapped: Mapped, ours: Tensor) -> tuple[Tensor, ...]:
    if mapped.sizes:
        return ours.split_with_sizes(mapped.sizes)
    if mapped.row:
        return (ours[None],)
    if mapped.transposed:
        return (ours.T,)
    if mapped.n_skipped:
        return (torch.cat([ours.new_zeros(mapped.n_skipped, *ours.shape[1:]), ours]),)
    return (ours,)


def _zeros_for(name: str, state: Mapping[str, Any], vocab_size: int) -> Tensor:
    """An offset that this model does not have, as one that adds nothing."""
    assert name.endswith("bias"), f"{name} is missing"
    if name == "read_out.bias":
        return torch.zeros(vocab_size)
    return torch.zeros(state[f"{name.removesuffix('bias')}weight"].shape[0])


def _full_name(name: str, head: str) -> str:
    """Names of a head of its own have no prefix."""
    return name if name.startswith(("lm_head", "cls.", "final_logits_bias")) else f"{head}{name}"
