"""What a disk may hold after the power was lost: a model of names and bytes, of which only synced ones are certain.

Folders forget what was not synced from some operation on, as file systems with a journal do, each folder by itself.
Files keep what was synced, and of later bytes all, none, some, or as many zeros.
"""

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Union

from playground.contract import disk

Image = dict[str, Union["Image", bytes]]  # what a folder holds


@dataclass
class File:
    """Bytes that are safe, and those after them that are not."""

    safe: bytes = b""
    unsafe: bytes = b""

    @property
    def whole(self) -> bytes:
        return self.safe + self.unsafe

    def sync(self) -> None:
        self.safe, self.unsafe = self.whole, b""


@dataclass
class Folder:
    """Names that are safe, and what was done to them since."""

    safe: dict[str, Union[File, "Folder"]] = field(default_factory=dict)
    names: dict[str, Union[File, "Folder"]] = field(default_factory=dict)
    since: list[dict[str, Union[File, "Folder"]]] = field(default_factory=list)  # the names after each operation

    def change(self, names: dict[str, Union[File, "Folder"]]) -> None:
        self.names = names
        self.since.append(names)

    def sync(self) -> None:
        self.safe, self.since = self.names, []


class Loss:
    """How much of what is not safe is lost: by chance, or all but what is kept. A killed process loses nothing."""

    def __init__(self, seed: int | None, *, keeps_names: bool = False, keeps_data: bool = False) -> None:
        self._numbers = random.Random(seed) if seed is not None else None
        self._keeps_names, self._keeps_data = keeps_names, keeps_data

    def names(self, folder: Folder) -> dict[str, File | Folder]:
        if self._numbers is not None:
            return self._numbers.choice([folder.safe, *folder.since])
        return folder.names if self._keeps_names else folder.safe

    def data(self, file: File) -> bytes:
        if self._numbers is None:
            return file.whole if self._keeps_data else file.safe
        some = file.unsafe[: self._numbers.randint(0, len(file.unsafe))]
        return file.safe + self._numbers.choice([b"", some, file.unsafe, b"\0" * len(file.unsafe)])


def image_of(folder: Folder, loss: Loss) -> Image:
    """What is found after the power was lost."""
    return {
        name: loss.data(found) if isinstance(found, File) else image_of(found, loss)
        for name, found in loss.names(folder).items()
    }


def write_image(image: Image, path: Path) -> None:
    """The same on a true disk."""
    path.mkdir(parents=True, exist_ok=True)
    for name, found in image.items():
        if isinstance(found, bytes):
            (path / name).write_bytes(found)
        else:
            write_image(found, path / name)


class Model:
    """Follows the operations on one folder, of which all that is there is safe at first."""

    def __init__(self, root: Path, after_each: Callable[["Model"], None]) -> None:
        self.root, self.n_operations = root, 0
        self.folder = self._found(root)
        self._after_each = after_each
        self._open: dict[int, File | Folder] = {}

    def _found(self, path: Path) -> Folder:
        names: dict[str, File | Folder] = {
            each.name: self._found(each) if each.is_dir() else File(each.read_bytes()) for each in path.iterdir()
        }
        return Folder(names, names)

    def _at(self, path: Path) -> Folder:
        found = self.folder
        for name in path.relative_to(self.root).parts:
            inner = found.names[name]
            assert isinstance(inner, Folder)
            found = inner
        return found

    def follow(self, name: str, arguments: tuple[Any, ...], result: Any) -> None:
        """Take part in an operation that was done."""
        act = getattr(self, f"_{name}", None)
        if act is not None and (isinstance(arguments[0], int) or arguments[0].is_relative_to(self.root)):
            act(*arguments, result)
            self.n_operations += 1
            self._after_each(self)

    def _put(self, path: Path, found: File | Folder) -> None:
        parent = self._at(path.parent)
        parent.change({**parent.names, path.name: found})

    def _take(self, path: Path) -> File | Folder:
        parent = self._at(path.parent)
        found = parent.names[path.name]
        parent.change({name: each for name, each in parent.names.items() if name != path.name})
        return found

    def _open_new(self, path: Path, fd: int) -> None:
        self._open[fd] = File()
        self._put(path, self._open[fd])

    def _open_to_append(self, path: Path, fd: int) -> None:
        found = self._at(path.parent).names.get(path.name)
        if found is None:
            self._open_new(path, fd)
        else:
            self._open[fd] = found

    def _open_folder(self, path: Path, fd: int) -> None:
        self._open[fd] = self._at(path)

    def _write(self, fd: int, data: bytes, n_taken: int) -> None:
        found = self._open[fd]
        assert isinstance(found, File)
        found.unsafe += bytes(data[:n_taken])

    def _sync(self, fd: int, nothing: None) -> None:
        if fd in self._open:
            self._open[fd].sync()

    def _close(self, fd: int, nothing: None) -> None:
        self._open.pop(fd, None)

    def _rename(self, source: Path, target: Path, nothing: None) -> None:
        parent = self._at(source.parent)
        assert parent is self._at(target.parent)
        names = {name: each for name, each in parent.names.items() if name != source.name}
        parent.change({**names, target.name: parent.names[source.name]})

    def _remove_file(self, path: Path, nothing: None) -> None:
        self._take(path)

    def _remove_folder(self, path: Path, nothing: None) -> None:
        self._take(path)

    def _make_folder(self, path: Path, nothing: None) -> None:
        self._put(path, Folder())


@contextlib.contextmanager
def followed(model: Model) -> Iterator[None]:
    """While the block runs, the model sees all operations."""
    true = {name: getattr(disk, name) for name in disk.OPERATIONS}

    def through(name: str) -> Callable[..., Any]:
        def act(*arguments: Any, **named: Any) -> Any:
            result = true[name](*arguments, **named)
            model.follow(name, arguments, result)
            return result

        return act

    for name in true:
        setattr(disk, name, through(name))
    try:
        yield
    finally:
        for name, function in true.items():
            setattr(disk, name, function)
