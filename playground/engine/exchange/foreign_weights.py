"""Weights of a foreign folder: what its safetensors files say that they hold, checked before anything is loaded.

One file `model.safetensors`, or several that `model.safetensors.index.json` names. Pickle files are never opened.

Shapes: as the headers say; nothing here knows a model.
"""

import json
import math
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from playground.contract.errors import ExchangeError
from playground.engine.exchange.foreign_files import INDEX_LIMIT_BYTES, exists, file_size, opened, read_json

_ONE, _INDEX = "model.safetensors", "model.safetensors.index.json"
_PLAUSIBLE_HEADER_BYTES = 20_000_000  # the format allows 100 million
_TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")


@dataclass(frozen=True)
class Promised:
    """What a header says of one tensor."""

    file: str
    shape: tuple[int, ...]
    dtype: torch.dtype | None = None  # None for buffers that are no weights
    start: int = 0  # its first byte in the file


class ForeignWeights:
    """The tensors of a folder by name, promised but not yet read.

    Raises:
        ExchangeError: there are no safetensors files, or their headers are not what they should be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = _file_names(folder)
        self.size_bytes = sum(file_size(folder, name) for name in self._files)
        self.promised: dict[str, Promised] = {}
        for name in self._files:
            for tensor, promised in _header(folder, name).items():
                if tensor in self.promised:
                    raise ExchangeError(f"{folder / name} holds {tensor[:200]!r}, which another file holds too.")
                self.promised[tensor] = promised
            _check_whole(folder, name)

    @property
    def largest_bytes(self) -> int:
        """Of one tensor, as it is read and as float32."""
        return max((8 * math.prod(each.shape) for each in self.promised.values() if each.dtype), default=0)

    def tensors(self) -> Iterator[tuple[str, Tensor]]:
        """All weights in float32, in the order of the files; one tensor at a time is in memory.

        Raises:
            ExchangeError: a file is no longer what it was.
        """
        for name in self._files:
            inside = [(tensor, promised) for tensor, promised in self.promised.items() if promised.file == name]
            with opened(self._folder, name) as file:
                for tensor, promised in sorted(inside, key=lambda pair: pair[1].start):
                    if promised.dtype is not None:
                        yield tensor, _read(file, promised, self._folder / name).float()


def _read(file: BinaryIO, promised: Promised, path: Path) -> Tensor:
    """The bytes of one tensor; a copy, because a mapped file that shrinks would take the process down."""
    assert promised.dtype is not None
    tensor = torch.empty(promised.shape, dtype=promised.dtype)
    if tensor.numel():
        room = memoryview(tensor.view(-1).view(torch.uint8).numpy())  # type: ignore[arg-type]
        file.seek(promised.start)
        while len(room):
            n_read = file.readinto(room)  # type: ignore[attr-defined]
            if not n_read:
                raise ExchangeError(f"{path} became shorter while it was read. Fetch it anew.")
            room = room[n_read:]
    return tensor


def _check_whole(folder: Path, name: str) -> None:
    """Let the format's own reader look at the header: no gap, no overlap, nothing behind the end. No tensor is read."""
    try:
        with safe_open(str(folder / name), framework="numpy") as file:
            file.keys()
    except (SafetensorError, OSError, ValueError) as error:
        raise ExchangeError(f"{folder / name} is damaged: {str(error)[:300]}. Fetch it anew.") from None


def _file_names(folder: Path) -> list[str]:
    if exists(folder, _ONE):
        return [_ONE]
    if exists(folder, _INDEX):
        index = read_json(folder, _INDEX, INDEX_LIMIT_BYTES)
        weight_map = index.get("weight_map")
        if not isinstance(weight_map, dict) or not all(isinstance(name, str) for name in weight_map.values()):
            raise ExchangeError(f"{folder / _INDEX} has no proper weight_map. Fetch it anew.")
        names = sorted(set(weight_map.values()))
        for name in names:
            if not name.endswith(".safetensors"):
                raise ExchangeError(f"{folder / _INDEX} names {name[:200]!r}, and only safetensors files are read.")
            file_size(folder, name)
        if not names:
            raise ExchangeError(f"{folder / _INDEX} names no file. Fetch it anew.")
        return names
    try:
        pickles = sorted(path.name for path in folder.iterdir() if path.suffix in _PICKLES)
    except OSError as error:
        raise ExchangeError(f"Cannot read the folder {folder}: {error.strerror or error}. Check the name.") from None
    if pickles:
        raise ExchangeError(
            f"{folder} has its weights in {pickles[0]}, a format that can carry programs, so it is not opened. "
            "Save the model as safetensors: model.save_pretrained(folder, safe_serialization=True)."
        )
    raise ExchangeError(f"{folder} has no {_ONE}. Choose a folder with config.json and safetensors files.")


def _header(folder: Path, name: str) -> dict[str, Promised]:
    """What a file promises, after checks that need no tensor."""
    path = folder / name
    with opened(folder, name) as file:
        size = os.fstat(file.fileno()).st_size
        start = file.read(8)
        if len(start) < 8:
            raise ExchangeError(f"{path} is no safetensors file, or cut off: it has {size:,} bytes.")
        (length,) = struct.unpack("<Q", start)
        if length > size - 8 or length > _PLAUSIBLE_HEADER_BYTES:
            raise ExchangeError(f"{path} is no safetensors file, or damaged: its header would have {length:,} bytes.")
        data = file.read(length)
    try:
        entries = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ExchangeError(f"{path} is no safetensors file, or damaged: its header is no JSON.") from None
    if not isinstance(entries, dict):
        raise ExchangeError(f"{path} is no safetensors file, or damaged: its header is no JSON object.")
    entries.pop("__metadata__", None)
    return {tensor: _promised(entry, name, size, 8 + length, f"{path}: {tensor[:200]!r}")
            for tensor, entry in entries.items()}  # fmt: skip


def _promised(entry: Any, name: str, size: int, data_start: int, where: str) -> Promised:
    if not isinstance(entry, dict):
        raise ExchangeError(f"{where} is described in a wrong way: the file is damaged.")
    kind, sizes = entry.get("dtype"), _whole_numbers(entry.get("shape"), where)
    if kind in ("I64", "BOOL", "U8"):  # buffers such as position_ids
        return Promised(name, sizes)
    if not isinstance(kind, str) or kind not in _TYPES:
        raise ExchangeError(f"{where} is stored as {kind!r:.40}. Only F32, F16 and BF16 are read: convert the model.")
    place = _whole_numbers(entry.get("data_offsets"), where)
    n_bytes = math.prod(sizes) * _TYPES[kind].itemsize
    if len(place) != 2 or place[1] - place[0] != n_bytes or data_start + place[1] > size:
        raise ExchangeError(f"{where} of shape {_words(sizes)} does not fit its place in the file: it is damaged.")
    return Promised(name, sizes, _TYPES[kind], data_start + place[0])


def _whole_numbers(values: Any, where: str) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(type(value) is int and value >= 0 for value in values):
        raise ExchangeError(f"{where} has no proper shape: the file is damaged.")
    return tuple(values)


def _words(shape: tuple[int, ...]) -> str:
    return "×".join(str(size) for size in shape) or "one number"
