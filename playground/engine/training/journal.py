"""What was changed by hand while a run trained: read back, so that a resumed run changes it at the same steps."""

from dataclasses import dataclass
from typing import Any

from playground.contract.run_directory import RunDirectory

RATE_CHANGED, LENGTH_CHANGED = "rate_changed", "length_changed"
_BYTES_AT_ONCE = 1 << 22


@dataclass(frozen=True)
class Steering:
    """What a person may turn while it trains."""

    learning_rate_factor: float = 1.0
    max_steps: int = 0


@dataclass(frozen=True)
class Change:
    """One turn: what holds from after `step` on."""

    step: int
    learning_rate_factor: float | None = None
    max_steps: int | None = None

    def applied_to(self, steering: Steering) -> Steering:
        factor, length = self.learning_rate_factor, self.max_steps
        return Steering(
            steering.learning_rate_factor if factor is None else factor,
            steering.max_steps if length is None else length,
        )


def changes_from(run: RunDirectory, step: int) -> list[Change]:
    """The changes of a run from after `step` on, in order; those that a later start of the trainer undid are left out.

    Raises:
        RunError: events.jsonl cannot be read.
    """
    kept: list[Change] = []  # of former starts
    now: list[Change] = []  # of the one that is being read
    tail = run.events_tail()
    while records := tail.read(_BYTES_AT_ONCE):
        for record in records:
            if record.get("kind") == "started":
                kept, now = _hidden(kept, now) + now, []
            elif change := _change(record):
                now.append(change)
    return [change for change in _hidden(kept, now) + now if change.step >= step]


def _hidden(kept: list[Change], now: list[Change]) -> list[Change]:
    """Of `kept` those before the first of `now`: somebody who turns anew does not want the old turns to come again."""
    return [change for change in kept if not now or change.step < now[0].step]


def _change(record: dict[str, Any]) -> Change | None:
    step = record.get("step")
    if not isinstance(step, int):
        return None
    if record.get("kind") == RATE_CHANGED and isinstance(factor := record.get("factor"), int | float):
        return Change(step, learning_rate_factor=float(factor))
    if record.get("kind") == LENGTH_CHANGED and isinstance(length := record.get("max_steps"), int):
        return Change(step, max_steps=length)
    return None
