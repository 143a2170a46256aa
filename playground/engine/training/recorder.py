"""Turns training events into the lines and files of the run directory.

Every step becomes a line of metrics.jsonl; status.json is rewritten about once a second; all that a person would
call an event goes to events.jsonl. Numbers that are not finite travel as strings, since JSON has none.
"""

import contextlib
import dataclasses
import math
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playground.contract import run_directory, storage
from playground.contract.errors import StorageError
from playground.contract.lines import LineAppender, last_record, record_in
from playground.contract.run_directory import RunDirectory, Status
from playground.engine.training import events
from playground.engine.training.events import TrainingEvent
from playground.engine.training.journal import LENGTH_CHANGED, RATE_CHANGED

_STATUS_EVERY_S = 1.0
_OF_OTHERS = ("config.toml", "control.json")  # a window may be writing these

# Events with a line in events.jsonl and, where it changes, the state that they lead to.
_NAMES: dict[type, str] = {
    events.Started: "started",
    events.SampleWritten: "sample",
    events.MasksFilled: "masks",
    events.TranslationsWritten: "translations",
    events.SnapshotSaved: "snapshot",
    events.CheckpointSaved: "checkpoint",
    events.Paused: "paused",
    events.Resumed: "resumed",
    events.RateChanged: RATE_CHANGED,
    events.LengthChanged: LENGTH_CHANGED,
    events.Diverged: "diverged",
    events.Stopped: "stopped",
    events.Finished: "finished",
}
_STATES: dict[type, str] = {
    events.Preparing: run_directory.PREPARING,
    events.Started: run_directory.TRAINING,
    events.Paused: run_directory.PAUSED,
    events.Resumed: run_directory.TRAINING,
    events.Stopped: run_directory.STOPPED,
    events.Finished: run_directory.FINISHED,
}


class Recorder:
    """Writes what it is told; the context manager closes its files.

    Raises:
        RunError: metrics.jsonl cannot be read.
        StorageError: the disk refuses.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self._status = run.status()
        last = last_record(run.metrics_path)
        self._sequence = _whole(last.get("seq")) + 1 if last else 0
        self.segment = _whole(last.get("segment")) + 1 if last else 0
        self._metrics = LineAppender(run.metrics_path)
        self._events = LineAppender(run.events_path)
        self._written_at = -math.inf
        self._sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(StorageError):  # every line was written when it was told
            self._metrics.close()
        with contextlib.suppress(StorageError):
            self._events.close()

    def record(self, event: TrainingEvent) -> None:
        """Write one event.

        Raises:
            StorageError: the disk refuses.
        """
        kind = type(event)
        if isinstance(event, events.StepDone):
            self._append_metrics("train", event)
        elif isinstance(event, events.Evaluated):
            self._append_evaluation(event)
        if kind in _NAMES:
            self._events.append({"kind": _NAMES[kind], **_finite(dataclasses.asdict(event)), "at": time.time()})
        state = _STATES.get(kind, self._status.state)
        is_news = state != self._status.state or isinstance(event, events.Started | events.Paused)
        self._status = dataclasses.replace(_status_after(self._status, event), state=state)
        if isinstance(event, events.Stopped | events.Finished):
            self._write_last_word()
        else:
            self.write_status(at_once=is_news)

    def write_status(self, *, at_once: bool = False) -> None:
        """Rewrite status.json if the last time is a second ago, or at once.

        A disk that refuses is tried again a second later: the training depends on nothing that is written here.
        """
        if at_once or time.monotonic() - self._written_at >= _STATUS_EVERY_S:
            self._written_at = time.monotonic()
            with contextlib.suppress(StorageError):
                self._run.write_status(self._status)

    def _write_last_word(self) -> None:
        """Nobody will write it again, so it is tried twice.

        Raises:
            StorageError: the disk refuses.
        """
        with contextlib.suppress(StorageError):
            self._run.write_status(self._status)
            return
        self._run.write_status(self._status)

    def record_failure(self, message: str, problem: str = "") -> None:
        """Write that the training failed, and why: for a person, and for a program (see `Status.problem`).

        Raises:
            StorageError: the disk refuses that too.
        """
        self._status = dataclasses.replace(self._status, state=run_directory.FAILED, message=message, problem=problem)
        with contextlib.suppress(StorageError):
            self._write_last_word()
        self._events.append({"kind": "failed", "step": self._status.step, "message": message, "at": time.time()})

    def sync(self) -> None:
        """Push the lines to the disk: a checkpoint must not be ahead of its curve."""
        self._metrics.sync()
        self._events.sync()

    def _sweep(self) -> None:
        """Remove what killed trainers left half written; of this run there is no other now."""
        for folder in (self._run.path, self._run.tokenizer_path, self._run.snapshots_path):
            storage.remove_drafts(folder, of_others=_OF_OTHERS)

    def _append_metrics(self, kind: str, event: events.StepDone) -> None:
        values = dataclasses.asdict(event)
        for name in ("time_left_s", "time_left_low_s", "time_left_high_s"):
            del values[name]
        self._append(kind, values)

    def _append_evaluation(self, event: events.Evaluated) -> None:
        self._events.sync()  # a step that was judged counts as done, its sample too
        values = dataclasses.asdict(event)
        values["validation_loss"] = values.pop("loss")
        self._append("evaluation", {**values, "elapsed_s": self._status.elapsed_s})

    def _append(self, kind: str, values: dict[str, Any]) -> None:
        self._metrics.append({"kind": kind, "seq": self._sequence, "segment": self.segment, **_finite(values)})
        self._sequence += 1


def was_evaluated(metrics_path: Path, step: int) -> bool:
    """Whether the curve has a look at the validation text at `step`, since that step was last taken.

    Raises:
        RunError: the file cannot be read.
    """
    mark = b'"step":%d,' % step
    found = False
    try:
        for line in storage.read_lines(metrics_path):
            if mark in line and (record := record_in(line)) is not None:  # half a line is none
                found = record.get("kind") == "evaluation"
    except FileNotFoundError:
        return False
    return found


def _status_after(status: Status, event: TrainingEvent) -> Status:
    if isinstance(event, events.Preparing):
        return dataclasses.replace(status, phase=event.phase, progress=event.progress, message="", problem="")
    if isinstance(event, events.Started):
        return dataclasses.replace(
            status,
            phase="",
            progress=1.0,
            message=event.passed_over,
            step=event.step,
            max_steps=event.max_steps,
            n_parameters=event.n_parameters,
            vocab_size=event.vocab_size,
            device=event.device,
        )
    if isinstance(event, events.LengthChanged):
        return dataclasses.replace(status, max_steps=event.max_steps)
    if isinstance(event, events.Evaluating):
        return dataclasses.replace(status, phase="evaluation")
    if isinstance(event, events.Evaluated):
        return dataclasses.replace(status, phase="")
    if isinstance(event, events.StepDone):
        return dataclasses.replace(
            status,
            phase="",
            step=event.step,
            elapsed_s=event.elapsed_s,
            tokens_per_s=event.tokens_per_s,
            time_left_s=event.time_left_s,
            time_left_low_s=event.time_left_low_s,
            time_left_high_s=event.time_left_high_s,
        )
    if isinstance(event, events.Finished):
        return dataclasses.replace(status, time_left_s=0.0, time_left_low_s=0.0, time_left_high_s=0.0)
    return status


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in values.items()
    }


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0
