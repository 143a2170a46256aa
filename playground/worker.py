"""The worker: answers the window's questions about texts, tokenizers and models. `python -m playground.worker`

Frames come in on stdin and go out on stdout; at the end of stdin it ends. Knows which lane answers what, and loads
the engine's parts at the first question that needs them, torch also when nobody has asked for some seconds:
tokenization answers before torch is imported, and the first look into a model need not wait for it.
What prints goes to stderr, so that no library can garble the frames.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from playground.answers.lane import Answerer, Lane
from playground.answers.ticket import Answering, Ticket
from playground.contract.attention_cost_messages import MeasureAttention
from playground.contract.embedding_messages import FindNeighbours, MapEmbeddings
from playground.contract.exchange_messages import ExportRun, ImportFolder, MergeRun, QuantizeRun
from playground.contract.frames import Frame, FrameError, FrameReader, encode_frame, read_frame
from playground.contract.messages import (
    Answer,
    Cancel,
    DescribeText,
    Failure,
    FillMasks,
    Generate,
    Hello,
    ListVocabulary,
    PredictNext,
    ReadHead,
    Ready,
    Request,
    Score,
    Tokenize,
    Trace,
    TrainTokenizer,
)
from playground.contract.wire import from_frame, to_frame
from playground.idle_threads import let_threads_sleep

_NICENESS = 5  # below the window's
_PR_SET_PDEATHSIG = 1


def answer_text(request: Request, ticket: Ticket) -> Answer | Answering:
    """Short questions about tokenizers."""
    if isinstance(request, Hello):
        from playground.version import version

        return Ready(pid=os.getpid(), version=version())
    from playground.answers import text

    if isinstance(request, Tokenize):
        return text.tokenize(request, ticket)
    assert isinstance(request, ListVocabulary), request
    return text.list_vocabulary(request, ticket)


def answer_long(request: Request, ticket: Ticket) -> Answer | Answering:
    """Work of seconds and minutes that makes something."""
    if isinstance(request, TrainTokenizer):
        return answer_files(request, ticket)
    from playground.answers.torch_import import import_torch, spare_cores

    import_torch()
    spare_cores()
    from playground.answers import exchange

    if isinstance(request, QuantizeRun):
        return exchange.quantize(request, ticket)
    if isinstance(request, MergeRun):
        return exchange.merge(request, ticket)
    if isinstance(request, ImportFolder):
        return exchange.take_in(request, ticket)
    assert isinstance(request, ExportRun), request
    return exchange.give_away(request, ticket)


def answer_measurement(request: Request, ticket: Ticket) -> Answer | Answering:
    """How fast this machine is. Long, and nobody else's answer may wait for it."""
    from playground.answers.torch_import import import_torch, spare_cores

    import_torch()
    spare_cores()
    from playground.answers import measuring

    assert isinstance(request, MeasureAttention), request
    return measuring.measure_attention(request, ticket)


def answer_files(request: Request, ticket: Ticket) -> Answer | Answering:
    """Long questions about whole texts."""
    from playground.answers import text

    if isinstance(request, TrainTokenizer):
        return text.train(request, ticket)
    assert isinstance(request, DescribeText), request
    return text.describe_text(request, ticket)


def load_engine() -> None:
    """What the first question about a model would have to wait for."""
    from playground.answers.torch_import import import_torch

    import_torch()
    from playground.answers import embeddings, inside, writing  # noqa: F401


def answer_model(request: Request, ticket: Ticket) -> Answer | Answering:
    """Questions about models."""
    load_engine()
    from playground.answers import embeddings, inside, writing

    if isinstance(request, Generate):
        return writing.generate_text(request, ticket)
    if isinstance(request, PredictNext):
        return writing.predict(request, ticket)
    if isinstance(request, FillMasks):
        return writing.fill_masks(request, ticket)
    if isinstance(request, Trace):
        return inside.trace_text(request, ticket)
    if isinstance(request, ReadHead):
        return inside.read_head(request, ticket)
    if isinstance(request, MapEmbeddings):
        return embeddings.map_embeddings(request, ticket)
    if isinstance(request, FindNeighbours):
        return embeddings.find_neighbours(request, ticket)
    assert isinstance(request, Score), request
    return inside.score(request, ticket)


_TABLE = (MapEmbeddings, FindNeighbours)
_LANES: dict[str, tuple[Answerer, tuple[type, ...]]] = {
    "text": (answer_text, (Hello, Tokenize, ListVocabulary)),
    "files": (answer_files, (DescribeText,)),
    "training": (answer_long, (TrainTokenizer, QuantizeRun, MergeRun, ImportFolder, ExportRun)),
    "measuring": (answer_measurement, (MeasureAttention,)),
    "model": (answer_model, (Generate, PredictNext, FillMasks, Trace, ReadHead, Score, *_TABLE)),
}


_WARM_UPS = {"model": load_engine}


class Worker:
    """Hands each question to its lane, and sends what the lanes answer."""

    def __init__(self, write: Callable[[bytes], None], lanes: dict[str, tuple[Answerer, tuple[type, ...]]]) -> None:
        self._write = write
        self._writing = threading.Lock()
        self._tickets: dict[int, Ticket] = {}
        self._lanes: dict[type, Lane] = {}
        for name, (answerer, kinds) in lanes.items():
            lane = Lane(name, answerer, self._finish, _WARM_UPS.get(name))
            lane.start()
            self._lanes |= dict.fromkeys(kinds, lane)

    def take(self, frame: Frame) -> None:
        """Accept one frame of the window's."""
        try:
            request = from_frame(frame)
        except FrameError as error:
            self._send(frame.id, Failure(message=f"The worker does not understand: {error}.", is_bug=True), True)
            return
        if isinstance(request, Cancel):
            if ticket := self._tickets.get(request.target):
                ticket.cancel()
            return
        lane = self._lanes.get(type(request))
        if lane is None:
            self._send(frame.id, Failure(message=f"{frame.type} is not a question.", is_bug=True), True)
            return
        self._tickets[frame.id] = ticket = Ticket(frame.id, self._send_part)
        lane.put(ticket, request)  # type: ignore[arg-type]  # only requests have lanes

    def _send_part(self, request_id: int, answer: Answer) -> None:
        self._send(request_id, answer, False)

    def _finish(self, ticket: Ticket, answer: Answer) -> None:
        self._tickets.pop(ticket.request_id, None)
        self._send(ticket.request_id, answer, True)

    def _send(self, request_id: int, answer: Answer, final: bool) -> None:
        data = encode_frame(to_frame(request_id, answer, final))
        with self._writing:
            self._write(data)


def main() -> int:
    """Answer until the input ends."""
    let_threads_sleep()
    received, sent = _private_streams()
    _settle_in()
    worker = Worker(_writer(sent), _LANES)
    reader, pending = FrameReader(), list[Frame]()
    try:
        while frame := read_frame(received, reader, pending):
            worker.take(frame)
    except FrameError as error:
        print(f"The worker ends: {error}.", file=sys.stderr)
        return 1
    return 0


def _private_streams() -> tuple[BinaryIO, int]:
    """Take stdin and stdout away from everybody else: what reads finds nothing, what prints goes to stderr."""
    received, sent = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(received, "rb"), sent


def _writer(fd: int) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(fd, rest) :]
        except BrokenPipeError:  # nobody listens any more
            os._exit(0)

    return write


def _settle_in() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the window's terminal is the window's affair
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    if sys.platform == "linux":  # die with the window even if some other process holds our input open
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


if __name__ == "__main__":
    exit_code = main()
    sys.stderr.flush()
    os._exit(exit_code)  # at once: lanes may be deep in a computation, which nobody waits for
