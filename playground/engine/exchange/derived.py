"""Runs made from a run's model without training: adapters merged into their matrices, or weights in fewer bits."""

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import torch

from playground.contract import storage
from playground.contract.config import RunConfig, SamplingConfig, StartConfig
from playground.contract.errors import RunError
from playground.contract.model_config import DECODER
from playground.contract.run_directory import RunDirectory
from playground.engine.exchange.finished_run import write_finished_run
from playground.engine.generation.generate import generate
from playground.engine.model.lora import has_adapters, merge_adapters
from playground.engine.model.quantization import QuantizedLinear, quantized_tensors
from playground.engine.model.tensor_file import checksum_of, write_tensors
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_model, save_weights
from playground.engine.tokenizers.tokenizer import load_tokenizer
from playground.engine.training.evaluation import evaluate
from playground.engine.training.preparation import read_material

_N_TIMED, _N_ROUNDS = 96, 5


def merged_run(run: RunDirectory, step: int, to: Path) -> RunDirectory:
    """A plain model out of a run with adapters.

    Raises:
        RunError: the run has none, or cannot be read; there is a run at `to`.
        StorageError: the disk refuses.
    """
    model = load_model(run, step)
    if not has_adapters(model):
        raise RunError(f"{run.path} has no adapters to merge: it was not trained with LoRA. Choose another run.")
    merge_adapters(model)
    return _derived(run, step, to, "merged", model.n_parameters, lambda path: save_weights(model, path, {}))


def quantized_run(run: RunDirectory, step: int, bits: int, to: Path) -> RunDirectory:
    """The same model with its matrices in 8 or 4 bits; adapters are merged first.

    Raises:
        RunError: the run is quantized already, or cannot be read; there is a run at `to`.
        StorageError: the disk refuses.
    """
    model = load_model(run, step)
    if any(isinstance(module, QuantizedLinear) for module in model.modules()):
        raise RunError(f"{run.path} is quantized already. Choose the run that it was made from.")
    if has_adapters(model):
        merge_adapters(model)
    tensors, how = quantized_tensors(model, bits), f"int{bits}"
    metadata = {"quantization": how} | checksum_of(tensors)
    return _derived(run, step, to, how, model.n_parameters, lambda path: write_tensors(path, tensors, metadata))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A model beside what was made of it."""

    name: str
    size_bytes: int  # of the weights on the disk
    perplexity: float  # on the judged part of the run's validation text
    tokens_per_s: float  # written one by one; 0 for a model that does not write


def compared(runs: list[tuple[str, RunDirectory, int]], report: Callable[[str, float], None]) -> list[Comparison]:
    """Judge models of one family by the text of the first: (name, run, step) each. Speeds are medians, taken in turn.

    Args:
        report: hears the phase ("text", "tokenizer", "encoding", "judging", "timing") and how far it is, from 0 to 1,
            between batches too; may raise to give up.

    Raises:
        RunError, TextError: a run or its text cannot be read.
    """
    first = runs[0][1]
    judged = read_material(first, first.config(), report).judged
    models = [load_model(run, step) for _, run, step in runs]
    losses = []
    for index, model in enumerate(models):
        keep_going = partial(report, "judging", index / len(models))
        losses.append(evaluate(model, judged, keep_going).perplexity)
    speeds: list[list[float]] = [[] for _ in models]
    for n_rounds in range(_N_ROUNDS):
        report("timing", n_rounds / _N_ROUNDS)
        for model, found in zip(models, speeds, strict=True):
            found.append(_tokens_per_s(model))
    return [
        Comparison(name=name, size_bytes=size_of(run, step), perplexity=perplexity, tokens_per_s=median(speed))
        for (name, run, step), perplexity, speed in zip(runs, losses, speeds, strict=True)
    ]


def size_of(run: RunDirectory, step: int) -> int:
    """The bytes of a model's weights on the disk, its base's too where it has adapters."""
    return storage.size_of(run.snapshot_path(step)) + storage.size_of(run.base_path)


def _tokens_per_s(model: Transformer) -> float:
    if model.config.kind != DECODER:
        return 0.0
    sampling = SamplingConfig(temperature=0.0, max_tokens=min(_N_TIMED, model.config.n_ctx))
    with torch.inference_mode():
        began = time.perf_counter()
        n_tokens = sum(1 for _ in generate(model, [0], sampling))
        return n_tokens / (time.perf_counter() - began)


def _derived(
    run: RunDirectory, step: int, to: Path, how: str, n_parameters: int, save_snapshot: Callable[[Path], None]
) -> RunDirectory:
    config: RunConfig = run.config()
    training = dataclasses.replace(config.training, max_steps=max(step, 1))
    start = StartConfig(run=str(run.path.absolute()), step=step)
    return write_finished_run(
        to,
        dataclasses.replace(config, training=training, start=start),
        load_tokenizer(run.tokenizer_path),
        run.data_facts(),
        save_snapshot,
        step=step,
        n_parameters=n_parameters,
        happening={"kind": how, "from": str(run.path.absolute()), "from_step": step},
    )
