"""Snapshots: always the first and last step, dense early, bounded."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from playground.contract.training_config import TrainingConfig
from playground.engine.training.snapshots import snapshot_steps


@given(
    max_steps=st.integers(1, 100_000),
    max_snapshots=st.integers(2, 200),
    megabytes=st.integers(1, 2000),
    size=st.integers(1000, 500_000_000),
)
def test_bounded_in_number_and_bytes(max_steps: int, max_snapshots: int, megabytes: int, size: int) -> None:
    training = TrainingConfig(max_steps=max_steps, max_snapshots=max_snapshots, max_snapshot_megabytes=megabytes)
    steps = snapshot_steps(training, size)
    assert steps[0] == 0
    assert steps[-1] == max_steps
    assert steps == sorted(set(steps))
    assert len(steps) <= max_snapshots
    assert len(steps) <= max(2, megabytes * 1_000_000 // size)


def test_dense_early_and_never_far_behind() -> None:
    steps = snapshot_steps(TrainingConfig(max_steps=2000, max_snapshots=48), 1000)
    assert len(steps) == 48
    gaps = [later - earlier for earlier, later in itertools.pairwise(steps)]
    assert max(gaps) <= 2000 / 24 + 1
    assert gaps[0] == 1
    assert len([step for step in steps if step < 200]) > 20


def test_a_short_run_keeps_every_step() -> None:
    assert snapshot_steps(TrainingConfig(max_steps=5, max_snapshots=48), 1000) == [0, 1, 2, 3, 4, 5]
