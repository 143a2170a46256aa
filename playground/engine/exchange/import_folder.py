"""A Hugging Face folder as a run: config, weights and tokenizer read as data, checked, and written our way.

Which architectures there are is the families' affair; which files may be read, that of `foreign_files`.
"""

import hashlib
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import torch
from torch import Tensor

from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.errors import ExchangeError
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import DataFacts, RunDirectory
from playground.engine.exchange.bart import BART
from playground.engine.exchange.bert import BERT
from playground.engine.exchange.families import Family, Mapped
from playground.engine.exchange.finished_run import write_finished_run
from playground.engine.exchange.foreign_files import read_json
from playground.engine.exchange.foreign_weights import ForeignWeights
from playground.engine.exchange.gpt2 import GPT2
from playground.engine.exchange.llama import LLAMA
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import save_weights

FAMILIES: tuple[Family, ...] = (GPT2, LLAMA, BERT, BART)

_LARGEST_VOCABULARY = 1_000_000
_FLOAT_BYTES = 4
_SPARE_BYTES = 256 << 20
_CODE_KEYS = ("auto_map", "custom_pipelines", "_attn_implementation_internal", "trust_remote_code")
_USUAL = """
architectures model_type torch_dtype dtype transformers_version bos_token_id eos_token_id pad_token_id
cls_token_id sep_token_id mask_token_id decoder_start_token_id return_dict output_attentions
output_hidden_states task_specific_params id2label label2id problem_type is_encoder_decoder is_decoder
_name_or_path chunk_size_feed_forward cross_attention_hidden_size num_labels prefix
"""
_USUAL_KEYS = frozenset(_USUAL.split())


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of a folder."""

    run: RunDirectory
    family: str
    config: ModelConfig
    n_parameters: int
    notes: tuple[str, ...]  # what is not quite as it was, in sentences


@dataclass(frozen=True, kw_only=True)
class ForeignModel:
    """A folder's model in memory."""

    family: Family
    model: Transformer
    notes: tuple[str, ...]
    sha256: str  # of all weights in the order of their names


def import_folder(folder: Path, run_path: Path, origin: str = "") -> ImportReport:
    """Make a run of a folder that `save_pretrained` wrote: GPT-2, Llama, Mistral, Qwen2, BERT or BART.

    Args:
        origin: where the folder is from, if it is not to stay.

    Raises:
        ExchangeError: the folder is refused, with the reason.
        TokenizerError: its tokenizer is.
        RunError: there is a run at `run_path` already.
        StorageError: the disk refuses.
    """
    from playground.engine.tokenizers.importing import import_tokenizer

    foreign = read_model(folder)
    model = foreign.model
    tokenizer = import_tokenizer(folder, model.vocab_size)
    size = min(max(model.vocab_size, 16), 200_000)
    config = RunConfig(model=model.config, tokenizer=TokenizerConfig(vocab_size=size, byte_fallback=False))
    run = write_finished_run(
        run_path,
        config,
        tokenizer,
        DataFacts(),
        lambda path: save_weights(model, path, {"imported": foreign.family.name}),
        step=0,
        n_parameters=model.n_parameters,
        happening={
            "kind": "imported",
            "from": origin or str(folder.absolute()),
            "family": foreign.family.name,
            "sha256": foreign.sha256,
        },
    )
    return ImportReport(
        run=run,
        family=foreign.family.name,
        config=model.config,
        n_parameters=model.n_parameters,
        notes=foreign.notes,
    )


def read_model(folder: Path) -> ForeignModel:
    """The model of a folder, in evaluation mode on the CPU; sizes are checked before memory is taken.

    Raises:
        ExchangeError: the folder is refused, with the reason.
    """
    if not folder.is_dir():
        raise ExchangeError(f"{folder} is no folder. Choose one with config.json and safetensors files.")
    values = read_json(folder, "config.json")
    family = _family_of(values, folder)
    config = family.to_ours(values)
    if problems := config.problems():
        raise ExchangeError(f"{folder / 'config.json'} describes a model that cannot be built here: {problems[0]}")
    weights = ForeignWeights(folder)
    mapping = family.mapped(config)
    names = _bare_names(family, weights)
    vocab_size = _vocab_size(family, mapping, names, weights, values)
    with torch.device("meta"):
        model = Transformer(config, vocab_size)
    shapes = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    _check_names(family, config, mapping, shapes, names, weights)
    _check_memory(sum(value.numel() for value in model.state_dict().values()), weights)
    state, sha256 = _loaded(family, config, mapping, shapes, names, weights)
    model.load_state_dict(state, assign=True)
    notes = _notes(values, family, config)
    return ForeignModel(family=family, model=model.eval(), notes=notes, sha256=sha256)


def _family_of(values: dict[str, Any], folder: Path) -> Family:
    for key in _CODE_KEYS:
        if values.get(key):
            raise ExchangeError(
                f"{folder / 'config.json'} names code of its own ({key}), which is never run. Choose another model."
            )
    if values.get("quantization_config"):
        raise ExchangeError(f"{folder} holds quantized weights, which are not read. Choose the plain model.")
    kind = values.get("model_type")
    for family in FAMILIES:
        if kind in family.model_types:
            return family
    known = ", ".join(name for family in FAMILIES for name in family.model_types)
    raise ExchangeError(f"{folder / 'config.json'}: model_type is {str(kind)[:60]!r}. There are {known}.")


def _bare_names(family: Family, weights: ForeignWeights) -> dict[str, str]:
    """Their full names by those without the prefix that models with a head have."""
    found: dict[str, str] = {}
    for name in weights.promised:
        bare = next((name.removeprefix(prefix) for prefix in family.prefixes if name.startswith(prefix)), name)
        if bare in found:
            raise ExchangeError(f"{name[:200]!r} is in the folder twice, with and without {family.prefixes[0]!r}.")
        found[bare] = name
    return found


def _vocab_size(
    family: Family, mapping: list[Mapped], names: dict[str, str], weights: ForeignWeights, values: dict[str, Any]
) -> int:
    (table,) = next(mapped.theirs for mapped in mapping if mapped.ours == "token_table")
    if table not in names:
        raise ExchangeError(f"The folder lacks {table}, the {family.name} table of its tokens. Fetch it anew.")
    shape = weights.promised[names[table]].shape
    if len(shape) != 2 or not 1 <= shape[0] <= _LARGEST_VOCABULARY:
        raise ExchangeError(f"{names[table]} has the shape {shape}, which is no table of tokens.")
    stated = values.get("vocab_size", shape[0])
    if stated != shape[0]:
        raise ExchangeError(f"config.json: vocab_size is {stated!r:.40}, but the table has {shape[0]:,} rows.")
    return shape[0]


def _check_names(
    family: Family,
    config: ModelConfig,
    mapping: list[Mapped],
    shapes: dict[str, tuple[int, ...]],
    names: dict[str, str],
    weights: ForeignWeights,
) -> None:
    """Every tensor is there, in its shape, and no other one."""
    wanted: dict[str, tuple[int, ...]] = {}
    for mapped in mapping:
        if not (mapped.may_lack and mapped.theirs[0] not in names):
            wanted |= _their_shapes(mapped, shapes[mapped.ours])
    folded = {theirs: shapes[ours][1:] for ours, theirs in family.folded(config).items()}
    for bare in (*wanted, *folded):
        if bare not in names:
            raise ExchangeError(_lacking(family, bare))
    tables = {mapped.theirs[0] for mapped in mapping if mapped.ours.endswith("positions.table")}
    for bare, shape in wanted.items():
        found = weights.promised[names[bare]].shape
        is_longer = bare in tables and found[1:] == shape[1:] and found[0] >= shape[0]
        if found != shape and not is_longer:
            raise ExchangeError(f"{names[bare]} has the shape {found}, but its config asks for {shape}.")
    for bare, row in folded.items():
        found = weights.promised[names[bare]].shape
        if not found or found[0] < 1 or found[1:] != row:
            raise ExchangeError(f"{names[bare]} has the shape {found}, but its config asks for rows of {row}.")
    allowed = {*wanted, *folded, *family.doubles(config)}
    for bare, full in names.items():
        if bare in allowed:
            if weights.promised[full].dtype is None:
                raise ExchangeError(f"{full} holds whole numbers or truths, and not the numbers of a model.")
        elif not any(re.fullmatch(pattern, bare) for pattern in family.ignored):
            raise ExchangeError(f"The folder holds {bare[:200]!r}, which a {family.name} of its config does not have.")


def _lacking(family: Family, bare: str) -> str:
    if bare.startswith(("lm_head.", "cls.predictions.")):
        return (
            f"The folder lacks {bare}: the model was saved without the part that predicts tokens. "
            "Save it anew with that part, e.g. from AutoModelForMaskedLM or AutoModelForCausalLM."
        )
    return f"The folder lacks {bare}, which a {family.name} of its config has. Fetch it anew."


def _their_shapes(mapped: Mapped, shape: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    if mapped.sizes:
        return {name: (size, *shape[1:]) for name, size in zip(mapped.theirs, mapped.sizes, strict=True)}
    theirs = shape[::-1] if mapped.transposed else (shape[0] + mapped.n_skipped, *shape[1:])
    return {mapped.theirs[0]: (1, *theirs) if mapped.row else theirs}


def _check_memory(n_numbers: int, weights: ForeignWeights) -> None:
    needed = _FLOAT_BYTES * n_numbers + weights.largest_bytes + _SPARE_BYTES
    available = psutil.virtual_memory().available
    if needed > available:
        raise ExchangeError(
            f"The model needs {needed / 1e9:,.1f} GB of memory, and {available / 1e9:,.1f} GB are free. "
            "Choose a smaller one, or close other programs."
        )


def _loaded(
    family: Family,
    config: ModelConfig,
    mapping: list[Mapped],
    shapes: dict[str, tuple[int, ...]],
    names: dict[str, str],
    weights: ForeignWeights,
) -> tuple[dict[str, Tensor], str]:
    state = {mapped.ours: (torch.zeros if mapped.may_lack else torch.empty)(shapes[mapped.ours]) for mapped in mapping}
    places = {
        names[theirs]: (mapped, index)
        for mapped in mapping
        for index, theirs in enumerate(mapped.theirs)
        if theirs in names
    }
    doubles = {names[one]: other for one, other in family.doubles(config).items() if one in names}
    folded = {names[theirs]: ours for ours, theirs in family.folded(config).items() if theirs in names}
    kept: dict[str, Tensor] = {}
    digest = hashlib.sha256()
    for name, tensor in weights.tensors():
        if name in places:
            _place(state, *places[name], tensor)
        elif name in doubles or name in folded:
            kept[name] = tensor
    for name, ours in folded.items():
        state[ours] += kept[name][0]
    by_theirs = {mapped.theirs[0]: mapped for mapped in mapping if len(mapped.theirs) == 1}
    for name, other in doubles.items():
        mapped = by_theirs[other]
        if kept[name].shape != state[mapped.ours].shape or not torch.equal(kept[name], state[mapped.ours]):
            raise ExchangeError(f"{name} differs from {other}, which should be the same. It cannot be built here.")
    for name in sorted(state):
        if not all(map(math.isfinite, torch.stack(torch.aminmax(state[name])).tolist())):  # NaN is handed on
            raise ExchangeError(f"{name} holds numbers that are infinite or none. Fetch the folder anew.")
        digest.update(memoryview(state[name].numpy()))  # type: ignore[arg-type]
    return state, digest.hexdigest()


def _place(state: dict[str, Tensor], mapped: Mapped, index: int, tensor: Tensor) -> None:
    """Copy one tensor of theirs to where it belongs in ours."""
    target = state[mapped.ours]
    if mapped.sizes:
        start = sum(mapped.sizes[:index])
        target[start : start + mapped.sizes[index]] = tensor
        return
    tensor = tensor[0] if mapped.row else tensor.T if mapped.transposed else tensor
    target.copy_(tensor[mapped.n_skipped : mapped.n_skipped + target.shape[0]])


def _notes(values: dict[str, Any], family: Family, config: ModelConfig) -> tuple[str, ...]:
    notes = []
    stated = values.get("max_position_embeddings", values.get("n_positions", config.n_ctx))
    if isinstance(stated, int) and stated > config.n_ctx:
        notes.append(f"It can read {stated:,} tokens, and reads {config.n_ctx:,} here.")
    unknown = sorted(set(values) - family.known_keys - _USUAL_KEYS)
    if unknown:
        some = ", ".join(key[:40] for key in unknown[:8])
        notes.append(f"Not understood, and left out: {some}{' …' if len(unknown) > 8 else ''}.")
    return tuple(notes)
