"""An exception nobody foresaw: whole into the log, one sentence to the person, and the window lives on."""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from playground import places
from playground.contract.errors import PlaygroundError
from playground.ui.engine_sentences import told
from playground.ui.translation import translate

_LOG_LIMIT_BYTES = 2_000_000


def catch_everything(report: Callable[[str], None]) -> None:
    """Let `report` hear of every exception that reaches the event loop, from now on."""

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report(sentence_for(error))

    def on_thread_exception(event: threading.ExceptHookArgs) -> None:
        """Another thread must not touch the window: its exception is only logged."""
        if event.exc_value is not None:
            write_log(event.exc_value)

    sys.excepthook = on_exception
    threading.excepthook = on_thread_exception


def sentence_for(error: BaseException) -> str:
    """What to tell the person; a mistake of theirs speaks for itself, one of ours is logged first."""
    if isinstance(error, PlaygroundError):
        return told(error)
    where = write_log(error)
    words = translate("Unexpected", "Something went wrong that should not have ({0}). What happened is in {1}.")
    return words.format(type(error).__name__, where)


def write_log(error: BaseException) -> str:
    """Append the traceback to the window's log; returns the log's name, or "stderr" where it cannot be written."""
    text = "".join(traceback.format_exception(error))
    stamped = f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{text}\n"
    path = places.log_file("window")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_LIMIT_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(stamped)
    except OSError:
        sys.stderr.write(stamped)
        return "stderr"
    return str(path)
