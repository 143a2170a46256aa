"""Which stretches of the text a step learns from: a pure function of (seed, step, rank).

A resumed run therefore repeats nothing and skips nothing, and accumulation only cuts the same step differently.

Shapes: B batch_size, A accumulation_steps, T n_ctx.
"""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from playground.contract.config import RunConfig


class Batches:
    """Random windows over one long row of token ids."""

    def __init__(self, ids: Tensor, config: RunConfig, rank: int = 0) -> None:
        """`ids` (N,) int64 on the device that trains, N > n_ctx."""
        assert len(ids) > config.model.n_ctx, f"{len(ids)} tokens hold no window of {config.model.n_ctx} and its target"
        self._ids = ids
        self._n_ctx = config.model.n_ctx
        self._batch_size = config.training.batch_size
        self._n_sequences = config.training.sequences_per_step
        self._seed = config.training.seed
        self._rank = rank
        self._offsets = torch.arange(self._n_ctx + 1, device=ids.device)  # (T + 1,)

    def step(self, step: int) -> Iterator[tuple[Tensor, Tensor]]:
        """The A micro-batches of a step: ids (B, T), and targets (B, T) that lie one further on."""
        starts = torch.from_numpy(self.starts(step)).to(self._ids.device)  # (A * B,)
        for some in torch.split(starts, self._batch_size):
            window = self._ids[some[:, None] + self._offsets]  # (B, T + 1)
            yield window[:, :-1], window[:, 1:]

    def starts(self, step: int) -> np.ndarray:
        """Where each of the step's windows begins: (A * B,) int64."""
        bits = np.random.Philox(key=[self._seed, self._rank], counter=[0, 0, 0, step])
        return np.random.Generator(bits).integers(0, len(self._ids) - self._n_ctx, size=self._n_sequences)


def seed_of_pass(seed: int, step: int, micro_batch: int) -> int:
    """The seed of dropout in one forward pass: no state to save, and nothing that an evaluation could disturb."""
    return int(np.random.SeedSequence([seed, step, micro_batch]).generate_state(1, np.uint64)[0] >> 1)
