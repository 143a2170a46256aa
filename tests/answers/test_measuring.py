"""What the worker measures: rows as they come, withdrawn at once, and nobody waits for it meanwhile."""

import queue
from collections.abc import Iterator

import pytest
import torch

from playground.contract.attention_cost_messages import (
    AttentionCost,
    AttentionMeasured,
    AttentionShape,
    MeasureAttention,
)
from playground.contract.frames import FrameReader
from playground.contract.messages import Answer, Cancel, Failure, Hello, Progress, Ready, Request
from playground.contract.wire import from_frame, to_frame
from playground.worker import _LANES, Worker

PATIENCE_S = 60.0
SHAPE = AttentionShape(n_heads=2, n_kv_heads=1, d_head=4, is_causal=True, has_bias=False)


class Desk:
    """A worker in this process: what it answers lies in a queue."""

    def __init__(self) -> None:
        self._reader = FrameReader()
        self._heard: queue.SimpleQueue[tuple[int, Answer, bool]] = queue.SimpleQueue()
        self._worker = Worker(self._hear, {name: _LANES[name] for name in ("text", "measuring")})

    def ask(self, question: int, request: Request) -> None:
        self._worker.take(to_frame(question, request))

    def next(self) -> tuple[int, Answer, bool]:
        return self._heard.get(timeout=PATIENCE_S)

    def until_final(self, question: int) -> Iterator[tuple[int, Answer]]:
        while True:
            number, answer, final = self.next()
            yield number, answer
            if final and number == question:
                return

    def _hear(self, data: bytes) -> None:
        for frame in self._reader.feed(data):
            self._heard.put((frame.id, from_frame(frame), frame.final))  # type: ignore[arg-type]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_rows_come_one_by_one_then_the_last_word(desk: Desk) -> None:
    desk.ask(1, MeasureAttention(shape=SHAPE, longest=128))
    heard = [answer for _, answer in desk.until_final(1)]
    rows = [answer for answer in heard if isinstance(answer, AttentionCost)]
    assert [row.n_tokens for row in rows] == [64, 128]
    assert all(row.largest_difference < 1e-5 for row in rows)
    last = heard[-1]
    assert isinstance(last, AttentionMeasured)
    assert last.stopped == ""
    assert last.n_threads >= 1
    assert (last.device == "cpu") == (not torch.cuda.is_available())
    told = [answer for answer in heard if isinstance(answer, Progress)]
    assert [part.fraction for part in told] == sorted({part.fraction for part in told})
    assert {part.what for part in told} == {"64", "128"}


def test_it_is_withdrawn_between_two_runs_and_nobody_waits_for_it(desk: Desk) -> None:
    desk.ask(1, MeasureAttention(shape=SHAPE, longest=1 << 20))
    assert isinstance(desk.next()[1], Progress)
    desk.ask(2, Hello())
    heard = list(desk.until_final(2))
    assert isinstance(heard[-1][1], Ready)
    desk.ask(1, Cancel(target=1))
    *_, (_, last) = desk.until_final(1)
    assert isinstance(last, Failure)
    assert last.cancelled


def test_an_impossible_shape_is_answered_with_a_sentence(desk: Desk) -> None:
    wrong = AttentionShape(n_heads=3, n_kv_heads=2, d_head=4, is_causal=True, has_bias=False)
    desk.ask(1, MeasureAttention(shape=wrong))
    _, answer, final = desk.next()
    assert final
    assert isinstance(answer, Failure)
    assert "3 heads" in answer.message
    assert not answer.is_bug
