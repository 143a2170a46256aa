"""Weights of a foreign folder: what its safetensors files say that they hold, checked before anything is loaded.

One file `model.safetensors`, or several that `model.safetensors.index.json` names. Pickle files are never opened.

Shapes: as the headers say; nothing here knows a model.
"""

import json
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from playground.contract.errors import ExchangeError
from playground.engine.exchange.foreign_files import INDEX_LIMIT_BYTES, exists, file_size, read_file, read_json

_ONE, _INDEX = "model.safetensors", "model.safetensors.index.json"
_HEADER_LIMIT_BYTES = 100_000_000  # as the format says
_PLAUSIBLE_HEADER_BYTES = 20_000_000
_TYPES = {"F32": 4, "F16": 2, "BF16": 2}
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")


@dataclass(frozen=True)
class Promised:
    """What a header says of one tensor."""

    file: str
    shape: tuple[int, ...]


class ForeignWeights:
    """The tensors of a folder by name, promised but not yet read.

    Raises:
        ExchangeError: there are no safetensors files, or their headers are not what they should be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = _file_names(folder)
        self.size_bytes = sum(file_size(folder, name) for name in self._files)
        self.largest_file_bytes = max(file_size(folder, name) for name in self._files)
        self.promised: dict[str, Promised] = {}
        for name in self._files:
            for tensor, shape in _header(folder, name).items():
                if tensor in self.promised:
                    raise ExchangeError(f"{folder / name} holds {tensor[:200]!r}, which another file holds too.")
                self.promised[tensor] = Promised(name, shape)

    def tensors(self) -> Iterator[tuple[str, Tensor]]:
        """All of them in float32, file by file; one file at a time is in memory.

        Raises:
            ExchangeError: a file is damaged.
        """
        for name in self._files:
            data = read_file(self._folder, name, file_size(self._folder, name))
            try:
                found = load(data)
            except (SafetensorError, KeyError, ValueError) as error:
                raise ExchangeError(f"{self._folder / name} is damaged: {error}. Fetch it anew.") from None
            del data
            for tensor in list(found):
                yield tensor, found.pop(tensor).float()


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


def _header(folder: Path, name: str) -> dict[str, tuple[int, ...]]:
    """Shapes by tensor name, after checks that need no tensor."""
    path, size = folder / name, file_size(folder, name)
    start = _first_bytes(folder, name, 8, size)
    (length,) = struct.unpack("<Q", start)
    if length > _HEADER_LIMIT_BYTES or length > size - 8 or length > _PLAUSIBLE_HEADER_BYTES:
        raise ExchangeError(f"{path} is no safetensors file, or damaged: its header would have {length:,} bytes.")
    data = _first_bytes(folder, name, 8 + length, size)[8:]
    try:
        entries = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ExchangeError(f"{path} is no safetensors file, or damaged: its header is no JSON.") from None
    if not isinstance(entries, dict):
        raise ExchangeError(f"{path} is no safetensors file, or damaged: its header is no JSON object.")
    entries.pop("__metadata__", None)
    return {tensor: _shape(entry, size - 8 - length, f"{path}: {tensor[:200]!r}") for tensor, entry in entries.items()}


def _first_bytes(folder: Path, name: str, n_bytes: int, size: int) -> bytes:
    """The beginning of a file whose size was looked at."""
    if size < n_bytes:
        raise ExchangeError(f"{folder / name} is no safetensors file, or cut off: it has {size:,} bytes.")
    file_size(folder, name)  # still a plain file
    with (folder / name).open("rb") as file:
        return file.read(n_bytes)


def _shape(entry: Any, n_data_bytes: int, where: str) -> tuple[int, ...]:
    if not isinstance(entry, dict):
        raise ExchangeError(f"{where} is described in a wrong way: the file is damaged.")
    kind, shape, offsets = entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")
    if not isinstance(kind, str) or kind not in _TYPES:
        if kind in ("I64", "BOOL", "U8"):  # buffers such as position_ids
            return _whole_numbers(shape, where)
        raise ExchangeError(f"{where} is stored as {kind!r:.40}. Only F32, F16 and BF16 are read: convert the model.")
    sizes, place = _whole_numbers(shape, where), _whole_numbers(offsets, where)
    if len(place) != 2 or place[1] - place[0] != math.prod(sizes) * _TYPES[kind] or place[1] > n_data_bytes:
        raise ExchangeError(f"{where} of shape {_words(sizes)} does not fit its place in the file: it is damaged.")
    return sizes


def _whole_numbers(values: Any, where: str) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(type(value) is int and value >= 0 for value in values):
        raise ExchangeError(f"{where} has no proper shape: the file is damaged.")
    return tuple(values)


def _words(shape: tuple[int, ...]) -> str:
    return "×".join(str(size) for size in shape) or "one number"
