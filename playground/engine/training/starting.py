"""The model that a training begins with: random, or another run's; whole, frozen in part, or with adapters."""

import shutil
from pathlib import Path

import torch

from playground.contract import storage
from playground.contract.config import RunConfig
from playground.contract.errors import ConfigError, RunError
from playground.contract.fine_tuning import are_alike
from playground.contract.run_directory import RunDirectory
from playground.engine.model.attention import explicit
from playground.engine.model.lora import add_adapters, freeze, has_adapters, merge_adapters
from playground.engine.model.quantization import make_plain
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_model, load_weights, save_weights


def make_model(run: RunDirectory, config: RunConfig, vocab_size: int, device: torch.device) -> Transformer:
    """The model of a run on a device, in the state before its first step.

    A run with adapters keeps the weights that they are added to beside its snapshots, so that it stays whole when the
    run that it goes on from is gone.

    Raises:
        ConfigError: it shall be compiled and there is no compiler; or it is unlike the run that it goes on from.
        RunError: the run that it goes on from cannot be read.
    """
    model = Transformer(config.model, vocab_size, config.training.seed)
    if config.start.method == "lora":
        if not storage.exists(run.base_path):
            save_weights(_start_of(config), run.base_path, {})
        load_weights(model, run.base_path)
        add_adapters(model, config.start, torch.Generator().manual_seed(config.training.seed))
    freeze(model, config.start.frozen_layers, config.start.freeze_embeddings)
    model = model.to(device)
    if config.training.attention == "explicit":
        model.attend_with(explicit)
    if config.training.compile:
        _compile(model)
    return model


def take_over(model: Transformer, config: RunConfig) -> None:
    """Before the first step of a run that goes on from another: its weights.

    Raises:
        ConfigError: the two models are not alike.
        RunError: the other run cannot be read.
    """
    if config.start.run and config.start.method == "full":
        model.load_state_dict(_start_of(config).state_dict())


def _start_of(config: RunConfig) -> Transformer:
    start = config.start
    if not start.run:
        raise ConfigError(["start.method is 'lora', but start.run is empty. Name the run that adapters are added to."])
    base = RunDirectory(Path(start.run))
    if not base.exists():
        raise RunError(f"{start.run} holds no run, so nothing can go on from it. Check start.run in config.toml.")
    if not are_alike(base.config().model, config.model):
        raise ConfigError(
            [f"The model is unlike that of {start.run}, which it goes on from. Keep all of [model] but the dropout."]
        )
    model = load_model(base, start.step)
    if has_adapters(model):
        merge_adapters(model)
    make_plain(model)
    return model


def _compile(model: Transformer) -> None:
    if not any(shutil.which(name) for name in ("g++", "clang++", "c++", "cl")):
        raise ConfigError(
            ["training.compile is true, but no C++ compiler is there. Install g++ or clang, or set it to false."]
        )
    for stack in (model.encoder, model.decoder):
        if stack is not None:
            stack.compile()
