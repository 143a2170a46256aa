"""Muon: each matrix moves by its momentum made orthogonal, everything else by AdamW.

A weight that holds several matrices on top of one another (queries, keys and values; gate and up) is taken apart
first. Matrices of one shape are made orthogonal together.
"""

import math
from collections import defaultdict
from collections.abc import Mapping

import torch
from torch import Tensor, nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # Jordan 2024: steepest at 0, so that small singular values grow fast
_N_ITERATIONS = 5
_EPSILON = 1e-7
_RMS_OF_ADAMW = 0.2  # root mean square of AdamW's usual update over its rate (Liu et al. 2025, section 2.2)

Rows = Mapping[nn.Parameter, tuple[int, ...]]
"""For each weight how many rows each of its matrices has, from the top."""


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal (Jordan 2024), at a size that lets AdamW's rate be used again (Liu et al. 2025).

    Args:
        rows: the matrices to move so.
        rest: moves all others; its groups and its state are shown as if they were this optimizer's own.
    """

    def __init__(
        self, rows: Rows, rest: torch.optim.AdamW | None, *, rate: float, momentum: float, weight_decay: float
    ) -> None:
        super().__init__(list(rows), {"lr": rate, "momentum": momentum, "weight_decay": weight_decay})
        self._rows = rows
        self._rest = rest
        if rest is not None:
            rest.state = self.state
            self.param_groups.extend(rest.param_groups)

    def is_orthogonal(self, parameter: nn.Parameter) -> bool:
        """Whether this weight moves by Muon, not by AdamW."""
        return parameter in self._rows

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every parameter that has a gradient."""
        assert closure is None, "losses are computed outside"
        if self._rest is not None:
            self._rest.step()
        group = self.param_groups[0]
        moved = [parameter for parameter in group["params"] if parameter.grad is not None]
        if not moved:
            return
        updates = self._with_momentum(moved, group["momentum"])
        torch._foreach_mul_(moved, 1 - group["lr"] * group["weight_decay"])
        self._move(moved, updates, group["lr"])

    def _with_momentum(self, moved: list[nn.Parameter], momentum: float) -> list[Tensor]:
        """Nesterov's look ahead over a running mean, as in torch's Muon; its scale does not matter."""
        gradients = [parameter.grad for parameter in moved if parameter.grad is not None]
        for parameter in moved:
            if not self.state[parameter]:
                self.state[parameter]["momentum_buffer"] = torch.zeros_like(parameter)
        buffers = [self.state[parameter]["momentum_buffer"] for parameter in moved]
        torch._foreach_lerp_(buffers, gradients, 1 - momentum)
        return list(torch._foreach_lerp(gradients, buffers, momentum))

    def _move(self, moved: list[nn.Parameter], updates: list[Tensor], rate: float) -> None:
        alike: dict[torch.Size, list[tuple[Tensor, Tensor]]] = defaultdict(list)
        for parameter, update in zip(moved, updates, strict=True):
            rows = self._rows[parameter]
            parts = torch.split_with_sizes(parameter, rows), torch.split_with_sizes(update, rows)
            for matrix, direction in zip(*parts, strict=True):
                is_tall = matrix.shape[0] > matrix.shape[1]
                pair = (matrix.T, direction.T) if is_tall else (matrix, direction)
                alike[pair[0].shape].append(pair)
        for shape, pairs in alike.items():
            directions = orthogonalized(torch.stack([direction for _, direction in pairs]))
            step = rate * _RMS_OF_ADAMW * math.sqrt(max(shape))
            for (matrix, _), direction in zip(pairs, directions, strict=True):
                matrix.sub_(direction.to(matrix.dtype), alpha=step)


def orthogonalized(matrices: Tensor) -> Tensor:
    """About U V^T of each matrix U S V^T, (N, rows, columns) to the same, by the Newton-Schulz iteration.

    Five rounds of a polynomial in the singular values, which leave them between 0.7 and 1.2 wherever they were not
    tiny (Jordan 2024). bfloat16 on CUDA, where it is fast; float32 elsewhere, where it often is not.
    """
    a, b, c = _COEFFICIENTS
    x = matrices.bfloat16() if matrices.is_cuda else matrices.float()
    is_tall = x.shape[1] > x.shape[2]
    x = x.mT if is_tall else x
    x = x / x.norm(dim=(1, 2), keepdim=True).clamp_min(_EPSILON)
    for _ in range(_N_ITERATIONS):
        gram = x @ x.mT  # (N, rows, rows)
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
    return x.mT if is_tall else x
