"""The learning rate by hand-worked values, and against torch's own schedulers."""

import itertools
import math

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from playground.contract.schedule import learning_rate
from playground.contract.training_config import SCHEDULES, TrainingConfig


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


def test_warmup_stable_decay_is_flat_and_falls_straight_over_its_share() -> None:
    training = TrainingConfig(
        max_steps=100, warmup_steps=10, learning_rate=1.0, schedule="warmup_stable_decay",
        decay_fraction=0.2, final_learning_rate_fraction=0.5,
    )  # fmt: skip
    found = rates(training)
    assert set(found[9:80]) == {1.0}
    assert found[80:] == pytest.approx([1 - 0.025 * n for n in range(1, 21)])


def test_warmup_stable_decay_never_falls_before_the_warmup_is_over() -> None:
    training = TrainingConfig(
        max_steps=10, warmup_steps=5, learning_rate=1.0, schedule="warmup_stable_decay",
        decay_fraction=0.9, final_learning_rate_fraction=0.0,
    )  # fmt: skip
    assert rates(training) == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0, 0.8, 0.6, 0.4, 0.2, 0.0])


def test_inverse_square_root_is_that_of_the_first_transformer() -> None:
    """Vaswani et al. 2017, eq. 3, with its own numbers: width 512, 4000 steps of warmup."""
    peak = 512**-0.5 * 4000**-0.5
    training = TrainingConfig(max_steps=100_000, warmup_steps=4000, learning_rate=peak, schedule="inverse_square_root")
    for step in (1, 100, 3999, 4000, 4001, 16_000, 100_000):
        expected = 512**-0.5 * min(step**-0.5, step * 4000**-1.5)
        assert learning_rate(step, training) == pytest.approx(expected)


def test_inverse_square_root_without_warmup_begins_at_the_peak() -> None:
    training = TrainingConfig(max_steps=9, warmup_steps=0, learning_rate=0.6, schedule="inverse_square_root")
    found = rates(training)
    assert (found[0], found[3], found[8]) == pytest.approx((0.6, 0.3, 0.2))


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


@given(
    max_steps=st.integers(1, 400),
    warmup=st.integers(0, 399),
    schedule=st.sampled_from(["cosine", "linear", "warmup_stable_decay"]),
    final=st.floats(0, 1),
    decay=st.floats(0, 1),
)
def test_those_that_fall_end_at_the_final_rate(
    max_steps: int, warmup: int, schedule: str, final: float, decay: float
) -> None:
    assume(warmup < max_steps)
    assume(schedule != "warmup_stable_decay" or round(decay * max_steps) > 0)
    training = TrainingConfig(
        max_steps=max_steps, warmup_steps=warmup, learning_rate=0.25, schedule=schedule,
        final_learning_rate_fraction=final, decay_fraction=decay,
    )  # fmt: skip
    assert learning_rate(max_steps, training) == pytest.approx(0.25 * final, rel=1e-12, abs=1e-17)


@given(warmup=st.integers(1, 2000), schedule=st.sampled_from(SCHEDULES), decay=st.floats(0, 0.5))
def test_no_schedule_jumps_when_the_warmup_ends(warmup: int, schedule: str, decay: float) -> None:
    training = TrainingConfig(
        max_steps=10 * warmup, warmup_steps=warmup, learning_rate=1.0, schedule=schedule, decay_fraction=decay
    )
    assert learning_rate(warmup, training) == 1.0
    assert 1 - learning_rate(warmup + 1, training) <= 1 / (warmup + 1)  # no more than a step of the warmup
