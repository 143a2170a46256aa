"""The operations of the system that files are made of, one function each.

Only `storage` calls them, as `disk.name(…)`, so that a test can count each call and make it fail; every other module
goes through `storage`. They raise `OSError` as it comes.
"""

import os
import stat
from pathlib import Path

OPERATIONS = (
    "open_new", "open_to_append", "open_lock", "open_to_read", "open_folder", "read", "write", "sync", "close",
    "rename", "remove_file", "make_folder", "remove_folder", "names_in", "facts",
)  # fmt: skip

_AS_IT_IS = getattr(os, "O_BINARY", 0)  # Windows would change line ends
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe in the place of a file holds nobody up


def open_new(path: Path) -> int:
    """A new file to write; there must be none of this name."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_IT_IS, 0o644)


def open_to_append(path: Path) -> int:
    """A file to read and to write at its end; made if there is none."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _AS_IT_IS, 0o644)


def open_lock(path: Path, *, may_make: bool) -> int:
    """A file that is locked and never read."""
    return os.open(path, os.O_RDWR | (os.O_CREAT if may_make else 0) | _AS_IT_IS, 0o644)


def open_to_read(path: Path) -> int:
    """An existing file to read."""
    return os.open(path, os.O_RDONLY | _AS_IT_IS | _NO_WAIT)


def open_folder(path: Path) -> int:
    """A folder to sync."""
    return os.open(path, os.O_RDONLY)


def read(fd: int, n_bytes: int, start: int = 0) -> bytes:
    """Up to so many bytes from `start` on; fewer only at the end of the file."""
    with open(fd, "rb", closefd=False) as file:
        file.seek(start)
        return file.read(n_bytes)


def write(fd: int, data: bytes | memoryview) -> int:
    """Write once; how many bytes were taken."""
    return os.write(fd, data)


def sync(fd: int) -> None:
    """Push a file's bytes, or a folder's entries, to the disk."""
    os.fsync(fd)


def close(fd: int) -> None:
    """Give a file back."""
    os.close(fd)


def rename(source: Path, target: Path) -> None:
    """Give a file or folder another name, in one instant; replaces a file or an empty folder."""
    source.replace(target)


def remove_file(path: Path) -> None:
    """Remove a file."""
    path.unlink()


def make_folder(path: Path) -> None:
    """Make a folder; its parent must be there."""
    path.mkdir()


def remove_folder(path: Path) -> None:
    """Remove an empty folder."""
    path.rmdir()


def names_in(folder: Path) -> list[str]:
    """What a folder holds, in no order."""
    return os.listdir(folder)  # noqa: PTH208 (names are wanted, not paths)


def facts(path: Path) -> os.stat_result:
    """Size, times and kind of what is there; a link's own."""
    return path.lstat()


def is_folder(found: os.stat_result) -> bool:
    """Whether `facts` are those of a folder."""
    return stat.S_ISDIR(found.st_mode)


def is_file(fd: int) -> bool:
    """Whether an open file is a plain one: no folder, pipe or device."""
    return stat.S_ISREG(os.fstat(fd).st_mode)


def size_of(fd: int) -> int:
    """The bytes of an open file."""
    return os.fstat(fd).st_size


def try_lock(fd: int) -> bool:
    """Lock an open file for this process alone, if no other has; the lock dies with its process."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
