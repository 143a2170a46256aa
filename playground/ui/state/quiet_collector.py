"""Keeps Python's cyclic collector off while a thread beside the window's works.

The collector runs on whichever thread allocates. Widgets that are garbage in a cycle would then be destroyed away from
the window's thread, which crashes Qt. Reference counting goes on meanwhile.
"""

import gc
import threading

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_LOOK_MS = 20


class QuietCollector(QObject):
    """Turns the collector on again when the last thread has ended. Used from the window's thread only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._was_on = True
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    def hold_while(self, thread: threading.Thread) -> None:
        """Keep it off until this thread, which may not have begun yet, has ended."""
        if not self._threads:
            self._was_on = gc.isenabled()
            gc.disable()
            self._look.start()
        self._threads.append(thread)

    def _on_look(self) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if not self._threads:
            self._look.stop()
            if self._was_on:
                gc.enable()


def start_quietly(thread: threading.Thread) -> None:
    """Start a thread, with the collector off for as long as it lives; there must be an application."""
    application = QCoreApplication.instance()
    assert application is not None, "only a window has reason to be quiet"
    quiet = application.findChild(QuietCollector) or QuietCollector(application)
    quiet.hold_while(thread)
    thread.start()
