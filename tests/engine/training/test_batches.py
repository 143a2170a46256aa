"""Batches are examples of the text, and a pure function of seed and step."""

import numpy as np
import torch

from playground.contract.config import RunConfig
from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig
from playground.engine.training.batches import Batches, seed_of_pass
from playground.engine.training.objectives import NextToken
from playground.engine.training.rows import Windows

CPU = torch.device("cpu")


def made(*, batch_size: int = 4, accumulation_steps: int = 1, seed: int = 3, rank: int = 0, n: int = 1000) -> Batches:
    config = RunConfig(
        model=ModelConfig(n_ctx=8),
        training=TrainingConfig(batch_size=batch_size, accumulation_steps=accumulation_steps, seed=seed),
    )
    return Batches(NextToken(Windows(np.arange(n), 9, 8)), config, CPU, rank)


def test_targets_lie_one_token_further_on() -> None:
    (batch,) = made().step(1)
    assert batch.ids.shape == batch.targets.shape == (4, 8)
    assert torch.equal(batch.targets, batch.ids + 1)  # the text counts upwards
    assert torch.equal(batch.ids[:, 1:], batch.ids[:, :-1] + 1)
    assert batch.n_targets == 32
    assert batch.padding is None


def test_same_step_same_batch_and_other_steps_others() -> None:
    batches, again = made(), made()
    assert batches.indices(7).tolist() == again.indices(7).tolist()
    assert batches.indices(7).tolist() != batches.indices(8).tolist()
    assert batches.indices(7).tolist() != made(seed=4).indices(7).tolist()
    assert batches.indices(7).tolist() != made(rank=1).indices(7).tolist()


def test_accumulation_only_cuts_the_same_step_differently() -> None:
    whole = torch.cat([batch.ids for batch in made(batch_size=32).step(5)])
    parts = [batch.ids for batch in made(batch_size=8, accumulation_steps=4).step(5)]
    assert [len(part) for part in parts] == [8, 8, 8, 8]
    assert torch.equal(torch.cat(parts), whole)


def test_every_window_can_be_drawn_and_none_beyond_the_end() -> None:
    batches = made(batch_size=64, n=12)  # windows begin at 0, 1, 2 or 3
    drawn = {int(index) for step in range(5) for index in batches.indices(step)}
    assert drawn == {0, 1, 2, 3}


def test_passes_have_seeds_of_their_own() -> None:
    seeds = {seed_of_pass(1, step, part) for step in range(50) for part in range(4)}
    assert len(seeds) == 200
    assert seed_of_pass(1, 2, 3) == seed_of_pass(1, 2, 3)
