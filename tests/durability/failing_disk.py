"""A disk that fails where a test wants it: every operation of `playground.contract.disk` is counted and can refuse."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.contract import disk


@dataclass
class FailingDisk:
    """Fails operation number `at`, counted from 0, or all from there on; -1 fails none.

    A full disk takes half of what is written, as real ones do, before it refuses.
    """

    at: int = -1
    is_for_ever: bool = False
    number: int = errno.ENOSPC
    operations: list[str] = field(default_factory=list)  # "write status.json", in the order of their calls
    n_failed: int = 0
    _paths: dict[int, str] = field(default_factory=dict)

    @property
    def failed(self) -> str:
        """The operation that was the first to fail; "" if none was."""
        return self.operations[self.at] if self.n_failed else ""

    def call(self, name: str, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        index, first = len(self.operations), arguments[0]
        where = self._paths.get(first, "?") if isinstance(first, int) else _short(first)
        self.operations.append(f"{name} {where}")
        if index == self.at or (self.is_for_ever and 0 <= self.at < index):
            self.n_failed += 1
            return self._refused(name, function, arguments, index)
        found = function(*arguments, **named)
        if name.startswith("open_"):
            self._paths[found] = where
        return found

    def _refused(self, name: str, function: Callable[..., Any], arguments: tuple[Any, ...], index: int) -> Any:
        if name == "close":  # an error of `close` leaves the file closed
            function(*arguments)
        if name == "write" and self.number == errno.ENOSPC and index == self.at and len(arguments[1]) > 1:
            return function(arguments[0], arguments[1][: len(arguments[1]) // 2])
        raise OSError(self.number, os.strerror(self.number))


def _short(path: Path) -> str:
    """The part of a name that is the same each time."""
    return path.name if not path.name.startswith((".tmp-", ".")) else path.name[:12]


@contextlib.contextmanager
def failing(found: FailingDisk) -> Iterator[FailingDisk]:
    """While the block runs, all operations go through `found`."""
    true = {name: getattr(disk, name) for name in disk.OPERATIONS}

    def through(name: str) -> Callable[..., Any]:
        return lambda *arguments, **named: found.call(name, true[name], arguments, named)

    for name in true:
        setattr(disk, name, through(name))
    try:
        yield found
    finally:
        for name, function in true.items():
            setattr(disk, name, function)
