"""Files of JSON lines that grow: one writer appends, any number of readers follow."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.contract import disk, storage

_TAIL_BYTES = 1 << 16


class LineAppender:
    """Appends JSON lines to a file, one `write` each, so that only the last can ever be torn.

    A torn last line, left by a killed writer or a full disk, is ended first, so that it cannot swallow the next one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with storage.reporting(path, "open"):
            is_new = not storage.exists(path)
            self._fd = disk.open_to_append(path)
            try:
                size = disk.size_of(self._fd)
                self._is_torn = bool(size) and disk.read(self._fd, 1, size - 1) != b"\n"
            except OSError:
                disk.close(self._fd)
                raise
        if is_new:
            storage.sync_folder(path.parent)

    def append(self, value: dict[str, Any]) -> None:
        """Write one record as a line.

        Raises:
            StorageError: the disk is full or failing.
        """
        line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
        data = ("\n" * self._is_torn + line).encode("utf-8")
        with storage.reporting(self._path, "append to"):
            written = disk.write(self._fd, data)
            self._is_torn = (self._is_torn and not written) or 0 < written < len(data)
            if written < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def sync(self) -> None:
        """Push all lines to the disk.

        Raises:
            StorageError: the disk is full or failing.
        """
        with storage.reporting(self._path, "sync"):
            disk.sync(self._fd)

    def close(self) -> None:
        """Give the file back.

        Raises:
            StorageError: the disk is failing.
        """
        with storage.reporting(self._path, "close"):
            disk.close(self._fd)


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
        """The records that are new since the last call, at most about `limit_bytes` of them; [] when there are none.

        Raises:
            RunError: the file cannot be read.
        """
        try:
            with storage.opened(self._path) as fd:
                if disk.size_of(fd) < self._offset:
                    self._offset = 0
                data = disk.read(fd, limit_bytes, self._offset)
        except FileNotFoundError:
            return []
        end = data.rfind(b"\n") + 1
        if end == 0 and len(data) >= limit_bytes:
            end = len(data)  # one endless line: damaged, but never a standstill
        self._offset += end
        return list(self._records(data[:end]))

    def _records(self, data: bytes) -> Iterator[dict[str, Any]]:
        for line in data.splitlines():
            if not line.strip():
                continue
            if (value := record_in(line)) is None:
                self.n_damaged += 1
            else:
                yield value


def record_in(line: bytes) -> dict[str, Any] | None:
    """The record that a line holds; None if it is damaged."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def last_record(path: Path) -> dict[str, Any]:
    """The last whole record of a file, however long the damage after it; {} if there is none.

    One that lacks only its line end is whole too: the next writer ends the line before it writes.

    Raises:
        RunError: the file cannot be read.
    """
    try:
        with storage.opened(path) as fd:
            size, n_bytes = disk.size_of(fd), _TAIL_BYTES
            while True:
                start = max(0, size - n_bytes)
                lines = disk.read(fd, n_bytes, start).split(b"\n")
                for line in reversed(lines if start == 0 else lines[1:]):
                    if (record := record_in(line)) is not None:
                        return record
                if start == 0:
                    return {}
                n_bytes *= 2
    except FileNotFoundError:
        return {}
