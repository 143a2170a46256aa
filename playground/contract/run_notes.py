"""What a person has written about a run: plain text in its notes.txt."""

from pathlib import Path

from playground.contract import storage
from playground.contract.errors import PlaygroundError, RunError

NAME = "notes.txt"
MOST_BYTES = 64 << 10
_HINT_BYTES = 400  # of its first line that says something


def notes_path(run: Path) -> Path:
    return run / NAME


def read_notes(run: Path) -> str:
    """The whole text; "" where there is none.

    Raises:
        RunError: the file is too large or cannot be read.
    """
    try:
        data = storage.read_bytes(notes_path(run), MOST_BYTES)
    except FileNotFoundError:
        return ""
    return data.decode("utf-8", "replace")


def write_notes(run: Path, text: str) -> None:
    """Keep the text with the run, whole or not at all; an empty one leaves an empty file only where there was one.

    Raises:
        RunError: it is too long, or there is no run.
        StorageError: the disk refuses; the former text is unharmed.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        raise RunError(f"The notes have {size:,} bytes, but may have {MOST_BYTES:,} at most. Shorten them.")
    if not storage.exists(run):
        raise RunError(f"{run} is gone, so its notes cannot be kept.")
    if text or storage.exists(notes_path(run)):
        storage.write_text(notes_path(run), text.encode("utf-8", "replace").decode("utf-8"))


def notes_hint(run: Path) -> str:
    """The first line that says something, bounded; "" where there is none or it cannot be read."""
    text, _ = try_read_notes(run)
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line.encode("utf-8")[:_HINT_BYTES].decode("utf-8", "ignore")


def try_read_notes(run: Path) -> tuple[str, str]:
    """The text, and why it cannot be read ("" if it can)."""
    try:
        return read_notes(run), ""
    except PlaygroundError as error:
        return "", str(error)
