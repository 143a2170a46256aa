"""First weights, as in GPT-2 (Radford et al. 2019): small normal numbers, smaller where the residual stream adds up.

Matrices and tables are N(0, 0.02²), biases 0, norm scales 1. The two matrices per layer that write into the
residual stream are divided by sqrt(2 L), so that its size does not grow with the number of layers.
"""

import math

import torch
from torch import nn

STANDARD_DEVIATION = 0.02
_RESIDUAL_OUTPUTS = ("attention.out.weight", "feed_forward.down.weight")


def initialize(model: nn.Module, n_layers: int, generator: torch.Generator) -> None:
    """Draw all parameters of a Transformer from `generator`, in the order of their names in the model."""
    for name, parameter in model.named_parameters():
        if name.endswith(_RESIDUAL_OUTPUTS):
            nn.init.normal_(parameter, std=STANDARD_DEVIATION / math.sqrt(2 * n_layers), generator=generator)
        elif parameter.dim() > 1:
            nn.init.normal_(parameter, std=STANDARD_DEVIATION, generator=generator)
        elif name.endswith("bias"):
            nn.init.zeros_(parameter)
        else:
            nn.init.ones_(parameter)
