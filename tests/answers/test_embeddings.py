"""What the worker answers about token vectors, of small models saved as runs at several steps."""

from pathlib import Path

import numpy as np
import pytest
import torch

from playground.answers.embeddings import find_neighbours, map_embeddings
from playground.answers.ticket import Ticket
from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.embedding_messages import DOT, FindNeighbours, MapEmbeddings
from playground.contract.errors import PlaygroundError, RunError
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import save_weights
from playground.engine.tokenizers.training import train_tokenizer

EARLY, LATE = 3, 9
TICKET = Ticket(1, lambda number, part: None)


def _save(run: RunDirectory, step: int, table: torch.Tensor | None, vocab_size: int, config: ModelConfig) -> None:
    model = Transformer(config, vocab_size, seed=step)
    if table is not None:
        with torch.no_grad():
            model.token_table.copy_(table)
    save_weights(model, run.snapshot_path(step), {})


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    """Late in the training all vectors lie on two axes: the even tokens far along one, the odd ones along another."""
    tokenizer = train_tokenizer(
        "abcdefgh xyz\n" * 30, TokenizerConfig(type="characters", vocab_size=40, byte_fallback=False), lambda _: None
    )
    config = ModelConfig(n_layers=1, n_heads=1, d_model=4, d_ff=8, n_ctx=8)
    made = RunDirectory.create(tmp_path / "run", RunConfig(model=config))
    tokenizer.save(made.tokenizer_path)
    made.snapshots_path.mkdir(exist_ok=True)
    size = tokenizer.vocab_size
    table = torch.zeros(size, 4)
    table[0::2, 2] = torch.arange(len(table[0::2])).float() + 5
    table[1::2, 1] = (torch.arange(len(table[1::2])).float() + 5) / 10
    _save(made, EARLY, None, size, config)
    _save(made, LATE, table, size, config)
    return made


def test_all_tokens_are_on_the_map_of_the_newest_axes(run: RunDirectory) -> None:
    found = map_embeddings(MapEmbeddings(run=str(run.path), step=LATE, axes_step=LATE), TICKET)
    assert (found.step, found.axes_step) == (LATE, LATE)
    assert sum(found.shares.tolist()) == pytest.approx(1.0, abs=1e-6)
    (low_x, low_y), (high_x, high_y) = found.points.min(axis=0), found.points.max(axis=0)
    assert found.frame.tolist() == [low_x, high_x, low_y, high_y]
    assert found.points[2, 0] - found.points[0, 0] == pytest.approx(1.0, abs=0.05)  # nearly along the third column


def test_an_earlier_step_lies_in_the_frame_of_the_axes_step(run: RunDirectory) -> None:
    late = map_embeddings(MapEmbeddings(run=str(run.path), step=LATE, axes_step=LATE), TICKET)
    early = map_embeddings(MapEmbeddings(run=str(run.path), step=EARLY, axes_step=LATE), TICKET)
    assert np.array_equal(early.frame, late.frame)
    assert early.points.shape == late.points.shape
    assert not np.allclose(early.points, late.points)


def test_neighbours_are_of_the_step_that_is_asked_for(run: RunDirectory) -> None:
    found = find_neighbours(FindNeighbours(run=str(run.path), step=LATE, token_id=0, measure=DOT, n_shown=3), TICKET)
    assert (found.step, found.token_id, found.measure) == (LATE, 0, DOT)
    assert all(each % 2 == 0 for each in found.ids)
    assert found.dots.tolist() == sorted(found.dots.tolist(), reverse=True)
    assert found.cosines.tolist() == pytest.approx([1, 1, 1])


def test_impossible_questions_are_told(run: RunDirectory) -> None:
    with pytest.raises(PlaygroundError, match="no token 999"):
        find_neighbours(FindNeighbours(run=str(run.path), step=LATE, token_id=999), TICKET)
    with pytest.raises(RunError, match="no snapshot at step 4"):
        map_embeddings(MapEmbeddings(run=str(run.path), step=4, axes_step=LATE), TICKET)
