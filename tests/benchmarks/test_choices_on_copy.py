"""Each norm, position, activation, optimizer and schedule learns to copy: the share of right letters after `=`.

    pytest -m benchmark -s tests/benchmarks/test_choices_on_copy.py

Judged on lines of another seed, token by token given the right ones before; all of a kind from the same seed.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from playground.contract.config import DataConfig, RunConfig, TokenizerConfig
from playground.contract.model_config import ACTIVATIONS, NORM_PLACES, NORMS, POSITIONS, ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.contract.training_config import OPTIMIZERS, SCHEDULES, TrainingConfig
from playground.engine.model.modes import evaluating
from playground.engine.model.weights import load_model
from playground.engine.text.tasks import copy_text
from playground.engine.tokenizers.tokenizer import Tokenizer, load_tokenizer
from playground.engine.training.trainer import train_run

pytestmark = pytest.mark.benchmark

OTHER_SEED, N_LINES = 99, 400
CONFIG = RunConfig(
    model=ModelConfig(n_layers=2, n_heads=4, d_model=64, d_ff=128, n_ctx=24, position="rotary"),
    tokenizer=TokenizerConfig(type="characters", vocab_size=64, byte_fallback=False),
    data=DataConfig(source="builtin:copy", examples="lines", validation_fraction=0.01),
    training=TrainingConfig(
        max_steps=1500, batch_size=64, learning_rate=4e-3, warmup_steps=100, evaluate_every=100_000,
        checkpoint_every=100_000, max_snapshots=2, sample_tokens=0, weight_decay=0.01, device="cpu",
    ),
)  # fmt: skip

# What suits each choice; the rest is the same for all.
SUITING: dict[str, dict[str, Any]] = {
    "position learned": {"training.max_steps": 2500},
    "position sinusoidal": {
        "training.optimizer": "muon", "training.learning_rate": 0.01, "training.max_steps": 2500,
    },  # with AdamW 71 % after 4,000 steps
    "position none": {"training.max_steps": 4000},
    "norm layer after": {"training.learning_rate": 2e-3, "training.max_steps": 4000},
    "norm rms after": {"training.learning_rate": 2e-3, "training.max_steps": 4000},
    "optimizer adam": {"training.weight_decay": 0.0},
    "optimizer sgd": {
        "training.learning_rate": 1.0, "training.weight_decay": 0.0, "training.max_steps": 10_000,
        "training.schedule": "warmup_stable_decay", "model.query_key_norm": True,
    },  # without the norm of queries and keys it diverges at this rate, and at 0.3 has 88 % after 5,000 steps
    "schedule constant": {"training.learning_rate": 1e-3, "training.max_steps": 3000},  # it never falls
    "optimizer muon": {"training.learning_rate": 0.01},
    "optimizer adafactor": {"training.learning_rate": 4e-3, "training.max_steps": 2500},
}  # fmt: skip

CASES: dict[str, dict[str, Any]] = {
    **{f"position {name}": {"model.position": name} for name in POSITIONS},
    **{
        f"norm {name} {place}": {"model.norm": name, "model.norm_place": place}
        for name in NORMS
        for place in NORM_PLACES
    },
    **{f"activation {name}": {"model.activation": name} for name in ACTIVATIONS},
    **{f"optimizer {name}": {"training.optimizer": name} for name in OPTIMIZERS},
    **{f"schedule {name}": {"training.schedule": name} for name in SCHEDULES},
}


@pytest.mark.parametrize("case", CASES)
def test_copying_is_learned(tmp_path: Path, case: str) -> None:
    run = RunDirectory.create(tmp_path / "run", CONFIG.with_values(CASES[case] | SUITING.get(case, {})))
    began = time.monotonic()
    for _ in train_run(run):
        pass
    share = share_of_right_letters(run)
    print(f"\n{case:28} {share:8.2%}  {time.monotonic() - began:5.1f} s")
    assert share >= 0.99 or case in EXCUSED, "it did not learn to copy"


EXCUSED = {
    "norm batch after": "the stream itself is normed by the batch, whose variance holds letters that come later",
    "norm batch before": "as above",
}
"""Choices that need not reach 99 %, and why."""


def share_of_right_letters(run: RunDirectory) -> float:
    """How many letters and line ends after `=` are the model's own choice."""
    tokenizer = load_tokenizer(run.tokenizer_path)
    lines = copy_text(OTHER_SEED).split("\n")[:N_LINES]
    model = load_model(run, run.snapshot_steps()[-1])
    n_right = n_all = 0
    with evaluating(model), torch.inference_mode():
        for line in lines:
            right, judged = _judged(model, tokenizer, line)
            n_right, n_all = n_right + right, n_all + judged
    return n_right / n_all


def _judged(model: torch.nn.Module, tokenizer: Tokenizer, line: str) -> tuple[int, int]:
    ids = torch.from_numpy(tokenizer.encode(f"\n{line}\n").astype(np.int64))
    start = len(tokenizer.encode(f"\n{line.partition('=')[0]}="))
    chosen = model(ids[None, :-1])[0].argmax(dim=-1)  # (T - 1,)
    return int((chosen[start - 1 :] == ids[start:]).sum()), len(ids) - start
