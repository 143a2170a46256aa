"""Opens the window, or says in words why it cannot."""

import os
import sys
from pathlib import Path

from playground.commands import doctor
from playground.contract.errors import PlaygroundError

_CANNOT = 2


def window(run: Path | None, page: str | None, theme: str | None, language: str | None) -> int:
    """Stay until the window is closed; returns the exit code.

    Raises:
        PlaygroundError: this machine lacks a library or a display; the sentence says what to do.
    """
    if found := doctor.advice():
        raise PlaygroundError(found)
    try:
        from PySide6.QtCore import qInstallMessageHandler

        from playground.ui.app import run_window
    except ImportError as error:
        raise PlaygroundError(f"Qt cannot be loaded: {error}. See: playground doctor") from error
    qInstallMessageHandler(_on_qt_message)
    return run_window(run, page, theme, language)


def _on_qt_message(kind: object, context: object, message: str) -> None:
    """Qt's own words go to stderr; where it would abort, it ends with advice instead."""
    from PySide6.QtCore import QtMsgType

    if kind != QtMsgType.QtFatalMsg:
        print(message, file=sys.stderr)
        return
    print(f"The window cannot open. {message.strip()}", file=sys.stderr)
    print(doctor.advice() or "See: playground doctor", file=sys.stderr, flush=True)
    os._exit(_CANNOT)
