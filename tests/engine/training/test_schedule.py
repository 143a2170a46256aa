"""The learning rate by hand-worked values, and against torch's own schedulers."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.training_config import SCHEDULES, TrainingConfig
from playground.engine.training.schedule import learning_rate


def rates(training: TrainingConfig) -> list[float]:
    return [learning_rate(step, training) for step in range(1, training.max_steps + 1)]


def test_warmup_rises_in_equal_steps_to_the_peak() -> None:
    training = TrainingConfig(max_steps=100, warmup_steps=4, learning_rate=1.0)
    assert rates(training)[:4] == [0.25, 0.5, 0.75, 1.0]


def test_cosine_equals_torchs_annealing() -> None:
    training = TrainingConfig(max_steps=50, warmup_steps=0, learning_rate=0.3, final_learning_rate_fraction=0.1)
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.3)
    peer = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=50, eta_min=0.03)
    expected = []
    for _ in range(50):
        optimizer.step()
        peer.step()
        expected.append(peer.get_last_lr()[0])
    assert rates(training) == pytest.approx(expected)


def test_linear_is_half_way_down_in_the_middle() -> None:
    training = TrainingConfig(
        max_steps=110, warmup_steps=10, learning_rate=1.0, schedule="linear", final_learning_rate_fraction=0.2
    )
    assert learning_rate(60, training) == pytest.approx(0.6)
    assert learning_rate(110, training) == pytest.approx(0.2)


def test_constant_stays_at_the_peak() -> None:
    training = TrainingConfig(max_steps=20, warmup_steps=5, learning_rate=0.5, schedule="constant")
    assert set(rates(training)[4:]) == {0.5}


@given(
    max_steps=st.integers(1, 400),
    warmup=st.integers(0, 500),
    schedule=st.sampled_from(SCHEDULES),
    final=st.floats(0, 1),
)
def test_rates_are_positive_until_the_end_and_never_above_the_peak(
    max_steps: int, warmup: int, schedule: str, final: float
) -> None:
    training = TrainingConfig(
        max_steps=max_steps, warmup_steps=warmup, schedule=schedule, final_learning_rate_fraction=final
    )
    found = rates(training)
    assert all(0 <= rate <= training.learning_rate * (1 + 1e-12) for rate in found)
    after_warmup = found[min(warmup, max_steps) :]
    assert all(later <= earlier + 1e-15 for earlier, later in itertools.pairwise(after_warmup))
    assert not any(math.isnan(rate) for rate in found)
