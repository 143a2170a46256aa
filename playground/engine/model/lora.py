"""LoRA: beside a matrix that stays as it is, two thin ones learn what to add (Hu et al. 2021).

    y = W x + b + (alpha / rank) * B A x

A begins at random and B at zero, so that nothing is added before the first step.

Shapes: C inputs of a matrix, F outputs, R rank.
"""

import math
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.config import StartConfig
from playground.engine.model.linear import Linear
from playground.engine.model.stack import Stack
from playground.engine.model.transformer import Transformer

_TARGETS = {
    "attention": (".qkv", ".out"),
    "feed_forward": (".up", ".down"),
    "all": (".qkv", ".out", ".up", ".down"),
}
_A, _B = "lora_a", "lora_b"


class LoraLinear(nn.Module):
    """A linear map and its adapter; the map itself no longer learns."""

    def __init__(self, base: Linear, start: StartConfig, generator: torch.Generator) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.scale = start.lora_alpha / start.lora_rank
        self.dropout = start.lora_dropout
        self.lora_a = nn.Parameter(torch.empty(start.lora_rank, base.in_features))  # (R, C)
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, start.lora_rank))  # (F, R)
        bound = 1.0 / math.sqrt(base.in_features)  # as a plain linear map begins (He et al. 2015)
        nn.init.uniform_(self.lora_a, -bound, bound, generator=generator)

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) to (..., F)."""
        return cast(Tensor, self.base(x)) + self._added(x, self.lora_b)

    def part(self, x: Tensor, start: int, stop: int) -> Tensor:
        """Only the outputs from `start` to `stop`."""
        return self.base.part(x, start, stop) + self._added(x, self.lora_b[start:stop])

    def merged(self) -> Linear:
        """One plain map that does the same."""
        with torch.no_grad():
            self.base.weight += self.scale * self.lora_b @ self.lora_a
        return self.base.requires_grad_(True)

    def _added(self, x: Tensor, rows: Tensor) -> Tensor:
        if self.training and self.dropout:
            x = functional.dropout(x, self.dropout)
        return self.scale * functional.linear(functional.linear(x, self.lora_a), rows)


def add_adapters(model: Transformer, start: StartConfig, generator: torch.Generator) -> None:
    """Give the matrices that `start` names an adapter each, and let nothing else learn."""
    model.requires_grad_(False)
    for name, module in list(model.named_modules()):
        if isinstance(module, Linear) and ".blocks." in name and name.endswith(_TARGETS[start.lora_targets]):
            _replace(model, name, LoraLinear(module, start, generator))


def merge_adapters(model: Transformer) -> None:
    """Turn the adapters into a part of their matrices: a plain model again, of which everything may learn."""
    for name, module in list(model.named_modules()):
        if isinstance(module, LoraLinear):
            _replace(model, name, module.merged())
    model.requires_grad_(True)


def has_adapters(model: nn.Module) -> bool:
    """Whether any matrix has one."""
    return any(isinstance(module, LoraLinear) for module in model.modules())


def is_adapter(name: str) -> bool:
    """Whether a parameter of that name belongs to an adapter."""
    return name.endswith((_A, _B))


def freeze(model: Transformer, n_layers: int, embeddings: bool) -> None:
    """Let the lowest `n_layers` no longer learn, the encoder's first, nor token and position tables if asked."""
    blocks = [block for stack in (model.encoder, model.decoder) if stack is not None for block in stack.blocks]
    for block in blocks[:n_layers]:
        block.requires_grad_(False)
    if embeddings:
        model.token_table.requires_grad_(False)
        for stack in (model.encoder, model.decoder):
            if isinstance(stack, Stack) and stack.positions is not None:
                stack.positions.requires_grad_(False)


def n_trained(model: nn.Module) -> int:
    """How many numbers training changes."""
    return sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)


def _replace(model: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, child = name.rpartition(".")
    setattr(model.get_submodule(parent), child, module)
