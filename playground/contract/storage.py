"""The one place through which files of a run directory are written and read.

Writes are whole or absent: a temporary file beside the target, flushed and synced, then renamed over it.
Every failure of the disk becomes a `StorageError` with what to do. Tests count and fail these operations.
"""

import contextlib
import errno
import json
import os
import shutil
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.contract.errors import RunError, StorageError

_ADVICE = {
    errno.ENOSPC: "The disk is full. Free some space, then resume.",
    errno.EDQUOT: "Your disk quota is used up. Free some space, then resume.",
    errno.EROFS: "The disk is read-only. Choose another folder.",
    errno.EACCES: "You may not write there. Choose another folder or change its permissions.",
    errno.EPERM: "You may not write there. Choose another folder or change its permissions.",
    errno.EIO: "The disk reports an error. Check it, or choose another one.",
    errno.ENOENT: "The folder is gone. Was it moved or deleted?",
    errno.ENAMETOOLONG: "The name is too long. Choose a shorter one.",
}


def storage_error(error: OSError, path: Path, what: str) -> StorageError:
    """The sentence for a failed disk operation on `path`."""
    advice = _ADVICE.get(error.errno or 0, f"{error.strerror or error}.")
    return StorageError(f"Cannot {what} {path}. {advice}")


@contextlib.contextmanager
def reporting(path: Path, what: str) -> Iterator[None]:
    """Turn `OSError` inside the block into a `StorageError` about `path`."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, path, what) from error


def sync_file(fd: int) -> None:
    """Push a file's bytes to the disk."""
    os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Push a folder's entries to the disk; a no-op where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace the file at `path` by `data`, whole or not at all.

    Args:
        durable: sync to the disk before and after the rename; leave out for values that are rewritten every second.

    Raises:
        StorageError: the disk is full, read-only, or failing; the former file is unharmed.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    with reporting(path, "write"):
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                if durable:
                    sync_file(file.fileno())
            temporary.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        if durable:
            sync_folder(path.parent)


def write_text(path: Path, text: str, *, durable: bool = True) -> None:
    """Replace the file at `path` by UTF-8 `text`; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"), durable=durable)


def write_json(path: Path, value: Any, *, durable: bool = True) -> None:
    """Replace the file at `path` by `value` as readable JSON; see `write_bytes`."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    write_text(path, text + "\n", durable=durable)


def make_folder(path: Path) -> None:
    """Create a folder and its parents.

    Raises:
        StorageError: it cannot be created.
    """
    with reporting(path, "create the folder"):
        path.mkdir(parents=True, exist_ok=True)


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """Read a small file whole.

    Raises:
        FileNotFoundError: there is none.
        RunError: it is larger than `limit_bytes`, no plain file, or cannot be read.
    """
    try:
        if not path.is_file():
            if not path.exists():
                raise FileNotFoundError(path)
            raise RunError(f"{path} is not a plain file.")
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise RunError(f"Cannot read {path}: {error.strerror or error}.") from error
    if len(data) > limit_bytes:
        raise RunError(f"{path} is larger than {limit_bytes:,} bytes, which no such file should be; it is damaged.")
    return data


def read_json_object(path: Path, limit_bytes: int = 10_000_000) -> dict[str, Any]:
    """Read a JSON file that holds one object.

    Raises:
        FileNotFoundError: there is none.
        RunError: it is damaged; says where.
    """
    data = read_bytes(path, limit_bytes)
    try:
        value = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RunError(f"{path} is damaged: {error}. Restore it from a copy, or delete the run.") from None
    if not isinstance(value, dict):
        raise RunError(f"{path} is damaged: it does not hold an object. Restore it from a copy, or delete the run.")
    return value


def read_toml(path: Path, limit_bytes: int = 1 << 20) -> dict[str, Any]:
    """Read a small TOML file.

    Raises:
        FileNotFoundError: there is none.
        RunError: it is not TOML.
    """
    data = read_bytes(path, limit_bytes)
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # not TOML, or numbers and lists beyond all measure
        raise RunError(f"{path} is damaged: {error}. Restore it from a copy.") from None


class LineAppender:
    """Appends JSON lines to a file, one `write` each, so that only the last can ever be torn.

    A torn last line, left by a killed writer or a full disk, is ended first, so that it cannot swallow the next one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with reporting(path, "open"):
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            self._is_torn = bool(os.fstat(self._fd).st_size) and not _ends_with_newline(path)

    def append(self, value: dict[str, Any]) -> None:
        """Write one record as a line.

        Raises:
            StorageError: the disk is full or failing.
        """
        line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
        data = ("\n" * self._is_torn + line).encode("utf-8")
        with reporting(self._path, "append to"):
            written = os.write(self._fd, data)
            self._is_torn = (self._is_torn and not written) or 0 < written < len(data)
            if written < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def sync(self) -> None:
        """Push all lines to the disk."""
        with reporting(self._path, "sync"):
            sync_file(self._fd)

    def close(self) -> None:
        os.close(self._fd)


class LineTail:
    """Reads the JSON lines of a growing file, each once, across calls.

    Keeps its place; an unfinished last line waits for its rest; a damaged line is skipped and counted.
    If the file shrinks (it was replaced), reading begins anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self.n_damaged = 0

    def read(self, limit_bytes: int = 1 << 20) -> list[dict[str, Any]]:
        """The records that are new since the last call, at most about `limit_bytes` of them; [] when there are none."""
        try:
            with self._path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._offset:
                    self._offset = 0
                file.seek(self._offset)
                data = file.read(limit_bytes)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RunError(f"Cannot read {self._path}: {error.strerror or error}.") from error
        end = data.rfind(b"\n") + 1
        if end == 0 and len(data) >= limit_bytes:
            end = len(data)  # one endless line: damaged, but never a standstill
        self._offset += end
        return list(self._records(data[:end]))

    def _records(self, data: bytes) -> Iterator[dict[str, Any]]:
        for line in data.splitlines():
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                self.n_damaged += 1
                continue
            if isinstance(value, dict):
                yield value
            else:
                self.n_damaged += 1


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def move_folder(source: Path, target: Path) -> None:
    """Give a finished folder its name; a damaged one of that name is replaced.

    Raises:
        StorageError: it cannot be moved; `source` is unharmed.
    """
    with reporting(target, "write"):
        sync_folder(source)
        if target.exists():
            shutil.rmtree(target)
        source.rename(target)
        sync_folder(target.parent)
