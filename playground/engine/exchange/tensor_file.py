"""A safetensors file of many gigabytes, written without holding its bytes in memory a second time."""

import contextlib
import os
import uuid
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from playground.contract import storage
from playground.contract.errors import StorageError


def write_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str]) -> None:
    """Write tensors of the CPU to `path`, whole or not at all, with `metadata` in the file's header.

    Raises:
        StorageError: the disk is full, read-only, or failing.
    """
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    with storage.reporting(path, "write"):
        try:
            save_file({name: value.contiguous() for name, value in tensors.items()}, draft, metadata)
            fd = os.open(draft, os.O_RDWR)
            try:
                storage.sync_file(fd)
            finally:
                os.close(fd)
            draft.replace(path)
        except SafetensorError as error:  # its way of passing on what the disk says
            raise StorageError(f"Cannot write {path}. {error}. Free some space, or choose another folder.") from None
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
        storage.sync_folder(path.parent)
