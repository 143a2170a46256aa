"""Every optimizer on the same small model and text, in turns: time of a step against AdamW's, and the loss reached.

All take each step one after another, so that whatever else the machine does hits all; medians are compared.
Run by hand, five minutes: `python -m pytest -m benchmark tests/benchmarks/test_optimizers.py`.
"""

import statistics
import time
from dataclasses import dataclass, field

import pytest
import torch

from playground.contract.presets import preset
from playground.contract.schedule import learning_rate
from playground.contract.training_config import OPTIMIZERS, TrainingConfig
from playground.engine.model.transformer import Transformer
from playground.engine.text.tales import tales_en
from playground.engine.training.optimizer import clip_gradients, make_optimizer, set_learning_rate

N_STEPS = 300
BATCH_SIZE = 16
N_JUDGED = 256  # sequences
# The best of a few tries for each, factors of two or three apart: what 1e-3 means differs from rule to rule.
RATES = {"adamw": 4e-3, "adam": 4e-3, "sgd": 0.1, "muon": 1e-2, "adafactor": 2e-3}

pytestmark = pytest.mark.benchmark


@dataclass
class Contestant:
    training: TrainingConfig
    model: Transformer
    optimizer: torch.optim.Optimizer
    step_s: list[float] = field(default_factory=list)
    update_s: list[float] = field(default_factory=list)

    def learn(self, step: int, ids: torch.Tensor) -> None:
        began = time.perf_counter()
        self.optimizer.zero_grad(set_to_none=True)
        self.model.loss(ids[:, :-1], ids[:, 1:]).backward()
        clip_gradients(list(self.model.parameters()), self.training.gradient_clip)
        set_learning_rate(self.optimizer, learning_rate(step, self.training))
        updating = time.perf_counter()
        self.optimizer.step()
        done = time.perf_counter()
        self.step_s.append(done - began)
        self.update_s.append(done - updating)

    @torch.inference_mode()
    def loss(self, ids: torch.Tensor) -> float:
        return self.model.loss(ids[:, :-1], ids[:, 1:]).item()


def _contestant(name: str, rate: float, vocab_size: int) -> Contestant:
    training = TrainingConfig(
        optimizer=name, learning_rate=rate, max_steps=N_STEPS, batch_size=BATCH_SIZE, warmup_steps=20,
        weight_decay=1e-4 if name in ("adam", "sgd") else 0.1,  # in the gradient, a tenth would be far too much
    )  # fmt: skip
    model = Transformer(preset("nanogpt-cpu").model, vocab_size)
    return Contestant(training, model, make_optimizer(model, training))


def _examples(ids: torch.Tensor, n: int, n_ctx: int, generator: torch.Generator) -> torch.Tensor:
    starts = torch.randint(len(ids) - n_ctx, (n, 1), generator=generator)
    return ids[starts + torch.arange(n_ctx + 1)]


def _characters() -> tuple[torch.Tensor, int]:
    text = tales_en(0)
    known = sorted(set(text))
    numbers = {character: number for number, character in enumerate(known)}
    return torch.tensor([numbers[character] for character in text]), len(known)


def test_optimizers_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    torch.set_num_threads(2)
    ids, vocab_size = _characters()
    n_ctx = preset("nanogpt-cpu").model.n_ctx
    cut = len(ids) * 9 // 10
    contestants = {name: _contestant(name, RATES[name], vocab_size) for name in OPTIMIZERS}
    generator = torch.Generator().manual_seed(0)
    judged = _examples(ids[cut:], N_JUDGED, n_ctx, generator)
    start = contestants["adamw"].loss(judged)
    for step in range(1, N_STEPS + 1):
        examples = _examples(ids[:cut], BATCH_SIZE, n_ctx, generator)
        for contestant in contestants.values():
            contestant.learn(step, examples)
    losses = {name: contestant.loss(judged) for name, contestant in contestants.items()}
    usual = statistics.median(contestants["adamw"].step_s)
    with capsys.disabled():
        print(f"\n{len(ids):,} characters, {N_STEPS} steps of {BATCH_SIZE} x {n_ctx}; loss at the start {start:.3f}")
        for name, contestant in contestants.items():
            step_s, update_s = statistics.median(contestant.step_s), statistics.median(contestant.update_s)
            print(
                f"{name:10} rate {RATES[name]:<6g} {step_s * 1e3:6.1f} ms a step, {step_s / usual:.2f} of adamw's "
                f"(update {update_s * 1e3:5.1f} ms)  loss {losses[name]:.3f}"
            )
    assert all(loss < start - 1 for loss in losses.values())
    assert losses["muon"] < losses["adamw"] + 0.02
