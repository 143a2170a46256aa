"""Which device trains: the one that was asked for, or the best that there is."""

import contextlib

import torch

from playground.contract.errors import ConfigError
from playground.contract.training_config import TrainingConfig


def pick_device(training: TrainingConfig) -> torch.device:
    """The device of `training.device`; "auto" takes CUDA, then Apple's MPS, then the CPU.

    Raises:
        ConfigError: that device is not there.
    """
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if training.device == "auto":
        return torch.device(next(name for name, is_there in there.items() if is_there))
    if not there[training.device]:
        raise ConfigError([f"training.device is {training.device!r}, which this machine does not have. Choose auto."])
    return torch.device(training.device)


def precision(training: TrainingConfig, device: torch.device) -> contextlib.AbstractContextManager[object]:
    """The context of a forward pass: plain for fp32, torch's autocast for bf16."""
    if training.precision == "fp32":
        return contextlib.nullcontext()
    return torch.autocast(device.type, torch.bfloat16)
