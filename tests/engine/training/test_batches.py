"""Batches are windows of the text, and a pure function of seed and step."""

import torch

from playground.contract.config import RunConfig
from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig
from playground.engine.training.batches import Batches, seed_of_pass


def made(*, batch_size: int = 4, accumulation_steps: int = 1, seed: int = 3, rank: int = 0) -> Batches:
    config = RunConfig(
        model=ModelConfig(n_ctx=8),
        training=TrainingConfig(batch_size=batch_size, accumulation_steps=accumulation_steps, seed=seed),
    )
    return Batches(torch.arange(1000), config, rank)


def test_targets_lie_one_token_further_on() -> None:
    ((ids, targets),) = made().step(1)
    assert ids.shape == targets.shape == (4, 8)
    assert torch.equal(targets, ids + 1)  # the text counts upwards
    assert torch.equal(ids[:, 1:], ids[:, :-1] + 1)


def test_same_step_same_batch_and_other_steps_others() -> None:
    batches, again = made(), made()
    assert batches.starts(7).tolist() == again.starts(7).tolist()
    assert batches.starts(7).tolist() != batches.starts(8).tolist()
    assert batches.starts(7).tolist() != made(seed=4).starts(7).tolist()
    assert batches.starts(7).tolist() != made(rank=1).starts(7).tolist()


def test_accumulation_only_cuts_the_same_step_differently() -> None:
    whole = torch.cat([ids for ids, _ in made(batch_size=32).step(5)])
    parts = [ids for ids, _ in made(batch_size=8, accumulation_steps=4).step(5)]
    assert [len(part) for part in parts] == [8, 8, 8, 8]
    assert torch.equal(torch.cat(parts), whole)


def test_every_window_can_be_drawn_and_none_beyond_the_end() -> None:
    config = RunConfig(model=ModelConfig(n_ctx=8), training=TrainingConfig(batch_size=64))
    batches = Batches(torch.arange(12), config)  # windows begin at 0, 1, 2 or 3
    drawn = {int(start) for step in range(5) for start in batches.starts(step)}
    assert drawn == {0, 1, 2, 3}


def test_passes_have_seeds_of_their_own() -> None:
    seeds = {seed_of_pass(1, step, part) for step in range(50) for part in range(4)}
    assert len(seeds) == 200
    assert seed_of_pass(1, 2, 3) == seed_of_pass(1, 2, 3)
