"""Opens the window, or says in words why it cannot."""

import os
import sys
from pathlib import Path

from playground.commands import doctor
from playground.contract.errors import PlaygroundError

_CANNOT = 2
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"


def window(run: Path | None, page: str | None, theme: str | None, language: str | None) -> int:
    """Stay until the window is closed; returns the exit code.

    Raises:
        PlaygroundError: this machine lacks a library or a display; the sentence says what to do.
    """
    if found := doctor.advice():
        raise PlaygroundError(found)
    _import_numpy()
    try:
        from PySide6.QtCore import qInstallMessageHandler

        from playground.ui.app import run_window
    except ImportError as error:
        raise PlaygroundError(f"Qt cannot be loaded: {error}. See: playground doctor") from error
    qInstallMessageHandler(_on_qt_message)
    return run_window(run, page, theme, language)


def _import_numpy() -> None:
    """Without the threads that its linear algebra would start, which the window never uses and would wait for.

    Only here: trainer and worker, which inherit the environment, get it as it was.
    """
    former = os.environ.get(_BLAS_THREADS)
    os.environ[_BLAS_THREADS] = "1"
    import numpy  # noqa: F401  its import is what takes time

    if former is None:
        del os.environ[_BLAS_THREADS]
    else:
        os.environ[_BLAS_THREADS] = former


def _on_qt_message(kind: object, context: object, message: str) -> None:
    """Qt's own words go to stderr; where it would abort, it ends with advice instead."""
    from PySide6.QtCore import QtMsgType

    if kind != QtMsgType.QtFatalMsg:
        print(message, file=sys.stderr)
        return
    print(f"The window cannot open. {message.strip()}", file=sys.stderr)
    print(doctor.advice() or "See: playground doctor", file=sys.stderr, flush=True)
    os._exit(_CANNOT)
