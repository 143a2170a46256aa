"""One question's way back to its asker: whether the answer is still wanted, and parts sent ahead of the last word."""

from collections.abc import Callable, Generator

from playground.contract.errors import CancelledError
from playground.contract.messages import Answer

# What answers a question step by step: each `yield` lets others have a turn, `return` gives the last answer.
Answering = Generator[None, None, Answer]


class Ticket:
    """Held by whoever answers; `cancel` may be called from any thread."""

    def __init__(self, request_id: int, send_part: Callable[[int, Answer], None]) -> None:
        self.request_id = request_id
        self.is_cancelled = False
        self._send_part = send_part

    def cancel(self) -> None:
        self.is_cancelled = True

    def check(self) -> None:
        """To be called now and then inside long work.

        Raises:
            CancelledError: the asker no longer wants the answer.
        """
        if self.is_cancelled:
            raise CancelledError("The question was withdrawn.")

    def send(self, part: Answer) -> None:
        """Send a part of the answer; raises as `check`."""
        self.check()
        self._send_part(self.request_id, part)
