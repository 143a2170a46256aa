"""A small encoder after some minutes on `builtin:tales-en`: names and things that it fills in right, beside guessing.

    pytest -m benchmark -s tests/benchmarks/test_masked_words.py

One word is masked at a time, all others are there. Guessing always names the most frequent word of its class.
"""

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from playground.contract.config import RunConfig
from playground.contract.presets import preset
from playground.contract.run_directory import RunDirectory
from playground.engine.insight.blanks import logits_at_masks
from playground.engine.model.weights import load_model
from playground.engine.text import tales
from playground.engine.text.corpus import read_corpus, split_corpus
from playground.engine.tokenizers.tokenizer import Tokenizer, load_tokenizer
from playground.engine.training.trainer import train_run

pytestmark = pytest.mark.benchmark

N_WORDS = 400
CLASSES = {"names": tales._GIRLS + tales._BOYS, "things": tales._THINGS}


def test_masked_names_and_things_are_filled_in(tmp_path: Path) -> None:
    config = preset("encoder-tiny").applied_to(RunConfig())
    run = RunDirectory.create(tmp_path / "run", config)
    began = time.monotonic()
    for _ in train_run(run):
        pass
    print(f"\ntrained for {time.monotonic() - began:.0f} s")
    model, tokenizer = load_model(run, config.training.max_steps), load_tokenizer(run.tokenizer_path)
    _, validation = split_corpus(read_corpus("builtin:tales-en").text, config.data.validation_fraction)
    for name, words in CLASSES.items():
        places = _places(tokenizer, validation, words, config.model.n_ctx)
        counts = Counter(int(ids[place]) for ids, place in places)
        n_right = 0
        for ids, place in places:
            logits = logits_at_masks(model, torch.from_numpy(ids), [place], tokenizer.specials.mask_id)
            n_right += int(logits[0].argmax()) == int(ids[place])
        guessing = counts.most_common(1)[0][1] / len(places)
        print(f"{name:8} {n_right / len(places):7.1%} right, guessing {guessing:6.1%}  ({len(places)} masks)")
        assert n_right / len(places) > 0.9


def _places(tokenizer: Tokenizer, text: str, words: list[str], n_ctx: int) -> list[tuple[np.ndarray, int]]:
    """Windows of the text, each with a word of the class that stands in it more than once, as one token."""
    ids = tokenizer.encode(text).astype(np.int64)
    wanted = {int(found[0]) for word in words if len(found := tokenizer.encode(f" {word}")) == 1}
    draws = np.random.default_rng(1)
    found: list[tuple[np.ndarray, int]] = []
    while len(found) < N_WORDS:
        start = int(draws.integers(0, len(ids) - n_ctx))
        window = ids[start : start + n_ctx]
        counts = Counter(window.tolist())
        places = [place for place, id in enumerate(window.tolist()) if id in wanted and counts[id] > 1]
        if places:
            found.append((window, int(draws.choice(places))))
    return found
