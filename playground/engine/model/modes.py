"""Asking a model for answers instead of training it: dropout off for a while, and no answer from a broken one."""

import contextlib
import math
from collections.abc import Iterator

from torch import nn

from playground.contract.errors import RunError


@contextlib.contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Hold the model in evaluation mode while the block runs."""
    was_training = model.training
    if was_training:
        model.eval()
    try:
        yield
    finally:
        if was_training:
            model.train()


def check_number(value: float) -> None:
    """Let a result of the model pass only if it is one.

    Raises:
        RunError: it is not a number, because training has diverged.
    """
    if math.isnan(value):
        raise RunError(
            "The model's output is not a number: its training has diverged. "
            "Choose an earlier snapshot, or train again with a lower learning rate."
        )
