"""What the worker remembers between questions: the tokenizers and models that were used last.

A thing is remembered under what its files looked like, so a run that was trained anew is read anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """Keeps the most recently used things within a budget; the newest always stays. Safe between threads."""

    def __init__(self, limit_bytes: int, size_bytes: Callable[[T], int]) -> None:
        self._limit_bytes = limit_bytes
        self._size_bytes = size_bytes
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> T | None:
        """The thing kept under `key`, which is now the newest, or None."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def keep(self, key: Hashable, thing: T) -> T:
        """Keep a thing, and drop the oldest ones beyond the budget."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > 1 and self._total_bytes() > self._limit_bytes:
                self._things.popitem(last=False)
        return thing

    def _total_bytes(self) -> int:
        return sum(map(self._size_bytes, self._things.values()))


def look_of(path: Path) -> Hashable:
    """What changes when a file, or a file directly in a folder, is written anew; () if there is nothing."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    except OSError:
        return ()
