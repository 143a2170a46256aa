"""The feed-forward network: each token alone is widened, bent, and brought back to the width of the model.

Knows one token at a time; what other tokens say came in through attention.

Shapes: B batch, T position, C d_model, F d_ff.
"""

from typing import cast

from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig
from playground.engine.model.linear import Linear


class FeedForward(nn.Module):
    """Two matrices with an activation between them (Vaswani et al. 2017, section 3.3).

    GELU is the tanh approximation of GPT-2 (Hendrycks & Gimpel 2016). SwiGLU (Shazeer 2020) lets one half of
    a doubled first matrix open and close the other: SiLU(gate) * value.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.activation = config.activation
        n_in = 2 if config.activation == "swiglu" else 1
        self.up = Linear(config.d_model, n_in * config.d_ff, bias=config.bias)
        self.down = Linear(config.d_ff, config.d_model, bias=config.bias)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, C) to (B, T, C)."""
        return cast(Tensor, self.down(self._bend(self.up(x))))

    def _bend(self, x: Tensor) -> Tensor:
        if self.activation == "gelu":
            return functional.gelu(x, approximate="tanh")  # (B, T, F)
        if self.activation == "relu":
            return functional.relu(x)  # (B, T, F)
        gate, value = x.chunk(2, dim=-1)  # each (B, T, F)
        return functional.silu(gate) * value
