"""Where our own bugs go, whole: a traceback in a log file, so that a person sees one sentence instead."""

import contextlib
import datetime
import sys
import traceback

from playground import places


def log_bug(name: str, error: BaseException) -> str:
    """Append the traceback to the log of that name (to stderr where it cannot be written); returns one sentence."""
    path = places.log_file(name)
    text = "".join(traceback.format_exception(error))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"\n{datetime.datetime.now().astimezone().isoformat(timespec='seconds')}\n{text}")
    except OSError:
        with contextlib.suppress(OSError):
            print(text, file=sys.stderr)
        return f"Something unexpected went wrong ({type(error).__name__}), and its log {path} cannot be written."
    return f"Something unexpected went wrong ({type(error).__name__}). The details are in {path}."
