"""Imports what the picture pages need while the person already works, on a thread and in stages.

A page opened before its turn only waits for the rest of the import. Between stages the interpreter is given away, so
that the window keeps painting.
"""

import gc
import importlib
import sys
import threading
import time

from PySide6.QtCore import QObject, QTimer, Signal

from playground.ui.state.quiet_collector import start_quietly

STAGES = ("pyqtgraph.Point", "pyqtgraph.functions", "pyqtgraph")
_PAUSE_S = 0.02
_SWITCH_S = 0.0005  # how soon the window's thread gets the interpreter back while the import runs
_DELAY_MS = 400  # after the first painting: the first tokens go before
_POLL_MS = 50


class Preload(QObject):
    """Runs once; `finished` is sent in the window's thread when every stage is imported."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = threading.Thread(target=_import_stages, name="preload", daemon=True)
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._look)
        self._interval_s = sys.getswitchinterval()

    def start(self) -> None:
        """Begin a little later, when the window stands."""
        QTimer.singleShot(_DELAY_MS, self._begin)

    def _begin(self) -> None:
        sys.setswitchinterval(_SWITCH_S)
        start_quietly(self._thread)
        self._poll.start()

    def _look(self) -> None:
        if not self._thread.is_alive():
            self._poll.stop()
            sys.setswitchinterval(self._interval_s)
            self.finished.emit()


def _import_stages() -> None:
    for name in STAGES:
        importlib.import_module(name)
        time.sleep(_PAUSE_S)
    gc.freeze()  # before the collector is on again: looking through all that was imported would be felt
