"""Which runs went on from a given one: the other end of their origin. Reads small files only; no Qt."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory
from playground.ui.state.run_origin import FULL, LORA, read_origin

_MOST_BYTES = 64 << 10


class ForkSearch:
    """Looks through folders of runs, one run at a time, so that whoever owns it may stop at any moment.

    Attributes:
        found: the step at which each fork left, and its name; by rising step.
    """

    def __init__(self, path: Path, folders: Sequence[Path]) -> None:
        self.found: list[tuple[int, str]] = []
        self._path = path
        self._rest = _entries(folders)

    def go_on(self) -> bool:
        """Look at the next one; whether there was one. What cannot be read is no fork."""
        other = next(self._rest, None)
        if other is None:
            return False
        run = RunDirectory(other)
        if other != self._path and _names(run.config_path, self._path.name.encode("utf-8")):
            self._take(run)
        return True

    def _take(self, run: RunDirectory) -> None:
        try:
            origin = read_origin(run, run.config())
        except PlaygroundError:
            return
        if origin is not None and origin.run == self._path and origin.how in (FULL, LORA):
            self.found = sorted([*self.found, (origin.step, run.name)])


def _entries(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in dict.fromkeys(folders):
        try:
            yield from folder.iterdir()
        except OSError:
            continue


def _names(config: Path, name: bytes) -> bool:
    """Whether the file speaks of that name at all: of a hundred runs nearly none does, and need not be understood."""
    try:
        with config.open("rb") as file:
            text = file.read(_MOST_BYTES)
    except OSError:
        return False
    return name in text or b"\\" in text  # a name may be written with escapes
