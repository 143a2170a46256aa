"""A lane: long answers take turns, end when nobody wants them any more, and fail in a sentence."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from playground import places
from playground.answers.lane import Lane, failure_of
from playground.answers.ticket import Answering, Ticket
from playground.contract.errors import TextError
from playground.contract.messages import Answer, Failure, Hello, Progress, Ready, Request

PATIENCE_S = 30.0


class Desk:
    """A lane whose questions are answered by what the test puts in, in order."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, Answer]] = []
        self.done: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()
        self._answers: dict[int, Callable[[Ticket], Answer | Answering]] = {}
        self._lane = Lane("test", self._answer, self._on_done)
        self._lane.start()

    def ask(self, request_id: int, answer: Callable[[Ticket], Answer | Answering]) -> Ticket:
        self._answers[request_id] = answer
        ticket = Ticket(request_id, lambda number, part: self.parts.append((number, part)))
        self._lane.put(ticket, Hello())
        return ticket

    def next_done(self) -> tuple[int, Answer]:
        return self.done.get(timeout=PATIENCE_S)

    def _answer(self, request: Request, ticket: Ticket) -> Answer | Answering:
        return self._answers[ticket.request_id](ticket)

    def _on_done(self, ticket: Ticket, answer: Answer) -> None:
        self.done.put((ticket.request_id, answer))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def ready(ticket: Ticket) -> Ready:
    return Ready(pid=ticket.request_id, version="")


def test_a_short_question_is_answered_between_two_steps_of_a_long_one(desk: Desk) -> None:
    first_step, go_on = threading.Event(), threading.Event()

    def long(ticket: Ticket) -> Answering:
        first_step.set()
        assert go_on.wait(PATIENCE_S)
        for _ in range(1000):
            yield
        return ready(ticket)

    desk.ask(1, long)
    assert first_step.wait(PATIENCE_S)
    desk.ask(2, ready)
    go_on.set()
    assert [desk.next_done()[0], desk.next_done()[0]] == [2, 1]


def test_a_withdrawn_answer_takes_at_most_the_step_it_is_in(desk: Desk) -> None:
    steps: list[int] = []
    reached = threading.Semaphore(0)
    may_go = threading.Semaphore(0)

    def long(ticket: Ticket) -> Answering:
        for number in range(100):
            steps.append(number)
            reached.release()
            assert may_go.acquire(timeout=PATIENCE_S)
            yield
        return ready(ticket)

    ticket = desk.ask(1, long)
    for _ in range(3):
        assert reached.acquire(timeout=PATIENCE_S)
        if len(steps) < 3:
            may_go.release()
    ticket.cancel()  # in the middle of the third step
    may_go.release(100)
    number, answer = desk.next_done()
    assert number == 1
    assert isinstance(answer, Failure)
    assert answer.cancelled
    assert steps == [0, 1, 2]


def test_a_withdrawn_answer_is_closed_so_that_it_can_tidy_up(desk: Desk) -> None:
    begun, closed = threading.Event(), threading.Event()

    def long(ticket: Ticket) -> Answering:
        try:
            while True:
                begun.set()
                yield
        finally:
            closed.set()

    ticket = desk.ask(1, long)
    assert begun.wait(PATIENCE_S)
    assert not closed.is_set()
    ticket.cancel()
    desk.next_done()
    assert closed.is_set()


def test_a_question_withdrawn_before_its_turn_is_never_begun(desk: Desk) -> None:
    begun: list[int] = []
    may_go = threading.Event()

    def slow(ticket: Ticket) -> Answer:
        assert may_go.wait(PATIENCE_S)
        return ready(ticket)

    def noted(ticket: Ticket) -> Answer:
        begun.append(ticket.request_id)
        return ready(ticket)

    desk.ask(1, slow)
    desk.ask(2, noted).cancel()
    may_go.set()
    assert desk.next_done()[0] == 1
    number, answer = desk.next_done()
    assert (number, begun) == (2, [])
    assert isinstance(answer, Failure)
    assert answer.cancelled


def test_a_part_cannot_be_sent_once_the_question_is_withdrawn(desk: Desk) -> None:
    begun, may_go = threading.Event(), threading.Event()

    def sends(ticket: Ticket) -> Answer:
        ticket.send(Progress(fraction=0.1))
        begun.set()
        assert may_go.wait(PATIENCE_S)
        ticket.send(Progress(fraction=0.2))
        return ready(ticket)

    ticket = desk.ask(1, sends)
    assert begun.wait(PATIENCE_S)
    ticket.cancel()
    may_go.set()
    _, answer = desk.next_done()
    assert isinstance(answer, Failure)
    assert answer.cancelled
    assert desk.parts == [(1, Progress(fraction=0.1))]


def test_a_failing_answer_leaves_the_lane_at_work(desk: Desk) -> None:
    def fails(ticket: Ticket) -> Answer:
        raise TextError("There is no text. Type some.")

    def fails_later(ticket: Ticket) -> Answering:
        yield
        raise TextError("It ended too soon.")

    desk.ask(1, fails)
    assert desk.next_done() == (1, Failure(message="There is no text. Type some."))
    desk.ask(2, fails_later)
    assert desk.next_done() == (2, Failure(message="It ended too soon."))
    desk.ask(3, ready)
    assert desk.next_done() == (3, Ready(pid=3, version=""))


def test_a_fault_of_ours_is_one_sentence_and_goes_whole_into_the_log(playground_home: Path) -> None:
    try:
        raise KeyError("a name nobody gave")
    except KeyError as error:
        failure = failure_of(error)
    log = places.log_file("worker")
    assert failure.is_bug
    assert "a name nobody gave" not in failure.message
    assert str(log) in failure.message
    assert "KeyError: 'a name nobody gave'" in log.read_text(encoding="utf-8")
    assert __file__ in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] . DefaultCPUAllocator: not enough memory: you tried to"),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
    ],
)
def test_too_little_memory_is_no_fault_of_ours(error: BaseException, playground_home: Path) -> None:
    failure = failure_of(error)
    assert not failure.is_bug
    assert failure.message == ("There is not enough free memory for this. Choose a shorter text or a smaller model.")
    assert not places.log_file("worker").exists()


def test_an_idle_lane_warms_up_once_on_its_own_thread() -> None:
    seen: queue.SimpleQueue[str] = queue.SimpleQueue()
    lane = Lane("idle", lambda request, ticket: Ready(pid=1, version=""), lambda ticket, answer: None,
                lambda: seen.put(threading.current_thread().name), 0.01)  # fmt: skip
    lane.start()
    assert seen.get(timeout=PATIENCE_S) == "idle lane"
    with pytest.raises(queue.Empty):
        seen.get(timeout=0.2)


@pytest.mark.parametrize("fault", [ImportError("no torch"), None])
def test_a_question_is_answered_whatever_the_warm_up_did(fault: Exception | None) -> None:
    done: queue.SimpleQueue[Answer] = queue.SimpleQueue()

    def warm_up() -> None:
        if fault is not None:
            raise fault

    lane = Lane("warm", lambda request, ticket: Ready(pid=1, version=""), lambda ticket, answer: done.put(answer),
                warm_up, 0.01)  # fmt: skip
    lane.start()
    lane.join(0.1)
    lane.put(Ticket(1, lambda number, part: None), Hello())
    assert done.get(timeout=PATIENCE_S) == Ready(pid=1, version="")


def test_a_lane_that_is_asked_at_once_does_not_wait_for_a_warm_up() -> None:
    done: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    lane = Lane("asked", lambda request, ticket: Ready(pid=1, version=""), lambda ticket, answer: done.put(answer),
                lambda: pytest.fail("it was asked before it was idle"), PATIENCE_S)  # fmt: skip
    lane.put(Ticket(1, lambda number, part: None), Hello())
    lane.start()
    assert done.get(timeout=PATIENCE_S / 2) == Ready(pid=1, version="")
