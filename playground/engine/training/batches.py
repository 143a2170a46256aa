"""Which examples a step learns from: a pure function of (seed, step, rank).

A resumed run therefore repeats nothing and skips nothing, and accumulation only cuts the same step differently.

Shapes: B batch_size, A accumulation_steps.
"""

import numpy as np
import torch

from playground.contract.config import RunConfig
from playground.engine.model.batch import Batch
from playground.engine.training.objectives import Objective

_EXAMPLES, _NOISE = 0, 1  # streams of random numbers


class Batches:
    """Random examples of one objective."""

    def __init__(self, objective: Objective, config: RunConfig, device: torch.device, rank: int = 0) -> None:
        self._objective, self._device, self._rank = objective, device, rank
        self._batch_size = config.training.batch_size
        self._n_sequences = config.training.sequences_per_step
        self._seed = config.training.seed

    def step(self, step: int) -> list[Batch]:
        """The A micro-batches of a step, B examples each."""
        indices = self.indices(step)
        draws = self._numbers(step, _NOISE)
        parts = [slice(start, start + self._batch_size) for start in range(0, self._n_sequences, self._batch_size)]
        return [self._objective.batch(indices[part], draws, self._device) for part in parts]

    def indices(self, step: int) -> np.ndarray:
        """Which examples: (A * B,) int64."""
        return self._numbers(step, _EXAMPLES).integers(0, len(self._objective), size=self._n_sequences)

    def _numbers(self, step: int, stream: int) -> np.random.Generator:
        return np.random.Generator(np.random.Philox(key=[self._seed, self._rank], counter=[0, 0, stream, step]))


def seed_of_pass(seed: int, step: int, micro_batch: int) -> int:
    """The seed of dropout in one forward pass: no state to save, and nothing that an evaluation could disturb."""
    return int(np.random.SeedSequence([seed, step, micro_batch]).generate_state(1, np.uint64)[0] >> 1)
