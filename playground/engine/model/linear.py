"""The linear map of all layers: torch's, without its own random weights."""

from torch import nn


class Linear(nn.Linear):
    """`nn.Linear` that leaves its weights alone: they come from `initialization` or from a file.

    torch would draw them from its global generator first, which costs a second for a model of 100 million
    parameters and changes the random numbers that come after.
    """

    def reset_parameters(self) -> None:
        """Nothing: see the class."""
