"""Norms: keep the numbers of each token at a steady length before or after attention and feed-forward.

Layer norm and RMS norm look at one vector at a time; batch norm looks at all of a batch.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig

_MEMORY = 0.1  # share of each new batch in what batch norm remembers, as in torch


class BatchNorm(nn.Module):
    """Batch norm (Ioffe & Szegedy 2015) over all positions of all sequences: (B, T, C) to (B, T, C).

    While training each number is brought to mean 0 and variance 1 over the batch, in use by what it remembers of
    the training. A token so sees all others of its batch, later ones too, and padding counts as tokens.
    """

    running_mean: Tensor
    running_var: Tensor

    def __init__(self, d_model: int, epsilon: float, bias: bool) -> None:
        super().__init__()
        self.epsilon = epsilon
        self.weight = nn.Parameter(torch.ones(d_model))
        self.bias = nn.Parameter(torch.zeros(d_model)) if bias else None
        self.register_buffer("running_mean", torch.zeros(d_model))
        self.register_buffer("running_var", torch.ones(d_model))

    def forward(self, x: Tensor) -> Tensor:
        flat = x.flatten(0, -2)  # (B * T, C)
        if self.training and len(flat) < 2:
            raise AssertionError("batch norm needs two tokens to train on")
        normed = functional.batch_norm(
            flat, self.running_mean, self.running_var, self.weight, self.bias, self.training, _MEMORY, self.epsilon
        )
        return normed.view_as(x)


def make_norm(config: ModelConfig) -> nn.Module:
    """The norm that `config` names, over the last axis: (..., C) to (..., C).

    Layer norm (Ba et al. 2016) subtracts the mean, divides by the standard deviation, scales, and shifts if the
    model has biases. RMS norm (Zhang & Sennrich 2019) divides by the root mean square and scales.
    """
    if config.norm == "rms":
        return nn.RMSNorm(config.d_model, eps=config.norm_epsilon)
    if config.norm == "batch":
        return BatchNorm(config.d_model, config.norm_epsilon, config.bias)
    return nn.LayerNorm(config.d_model, eps=config.norm_epsilon, bias=config.bias)
