"""What was changed by hand while a run trained: read back, so that a resumed run changes it at the same steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from playground.contract.run_directory import Control, RunDirectory
from playground.contract.schedule import learning_rate
from playground.contract.training_config import TrainingConfig
from playground.engine.training import events

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


class Helm:
    """Rate and length of a training: as somebody wants them, and else as the journal has them.

    Attributes:
        now: what holds.
        wanted: what will hold once all of the journal has come.
    """

    def __init__(self, own_length: int) -> None:
        self._own_length = own_length
        self.now = self.wanted = Steering(max_steps=own_length)
        self._journal: list[Change] = []

    def begin(self, factor: float, max_steps: int, journal: Sequence[Change]) -> Steering:
        """At a checkpoint, whose length is 0 if it is the config's; what was wanted last, by the journal."""
        self.now = self.wanted = Steering(factor, max_steps or self._own_length)
        self._journal = list(journal)
        for change in self._journal:
            self.wanted = change.applied_to(self.wanted)
        return self.wanted

    def has_heard(self, control: Control) -> bool:
        """Whether nothing is wanted that was not before."""
        return self._wish_of(control) == self.wanted

    def turned(self, control: Control, step: int) -> Iterator[events.RateChanged | events.LengthChanged]:
        """Turn to what holds after `step`; what is new is told. A new wish ends the journal."""
        before, wish = self.now, self._wish_of(control)
        if wish == self.wanted:
            self.follow(step)
            return
        self.wanted, self._journal, self.now = wish, [], wish
        if wish.learning_rate_factor != before.learning_rate_factor:
            yield events.RateChanged(step=step, factor=wish.learning_rate_factor)
        if wish.max_steps != before.max_steps:
            yield events.LengthChanged(step=step, max_steps=wish.max_steps)

    def follow(self, step: int) -> None:
        """Turn to what the journal says that holds after `step`."""
        while self._journal and self._journal[0].step <= step:
            self.now = self._journal.pop(0).applied_to(self.now)

    def rate(self, step: int, training: TrainingConfig) -> float:
        """The learning rate of a step: the schedule over the length that holds, times the factor."""
        return learning_rate(step, replace(training, max_steps=self.now.max_steps)) * self.now.learning_rate_factor

    def _wish_of(self, control: Control) -> Steering:
        return Steering(control.learning_rate_factor, control.max_steps or self._own_length)


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
