"""Which runs went on from a given one: the other end of their origin. Reads small files only; no Qt."""

from collections.abc import Iterable
from pathlib import Path

from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory
from playground.ui.state.run_origin import FULL, LORA, read_origin

_MOST_BYTES = 64 << 10


def forks_of(path: Path, runs: Iterable[Path]) -> list[tuple[int, str]]:
    """The step at which each left, and its name; by rising step. What cannot be read is no fork."""
    name = path.name.encode("utf-8")
    found = []
    for other in runs:
        run = RunDirectory(other)
        if other == path or not _names(run.config_path, name):
            continue
        try:
            origin = read_origin(run, run.config())
        except PlaygroundError:
            continue
        if origin is not None and origin.run == path and origin.how in (FULL, LORA):
            found.append((origin.step, other.name))
    return sorted(found)


def _names(config: Path, name: bytes) -> bool:
    """Whether the file speaks of that name at all: of a hundred runs nearly none does, and need not be understood."""
    try:
        with config.open("rb") as file:
            text = file.read(_MOST_BYTES)
    except OSError:
        return False
    return name in text or b"\\" in text  # a name may be written with escapes
