"""Norms: keep each token's vector at a steady length before it enters attention or the feed-forward network.

Knows one vector at a time; tokens, heads and layers are nothing to it.
"""

from torch import nn

from playground.contract.model_config import ModelConfig

EPSILON = 1e-5  # keeps the division finite; as in GPT-2


def make_norm(config: ModelConfig) -> nn.Module:
    """The norm that `config` names, over the last axis: (..., C) to (..., C).

    Layer norm (Ba et al. 2016) subtracts the mean, divides by the standard deviation, scales, and shifts if the
    model has biases. RMS norm (Zhang & Sennrich 2019) divides by the root mean square and scales.
    """
    if config.norm == "rms":
        return nn.RMSNorm(config.d_model, eps=EPSILON)
    return nn.LayerNorm(config.d_model, eps=EPSILON, bias=config.bias)
