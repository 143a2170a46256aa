"""Waits until a window is really filled: for pictures of it, and for tests."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from playground.ui.window import MainWindow

QUIET_MS = 500  # longer than any throttle of a page
_LOOK_MS = 50


class Settling(QObject):
    """Sends `settled` when for `QUIET_MS` no answer was owed and all lines were read, or `timed_out` if that fails."""

    settled = Signal()
    timed_out = Signal()

    def __init__(self, window: MainWindow, limit_ms: int) -> None:
        super().__init__(window)
        self._window, self._limit_ms = window, limit_ms
        self._since_start, self._since_busy = QElapsedTimer(), QElapsedTimer()
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to wait; the window must be shown."""
        self._since_start.start()
        self._since_busy.start()
        self._looking.start()

    def _look(self) -> None:
        if not self._window.worker.is_idle or self._window.app.current.is_reading:
            self._since_busy.restart()
        if self._since_busy.elapsed() >= QUIET_MS:
            self._looking.stop()
            self.settled.emit()
        elif self._since_start.elapsed() >= self._limit_ms:
            self._looking.stop()
            self.timed_out.emit()
