"""SentencePiece's model files, ours and other people's."""

import numpy as np
import sentencepiece

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.backend import BYTE, CONTROL, PIECE, SPACE, UNKNOWN, UNKNOWN_TEXT, Cut, share_spans


class SentencePieceBackend:
    """A `tokenizer.model`; the file's spelling is the window's.

    Raises:
        TokenizerError: the bytes are no SentencePiece model.
    """

    file_name = "tokenizer.model"

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._processor = sentencepiece.SentencePieceProcessor()
        try:
            self._processor.LoadFromSerializedProto(data)
            self.n_pieces = int(self._processor.get_piece_size())
        except (RuntimeError, OSError, ValueError) as error:
            raise TokenizerError(f"The tokenizer is damaged: {_plain(str(error))}. Choose another one.") from None
        if not self.n_pieces:
            raise TokenizerError("The tokenizer is damaged: it has no pieces. Choose another one.")
        self._kinds = np.array([self.kind(id) for id in range(self.n_pieces)], dtype=np.uint8)  # (V,)
        first = self.encode("a")
        self.puts_space_first = bool(len(first)) and self.piece(int(first[0])).startswith(SPACE)

    def encode(self, text: str) -> np.ndarray:
        return np.array(self._processor.encode_as_numpy(text), dtype=np.int32)  # its own may not be written

    def cut(self, text: str) -> Cut:
        found = self._processor.encode_as_offset_mapping(text)
        ids = np.array(found["ids"], dtype=np.int32)
        spans = np.array(found["offsets"], dtype=np.int32).reshape(-1, 2)
        starts = spans[:, 0].copy()
        return Cut(ids, starts, share_spans(starts, spans[:, 1], self._kinds[ids] == BYTE))

    def piece(self, id: int) -> str:
        return str(self._processor.id_to_piece(id))

    def bytes_of(self, id: int) -> bytes:
        kind = self.kind(id)
        if kind == BYTE:
            return bytes([int(self.piece(id)[3:5], 16)])  # "<0xE3>"
        if kind == UNKNOWN:
            return UNKNOWN_TEXT.encode("utf-8")
        return b"" if kind == CONTROL else self.piece(id).replace(SPACE, " ").encode("utf-8")

    def kind(self, id: int) -> int:
        if self._processor.is_byte(id):
            return BYTE
        if self._processor.is_unknown(id):
            return UNKNOWN
        return CONTROL if self._processor.is_control(id) else PIECE

    def score(self, id: int) -> float:
        return float(self._processor.get_score(id))

    def goes_on(self, id: int) -> bool:
        return False

    def id_of(self, spelling: str) -> int | None:
        id = int(self._processor.piece_to_id(spelling))
        return id if self.piece(id) == spelling else None


def _plain(words: str) -> str:
    """SentencePiece's own words, without the places in its source."""
    if "ParseFromArray" in words:
        return "it is no SentencePiece model"
    return words.removeprefix("INTERNAL: ").replace("\n", " ")[:200].rstrip(". ")
