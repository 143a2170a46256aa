"""First weights, as in GPT-2 (Radford et al. 2019): small normal numbers, smaller where the residual stream adds up.

Matrices and tables are N(0, 0.02²), biases 0, norm scales 1. The matrices of a layer that write into the residual
stream are divided by sqrt(2 L), so that its size does not grow with the number of layers. Where sines tell the
positions, tokens begin as large as these: N(0, 1/C), times sqrt(C) when they are read (Vaswani et al. 2017).
"""

import math

import torch
from torch import nn

from playground.contract.model_config import ModelConfig

STANDARD_DEVIATION = 0.02
_RESIDUAL_OUTPUTS = ("attention.out.weight", "feed_forward.down.weight")


def initialize(model: nn.Module, config: ModelConfig, generator: torch.Generator) -> None:
    """Draw all parameters of a Transformer from `generator`, in the order of their names in the model."""
    n_layers = {"encoder": config.encoder_layers, "decoder": config.decoder_layers}
    for name, parameter in model.named_parameters():
        if name.endswith(_RESIDUAL_OUTPUTS):
            deviation = STANDARD_DEVIATION / math.sqrt(2 * n_layers[name.partition(".")[0]])
            nn.init.normal_(parameter, std=deviation, generator=generator)
        elif name == "token_table" and config.position == "sinusoidal":
            nn.init.normal_(parameter, std=config.d_model**-0.5, generator=generator)
        elif parameter.dim() > 1:
            nn.init.normal_(parameter, std=STANDARD_DEVIATION, generator=generator)
        elif name.endswith("bias"):
            nn.init.zeros_(parameter)
        else:
            nn.init.ones_(parameter)
