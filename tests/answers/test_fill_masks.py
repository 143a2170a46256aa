"""Guesses for masked tokens against the model asked by hand, in the frame that the model was trained with."""

from pathlib import Path

import numpy as np
import pytest
import torch

from playground.answers.models import model_at
from playground.answers.ticket import Ticket
from playground.answers.writing import fill_masks
from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.errors import PlaygroundError, TextError
from playground.contract.messages import FillMasks
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import save_weights
from playground.engine.tokenizers.training import train_tokenizer

TEXT = "abc cab"
TICKET = Ticket(1, lambda number, part: None)


def made(folder: Path, kind: str = "encoder") -> str:
    """A run with random weights that have an opinion."""
    config = TokenizerConfig(type="characters", vocab_size=40, byte_fallback=False)
    tokenizer = train_tokenizer("abc cab\n" * 30, config, lambda _: None).with_mask()
    model_config = ModelConfig(kind=kind, n_layers=2, n_heads=2, d_model=16, d_ff=24, n_ctx=8)
    run = RunDirectory.create(folder / "run", RunConfig(model=model_config))
    tokenizer.save(run.tokenizer_path)
    model = Transformer(model_config, tokenizer.vocab_size, seed=5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(6)
    run.snapshots_path.mkdir()
    save_weights(model, run.snapshot_path(3), {})
    return str(run.path)


def test_guesses_are_the_softmax_of_the_model_at_the_masks(tmp_path: Path) -> None:
    run = made(tmp_path)
    found = fill_masks(FillMasks(run=run, step=3, text=TEXT, masked=[5, 1], chosen=5), TICKET)
    model, tokenizer = model_at(run, 3)
    ids = torch.from_numpy(tokenizer.encode(TEXT)).long()
    seen = ids.clone()
    seen[[1, 5]] = tokenizer.specials.mask_id
    with torch.no_grad():
        logits = model(seen[None])[0, [1, 5]].double().numpy()
    by_hand = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert found.masked == [1, 5]
    assert found.guessed_ids.tolist() == by_hand.argmax(axis=1).tolist()
    assert found.probabilities == pytest.approx(by_hand.max(axis=1), abs=1e-5)
    assert found.true_probabilities == pytest.approx([by_hand[0, ids[1]], by_hand[1, ids[5]]], abs=1e-5)
    assert found.chosen_index == 5
    assert found.chosen.ids[0] == by_hand[1].argmax()
    assert found.chosen.before[0] == pytest.approx(by_hand[1].max(), abs=1e-5)


def test_of_a_long_text_the_end_is_read_and_places_count_from_there(tmp_path: Path) -> None:
    found = fill_masks(FillMasks(run=made(tmp_path), step=3, text="abc cabcab", masked=[0, 9], chosen=9), TICKET)
    assert found.n_dropped == 2
    assert found.masked == [7]
    assert found.chosen_index == 7


def test_without_masks_there_are_no_guesses(tmp_path: Path) -> None:
    found = fill_masks(FillMasks(run=made(tmp_path), step=3, text=TEXT, masked=[]), TICKET)
    assert (found.masked, found.guesses, found.chosen_index) == ([], [], -1)
    assert len(found.tokens.ids) == len(TEXT)


def test_what_cannot_be_filled_in_is_told(tmp_path: Path) -> None:
    run = made(tmp_path)
    with pytest.raises(TextError, match="no text"):
        fill_masks(FillMasks(run=run, step=3, text="", masked=[]), TICKET)
    with pytest.raises(PlaygroundError, match="the text does not have"):
        fill_masks(FillMasks(run=run, step=3, text=TEXT, masked=[99]), TICKET)
    with pytest.raises(PlaygroundError, match="Only an encoder"):
        fill_masks(FillMasks(run=made(tmp_path / "other", "decoder"), step=3, text=TEXT, masked=[1]), TICKET)
