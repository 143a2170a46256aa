"""The feed-forward network: each token alone is widened, bent, and brought back to the width of the model.

Knows one token at a time; what other tokens say came in through attention.

Shapes: B batch, T position, C d_model, F d_ff.
"""

from typing import cast

from torch import Tensor, nn

from playground.contract.model_config import ModelConfig
from playground.engine.model.activations import GATED, bent
from playground.engine.model.linear import Linear


class FeedForward(nn.Module):
    """Two matrices with an activation between them (Vaswani et al. 2017, section 3.3); a gate doubles the first."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.activation = config.activation
        n_in = 2 if config.activation in GATED else 1
        self.up = Linear(config.d_model, n_in * config.d_ff, bias=config.bias)
        self.down = Linear(config.d_ff, config.d_model, bias=config.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        return cast(Tensor, self.down(bent(self.up(x), self.activation)))
