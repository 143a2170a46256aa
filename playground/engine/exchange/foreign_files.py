"""Files of a folder that somebody else made: read as data, never followed, never trusted.

Only plain files directly inside the folder, of names that are asked for here; sizes are looked at before anything is
read. Nothing of a folder is ever executed.
"""

import json
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO

from playground.contract.errors import ExchangeError

CONFIG_LIMIT_BYTES = 1 << 20
INDEX_LIMIT_BYTES = 1 << 24
_DEPTH_LIMIT = 40


def exists(folder: Path, name: str) -> bool:
    """Whether something of that name lies in the folder, whatever it is."""
    return os.path.lexists(folder / name)


def opened(folder: Path, name: str) -> BinaryIO:
    """A plain file of the folder, to read from.

    Raises:
        ExchangeError: there is none, or it is a link or no file.
    """
    path = _inside(folder, name)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if path.is_symlink():
            raise ExchangeError(f"{path} is a link, and links are not followed. Put the file itself into the folder.")
        fd = os.open(path, flags)
    except FileNotFoundError:
        raise ExchangeError(f"{folder} has no {name}. Choose a folder that `save_pretrained` wrote.") from None
    except OSError as error:
        raise ExchangeError(f"Cannot read {path}: {error.strerror or error}. Check what it is.") from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise ExchangeError(f"{path} is no plain file, so it is not read. Put a file in its place.")
    return os.fdopen(fd, "rb")


def read_file(folder: Path, name: str, limit_bytes: int) -> bytes:
    """The bytes of a plain file of the folder.

    Raises:
        ExchangeError: there is none, it is a link or no file, or it is larger than the limit.
    """
    with opened(folder, name) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit_bytes:
            raise ExchangeError(
                f"{folder / name} has {size:,} bytes, more than the {limit_bytes:,} that are read. Check what it is."
            )
        return file.read(limit_bytes)


def file_size(folder: Path, name: str) -> int:
    """The size of a plain file of the folder in bytes.

    Raises:
        ExchangeError: there is none, or it is a link or no file.
    """
    path = _inside(folder, name)
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise ExchangeError(f"{folder} has no {name}. The folder is not complete: fetch it anew.") from None
    except OSError as error:
        raise ExchangeError(f"Cannot read {path}: {error.strerror or error}.") from None
    if not stat.S_ISREG(found.st_mode):
        raise ExchangeError(f"{path} is a link or no plain file, so it is not read. Put the file itself there.")
    return found.st_size


def read_json(folder: Path, name: str, limit_bytes: int = CONFIG_LIMIT_BYTES) -> dict[str, Any]:
    """A JSON object, strictly: no key twice, no NaN, not too deep.

    Raises:
        ExchangeError: as `read_file`, or it is none.
    """
    data = read_file(folder, name, limit_bytes)
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(
            f"{folder / name} is no proper JSON: {error or type(error).__name__}. Fetch it anew."
        ) from None
    if not isinstance(value, dict):
        raise ExchangeError(f"{folder / name} holds no JSON object. Fetch it anew.")
    if _depth(value) > _DEPTH_LIMIT:
        raise ExchangeError(f"{folder / name} is nested too deep to be a model's file. Check what it is.")
    return value


def _inside(folder: Path, name: str) -> Path:
    """A path directly inside the folder.

    Raises:
        ExchangeError: the name leads elsewhere.
    """
    if not name or name in (".", "..") or set("/\\\0:").intersection(name):
        raise ExchangeError(f"{folder} names a file {name[:200]!r}, which would lie outside of it. It is not read.")
    return folder / name


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(item, dict):
            waiting += [(each, depth + 1) for each in item.values()]
        elif isinstance(item, list):
            waiting += [(each, depth + 1) for each in item]
    return deepest
