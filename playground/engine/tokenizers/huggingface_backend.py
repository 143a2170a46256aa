"""Files of the library `tokenizers`: byte-level BPE, BPE and Unigram with U+2581, WordPiece.

The library is imported when the first such file is opened. Its decoders are not used: the bytes of each id are told
from its spelling. It panics on some files and texts; a panic is no `Exception`, and becomes a `TokenizerError` here.
"""

import contextlib
import re
from collections.abc import Iterator

import numpy as np

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.backend import (
    BYTE,
    CONTROL,
    PIECE,
    SPACE,
    UNKNOWN,
    UNKNOWN_TEXT,
    Cut,
    spelled_bytes,
    split_byte_runs,
)
from playground.engine.tokenizers.tokenizer_json import WORDPIECE, checked_json

_BYTE_PIECE = re.compile(r"<0x([0-9A-F]{2})>")


class HuggingFaceBackend:
    """A `tokenizer.json`.

    What it spells with GPT-2's alphabet, e.g. "Ġthe", is shown as other pieces are, e.g. "▁the".

    Raises:
        TokenizerError: the file is refused, or the library cannot read it.
    """

    file_name = "tokenizer.json"

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._json = checked_json(data)
        self.n_pieces = self._json.n_pieces
        with _panics_told("The tokenizer is damaged"):
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_str(self._json.cleaned)
            self._tokenizer.encode_special_tokens = True  # what somebody writes is text
        self._alphabet = _byte_alphabet() if self._json.is_byte_level else {}
        self._ids = {spelling: id for id, spelling in self._json.spellings.items()}
        self._check_agreement()
        self._bytes = [self._told_bytes(id) for id in range(self.n_pieces)]
        self._kinds = [self._told_kind(id) for id in range(self.n_pieces)]
        first = self.encode("a").tolist()
        self.puts_space_first = bool(first) and self._bytes[first[0]].startswith(b" ")

    @property
    def patterns(self) -> tuple[str, ...]:
        """What the file looks for in a text before it is cut, regular expressions among it."""
        return self._json.patterns

    def encode(self, text: str) -> np.ndarray:
        with _panics_told("The tokenizer cannot cut this text"):
            return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int32)

    def cut(self, text: str) -> Cut:
        with _panics_told("The tokenizer cannot cut this text"):
            found = self._tokenizer.encode(text, add_special_tokens=False)
            ids = np.array(found.ids, dtype=np.int32)
            spans = np.array(found.offsets, dtype=np.int32).reshape(-1, 2)
        starts, ends = spans[:, 0].copy(), spans[:, 1].copy()
        if len(ids) > 1 and self.puts_space_first and self._bytes[int(ids[0])] == b" " and starts[1] == 0:
            ends[0] = 0  # the library gives the space that it put first the span of the first character
        cut = Cut(ids, starts, ends)
        if not self._json.has_byte_pieces:
            return cut
        is_byte = np.array([self._kinds[id] == BYTE for id in ids.tolist()], dtype=bool)
        return split_byte_runs(text, cut, self.bytes_of, is_byte)

    def piece(self, id: int) -> str:
        spelling = self._json.spellings.get(id)
        if spelling is None:
            return f"<unused {id}>"
        return spelled_bytes(self._bytes[id]) if self._json.is_byte_level and self._bytes[id] else spelling

    def bytes_of(self, id: int) -> bytes:
        return self._bytes[id]

    def kind(self, id: int) -> int:
        return self._kinds[id]

    def score(self, id: int) -> float:
        return self._json.scores.get(id, 0.0)

    def goes_on(self, id: int) -> bool:
        prefix = self._json.prefix
        return bool(prefix) and self._json.spellings.get(id, "").startswith(prefix)

    def id_of(self, spelling: str) -> int | None:
        return self._ids.get(spelling)

    def _check_agreement(self) -> None:
        """The library numbers added tokens by itself; the file's ids must be those that it gives."""
        for id, spelling in self._json.spellings.items():
            if self._tokenizer.token_to_id(spelling) != id:
                raise TokenizerError(
                    f"The tokenizer is damaged: it gives the id {id} to {spelling[:40]!a}, and reads it as another. "
                    "Choose another one."
                )

    def _told_kind(self, id: int) -> int:
        values = self._json
        if id not in values.spellings:
            return CONTROL
        if id == values.unknown_id and not values.is_byte_level:
            return UNKNOWN
        if values.has_byte_pieces and _BYTE_PIECE.fullmatch(values.spellings[id]):
            return BYTE  # some files call these special
        if id in values.special_ids:
            return CONTROL
        return PIECE if _is_text(self._bytes[id]) else BYTE

    def _told_bytes(self, id: int) -> bytes:
        values = self._json
        spelling = values.spellings.get(id, "")
        space = " " if values.model == WORDPIECE else ""
        if id == values.unknown_id and not values.is_byte_level:
            return (space + UNKNOWN_TEXT).encode("utf-8")
        if values.has_byte_pieces and (match := _BYTE_PIECE.fullmatch(spelling)):
            return bytes([int(match[1], 16)])
        if not spelling or id in values.special_ids:
            return b""
        if id in values.added:
            return spelling.encode("utf-8", "replace")
        if values.is_byte_level:
            return _bytes_in(self._alphabet, spelling)
        if values.prefix and spelling.startswith(values.prefix):
            return spelling.removeprefix(values.prefix).encode("utf-8", "replace")
        if values.model != WORDPIECE:
            spelling = spelling.replace(SPACE, " ")
        return (space + spelling).encode("utf-8", "replace")


@contextlib.contextmanager
def _panics_told(what: str) -> Iterator[None]:
    """Raises: TokenizerError, in place of whatever the library raises."""
    try:
        yield
    except BaseException as error:
        is_panic = type(error).__name__ == "PanicException"  # of the Rust below; no `Exception`, and not importable
        if isinstance(error, MemoryError) or not (is_panic or isinstance(error, Exception)):
            raise
        words = " ".join(str(error).split())[:200].rstrip(".")
        raise TokenizerError(f"{what}: {words or 'no reason is given'}. Choose another tokenizer.") from None


def _byte_alphabet() -> dict[int, int]:
    """GPT-2's spelling of bytes, for `str.translate` into Latin-1: printable characters of that as themselves, the
    other bytes from U+0100 on. Characters of Latin-1 that spell no byte leave it.
    """
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in set(printable)]
    return {0x100 + n: byte for n, byte in enumerate(others)} | dict.fromkeys(others, 0xFFFF)


def _bytes_in(alphabet: dict[int, int], spelling: str) -> bytes:
    try:
        return spelling.translate(alphabet).encode("latin-1")
    except UnicodeEncodeError:
        return spelling.encode("utf-8", "replace")


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
