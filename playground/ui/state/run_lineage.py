"""Which runs a run comes from and which come from it, as a small tree. Pure functions over summaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.ui.state.run_origin import Origin
from playground.ui.state.run_summary import RunSummary

_DEEPEST = 12
_MOST = 40


@dataclass(frozen=True, kw_only=True)
class Kin:
    """A line of the tree. `origin` says how and at which step it left the line above it that is one less deep."""

    path: Path
    depth: int
    origin: Origin | None = None
    is_self: bool = False
    is_listed: bool = True


def lineage(path: Path, runs: Sequence[RunSummary]) -> tuple[Kin, ...]:
    """The tree from the eldest known ancestor down: its line to `path`, and all that come from `path`.

    Empty where the run has neither ancestors nor descendants. An imported model's folder is no ancestor: it is no run.
    """
    known = {run.path: run for run in runs}
    line = _ancestors(path, known)
    kin = [
        Kin(path=each, depth=depth, origin=_origin(each, known), is_self=each == path, is_listed=each in known)
        for depth, each in enumerate(line)
    ]
    _add_descendants(path, len(line), _children(runs), kin)
    return tuple(kin) if len(kin) > 1 else ()


def _ancestors(path: Path, known: dict[Path, RunSummary]) -> list[Path]:
    """From the eldest to the run itself."""
    line = [path]
    while len(line) < _DEEPEST:
        origin = _origin(line[0], known)
        if origin is None or origin.run is None or origin.run in line:  # files may say anything
            break
        line.insert(0, origin.run)
    return line


def _children(runs: Sequence[RunSummary]) -> dict[Path, list[RunSummary]]:
    found: dict[Path, list[RunSummary]] = {}
    for run in runs:
        if run.origin is not None and run.origin.run is not None:
            found.setdefault(run.origin.run, []).append(run)
    for children in found.values():
        children.sort(key=lambda run: (run.origin.step if run.origin else 0, run.name.casefold()))
    return found


def _add_descendants(path: Path, depth: int, children: dict[Path, list[RunSummary]], kin: list[Kin]) -> None:
    for child in children.get(path, []):
        if depth >= 2 * _DEEPEST or len(kin) >= _MOST or any(other.path == child.path for other in kin):
            continue
        kin.append(Kin(path=child.path, depth=depth, origin=child.origin))
        _add_descendants(child.path, depth + 1, children, kin)


def _origin(path: Path, known: dict[Path, RunSummary]) -> Origin | None:
    run = known.get(path)
    return run.origin if run else None
