"""The linear map of all layers: torch's, without its own random weights."""

from torch import Tensor, nn
from torch.nn import functional


class Linear(nn.Linear):
    """`nn.Linear` that leaves its weights alone: they come from `initialization` or from a file.

    torch would draw them from its global generator first, which costs a second for a model of 100 million
    parameters and changes the random numbers that come after.
    """

    def reset_parameters(self) -> None:
        """Nothing: see the class."""

    def part(self, x: Tensor, start: int, stop: int) -> Tensor:
        """Only the outputs from `start` to `stop`: (..., C) to (..., stop - start)."""
        bias = self.bias[start:stop] if self.bias is not None else None
        return functional.linear(x, self.weight[start:stop], bias)
