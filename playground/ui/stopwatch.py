"""Times the window from inside, for the benchmark: first paint, first tokens on screen, stalls.

Does nothing unless the environment variable `PLAYGROUND_STOPWATCH` names a file; then each fact is appended to it as a
JSON line with `at_s`, the machine's monotonic clock, which other processes share on Linux and macOS. Changes nothing
that the person sees.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from playground.contract.messages import Tokens
from playground.ui.worker_client import WorkerClient

VARIABLE = "PLAYGROUND_STOPWATCH"
BEAT_MS = 4
_REPORT_S = 1.0


class Stopwatch(QObject):
    """Writes `first_paint`, `first_tokens`, and once a second `gaps`.

    Of the firsts: how long the process had worked until then.
    Of `gaps`: the longest one, how much of it this thread worked (else it waited for a core or for the interpreter),
    and how many passed 16 ms.
    """

    def __init__(self, path: Path, window: QWidget, worker: WorkerClient) -> None:
        super().__init__(window)
        self._path, self._window = path, window
        self._waiting = ["first_paint"]
        self._has_tokens = False
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._last_beat = self._last_report = time.monotonic()
        self._last_busy = time.thread_time()
        self._gaps: list[tuple[float, float]] = []  # length and work, in seconds
        window.installEventFilter(self)
        worker.answered.connect(self._on_answered)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and self._waiting:  # painting follows within this event
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        for name in self._waiting:
            self._write(name, work_s=round(time.process_time(), 3))
        self._waiting = []

    def _on_answered(self, question: int, answer: object, is_final: bool) -> None:
        if isinstance(answer, Tokens) and not self._has_tokens:
            self._has_tokens = True
            self._waiting.append("first_tokens")

    def _on_beat(self) -> None:
        now, busy = time.monotonic(), time.thread_time()
        self._gaps.append((now - self._last_beat, busy - self._last_busy))
        self._last_beat, self._last_busy = now, busy
        if now - self._last_report >= _REPORT_S:
            self._report()
            self._gaps, self._last_report = [], now

    def _report(self) -> None:
        longest_s, busy_s = max(self._gaps)
        n_long = sum(length_s > 0.016 for length_s, _ in self._gaps)
        longest_ms, busy_ms = round(1000 * longest_s, 1), round(1000 * busy_s, 1)
        self._write("gaps", longest_ms=longest_ms, busy_ms=busy_ms, n_beats=len(self._gaps), n_over_16_ms=n_long)

    def _write(self, name: str, **facts: Any) -> None:
        line = json.dumps({"name": name, "at_s": time.monotonic(), **facts})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def start_if_wanted(window: QWidget, worker: WorkerClient) -> Stopwatch | None:
    """Start timing if the environment asks for it."""
    path = os.environ.get(VARIABLE)
    return Stopwatch(Path(path), window, worker) if path else None
