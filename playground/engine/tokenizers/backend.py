"""What a tokenizer stands on: a program that cuts text into the pieces of one model file.

Knows the two spellings that our window shows, whatever the file's own: U+2581 for a space, `<0xE3>` for a byte that is
no character by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from playground.contract.errors import TokenizerError

SPACE = "\u2581"  # how SentencePiece spells a space
PIECE, BYTE, UNKNOWN, CONTROL = 0, 1, 2, 3
UNKNOWN_TEXT = "\u2047"  # as SentencePiece shows it, without its spaces

PIECE_LIMIT_BYTES = 512
N_PIECES_LIMIT = 1_000_000


@dataclass(frozen=True)
class Cut:
    """A text's tokens: ids and spans in code points. All (T,) int32."""

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class Backend(Protocol):
    """A model file and the program that reads it. Safe to use from several threads."""

    file_name: str
    data: bytes  # the file
    n_pieces: int
    puts_space_first: bool  # before every text: it is no part of what was written

    def encode(self, text: str) -> np.ndarray:
        """Ids (T,) int32 of a text without lone surrogates; no special tokens are put around it."""
        ...

    def cut(self, text: str) -> Cut:
        """The ids of `encode`, with the span of each."""
        ...

    def piece(self, id: int) -> str:
        """The piece in the window's spelling."""
        ...

    def bytes_of(self, id: int) -> bytes:
        """The text that the id stands for, b"" for control pieces."""
        ...

    def kind(self, id: int) -> int:
        """0 for a piece, 1 for a byte, 2 for unknown, 3 for control."""
        ...

    def score(self, id: int) -> float:
        """What the model file says of the piece, 0 where it says nothing."""
        ...

    def goes_on(self, id: int) -> bool:
        """Whether the piece itself says that it goes on with a word, as "##ing" does."""
        ...

    def id_of(self, spelling: str) -> int | None:
        """The id of a piece in the file's own spelling."""
        ...


def spelled_bytes(data: bytes) -> str:
    """Bytes in the window's spelling: characters where they are some, `<0xE3>` elsewhere."""
    parts: list[str] = []
    while data:
        try:
            parts.append(data.decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            parts.append(data[: error.start].decode("utf-8"))
            parts += [f"<0x{byte:02X}>" for byte in data[error.start : error.end]]
            data = data[error.end :]
    return "".join(parts).replace(" ", SPACE)


def share_spans(starts: np.ndarray, ends: np.ndarray, is_byte: np.ndarray) -> np.ndarray:
    """Ends (T,) after giving all bytes of one character its whole span; SentencePiece gives it to the last one only."""
    ends = ends.copy()
    for i in range(len(starts) - 2, -1, -1):
        if is_byte[i] and is_byte[i + 1] and starts[i] == ends[i] == starts[i + 1]:
            ends[i] = ends[i + 1]
    return ends


def split_byte_runs(text: str, cut: Cut, bytes_of: Callable[[int], bytes], is_byte: np.ndarray) -> Cut:
    """The cut with each byte at its own character, where neighbouring bytes (T,) were given one span together."""
    starts, ends = cut.starts.copy(), cut.ends.copy()
    first = 0
    while first < len(starts):
        last, start, end = first + 1, int(starts[first]), int(ends[first])
        while last < len(starts) and is_byte[last] and (starts[last], ends[last]) == (start, end):
            last += 1
        data = [bytes_of(id) for id in cut.ids[first:last].tolist()]
        if is_byte[first] and end - start > 1 and b"".join(data) == text[start:end].encode("utf-8"):
            places = [start + n for n, character in enumerate(text[start:end]) for _ in character.encode("utf-8")]
            starts[first:last] = places
            ends[first:last] = starts[first:last] + 1
        first = last
    return Cut(cut.ids, starts, ends)


def check_pieces(backend: Backend) -> None:
    """Refuse a vocabulary that no honest tokenizer has.

    Raises:
        TokenizerError: too many pieces, or a piece that is too long or holds a NUL.
    """
    if not 0 < backend.n_pieces <= N_PIECES_LIMIT:
        raise TokenizerError(
            f"The tokenizer has {backend.n_pieces:,} pieces; 1 to {N_PIECES_LIMIT:,} are read. Choose another one."
        )
    for id in range(backend.n_pieces):
        data = backend.bytes_of(id)
        if len(data) > PIECE_LIMIT_BYTES:
            raise TokenizerError(
                f"Piece {id} of the tokenizer has {len(data):,} bytes; {PIECE_LIMIT_BYTES} are the most. "
                "Choose another tokenizer."
            )
