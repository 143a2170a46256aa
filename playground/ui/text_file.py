"""The beginning of a text file, for the editors of the window. Whole texts are read by the worker, never here."""

import codecs
from pathlib import Path

from playground.contract.errors import TextError
from playground.ui.visible_text import visible

_BYTES_PER_CHARACTER = 4  # at most, in UTF-8 and in UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_beginning(path: Path, n_characters: int) -> tuple[str, bool]:
    """The first `n_characters` of a UTF-8 or UTF-16 file, line ends as newlines, and whether that is all of it.

    Raises:
        TextError: there is no such file, it cannot be read, or it is no text.
    """
    wanted = n_characters * _BYTES_PER_CHARACTER + 4
    try:
        with path.open("rb") as file:
            data = file.read(wanted)
            is_whole = not file.read(1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise TextError(f"Cannot read {visible(path.name)}: {reason}. Choose a text file.") from error
    text = _decoded(data, is_whole, path.name)
    return text[:n_characters], is_whole and len(text) <= n_characters


def _decoded(data: bytes, is_whole: bool, name: str) -> str:
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data[len(mark) :], final=is_whole)
    except UnicodeDecodeError as error:
        place = error.start + len(mark)
        raise TextError(
            f"{visible(name)} is not UTF-8 or UTF-16 text (byte {place:,} does not fit). Save it as UTF-8 first."
        ) from error
    if "\0" in text:
        raise TextError(f"{visible(name)} holds zero bytes, so it is no text. Choose a text file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
