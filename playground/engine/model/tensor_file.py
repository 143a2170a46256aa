"""Files of tensors in the safetensors format, written one tensor at a time: no second copy of a model in memory.

The library's own `save_file` neither syncs nor says which error the disk had, and its `save` holds all bytes twice.
Format: eight bytes for the length of the header, little-endian; the header, JSON padded with spaces; the tensors.
"""

import json
import math
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from torch import Tensor

from playground.contract import storage

_ALIGNMENT = 8
_CHECKSUM = "crc32"
_TYPE_NAMES = {
    torch.bool: "BOOL",
    torch.uint8: "U8",
    torch.int8: "I8",
    torch.int16: "I16",
    torch.int32: "I32",
    torch.int64: "I64",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.float32: "F32",
    torch.float64: "F64",
}


def write_tensors(
    path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str], dtype: torch.dtype | None = None
) -> None:
    """Write tensors to `path`, whole or not at all, with `metadata` in the file's header.

    Args:
        dtype: what all of them are converted to; None leaves each as it is.

    Raises:
        StorageError: the disk is full, read-only, or failing.
    """
    storage.write_parts(path, tensor_parts(tensors, metadata, dtype))


def tensor_parts(
    tensors: Mapping[str, Tensor], metadata: Mapping[str, str], dtype: torch.dtype | None = None
) -> Iterator[bytes | memoryview]:
    """The bytes of such a file: its header, then each tensor, read when its turn comes."""
    shapes = [(name, tensors[name].shape, dtype or tensors[name].dtype) for name in _order(tensors, dtype)]
    yield _header(shapes, metadata)
    yield from _data(tensors, dtype)


def checksum_of(tensors: Mapping[str, Tensor], dtype: torch.dtype | None = None) -> dict[str, str]:
    """For the metadata of a file of these tensors, so that `is_undamaged` can tell: the CRC-32 of all their bytes."""
    found = 0
    for part in _data(tensors, dtype):
        found = zlib.crc32(part, found)
    return {_CHECKSUM: f"{found:08x}"}


def is_undamaged(file: bytes) -> bool:
    """Whether the tensors of a readable file are what was written; one without a checksum counts as such."""
    end = 8 + int.from_bytes(file[:8], "little")
    metadata = json.loads(file[8:end]).get("__metadata__") or {}
    return _CHECKSUM not in metadata or metadata[_CHECKSUM] == f"{zlib.crc32(memoryview(file)[end:]):08x}"


def _order(tensors: Mapping[str, Tensor], dtype: torch.dtype | None) -> list[str]:
    return sorted(tensors, key=lambda name: (-(dtype or tensors[name].dtype).itemsize, name))


def _data(tensors: Mapping[str, Tensor], dtype: torch.dtype | None) -> Iterator[memoryview]:
    for name in _order(tensors, dtype):
        value = tensors[name].detach().to("cpu", dtype).contiguous()
        if value.numel():
            yield value.reshape(-1).view(torch.uint8).numpy().data


def _header(shapes: list[tuple[str, torch.Size, torch.dtype]], metadata: Mapping[str, str]) -> bytes:
    values: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    end = 0
    for name, shape, dtype in shapes:
        start, end = end, end + math.prod(shape) * dtype.itemsize
        values[name] = {"dtype": _TYPE_NAMES[dtype], "shape": list(shape), "data_offsets": [start, end]}
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % _ALIGNMENT)
    return len(text).to_bytes(8, "little") + text
