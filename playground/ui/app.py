"""Builds the application: settings, appearance, worker, window; and runs its event loop."""

import gc
import locale
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from playground.ui.appearance import Appearance
from playground.ui.preload import Preload
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.stopwatch import start_if_wanted
from playground.ui.theme import interface_font
from playground.ui.unexpected import catch_everything
from playground.ui.window import MainWindow, remembered_page
from playground.ui.worker_client import WorkerClient

_LONGEST_HOLD_MS = 1000

# Collecting the youngest objects is cheap; a full collection walks everything and would be felt. See `calm_collector`.
_COLLECT_AFTER = (5000, 20, 50)


@dataclass(frozen=True)
class Assembled:
    """One window with what it stands on; keep it for as long as the window lives."""

    application: QApplication
    app: AppState
    worker: WorkerClient
    window: MainWindow


def run_window(
    run: Path | None = None, page: str | None = None, theme: str | None = None, language: str | None = None
) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        run: the run directory to put in view; the one opened last, or the sample model, if not given.
        page: which page to open (a key of `pages/catalogue.py`); the one that was open last, if not given.
        theme, language: for this time only; else as chosen before, else as the computer has it.
    """
    built = assemble(Settings(), run, page, theme, language)
    catch_everything(built.window.report)
    watch = start_if_wanted(built.window, built.worker)
    built.window.show()
    preload = Preload()
    preload.finished.connect(calm_collector)
    preload.start()
    code = built.application.exec()
    del watch
    return code


def assemble(
    settings: Settings, run: Path | None, page: str | None, theme: str | None, language: str | None
) -> Assembled:
    """Everything up to the window, not yet shown; its worker starts once it is painted."""
    application = make_application()
    app = AppState(settings=settings)
    worker = WorkerClient()
    worker.hold()
    appearance = Appearance(settings)
    appearance.use_remembered(theme, language)
    window = MainWindow(app, worker, appearance)
    window.open_page(page or remembered_page(app))
    window.opening.open_first(run)
    StartAfterPainting(window, worker)
    return Assembled(application, app, worker, window)


class StartAfterPainting(QObject):
    """Starts the worker when the window has been painted once: both at a time would hold up the painting."""

    def __init__(self, window: QWidget, worker: WorkerClient) -> None:
        super().__init__(window)
        self._window, self._worker = window, worker
        window.installEventFilter(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._start)
        self._timer.start(_LONGEST_HOLD_MS)  # a window that is never shown asks questions too

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:  # painting follows within this event
            self._timer.start(0)
        return False

    def _start(self) -> None:
        self._window.removeEventFilter(self)
        self._worker.start()


def make_application() -> QApplication:
    """The one application of this process, in our style."""
    found = QCoreApplication.instance()
    if isinstance(found, QApplication):
        return found
    application = QApplication(sys.argv[:1])
    locale.setlocale(locale.LC_NUMERIC, "C")  # Qt takes the computer's; numbers in our files have points
    application.setApplicationName("transformer-playground")
    application.setStyle("Fusion")
    application.setFont(interface_font())
    return application


def calm_collector() -> None:
    """Keep what was loaded at the start out of every collection, so that none takes long enough to be seen.

    Nothing is collected before: walking through all modules takes longer than a frame, and leaves little out.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
