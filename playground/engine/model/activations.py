"""The bends inside a feed-forward network: what makes two matrices more than one.

Knows numbers one at a time, and for SwiGLU in pairs.

Shapes: F d_ff.
"""

from torch import Tensor
from torch.nn import functional

GATED = ("swiglu",)


def bent(x: Tensor, activation: str) -> Tensor:
    """`x` through the activation of that name; the gated ones take (..., 2 F) to (..., F).

    gelu is the tanh approximation of GPT-2 and gelu_exact the integral itself (Hendrycks & Gimpel 2016); relu_squared
    is that of So et al. 2021; swiglu (Shazeer 2020) lets one half open and close the other: SiLU(gate) * value.
    """
    if activation == "gelu":
        return functional.gelu(x, approximate="tanh")
    if activation == "gelu_exact":
        return functional.gelu(x)
    if activation == "relu":
        return functional.relu(x)
    if activation == "relu_squared":
        return functional.relu(x).square()
    assert activation == "swiglu", activation
    gate, value = x.chunk(2, dim=-1)
    return functional.silu(gate) * value
