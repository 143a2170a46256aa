"""Adafactor: the size of each gradient remembered by row and column, so that the memory hardly takes any space."""

from typing import Any

import torch
from torch import Tensor

_DECAY = -0.8  # the memory of step t keeps 1 - t^-0.8 of what it had (section 7.2)
_EPSILON = 1e-30


class Adafactor(torch.optim.Optimizer):
    """Shazeer & Stern 2018, without momentum, updates clipped at a root mean square of 1.

    The rate is an absolute one as in AdamW and in the `Trainer` of `transformers`, and exactly what the schedule says.
    torch's own takes it relative to each parameter's size, and never above 1 / sqrt(step) (section 8), so that rates
    which suit other optimizers would hardly move anything.

    Args:
        groups: parameters, each group with its `weight_decay`, which is apart from the gradient as in AdamW.
    """

    def __init__(self, groups: list[dict[str, Any]], rate: float) -> None:
        super().__init__(groups, {"lr": rate, "weight_decay": 0.0})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every parameter that has a gradient."""
        assert closure is None, "losses are computed outside"
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    update = self._update(parameter, parameter.grad)
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.addcmul_(update, _clipping(update), value=-group["lr"])

    def _update(self, parameter: Tensor, gradient: Tensor) -> Tensor:
        """The gradient over its usual size (algorithms 4 and 5)."""
        state: dict[str, Tensor] = self.state[parameter]
        if not state:
            state.update(_nothing_yet(gradient))
        state["step"] += 1
        share = state["step"].item() ** _DECAY  # of the new in the memory
        square = gradient.square().add_(_EPSILON)
        if gradient.dim() < 2:
            state["variance"].lerp_(square, share)
            return gradient * state["variance"].rsqrt()
        rows = state["row_var"].lerp_(square.mean(dim=-1, keepdim=True), share)
        columns = state["col_var"].lerp_(square.mean(dim=-2, keepdim=True), share)
        return gradient * (rows / rows.mean(dim=-2, keepdim=True)).rsqrt() * columns.rsqrt()


def _nothing_yet(gradient: Tensor) -> dict[str, Tensor]:
    step = torch.zeros(())  # on the CPU, where it is read
    if gradient.dim() < 2:
        return {"step": step, "variance": torch.zeros_like(gradient)}
    *_, n_rows, n_columns = gradient.shape
    rows = gradient.new_zeros((*gradient.shape[:-2], n_rows, 1))
    columns = gradient.new_zeros((*gradient.shape[:-2], 1, n_columns))
    return {"step": step, "row_var": rows, "col_var": columns}


def _clipping(update: Tensor) -> Tensor:
    """One over the update's root mean square where that is above 1, else 1 (section 6)."""
    return update.square().mean().sqrt().clamp_min(1.0).reciprocal()


def state_keys(parameter: Tensor) -> tuple[str, ...]:
    """What Adafactor remembers of a parameter."""
    return ("step", "row_var", "col_var") if parameter.dim() > 1 else ("step", "variance")
