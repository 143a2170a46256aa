"""Batches are examples of the text, and a pure function of seed and step."""

import numpy as np
import pytest
import torch

from playground.contract.config import RunConfig
from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig
from playground.engine.model.batch import Batch
from playground.engine.training.batches import Batches, seed_of_pass
from playground.engine.training.masking import Masking
from playground.engine.training.objectives import FillMasks, NextToken
from playground.engine.training.ranks import Ranks
from playground.engine.training.rows import Lines, Windows

ALONE = Ranks()


def made(
    *, batch_size: int = 4, accumulation_steps: int = 1, seed: int = 3, ranks: Ranks = ALONE, n: int = 1000
) -> Batches:
    config = RunConfig(
        model=ModelConfig(n_ctx=8),
        training=TrainingConfig(batch_size=batch_size, accumulation_steps=accumulation_steps, seed=seed),
    )
    return Batches(NextToken(Windows(np.arange(n), 9, 8)), config, ranks)


def at_rank(batch_size: int, accumulation_steps: int, index: int, count: int) -> Batches:
    return made(
        batch_size=batch_size, accumulation_steps=accumulation_steps, ranks=Ranks(index=index, count=count)
    )  # fmt: skip


def blanks(batch_size: int, accumulation_steps: int, ranks: Ranks) -> Batches:
    """Batches of masked lines of unequal length."""
    lines = [np.arange(1, 3 + n % 5) for n in range(40)]
    masking = Masking(mask_id=9, n_random=9, fraction=0.4, is_maskable=np.arange(10) < 9)
    config = RunConfig(training=TrainingConfig(batch_size=batch_size, accumulation_steps=accumulation_steps))
    return Batches(FillMasks(Lines(lines), masking, 8), config, ranks)


def batches_of(made: Batches, step: int) -> list[Batch]:
    return [each.batch for each in made.step(step)]


def test_targets_lie_one_token_further_on() -> None:
    (batch,) = batches_of(made(), 1)
    assert batch.ids.shape == batch.targets.shape == (4, 8)
    assert torch.equal(batch.targets, batch.ids + 1)  # the text counts upwards
    assert torch.equal(batch.ids[:, 1:], batch.ids[:, :-1] + 1)
    assert batch.n_targets == 32
    assert batch.padding is None


def test_same_step_same_batch_and_other_steps_others() -> None:
    batches, again = made(), made()
    assert batches.examples(7).tolist() == again.examples(7).tolist()
    assert batches.examples(7).tolist() != batches.examples(8).tolist()
    assert batches.examples(7).tolist() != made(seed=4).examples(7).tolist()


def test_accumulation_only_cuts_the_same_step_differently() -> None:
    whole = torch.cat([batch.ids for batch in batches_of(made(batch_size=32), 5)])
    parts = [batch.ids for batch in batches_of(made(batch_size=8, accumulation_steps=4), 5)]
    assert [len(part) for part in parts] == [8, 8, 8, 8]
    assert torch.equal(torch.cat(parts), whole)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_processes_share_the_very_step_of_one(count: int) -> None:
    (whole,) = made(batch_size=24).step(5)
    for cut in ((24, 1), (8, 3)):
        parts = [part for index in range(count) for part in at_rank(*cut, index, count).step(5)]
        assert np.concatenate([part.examples for part in parts]).tolist() == whole.examples.tolist()
        assert torch.equal(torch.cat([part.batch.ids for part in parts]), whole.batch.ids)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_masks_are_the_same_however_a_step_is_cut(count: int) -> None:
    (whole,) = batches_of(blanks(12, 1, Ranks()), 2)
    ranks = [Ranks(index=index, count=count) for index in range(count)]
    parts = [batch for each in ranks for batch in batches_of(blanks(4, 3, each), 2)]
    assert [row for part in parts for row in real_rows(part)] == real_rows(whole)


def real_rows(batch: Batch) -> list[tuple[list[int], list[int]]]:
    """What is seen and what is asked for in each row, without what only fills up."""
    filling = torch.zeros_like(batch.ids, dtype=torch.bool) if batch.padding is None else batch.padding
    return [
        (ids[~filled].tolist(), targets[~filled].tolist())
        for ids, targets, filled in zip(batch.ids, batch.targets, filling, strict=True)
    ]


def test_every_window_can_be_drawn_and_none_beyond_the_end() -> None:
    batches = made(batch_size=64, n=12)  # windows begin at 0, 1, 2 or 3
    drawn = {int(index) for step in range(5) for index in batches.examples(step)}
    assert drawn == {0, 1, 2, 3}


def test_passes_have_seeds_of_their_own() -> None:
    seeds = {seed_of_pass(1, step, part) for step in range(50) for part in range(4)}
    assert len(seeds) == 200
    assert seed_of_pass(1, 2, 3) == seed_of_pass(1, 2, 3)
