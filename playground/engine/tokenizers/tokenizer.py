"""A trained tokenizer: text to ids and back, with exact spans. Imports neither torch nor any trainer.

Every id stands for a fixed sequence of bytes, so a text is the bytes of its tokens, one after another; this is what
decoding, streaming and sizes rest on.
"""

import codecs
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import sentencepiece

from playground.contract import storage
from playground.contract.config import TOKENIZER_TYPES
from playground.contract.config_file import toml_scalar
from playground.contract.errors import RunError, TokenizerError
from playground.contract.messages import Tokens, Vocabulary
from playground.contract.unicode import without_lone_surrogates
from playground.engine.tokenizers.specials import MASK_PIECE, Specials

FORMAT = 1
SPACE = "\u2581"  # how SentencePiece spells a space
PIECE, BYTE, UNKNOWN, CONTROL = 0, 1, 2, 3

_MODEL_LIMIT_BYTES = 1 << 28
_TOML_LIMIT_BYTES = 1 << 16
_SPACED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "DEVANAGARI", "HANGUL")
_BYTE_ALONE = "backslashreplace"  # how bytes that spell no character are shown
_UNKNOWN_TEXT = "\u2047"  # as SentencePiece shows it, without its spaces


class Tokenizer:
    """A SentencePiece model under one of our type names. Safe to use from several threads.

    Line ends begin and end a line. A mask, where a model wants one, is one more token after those of the model file.

    Raises:
        TokenizerError: the bytes are no SentencePiece model.
    """

    def __init__(self, model: bytes, type: str, *, has_mask: bool = False) -> None:
        self.type = type
        self._model = model
        self._processor = sentencepiece.SentencePieceProcessor()
        try:
            self._processor.LoadFromSerializedProto(model)
            self._n_pieces = self._processor.get_piece_size()
        except (RuntimeError, OSError, ValueError) as error:
            raise TokenizerError(f"The tokenizer is damaged: {error}.") from None
        if not self._n_pieces:
            raise TokenizerError("The tokenizer is damaged: it has no pieces.")
        self.vocab_size = self._n_pieces + has_mask
        newline_id = self._newline_id()
        mask_id = self._n_pieces if has_mask else None
        self.specials = Specials(start_id=newline_id, end_id=newline_id, mask_id=mask_id)
        ids = range(self.vocab_size)
        self._kinds = np.array([self._kind(id) for id in ids], dtype=np.uint8)  # (V,)
        self._bytes = [self._bytes_of(id) for id in ids]

    def encode(self, text: str) -> np.ndarray:
        """Ids (T,) int32. Characters that the vocabulary lacks become bytes, or the unknown id."""
        if not text:
            return np.empty(0, dtype=np.int32)
        return np.array(
            self._processor.encode_as_numpy(without_lone_surrogates(text)), dtype=np.int32
        )  # its own may not be written

    def decode(self, ids: list[int]) -> str:
        """The text of ids; bytes that are no UTF-8 read as `\\xe3`, the unknown id as U+2047.

        Raises:
            IndexError: an id is not in the vocabulary.
        """
        return b"".join([self._bytes[id] for id in ids]).decode("utf-8", _BYTE_ALONE)

    def n_bytes(self, ids: Iterable[int]) -> int:
        """How many UTF-8 bytes of text the ids stand for."""
        return sum(len(self._bytes[id]) for id in ids)

    def tokens(self, text: str) -> Tokens:
        """The text cut into tokens, with the span of each in it."""
        if not text:
            found: dict[str, list[object]] = {"ids": [], "pieces": [], "offsets": []}
        else:
            found = self._processor.encode_as_offset_mapping(without_lone_surrogates(text))
        ids = np.array(found["ids"], dtype=np.int32)
        kinds = self._kinds[ids]
        spans = np.array(found["offsets"], dtype=np.int32).reshape(-1, 2)
        starts, ends = _shared_spans(spans, kinds == BYTE)
        pieces = [str(piece) for piece in found["pieces"]]
        return Tokens(ids=ids, pieces=pieces, starts=starts, ends=ends, kinds=kinds, vocab_size=self.vocab_size)

    def piece(self, id: int) -> str:
        """The piece as the vocabulary spells it, e.g. "▁the" or "<0xE3>"."""
        if id == self.specials.mask_id:
            return MASK_PIECE
        return str(self._processor.id_to_piece(id))

    def kind(self, id: int) -> int:
        """0 for a piece, 1 for a byte, 2 for unknown, 3 for control."""
        return int(self._kinds[id])

    def vocabulary(self) -> Vocabulary:
        """All pieces by id."""
        ids = range(self.vocab_size)
        scores = np.array([self._score(id) for id in ids], dtype=np.float32)
        return Vocabulary(pieces=[self.piece(id) for id in ids], scores=scores, kinds=self._kinds, type=self.type)

    def with_mask(self) -> "Tokenizer":
        """The same with a mask, which is no part of any text; itself if it has one."""
        return self if self.specials.mask_id is not None else Tokenizer(self._model, self.type, has_mask=True)

    def starts_word(self, id: int) -> bool:
        """Whether a word begins with this token: after a space, at a line end, and at what is neither letter nor digit.

        Japanese has no spaces: there a word is what the vocabulary holds as one piece.
        """
        piece = self.piece(id)
        if piece.startswith(SPACE) or self.kind(id) != PIECE or not piece[0].isalnum():
            return True
        return not piece[0].isascii() and not _is_spaced(piece[0])

    def stream(self) -> "TextStream":
        """Turns ids that come one by one into text."""
        return TextStream(self._bytes)

    def save(self, folder: Path) -> None:
        """Write tokenizer.model and, last, tokenizer.toml.

        Raises:
            StorageError: the disk refuses.
        """
        storage.make_folder(folder)
        storage.write_bytes(folder / "tokenizer.model", self._model)
        lines: dict[str, int | str] = {"format": FORMAT, "type": self.type, "vocab_size": self.vocab_size}
        lines |= self.specials.to_mapping()
        text = "".join(f"{name} = {toml_scalar(value)}\n" for name, value in lines.items())
        storage.write_text(folder / "tokenizer.toml", text)

    def _newline_id(self) -> int | None:
        id = self._processor.piece_to_id("\n")
        return None if self._processor.is_unknown(id) else int(id)

    def _score(self, id: int) -> float:
        return 0.0 if id == self.specials.mask_id else float(self._processor.get_score(id))

    def _kind(self, id: int) -> int:
        if id == self.specials.mask_id:
            return CONTROL
        if self._processor.is_byte(id):
            return BYTE
        if self._processor.is_unknown(id):
            return UNKNOWN
        return CONTROL if self._processor.is_control(id) else PIECE

    def _bytes_of(self, id: int) -> bytes:
        kind = self._kinds[id]
        if kind == BYTE:
            return bytes([int(self.piece(id)[3:5], 16)])  # "<0xE3>"
        if kind == UNKNOWN:
            return _UNKNOWN_TEXT.encode("utf-8")
        return b"" if kind == CONTROL else self.piece(id).replace(SPACE, " ").encode("utf-8")


class TextStream:
    """The text that each further id adds; "" while a character waits for more of its bytes."""

    def __init__(self, bytes_by_id: list[bytes]) -> None:
        self._bytes = bytes_by_id
        self._decoder = codecs.getincrementaldecoder("utf-8")(_BYTE_ALONE)

    def add(self, id: int) -> str:
        """Raises: IndexError, if the id is not in the vocabulary."""
        return self._decoder.decode(self._bytes[id])

    def end(self) -> str:
        """What remains: the bytes of a character that was left unfinished."""
        return self._decoder.decode(b"", final=True)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer that `save` wrote into a folder.

    Raises:
        TokenizerError: there is none, it is damaged, or a newer program wrote it.
    """
    try:
        header = storage.read_toml(folder / "tokenizer.toml", _TOML_LIMIT_BYTES)
        path = folder / "tokenizer.model"
        model = storage.read_bytes(path, min(path.stat().st_size, _MODEL_LIMIT_BYTES))
    except FileNotFoundError:
        raise TokenizerError(f"{folder} holds no tokenizer. Train one, or choose another folder.") from None
    except RunError as error:
        raise TokenizerError(str(error)) from None
    number = header.get("format", FORMAT)
    if type(number) is not int or number != FORMAT:
        raise TokenizerError(f"{folder} has format {number!r}; this program reads {FORMAT}. Update the program.")
    if header.get("type") not in TOKENIZER_TYPES:
        raise TokenizerError(
            f"{folder / 'tokenizer.toml'} names the type {header.get('type')!r}; "
            f"there are {', '.join(TOKENIZER_TYPES)}."
        )
    try:
        tokenizer = Tokenizer(model, str(header["type"]), has_mask="mask_id" in header)
    except TokenizerError:
        raise TokenizerError(f"{path} is damaged. Restore it from a copy, or train the tokenizer anew.") from None
    if header.get("vocab_size") != tokenizer.vocab_size:
        raise TokenizerError(
            f"{folder} is damaged: tokenizer.toml says {header.get('vocab_size')} pieces, and tokenizer.model has "
            f"{tokenizer.vocab_size}. Restore it from a copy, or train the tokenizer anew."
        )
    return tokenizer


def _is_spaced(character: str) -> bool:
    """Whether the character's script puts spaces between words, as Latin, Greek and Cyrillic do."""
    return unicodedata.name(character, "").split(" ")[0] in _SPACED_SCRIPTS


def _shared_spans(spans: np.ndarray, is_byte: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give all bytes of one character its whole span; SentencePiece gives it to the last byte only. (T, 2), (T,)"""
    starts, ends = spans[:, 0].copy(), spans[:, 1].copy()
    for i in range(len(spans) - 2, -1, -1):
        if is_byte[i] and is_byte[i + 1] and starts[i] == ends[i] == starts[i + 1]:
            ends[i] = ends[i + 1]
    return starts, ends
