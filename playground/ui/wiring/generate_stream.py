"""One text as it arrives: gathers the tokens of many small answers, and hands them on a few dozen times a second.

So that a fast model never makes the window draw more often than anybody can see.
"""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from playground.contract.messages import Answer, Failure, Generate, Generated, GenerationEnded
from playground.ui.pages.generate.words import STOPPED, Ending
from playground.ui.pages.generate.writing import WrittenToken, written_tokens
from playground.ui.worker_client import WorkerClient

FLUSH_MS = 33
_REST = 2  # a flush that took long is followed by that many times as long a rest


class GenerateStream(QObject):
    """The answer to one `Generate`.

    Signals:
        written (list of WrittenToken): new tokens, at most every `FLUSH_MS`.
        ended (Ending): no more come, and why.
        failed (str): no more come; one sentence.
    """

    written = Signal(list)
    ended = Signal(Ending)
    failed = Signal(str)

    def __init__(self, worker: WorkerClient, request: Generate, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._request = worker, request
        self._pending: list[WrittenToken] = []
        self._n_tokens = 0
        self._n_first = 0  # tokens of the first part: what came before it is not in the clock
        self._clock, self._elapsed_ms = QElapsedTimer(), 0
        self._is_stopped = False
        self._flushes = QTimer(self)
        self._flushes.setSingleShot(True)
        self._flushes.timeout.connect(self._flush)
        self._id = worker.ask(request, self._on_answer, self._on_failed)

    def stop(self) -> None:
        """Ask for no more; what is on its way is left out."""
        self._flush()
        self._is_stopped = True
        self._worker.cancel(self._id)

    def abandon(self) -> None:
        """Stop, and say nothing more."""
        self.blockSignals(True)
        self.stop()
        self.deleteLater()

    def _on_answer(self, answer: Answer) -> None:
        if isinstance(answer, Generated) and not self._is_stopped:
            self._take(written_tokens(answer, self._n_tokens))
        elif isinstance(answer, GenerationEnded):
            self._flush()
            self._end(STOPPED if self._is_stopped else answer.reason, answer.tokens_per_s)

    def _on_failed(self, failure: Failure) -> None:
        self._flush()
        if failure.cancelled:
            self._end(STOPPED, self._measured_speed())
        else:
            self.failed.emit(failure.message)

    def _take(self, tokens: list[WrittenToken]) -> None:
        if self._n_tokens:
            self._elapsed_ms = self._clock.elapsed()
        else:
            self._n_first = len(tokens)
            self._clock.start()
        self._n_tokens += len(tokens)
        self._pending += tokens
        if not self._flushes.isActive():
            self._flushes.start(FLUSH_MS)

    def _measured_speed(self) -> float:
        """Tokens per second as they came in here, between the first part and the last; 0 where there was but one."""
        return 1000 * (self._n_tokens - self._n_first) / self._elapsed_ms if self._elapsed_ms else 0.0

    def _end(self, reason: str, tokens_per_s: float) -> None:
        self.ended.emit(
            Ending(
                reason=reason,
                n_tokens=self._n_tokens,
                tokens_per_s=tokens_per_s,
                seed=self._request.sampling.seed,
                step=self._request.step,
            )
        )

    def _flush(self) -> None:
        self._flushes.stop()
        if not self._pending:
            return
        tokens, self._pending = self._pending, []
        clock = QElapsedTimer()
        clock.start()
        self.written.emit(tokens)
        rest = _REST * clock.elapsed()
        if rest > FLUSH_MS:
            self._flushes.start(rest)
