"""What somebody wants of the trainer: control.json and the signals of the system, asked between steps."""

import dataclasses
import time
from collections.abc import Callable

from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import STOP, TRAIN, Control, RunDirectory
from playground.contract.storage import stamp_of

_ASK_EVERY_S = 0.05


class StoppedError(Exception):
    """A stop was wanted while preparing or evaluating."""


class Wishes:
    """Reads control.json when it has changed, at most twenty times a second. A damaged one changes nothing."""

    def __init__(self, run: RunDirectory, should_stop: Callable[[], bool]) -> None:
        self._run = run
        self._should_stop = should_stop
        self._asked_at = 0.0
        self._stamp: tuple[int, int] | None = None
        self._control = Control()
        self._is_lost = False

    def reset(self) -> None:
        """A new trainer begins by training; older wishes are over; learning rate factor and length stay.

        Raises:
            StorageError: control.json cannot be written.
        """
        former = self._read()
        self._is_lost = former is None
        self._control = dataclasses.replace(former or Control(), wish=TRAIN)
        if not self._is_lost:
            self._run.write_control(self._control)

    def suppose(self, learning_rate_factor: float, max_steps: int) -> None:
        """What the run's journal says is still wanted, if control.json was damaged when the trainer came.

        Raises:
            StorageError: control.json cannot be written.
        """
        if self._is_lost:
            self._is_lost = False
            self._control = dataclasses.replace(
                self._control, learning_rate_factor=learning_rate_factor, max_steps=max_steps
            )
            self._run.write_control(self._control)

    def now(self) -> Control:
        """What is wanted now."""
        if self._should_stop():
            return dataclasses.replace(self._control, wish=STOP)
        now = time.monotonic()
        if now - self._asked_at >= _ASK_EVERY_S:
            self._asked_at = now
            self._look()
        return self._control

    @property
    def is_stop(self) -> bool:
        return self.now().wish == STOP

    def raise_if_stop(self) -> None:
        """In the middle of something long.

        Raises:
            StoppedError: it shall end.
        """
        if self.is_stop:
            raise StoppedError

    def _look(self) -> None:
        stamp = stamp_of(self._run.control_path)
        if stamp is None or stamp == self._stamp:
            return
        if control := self._read():
            self._control, self._stamp = control, stamp

    def _read(self) -> Control | None:
        """What control.json says; None if it is half a file or a hand-made mistake, which changes nothing."""
        try:
            control = self._run.control()
        except PlaygroundError:
            return None
        is_sound = control.learning_rate_factor >= 0 and control.max_steps >= 0
        return control if is_sound else None
