"""A tokenizer, ours or another program's: text to ids and back, with exact spans. Imports neither torch nor a trainer.

Every id stands for a fixed sequence of bytes, so a text is the bytes of its tokens, one after another; this is what
decoding, streaming and sizes rest on. Some tokenizers of other programs put a space before every text; it is left out
wherever a text begins.
"""

import builtins
import codecs
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from playground.contract import storage
from playground.contract.config import TOKENIZER_TYPES
from playground.contract.config_file import toml_scalar
from playground.contract.errors import RunError, TokenizerError
from playground.contract.messages import Tokens, Vocabulary
from playground.contract.unicode import without_lone_surrogates
from playground.engine.tokenizers.backend import BYTE, CONTROL, N_PIECES_LIMIT, PIECE, SPACE, UNKNOWN, Backend, Cut
from playground.engine.tokenizers.foreign import MODEL_FILES, MODEL_LIMIT_BYTES, load_foreign
from playground.engine.tokenizers.sentencepiece_backend import SentencePieceBackend
from playground.engine.tokenizers.specials import MASK_PIECE, Specials, specials_from_mapping

__all__ = [
    "BYTE",
    "CONTROL",
    "FORMAT",
    "IMPORTED",
    "PIECE",
    "SPACE",
    "UNKNOWN",
    "TextStream",
    "Tokenizer",
    "load_tokenizer",
]

FORMAT = 1
IMPORTED = "imported"

_SPACED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "DEVANAGARI", "HANGUL")
_BYTE_ALONE = "backslashreplace"  # how bytes that spell no character are shown
_NEVER_IN_A_PIECE = "\U0010fffd"  # for private use
_TOML_LIMIT_BYTES = 1 << 16


class Tokenizer:
    """A model file under one of our type names. Safe to use from several threads.

    Ids beyond the file's pieces stand for no text: a mask that was added, or rows that a model has and never uses.

    Args:
        specials: None for our own, where line ends begin and end a line.
        vocab_size: with the ids beyond the file's pieces; None if there are none.
    """

    def __init__(
        self, backend: Backend, type: str, specials: Specials | None = None, vocab_size: int | None = None
    ) -> None:
        self.type, self.backend = type, backend
        self.vocab_size = backend.n_pieces if vocab_size is None else vocab_size
        newline_id = backend.id_of("\n") if specials is None else None
        self.specials = Specials(start_id=newline_id, end_id=newline_id) if specials is None else specials
        n_beyond = self.vocab_size - backend.n_pieces
        kinds = [backend.kind(id) for id in range(backend.n_pieces)]
        self._kinds = np.array([*kinds, *[CONTROL] * n_beyond], dtype=np.uint8)  # (V,)
        self._bytes = [*(backend.bytes_of(id) for id in range(backend.n_pieces)), *[b""] * n_beyond]
        if self.specials.mask_id is not None:
            self._kinds[self.specials.mask_id] = CONTROL
            self._bytes[self.specials.mask_id] = b""

    def encode(self, text: str) -> np.ndarray:
        """Ids (T,) int32. Characters that the vocabulary lacks become bytes, or the unknown id; nothing becomes a mask
        or another control token.

        Raises:
            TokenizerError: another program's tokenizer fails on this text.
        """
        if not text:
            return np.empty(0, dtype=np.int32)
        text = without_lone_surrogates(text)
        ids = self.backend.encode(text)
        return self._cut(text).ids if (self._kinds[ids] == CONTROL).any() else ids

    def decode(self, ids: Iterable[int], *, goes_on: bool = False) -> str:
        """The text of ids; bytes that are no UTF-8 read as `\\xe3`, the unknown id as U+2047.

        Args:
            goes_on: these ids follow others, so that a space before them is a part of the text.

        Raises:
            IndexError: an id is not in the vocabulary.
        """
        data = b"".join([self._bytes[id] for id in ids])
        if self.backend.puts_space_first and not goes_on:
            data = data.removeprefix(b" ")
        return data.decode("utf-8", _BYTE_ALONE)

    def n_bytes(self, ids: Iterable[int]) -> int:
        """How many UTF-8 bytes of text the ids stand for."""
        return sum(len(self._bytes[id]) for id in ids)

    def tokens(self, text: str) -> Tokens:
        """The text cut into tokens, with the span of each in it.

        Raises:
            TokenizerError: another program's tokenizer fails on this text.
        """
        cut = self._cut(without_lone_surrogates(text))
        pieces = [self.piece(id) for id in cut.ids.tolist()]
        kinds = self._kinds[cut.ids]
        return Tokens(
            ids=cut.ids, pieces=pieces, starts=cut.starts, ends=cut.ends, kinds=kinds, vocab_size=self.vocab_size
        )

    def piece(self, id: int) -> str:
        """The piece with U+2581 for a space and `<0xE3>` for half a character, e.g. "▁the"."""
        if id < self.backend.n_pieces:
            return self.backend.piece(id)
        return MASK_PIECE if id == self.specials.mask_id else f"<unused {id}>"

    def kind(self, id: int) -> int:
        """0 for a piece, 1 for a byte, 2 for unknown, 3 for control."""
        return int(self._kinds[id])

    def vocabulary(self) -> Vocabulary:
        """All pieces by id."""
        scores = np.zeros(self.vocab_size, dtype=np.float32)
        scores[: self.backend.n_pieces] = [self.backend.score(id) for id in range(self.backend.n_pieces)]
        pieces = [self.piece(id) for id in range(self.vocab_size)]
        return Vocabulary(pieces=pieces, scores=scores, kinds=self._kinds, type=self.type)

    def with_mask(self) -> "Tokenizer":
        """The same with a mask, which is no part of any text, as its last id; itself if it has a mask."""
        if self.specials.mask_id is not None:
            return self
        special = self.specials
        marked = Specials(
            start_id=special.start_id, end_id=special.end_id, mask_id=self.vocab_size, pad_id=special.pad_id
        )
        return Tokenizer(self.backend, self.type, marked, self.vocab_size + 1)

    def starts_word(self, id: int) -> bool:
        """Whether a word begins with this token: after a space, at a line end, and at what is neither letter nor digit.

        Japanese has no spaces: there a word is what the vocabulary holds as one piece. The further bytes of a character
        begin none, and neither do pieces that say that they go on, as "##ing" does.
        """
        kind = self.kind(id)
        if kind in (UNKNOWN, CONTROL):
            return True
        if self.backend.goes_on(id):
            return False
        first = self._bytes[id][:1]
        if kind == BYTE:
            return not b"\x80" <= first < b"\xc0"
        character = self._bytes[id].decode("utf-8")[:1]
        return not character.isalnum() or not (character.isascii() or _is_spaced(character))

    def stream(self, *, goes_on: bool = True) -> "TextStream":
        """Turns ids that come one by one into text.

        Args:
            goes_on: they follow other ids; if not, a space that the tokenizer puts before every text is left out.
        """
        return TextStream(self._bytes, drops_space=self.backend.puts_space_first and not goes_on)

    def save(self, folder: Path) -> None:
        """Write the model file and, last, tokenizer.toml.

        Raises:
            StorageError: the disk refuses.
        """
        storage.make_folder(folder)
        name = self.backend.file_name
        storage.write_bytes(folder / name, self.backend.data)
        lines: dict[str, int | str] = {"format": FORMAT, "type": self.type, "vocab_size": self.vocab_size}
        if self.type == IMPORTED:
            lines["file"] = name
        lines |= self.specials.to_mapping()
        text = "".join(f"{key} = {toml_scalar(value)}\n" for key, value in lines.items())
        storage.write_text(folder / "tokenizer.toml", text)
        for former in MODEL_FILES:
            if former != name:
                storage.discard(folder / former)

    def _cut(self, text: str) -> Cut:
        if not text:
            nothing = np.empty(0, dtype=np.int32)
            return Cut(nothing, nothing.copy(), nothing.copy())
        cut = self.backend.cut(text)
        is_control = self._kinds[cut.ids] == CONTROL
        return self._spelled_out(text, cut, is_control) if is_control.any() else cut

    def _spelled_out(self, text: str, cut: Cut, is_control: np.ndarray) -> Cut:
        """The cut with the spelling of control tokens, which somebody wrote, as the text that it is."""
        rows: list[tuple[int, int, int]] = []
        for id, start, end, is_mark in zip(cut.ids, cut.starts, cut.ends, is_control, strict=True):
            if not is_mark:
                rows.append((id, start, end))
                continue
            for place in range(start, end):
                part = self._inside_a_text(text[place])
                rows += [(each, place, place + 1) for each in part if self._kinds[each] != CONTROL]
        found = np.array(rows, dtype=np.int32).reshape(-1, 3)
        return Cut(found[:, 0].copy(), found[:, 1].copy(), found[:, 2].copy())

    def _inside_a_text(self, character: str) -> list[int]:
        """The ids of a character that something stands before, so that no space is put there."""
        alone: list[int] = self.backend.encode(character).tolist()
        if not self.backend.puts_space_first:
            return alone
        before: list[int] = self.backend.encode(_NEVER_IN_A_PIECE).tolist()
        both: list[int] = self.backend.encode(_NEVER_IN_A_PIECE + character).tolist()
        if before and len(both) > len(before) and both[: len(before)] == before:
            return both[len(before) :]
        return alone[1:] if len(alone) > 1 and self._bytes[alone[0]] == b" " else alone


class TextStream:
    """The text that each further id adds; "" while a character waits for more of its bytes."""

    def __init__(self, bytes_by_id: list[bytes], *, drops_space: bool = False) -> None:
        self._bytes = bytes_by_id
        self._drops_space = drops_space
        self._decoder = codecs.getincrementaldecoder("utf-8")(_BYTE_ALONE)

    def add(self, id: int) -> str:
        """Raises: IndexError, if the id is not in the vocabulary."""
        data = self._bytes[id]
        if self._drops_space and data:
            self._drops_space = False
            data = data.removeprefix(b" ")
        return self._decoder.decode(data)

    def end(self) -> str:
        """What remains: the bytes of a character that was left unfinished."""
        return self._decoder.decode(b"", final=True)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer that `save` wrote into a folder; another program's is tried in a process of its own first.

    Raises:
        TokenizerError: there is none, it is damaged, or a newer program wrote it.
    """
    try:
        header = storage.read_toml(folder / "tokenizer.toml", _TOML_LIMIT_BYTES)
        type, name = _checked_header(header, folder)
        path = folder / name
        data = storage.read_bytes(path, MODEL_LIMIT_BYTES)
    except FileNotFoundError:
        raise TokenizerError(f"{folder} holds no tokenizer. Train one, or choose another folder.") from None
    except RunError as error:
        raise TokenizerError(str(error)) from None
    try:
        backend = load_foreign(name, data) if type == IMPORTED else SentencePieceBackend(data)
    except TokenizerError as error:
        if type == IMPORTED:
            raise TokenizerError(f"{path} is damaged: {error}") from None
        raise TokenizerError(f"{path} is damaged. Restore it from a copy, or train the tokenizer anew.") from None
    return _with_header(backend, type, header, folder)


def _checked_header(header: dict[str, Any], folder: Path) -> tuple[str, str]:
    """The type and the name of the model file."""
    number = header.get("format", FORMAT)
    if builtins.type(number) is not int or number != FORMAT:
        raise TokenizerError(f"{folder} has format {number!r}; this program reads {FORMAT}. Update the program.")
    type, name = header.get("type"), header.get("file", SentencePieceBackend.file_name)
    if type not in TOKENIZER_TYPES:
        raise TokenizerError(
            f"{folder / 'tokenizer.toml'} names the type {type!r}; there are {', '.join(TOKENIZER_TYPES)}."
        )
    allowed = MODEL_FILES if type == IMPORTED else MODEL_FILES[:1]
    if name not in allowed:
        raise TokenizerError(f"{folder / 'tokenizer.toml'} names the file {name!r}; it may be {' or '.join(allowed)}.")
    return str(type), str(name)


def _with_header(backend: Backend, type: str, header: dict[str, Any], folder: Path) -> Tokenizer:
    size, n_pieces = header.get("vocab_size"), backend.n_pieces
    n_beyond = N_PIECES_LIMIT if type == IMPORTED else int("mask_id" in header)
    least = n_pieces if type == IMPORTED else n_pieces + n_beyond
    if builtins.type(size) is not int or not least <= size <= n_pieces + n_beyond:
        raise TokenizerError(
            f"{folder} is damaged: tokenizer.toml says {size} pieces, and {backend.file_name} has {least}. "
            "Restore it from a copy, or train the tokenizer anew."
        )
    if type == IMPORTED:
        return Tokenizer(backend, type, specials_from_mapping(header, size, str(folder / "tokenizer.toml")), size)
    tokenizer = Tokenizer(backend, type)
    return tokenizer.with_mask() if "mask_id" in header else tokenizer


def _is_spaced(character: str) -> bool:
    """Whether the character's script puts spaces between words, as Latin, Greek and Cyrillic do."""
    return unicodedata.name(character, "").split(" ")[0] in _SPACED_SCRIPTS
