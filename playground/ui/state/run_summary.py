"""One line about a run, read at a bounded cost however long its history is. No Qt.

Of metrics.jsonl only a few slices are read: some spread over the file for the small curve, and its end for the last
evaluation.
"""

import contextlib
import json
import math
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playground.contract import run_directory
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory, Status
from playground.contract.run_notes import notes_hint, notes_path
from playground.ui.state.best_loss import BestLoss
from playground.ui.state.run_origin import Origin, read_origin

# Beside the states of `run_directory`:
DAMAGED = "damaged"  # it cannot be opened
GONE = "gone"  # attached, and not there now
UNREAD = "unread"  # its turn has not come yet

_SLICES = 32
_SLICE_BYTES = 1024
_TAIL_BYTES = 512 << 10
_UNSETTLED = (*run_directory.ACTIVE_STATES, run_directory.INTERRUPTED)  # time alone may change them

Signature = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """What the table of runs shows. `losses` are (step, nats) with rising steps; unknown numbers are NaN or 0."""

    path: Path
    state: str
    problem: str = ""  # why it is damaged or failed
    kind: str = ""  # of the model, as in its config
    step: int = 0
    max_steps: int = 0
    validation_loss: float = math.nan  # at the last evaluation
    best_loss: float = math.nan  # the lowest of all evaluations, once all were read
    best_step: int = 0
    n_parameters: int = 0
    source: str = ""
    changed_at: float = 0.0  # seconds since 1970
    size_bytes: int = 0  # on disk
    losses: tuple[tuple[float, float], ...] = ()
    note: str = ""  # the first line of its notes
    origin: Origin | None = None
    host: str = ""  # the machine of its trainer, where that is another than this one
    is_attached: bool = False  # it lies outside the person's folder and can be let go

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_active(self) -> bool:
        return self.state in run_directory.ACTIVE_STATES

    @property
    def is_here(self) -> bool:
        """Whether there is something to open, rename or delete."""
        return self.state not in (GONE, UNREAD)


class SummaryReader:
    """Reads summaries, and again only what has changed since."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Signature, RunSummary]] = {}
        self._best: dict[Path, BestLoss] = {}

    def read(self, path: Path) -> RunSummary:
        """The run's summary now. Never fails: what cannot be read is `DAMAGED` and says why, or `GONE`."""
        signature = _signature(RunDirectory(path))
        known, best = self._known.get(path), self._best.setdefault(path, BestLoss(RunDirectory(path).metrics_path))
        if known and known[0] == signature and best.is_complete and _is_settled(known[1]):
            return known[1]
        former = known[1] if known and known[0][2] == signature[2] else None
        if not (former and best.is_complete):
            best.read()
        summary = replace(summarize(path, former), **_best_of(best))
        self._known[path] = (signature, summary)
        return summary

    def known(self, path: Path) -> RunSummary:
        """What was read last, without a look at more than dates; `UNREAD` if that is nothing."""
        known = self._known.get(path)
        return known[1] if known else RunSummary(path=path, state=UNREAD, changed_at=_changed_at(RunDirectory(path)))

    def keep_only(self, paths: Iterable[Path]) -> None:
        """Forget the runs that are not among `paths`."""
        wanted = set(paths)
        self._known = {path: known for path, known in self._known.items() if path in wanted}
        self._best = {path: best for path, best in self._best.items() if path in wanted}


def summarize(path: Path, same_metrics: RunSummary | None = None) -> RunSummary:
    """Read a run's summary but for its best loss; what follows from metrics.jsonl is taken from `same_metrics`."""
    run = RunDirectory(path)
    if not run.exists():
        return RunSummary(path=path, state=GONE)
    try:
        config, status, state = run.config(), run.status(), run.state()
    except PlaygroundError as error:
        return RunSummary(
            path=path, state=DAMAGED, problem=str(error), changed_at=_changed_at(run), size_bytes=size_on_disk(path),
            note=notes_hint(path),
        )  # fmt: skip
    has_learned = not is_untrained(status)
    return RunSummary(
        path=path,
        state=state,
        problem=status.message if state == run_directory.FAILED else "",
        kind=config.model.kind,
        step=status.step,
        max_steps=config.training.max_steps if has_learned else 0,
        validation_loss=same_metrics.validation_loss if same_metrics else last_validation_loss(run.metrics_path),
        n_parameters=status.n_parameters,
        source=config.data.source if has_learned else "",
        changed_at=_last_word(run, status),
        size_bytes=size_on_disk(path),
        losses=same_metrics.losses if same_metrics else sampled_losses(run.metrics_path),
        note=notes_hint(path),
        origin=read_origin(run, config),
        host=status.host if status.host != socket.gethostname() else "",
    )


def is_untrained(status: Status) -> bool:
    """Whether the model came finished, without a step made here: what its config says of text and steps never was."""
    return status.state == run_directory.FINISHED and status.max_steps == 0


def size_on_disk(folder: Path) -> int:
    """The bytes of all files in a folder and below it; what cannot be looked at counts nothing."""
    total, folders = 0, [os.fspath(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    total += _size_of(entry)
    return total


def _size_of(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def sampled_losses(metrics_path: Path, n_points: int = _SLICES) -> tuple[tuple[float, float], ...]:
    """At most about `n_points` training losses spread over the whole file, which is never read whole if it is long."""
    try:
        with metrics_path.open("rb") as file:
            size = file.seek(0, 2)
            found: list[tuple[float, float]] = []
            for index in range(n_points):
                file.seek((max(size - _SLICE_BYTES, 0) * index) // max(n_points - 1, 1))
                is_start = file.tell() == 0
                found += _first_loss(file.read(_SLICE_BYTES), is_start)
    except OSError:
        return ()
    return _rising(found)


def last_validation_loss(metrics_path: Path) -> float:
    """The newest evaluation's loss in nats, if it lies near the file's end; else NaN."""
    try:
        with metrics_path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - _TAIL_BYTES, 0))
            tail = file.read(_TAIL_BYTES)
    except OSError:
        return math.nan
    place = len(tail)
    while (place := tail.rfind(b'"validation_loss"', 0, place)) >= 0:
        start, end = tail.rfind(b"\n", 0, place) + 1, tail.find(b"\n", place)
        if end >= 0:
            return _finite(_record(tail[start:end]).get("validation_loss"))
    return math.nan


def _first_loss(data: bytes, is_start: bool) -> list[tuple[float, float]]:
    lines = data.split(b"\n")
    for line in lines[0 if is_start else 1 : -1]:
        record = _record(line)
        step, loss = _finite(record.get("step")), _finite(record.get("loss"))
        if not math.isnan(step) and not math.isnan(loss):
            return [(step, loss)]
    return []


def _rising(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Without what a resumed run has left behind: a later point hides earlier ones at or beyond its step."""
    kept: list[tuple[float, float]] = []
    for point in points:
        while kept and kept[-1][0] >= point[0]:
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _record(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _finite(value: Any) -> float:
    """The number, or this module's one NaN, so that equal summaries compare equal."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) else math.nan


def _is_settled(known: RunSummary) -> bool:
    """Whether a run whose files are as they were is as it was: a trainer may be gone without a word."""
    if known.state not in _UNSETTLED:
        return True
    try:
        return RunDirectory(known.path).state() == known.state
    except PlaygroundError:
        return False


def _best_of(best: BestLoss) -> dict[str, Any]:
    """Told only once all is read: a later evaluation may be lower."""
    return {"best_loss": best.nats, "best_step": best.step} if best.is_complete else {}


def _signature(run: RunDirectory) -> Signature:
    paths = (run.config_path, run.status_path, run.metrics_path, notes_path(run.path))
    return tuple(_stamp(path) for path in paths)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _changed_at(run: RunDirectory) -> float:
    return max(_stamp(path)[0] for path in (run.config_path, run.status_path, run.metrics_path)) / 1e9


def _last_word(run: RunDirectory, status: Status) -> float:
    return status.updated_at or _changed_at(run)
