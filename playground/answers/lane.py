"""A lane answers questions on a thread of its own, several at once, each one step in turn.

So a stream of text never holds up a short question behind it, and a withdrawn question costs at most one step more.
Knows how answers end, well or badly; not what is asked.
"""

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Callable
from types import GeneratorType

from playground import crash_log
from playground.answers.ticket import Answering, Ticket
from playground.contract.errors import CancelledError, PlaygroundError
from playground.contract.messages import Answer, Failure, Request

Answerer = Callable[[Request, Ticket], Answer | Answering]
OnDone = Callable[[Ticket, Answer], None]

WARM_UP_AFTER_S = 3.0


class Lane(threading.Thread):
    """Answers what is put into it until the process ends."""

    def __init__(
        self,
        name: str,
        answerer: Answerer,
        on_done: OnDone,
        warm_up: Callable[[], object] | None = None,
        warm_up_after_s: float = WARM_UP_AFTER_S,
    ) -> None:
        """`warm_up` is called once, on the lane's thread, if no question has come for a while."""
        super().__init__(name=f"{name} lane", daemon=True)
        self._warm_up, self._warm_up_after_s = warm_up, warm_up_after_s
        self._answerer = answerer
        self._on_done = on_done
        self._waiting: queue.SimpleQueue[tuple[Ticket, Request]] = queue.SimpleQueue()
        self._active: deque[tuple[Ticket, Answering]] = deque()

    def put(self, ticket: Ticket, request: Request) -> None:
        """Answer that question too."""
        self._waiting.put((ticket, request))

    def run(self) -> None:
        if self._warm_up is not None:
            self._begin_or_warm_up(self._warm_up)
        while True:
            while not self._active or not self._waiting.empty():
                self._begin(*self._waiting.get())
            self._advance()

    def _begin_or_warm_up(self, warm_up: Callable[[], object]) -> None:
        try:
            question = self._waiting.get(timeout=self._warm_up_after_s)
        except queue.Empty:
            with contextlib.suppress(Exception):  # the first question meets the same fault, and tells it
                warm_up()
        else:
            self._begin(*question)

    def _begin(self, ticket: Ticket, request: Request) -> None:
        try:
            ticket.check()
            answer = self._answerer(request, ticket)
        except BaseException as error:  # noqa: BLE001 - Rust panics of `tokenizers` are no Exceptions
            self._on_done(ticket, failure_of(error))
            return
        if isinstance(answer, GeneratorType):
            self._active.append((ticket, answer))
        else:
            self._on_done(ticket, answer)  # type: ignore[arg-type]  # isinstance does not narrow a Generator away

    def _advance(self) -> None:
        """One step of the answer whose turn it is."""
        ticket, answering = self._active.popleft()
        try:
            if ticket.is_cancelled:
                answering.close()
                ticket.check()
            next(answering)
        except StopIteration as end:
            self._on_done(ticket, end.value)
        except BaseException as error:  # noqa: BLE001 - as above
            self._on_done(ticket, failure_of(error))
        else:
            self._active.append((ticket, answering))


def failure_of(error: BaseException) -> Failure:
    """What the asker hears of an error; our own bugs go whole into the log."""
    if isinstance(error, CancelledError):
        return Failure(message=str(error), cancelled=True)
    if isinstance(error, PlaygroundError):
        return Failure(message=str(error))
    if isinstance(error, MemoryError) or "not enough memory" in str(error) or "out of memory" in str(error):
        return Failure(message="There is not enough free memory for this. Choose a shorter text or a smaller model.")
    return Failure(message=crash_log.log_bug("worker", error), is_bug=True)
