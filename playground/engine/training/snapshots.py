"""At which steps the weights are kept for the time machine: dense early, sparse late, bounded in number and bytes."""

from collections.abc import Collection

from playground.contract.training_config import TrainingConfig


def snapshot_steps(training: TrainingConfig, snapshot_bytes: int) -> list[int]:
    """The planned steps, rising, from 0 to max_steps.

    Half of them lie evenly over the run, so that the newest is never far behind; the rest lie ever closer together
    towards the start, where a model changes most.
    """
    n_affordable = training.max_snapshot_megabytes * 1_000_000 // max(snapshot_bytes, 1)
    n_kept = max(2, min(training.max_snapshots, n_affordable, training.max_steps + 1))
    n_intervals = max(1, n_kept // 2)
    steps = {round(i * training.max_steps / n_intervals) for i in range(n_intervals + 1)}
    steps |= set(_towards_start(training.max_steps / n_intervals, n_kept - len(steps)))
    for step in range(1, training.max_steps):  # where rounding made two steps one, the earliest free ones fill up
        if len(steps) >= n_kept:
            break
        steps.add(step)
    return sorted(steps)


def surplus_snapshots(kept: list[int], planned: Collection[int], newest: int) -> list[int]:
    """Which of the kept steps (rising) to let go, so that there are no more than planned.

    Stops, pauses and a former plan leave steps that this plan does not have; of them those go first that lie closest
    between their neighbours. Planned ones and the newest stay.
    """
    left, surplus = list(kept), []
    while len(left) > len(planned):
        unplanned = [i for i, step in enumerate(left) if step not in planned and step != newest]
        if not unplanned:
            break
        surplus.append(left.pop(min(unplanned, key=lambda i: _room_around(left, i))))
    return surplus


def _room_around(steps: list[int], index: int) -> int:
    return steps[min(index + 1, len(steps) - 1)] - steps[max(index - 1, 0)]


def _towards_start(first_interval: float, n_steps: int) -> list[int]:
    """`n_steps` steps that grow by one factor from 1 to just below `first_interval`, rounded."""
    if n_steps <= 0 or first_interval <= 1:
        return []
    factor = first_interval ** (1 / n_steps)
    return [max(1, round(factor**i)) for i in range(n_steps)]
