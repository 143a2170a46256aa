"""The frame: one JSON header line, then the raw bytes of the arrays that it announces. Never pickle.

    {"id": 7, "type": "Tokens", "final": true, "body": {...}, "arrays": [["ids", "<i4", [12]], ...]}\n
    <48 bytes>...

Knows bytes, not meanings: `messages` says what travels.
"""

import json
import math
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np

HEADER_LIMIT_BYTES = 16 << 20
ARRAYS_LIMIT_BYTES = 1 << 30
_DTYPES = ("|u1", "<i4", "<i8", "<f4", "<f8", "|b1")


@dataclass(frozen=True)
class Frame:
    """One message on the wire. `final` is False while more answers with the same id follow."""

    id: int
    type: str
    body: dict[str, Any]
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    final: bool = True


class FrameError(RuntimeError):
    """The other side did not speak in frames; the process is beyond use."""


def encode_frame(frame: Frame) -> bytes:
    """The bytes of one frame; arrays are sent C-contiguous and little-endian."""
    arrays = {name: _portable(array) for name, array in frame.arrays.items()}
    header = {
        "id": frame.id,
        "type": frame.type,
        "final": frame.final,
        "body": frame.body,
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    line = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
    return b"".join([line, *(array.tobytes() for array in arrays.values())])


class FrameReader:
    """Cuts a stream of bytes into frames, whatever pieces it arrives in."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._header: dict[str, Any] | None = None
        self._n_payload = 0
        self._searched = 0

    def feed(self, data: bytes | bytearray | memoryview) -> list[Frame]:
        """Take bytes; return the frames that they complete.

        Raises:
            FrameError: the bytes are no frames.
        """
        self._buffer += data
        frames: list[Frame] = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> Frame | None:
        if self._header is None:
            end = self._buffer.find(b"\n", self._searched)
            if end < 0:
                self._searched = len(self._buffer)
                if self._searched > HEADER_LIMIT_BYTES:
                    raise FrameError(f"a header of more than {HEADER_LIMIT_BYTES} bytes")
                return None
            self._header = _parsed_header(bytes(self._buffer[:end]))
            self._n_payload = sum(_size_bytes(entry) for entry in self._header["arrays"])
            if self._n_payload > ARRAYS_LIMIT_BYTES:
                raise FrameError(f"arrays of {self._n_payload} bytes")
            del self._buffer[: end + 1]
            self._searched = 0
        if len(self._buffer) < self._n_payload:
            return None
        payload = bytes(self._buffer[: self._n_payload])
        del self._buffer[: self._n_payload]
        header, self._header = self._header, None
        return _assembled(header, payload)


def read_frame(stream: BinaryIO, reader: FrameReader, pending: list[Frame]) -> Frame | None:
    """The next frame of a blocking stream, None at its end. `reader` and `pending` keep the state between calls."""
    while not pending:
        data = stream.read1(1 << 16) if hasattr(stream, "read1") else stream.read(1 << 16)
        if not data:
            return None
        pending += reader.feed(data)
    return pending.pop(0)


def _portable(array: np.ndarray) -> np.ndarray:
    array = np.asarray(array, order="C")
    if array.dtype.byteorder == ">":
        array = array.astype(array.dtype.newbyteorder("<"))
    if array.dtype.str not in _DTYPES:
        raise AssertionError(f"arrays of {array.dtype} do not travel; use one of {_DTYPES}")
    return array


def _parsed_header(line: bytes) -> dict[str, Any]:
    try:
        header = json.loads(line)
        well_formed = (
            type(header["id"]) is int
            and isinstance(header["type"], str)
            and isinstance(header["body"], dict)
            and isinstance(header["final"], bool)
            and isinstance(header["arrays"], list)
            and all(_is_entry(entry) for entry in header["arrays"])
            and len({entry[0] for entry in header["arrays"]}) == len(header["arrays"])
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        well_formed = False
    if not well_formed:
        raise FrameError(f"not a frame header: {line[:200]!r}")
    return header  # type: ignore[no-any-return]


def _is_entry(entry: Any) -> bool:
    name, dtype, shape = entry
    is_shape = isinstance(shape, list) and all(type(n) is int and n >= 0 for n in shape)
    return isinstance(name, str) and dtype in _DTYPES and is_shape


def _size_bytes(entry: list[Any]) -> int:
    n_items: int = math.prod(entry[2])
    return n_items * int(np.dtype(entry[1]).itemsize)


def _assembled(header: dict[str, Any], payload: bytes) -> Frame:
    arrays: dict[str, np.ndarray] = {}
    offset = 0
    for entry in header["arrays"]:
        name, dtype, shape = entry
        size = _size_bytes(entry)
        try:
            arrays[name] = np.frombuffer(payload[offset : offset + size], dtype=dtype).reshape(shape)
        except ValueError as error:  # more sides, or longer ones, than an array may have
            raise FrameError(f"array {name!r} cannot have the shape {shape}: {error}") from None
        offset += size
    return Frame(header["id"], header["type"], header["body"], arrays, header["final"])
