"""The one place through which files of a run directory are written and read.

Writes are whole or absent: a temporary file beside the target, synced, then renamed over it. Every failure of the
disk becomes a `StorageError` with what to do, or a `RunError` where it was only read. All of it goes through the
operations of `disk`, which tests count and fail.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import tomllib
import uuid
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from playground.contract import disk
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
# What a file system says that has no way to sync a folder.
_CANNOT_SYNC_FOLDERS = (errno.EINVAL, errno.ENOTSUP)
_CHUNK_BYTES = 1 << 20
_DRAFT = re.compile(r"\.(.+)\.[0-9a-f]{8}\.tmp")
FORMER = ".former-"  # begins the name of a folder while another takes its place


@contextlib.contextmanager
def reporting(path: Path, what: str) -> Iterator[None]:
    """Turn `OSError` inside the block into a `StorageError` about `path`."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"Cannot {what} {path}. {_advice(error)}") from error


def _read_error(error: OSError, path: Path) -> RunError:
    is_forbidden = error.errno in (errno.EACCES, errno.EPERM)
    return RunError(f"Cannot read {path}. {'You may not: change its permissions.' if is_forbidden else _advice(error)}")


def _advice(error: OSError) -> str:
    return _ADVICE.get(error.errno or 0, f"{error.strerror or error}.")


def sync_folder(folder: Path) -> None:
    """Push a folder's entries to the disk; a no-op where folders cannot be opened or synced.

    Raises:
        StorageError: the disk is failing.
    """
    with reporting(folder, "sync"):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    fd = disk.open_folder(folder)
    try:
        disk.sync(fd)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise
    finally:
        disk.close(fd)


def write_parts(path: Path, parts: Iterable[bytes | memoryview], *, durable: bool = True) -> None:
    """Replace the file at `path` by all `parts`, whole or not at all; one part at a time is held in memory.

    Args:
        durable: sync to the disk before and after the rename; leave out for values that are rewritten every second.

    Raises:
        StorageError: the disk is full, read-only, or failing; the former file is unharmed.
    """
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    with reporting(path, "write"):
        try:
            _write_new(draft, parts, durable)
            disk.rename(draft, path)
        except BaseException:
            with contextlib.suppress(OSError):
                disk.remove_file(draft)
            raise
        if durable:
            _sync_folder(path.parent)


def _write_new(path: Path, parts: Iterable[bytes | memoryview], durable: bool) -> None:
    fd = disk.open_new(path)
    try:
        for part in _bites(parts):
            rest = memoryview(part)
            while rest:
                rest = rest[disk.write(fd, rest) :]
        if durable:
            disk.sync(fd)
    finally:
        disk.close(fd)


def _bites(parts: Iterable[bytes | memoryview]) -> Iterator[bytes | bytearray | memoryview]:
    """The same bytes, with small parts joined."""
    small = bytearray()
    for part in parts:
        if len(small) + len(part) < _CHUNK_BYTES:
            small += part
        else:
            yield from (small, part)
            small = bytearray()
    yield small


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace the file at `path` by `data`, whole or not at all; see `write_parts`."""
    write_parts(path, [data], durable=durable)


def write_text(path: Path, text: str, *, durable: bool = True) -> None:
    """Replace the file at `path` by UTF-8 `text`; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"), durable=durable)


def write_json(path: Path, value: Any, *, durable: bool = True) -> None:
    """Replace the file at `path` by `value` as readable JSON; see `write_bytes`."""
    write_text(path, json_text(value), durable=durable)


def json_text(value: Any) -> str:
    """A value as `write_json` writes it."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def make_folder(path: Path) -> None:
    """Create a folder and its parents, each of them safe on the disk when this returns.

    Raises:
        StorageError: it cannot be created.
    """
    with reporting(path, "create the folder"):
        _make_folder(path)


def _make_folder(path: Path) -> None:
    try:
        disk.make_folder(path)
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    except FileNotFoundError:
        if path.parent == path:
            raise
        _make_folder(path.parent)
        disk.make_folder(path)
    _sync_folder(path.parent)


def exists(path: Path) -> bool:
    """Whether anything is there.

    Raises:
        RunError: the disk cannot tell.
    """
    try:
        return _is_there(path)
    except OSError as error:
        raise _read_error(error, path) from error


def stamp_of(path: Path) -> tuple[int, int] | None:
    """What changes whenever a file is replaced or written; None if there is none, or the disk cannot tell."""
    try:
        found = disk.facts(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def names_in(folder: Path) -> list[str]:
    """What a folder holds, sorted; [] if there is none.

    Raises:
        RunError: the disk cannot tell. An empty answer would be a wrong one.
    """
    try:
        return sorted(disk.names_in(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _read_error(error, folder) from error


def remove_file(path: Path) -> None:
    """Remove a file; fine if there is none.

    Raises:
        StorageError: it cannot be removed.
    """
    with reporting(path, "delete"), contextlib.suppress(FileNotFoundError):
        disk.remove_file(path)


def remove_tree(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; fine if there is none.

    Raises:
        StorageError: it cannot be removed, or only a part of it.
    """
    with reporting(path, "delete"), contextlib.suppress(FileNotFoundError):
        _remove_tree(path)


def discard(path: Path) -> None:
    """Remove what nobody needs; a disk that refuses is let be, since it does no harm."""
    with contextlib.suppress(StorageError):
        remove_tree(path)


def size_of(path: Path) -> int:
    """The bytes of a file; 0 if there is none.

    Raises:
        RunError: the disk cannot tell.
    """
    try:
        return disk.facts(path).st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise _read_error(error, path) from error


def _remove_tree(path: Path) -> None:
    if not disk.is_folder(disk.facts(path)):
        disk.remove_file(path)
        return
    for name in disk.names_in(path):
        _remove_tree(path / name)
    disk.remove_folder(path)


def remove_drafts(folder: Path, *, of_others: Collection[str] = ()) -> None:
    """Remove what killed writers left half done in a folder; a failing disk is let be, since they do no harm.

    Args:
        of_others: files that another process may be writing right now.
    """
    with contextlib.suppress(RunError, StorageError):
        for name in names_in(folder):
            found = _DRAFT.fullmatch(name)
            if found and found.group(1) not in of_others:
                remove_file(folder / name)


def move_folder(source: Path, target: Path) -> None:
    """Give a finished folder, or a file, its name; one that has it already is put aside first, and removed last.

    Raises:
        StorageError: it cannot be moved; `source` and `target` are unharmed.
    """
    former = target.with_name(f"{FORMER}{target.name}")
    with reporting(target, "write"):
        _sync_folder(source)
        is_replaced = _is_there(target)
        if is_replaced:
            with contextlib.suppress(FileNotFoundError):
                _remove_tree(former)
            disk.rename(target, former)
        try:
            disk.rename(source, target)
        except OSError:
            if is_replaced:
                disk.rename(former, target)
            raise
        _sync_folder(target.parent)
    if is_replaced:
        discard(former)


def _is_there(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        disk.facts(path)
        return True
    return False


@contextlib.contextmanager
def opened(path: Path) -> Iterator[int]:
    """A plain file, open for reading.

    Raises:
        FileNotFoundError: there is none.
        RunError: it is no plain file, or the disk fails here or in the block.
    """
    try:
        fd = disk.open_to_read(path)
        try:
            if not disk.is_file(fd):
                raise RunError(f"{path} is not a plain file.")
            yield fd
        finally:
            disk.close(fd)
    except FileNotFoundError:
        raise
    except IsADirectoryError:
        raise RunError(f"{path} is not a plain file.") from None
    except OSError as error:
        raise _read_error(error, path) from error


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """Read a file whole.

    Raises:
        FileNotFoundError: there is none.
        RunError: it is larger than `limit_bytes`, no plain file, or cannot be read.
    """
    with opened(path) as fd:
        data = disk.read(fd, min(limit_bytes, disk.size_of(fd)) + 1)
    if len(data) > limit_bytes:
        raise RunError(f"{path} is larger than {limit_bytes:,} bytes, which no such file should be; it is damaged.")
    return data


def read_lines(path: Path) -> Iterator[bytes]:
    """The whole lines of a file as they are, without their ends; what follows the last newline is no line.

    Raises:
        FileNotFoundError: there is none.
        RunError: it cannot be read.
    """
    rest, start = b"", 0
    with opened(path) as fd:
        while part := disk.read(fd, _CHUNK_BYTES, start):
            start += len(part)
            *lines, rest = (rest + part).split(b"\n")
            yield from lines


def size_and_sha256(path: Path) -> tuple[int, str]:
    """The size of a file in bytes, and the SHA-256 of its bytes in hexadecimal digits.

    Raises:
        FileNotFoundError: there is none.
        RunError: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    with opened(path) as fd:
        while part := disk.read(fd, _CHUNK_BYTES, size):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


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
