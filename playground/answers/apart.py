"""Has a question answered by a process of its own, which Cancel can kill and whose crash hurts nobody.

The process is another worker that answers by itself (`--alone`); its frames are handed on as they come.
"""

import queue
import subprocess
import threading
from collections.abc import Iterator
from typing import BinaryIO, cast

from playground.answers.ticket import Answering, Ticket
from playground.contract.child_process import child_environment, module_command
from playground.contract.errors import PlaygroundError
from playground.contract.frames import Frame, FrameError, FrameReader, encode_frame, read_frame
from playground.contract.messages import Answer, Failure, Request, from_frame, to_frame

_TURN_S = 0.05


def answer_apart(request: Request, ticket: Ticket) -> Answering:
    """Relay the parts and the last answer of a process started for this question.

    Raises:
        PlaygroundError: the process died.
    """
    child = subprocess.Popen(
        module_command("playground.worker", "--alone"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=child_environment(),
        bufsize=0,
    )
    assert child.stdin, "a pipe was asked for"
    assert child.stdout, "a pipe was asked for"
    try:
        child.stdin.write(encode_frame(to_frame(ticket.request_id, request)))
        frames = _frames_of(cast(BinaryIO, child.stdout))
        while (frame := _next_in_turn(frames)) is not None:
            if frame.id < 0:
                yield
                continue
            answer = cast(Answer, from_frame(frame))
            if frame.final:
                return answer
            ticket.send(answer)
        raise PlaygroundError(_why(child.wait()))
    finally:
        child.kill()
        child.wait()
        child.stdin.close()


_NOTHING_YET = Frame(-1, "", {})


def _next_in_turn(frames: "queue.SimpleQueue[Frame | None]") -> Frame | None:
    try:
        return frames.get(timeout=_TURN_S)
    except queue.Empty:
        return _NOTHING_YET


def _frames_of(stream: BinaryIO) -> "queue.SimpleQueue[Frame | None]":
    """A queue that a thread fills from a stream; None at its end."""
    frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()

    def pump() -> None:
        with stream:
            for frame in _read_all(stream):
                frames.put(frame)
        frames.put(None)

    threading.Thread(target=pump, name="child's answers", daemon=True).start()
    return frames


def _read_all(stream: BinaryIO) -> Iterator[Frame]:
    reader, pending = FrameReader(), list[Frame]()
    try:
        while frame := read_frame(stream, reader, pending):
            yield frame
    except FrameError:
        return  # a crash amid a frame; the exit code says why


def _why(exit_code: int) -> str:
    how = f"was ended by signal {-exit_code}" if exit_code < 0 else f"ended with code {exit_code}"
    return f"The process at work on this {how}. Perhaps memory ran out: try a shorter text or a smaller vocabulary."
