"""The worker process as questions and answers: starts it, asks it, hears it, starts it anew when it dies.

Knows frames and processes; what a question means is the asker's affair. Never blocks the window.
"""

import contextlib
import dataclasses
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QIODevice,
    QObject,
    QProcess,
    QProcessEnvironment,
    QTimer,
    Signal,
)

from playground import places
from playground.contract.child_process import child_environment, module_command
from playground.contract.frames import Frame, FrameError, FrameReader, encode_frame
from playground.contract.messages import Answer, Cancel, Failure, Request
from playground.contract.wire import from_frame, to_frame
from playground.ui.engine_sentences import told

OnAnswer = Callable[[Answer], None]
OnFailure = Callable[[Failure], None]

BUDGET_MS = 4  # of unpacking answers, before the window may do something else
_CHUNK_BYTES = 64 << 10
_QUICK_DEATH_S = 10.0
_MOST_QUICK_DEATHS = 3
_BACKOFF_MS = (0, 300, 1500)
_KILL_AFTER_MS = 2000
_LOG_LIMIT_BYTES = 2_000_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Question:
    lane: str
    on_answer: OnAnswer | None
    on_failure: OnFailure | None


class WorkerClient(QObject):
    """Asks the worker.

    The pleasant way is two bound methods (a widget's, or any object's):

        client.ask(Generate(...), self._on_written, self._on_failed)

    `_on_written` gets each part and the last answer, told apart by their types; `_on_failed` gets the `Failure`.
    For a question that a newer one replaces (typing, dragging, hovering), name a lane:

        client.ask_latest("tokenize", Tokenize(...), self._on_tokens)

    Then the lane's previous question is withdrawn, and nothing more is heard of it, not even its failure.
    `cancel(id)` withdraws a question too, but its asker still hears `Failure(cancelled=True)` as the last word.
    Each question ends in exactly one final answer or one failure, unless its lane replaced it. Callbacks of
    destroyed Qt objects are not called. Nothing is called before `ask` has returned.

    Signals, for whoever listens to everything:
        answered (id, Answer, final), failed (id, Failure).
        restarted (str): the worker died and a new one was started; a sentence for the person.
        gave_up (str): it died several times in a row; it is only started again at the next question.
    """

    answered = Signal(int, object, bool)
    failed = Signal(int, object)
    restarted = Signal(str)
    gave_up = Signal(str)

    def __init__(self, parent: QObject | None = None, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or module_command("playground.worker")
        self._questions: dict[int, _Question] = {}
        self._lanes: dict[str, int] = {}
        self._last_id = 0
        self._process: QProcess | None = None
        self._reader = FrameReader()
        self._frames: deque[Frame] = deque()
        self._started_at = 0.0
        self._n_quick_deaths = 0
        self._is_closing = False
        self._is_held = False  # not to be started yet; what is sent meanwhile waits
        self._held: list[bytes] = []
        self._more = self._timer(0, self._take_answers)
        self._again = self._timer(0, self._start_again)
        self._kill = self._timer(_KILL_AFTER_MS, self._kill_now)
        self._lost: list[tuple[int, _Question, Failure]] = []
        self._report_lost = self._timer(0, self._on_report_lost)
        if application := QCoreApplication.instance():
            application.aboutToQuit.connect(self._end_now)

    @property
    def pid(self) -> int:
        """The worker's process id, 0 when none runs."""
        return int(self._process.processId()) if self._process else 0

    @property
    def is_idle(self) -> bool:
        """Whether every question has had its last answer."""
        return not self._questions and not self._lost

    def hold(self) -> None:
        """Let questions wait until `start`: a window that is being made needs the cores itself."""
        self._is_held = True

    def start(self) -> None:
        """Start the worker before the first question, so that it answers at once; or with those that waited."""
        if self._process is None and not self._is_closing:
            self._is_held = False
            self._start()
            held, self._held = self._held, []
            for data in held:
                self._write(data)

    def ask(self, request: Request, on_answer: OnAnswer | None = None, on_failure: OnFailure | None = None) -> int:
        """Ask; returns the question's id for `cancel` and the signals."""
        return self._ask(request, _Question(lane="", on_answer=on_answer, on_failure=on_failure))

    def ask_latest(
        self, lane: str, request: Request, on_answer: OnAnswer | None = None, on_failure: OnFailure | None = None
    ) -> int:
        """Ask, in place of the question that the lane asked before."""
        self.cancel_lane(lane)
        self._lanes[lane] = self._ask(request, _Question(lane=lane, on_answer=on_answer, on_failure=on_failure))
        return self._lanes[lane]

    def cancel(self, question_id: int) -> None:
        """Withdraw a question; its asker hears `Failure(cancelled=True)`. Nothing happens if it is answered already."""
        if question_id in self._questions:
            self._send(question_id, Cancel(target=question_id))

    def cancel_lane(self, lane: str) -> None:
        """Withdraw the lane's question, and hear nothing more of it."""
        question_id = self._lanes.pop(lane, 0)
        if question_id in self._questions:
            del self._questions[question_id]
            self._send(question_id, Cancel(target=question_id))

    def close(self) -> None:
        """End the worker: its input ends now, it is killed 2 s later or when the application quits."""
        self._is_closing = True
        self._again.stop()
        if self._is_held:
            self._is_held = False
            self._bury()
        if self._process is not None:
            self._process.closeWriteChannel()
            self._kill.start()

    # Asking.

    def _ask(self, request: Request, question: _Question) -> int:
        self._last_id += 1
        self._questions[self._last_id] = question
        if self._is_closing:
            self._lose({self._last_id: self._questions.pop(self._last_id)})
            return self._last_id
        if self._process is None and not self._is_held:
            self._again.stop()
            self._start()
        self._send(self._last_id, request)
        return self._last_id

    def _send(self, question_id: int, request: Request) -> None:
        data = encode_frame(to_frame(question_id, request))
        if self._is_held:
            self._held.append(data)
        else:
            self._write(data)

    def _write(self, data: bytes) -> None:
        if self._process is not None:
            self._process.write(data)

    # The process.

    def _start(self) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(_open_log(), QIODevice.OpenModeFlag.Append)
        process.readyReadStandardOutput.connect(self._take_answers)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._reader, self._frames = FrameReader(), deque()
        self._process, self._started_at = process, time.monotonic()
        process.start(self._command[0], self._command[1:])

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # then `finished` is never emitted
            self._on_finished()

    def _on_finished(self) -> None:
        self._take_answers(unhurried=True)  # its last words
        self._bury()
        if not self._is_closing:
            self._plan_restart()

    def _bury(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._take_answers)
            process.finished.disconnect(self._on_finished)
            process.errorOccurred.disconnect(self._on_error)
            process.kill()  # only one that spoke no frames still lives
            process.deleteLater()
        self._kill.stop()
        self._more.stop()
        lost, self._questions = self._questions, {}
        self._lanes.clear()
        self._lose(lost)

    def _plan_restart(self) -> None:
        is_quick = time.monotonic() - self._started_at < _QUICK_DEATH_S
        self._n_quick_deaths = self._n_quick_deaths + 1 if is_quick else 1
        if self._n_quick_deaths >= _MOST_QUICK_DEATHS:
            self.gave_up.emit(_gave_up_sentence())
        else:
            self._again.start(_BACKOFF_MS[self._n_quick_deaths])

    def _start_again(self) -> None:
        self._start()
        self.restarted.emit(_restarted_sentence())

    def _kill_now(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _end_now(self) -> None:
        """The event loop ends: what a killed process leaves must be taken in now."""
        self._is_closing = True
        self._again.stop()
        if self._process is not None:
            self._process.kill()
            self._process.waitForFinished(500)

    # Hearing.

    def _take_answers(self, unhurried: bool = False) -> None:
        clock = QElapsedTimer()
        clock.start()
        self._more.start()  # also if the budget ends this, or a callback raises
        try:
            while frame := self._next_frame():
                self._hear(frame)
                if clock.elapsed() >= BUDGET_MS and not unhurried:
                    return
        except FrameError:
            if self._process is not None:
                self._process.kill()  # it is beyond use; `finished` starts another
        self._more.stop()

    def _next_frame(self) -> Frame | None:
        """The next whole frame, reading no more than it takes; a callback may have ended the process meanwhile."""
        while not self._frames and self._process is not None and self._process.bytesAvailable():
            self._frames += self._reader.feed(self._process.read(_CHUNK_BYTES).data())
        return self._frames.popleft() if self._frames else None

    def _hear(self, frame: Frame) -> None:
        question = self._questions.get(frame.id)
        if question is None:
            return  # its lane has moved on
        message = cast(Answer, from_frame(frame))
        if frame.final:
            self._forget(frame.id)
        if isinstance(message, Failure):
            self._tell_failure(frame.id, question, message)
            return
        self.answered.emit(frame.id, message, frame.final)
        _call(question.on_answer, message)

    def _forget(self, question_id: int) -> None:
        question = self._questions.pop(question_id)
        if self._lanes.get(question.lane) == question_id:
            del self._lanes[question.lane]

    def _tell_failure(self, question_id: int, question: _Question, failure: Failure) -> None:
        failure = replace(failure, message=told(failure.message))
        self.failed.emit(question_id, failure)
        _call(question.on_failure, failure)

    def _lose(self, questions: dict[int, _Question]) -> None:
        """Tell their askers, once the stack is unwound, that no answer will come."""
        failure = Failure(message=_lost_sentence(), cancelled=self._is_closing)
        self._lost += [(question_id, question, failure) for question_id, question in questions.items()]
        self._report_lost.start()

    def _on_report_lost(self) -> None:
        lost, self._lost = self._lost, []
        for each in lost:
            self._tell_failure(*each)

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer


def _call(callback: Callable[[Answer], None] | Callable[[Failure], None] | None, message: Answer) -> None:
    receiver = getattr(callback, "__self__", None)
    if callback is None or (isinstance(receiver, QObject) and not shiboken6.isValid(receiver)):
        return
    callback(message)  # type: ignore[arg-type]


def _open_log() -> str:
    """The worker's log, begun anew when it has grown large; the null device where it cannot be written."""
    path: Path = places.log_file("worker")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size > _LOG_LIMIT_BYTES:
                path.replace(path.with_suffix(".old.log"))
        path.touch()
    except OSError:
        return QProcess.nullDevice()
    return str(path)


def _lost_sentence() -> str:
    return QCoreApplication.translate("WorkerClient", "The worker stopped before it answered. Ask again.")


def _restarted_sentence() -> str:
    return QCoreApplication.translate("WorkerClient", "The worker stopped and was restarted; ask again.")


def _gave_up_sentence() -> str:
    words = QCoreApplication.translate(
        "WorkerClient",
        "The worker stopped several times in a row. It is started again at the next question; see {0}.",
    )
    return words.format(places.log_file("worker"))
