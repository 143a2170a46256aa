"""Which examples a step learns from: a pure function of (seed, step).

A resumed run therefore repeats nothing and skips nothing; accumulation and several processes only cut the same step
differently.

Shapes: B batch_size, A accumulation_steps.
"""

from dataclasses import dataclass

import numpy as np

from playground.contract.config import RunConfig
from playground.engine.model.batch import Batch
from playground.engine.training.objectives import Objective
from playground.engine.training.ranks import Ranks

_EXAMPLES, _NOISE = 0, 1  # streams of random numbers


@dataclass(frozen=True, kw_only=True)
class MicroBatch:
    """What one forward pass of a step reads."""

    index: int  # among those of the whole step
    examples: np.ndarray  # (at most B,) int64: which examples
    batch: Batch


class Batches:
    """Random examples of one objective; of each step the part that is this process's."""

    def __init__(self, objective: Objective, config: RunConfig, ranks: Ranks) -> None:
        self._objective, self._ranks = objective, ranks
        self._batch_size = config.training.batch_size
        self._n_sequences = config.training.sequences_per_step
        self._seed = config.training.seed

    def step(self, step: int) -> list[MicroBatch]:
        """The micro-batches of a step, at most B examples each."""
        share, size = self._ranks.share(self._n_sequences), self._batch_size
        examples = self.examples(step)[share.start : share.stop]
        draws = self._numbers(step, _NOISE)
        draws.random(share.start * self._objective.n_draws)  # those of the processes before this one
        first = -(-share.start // size)
        return [
            MicroBatch(index=first + index, examples=part, batch=self._objective.batch(part, draws, self._ranks.device))
            for index, part in enumerate(np.split(examples, range(size, len(examples), size)))
        ]

    def examples(self, step: int) -> np.ndarray:
        """Which examples all processes together see: (A * B,) int64."""
        return self._numbers(step, _EXAMPLES).integers(0, len(self._objective), size=self._n_sequences)

    def _numbers(self, step: int, stream: int) -> np.random.Generator:
        return np.random.Generator(np.random.Philox(key=[self._seed, 0], counter=[0, 0, stream, step]))


def seed_of_pass(seed: int, step: int, micro_batch: int) -> int:
    """The seed of dropout in one forward pass: no state to save, and nothing that an evaluation could disturb."""
    return int(np.random.SeedSequence([seed, step, micro_batch]).generate_state(1, np.uint64)[0] >> 1)
