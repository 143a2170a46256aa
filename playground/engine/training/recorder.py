"""Turns training events into the lines and files of the run directory.

Every step becomes a line of metrics.jsonl; status.json is rewritten about once a second; all that a person would
call an event goes to events.jsonl. Numbers that are not finite travel as strings, since JSON has none.
"""

import dataclasses
import json
import math
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory, Status
from playground.contract.storage import LineAppender
from playground.engine.training import events
from playground.engine.training.events import TrainingEvent

_STATUS_EVERY_S = 1.0
_TAIL_BYTES = 1 << 16

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
    events.RateChanged: "rate_changed",
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
    """Writes what it is told; the context manager closes its files."""

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self._status = run.status()
        last = _last_record(run.metrics_path)
        self._sequence = _whole(last.get("seq")) + 1 if last else 0
        self.segment = _whole(last.get("segment")) + 1 if last else 0
        self._metrics = LineAppender(run.metrics_path)
        self._events = LineAppender(run.events_path)
        self._written_at = -math.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._metrics.close()
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
        is_news = state != self._status.state or isinstance(event, events.Started)
        self._status = dataclasses.replace(_status_after(self._status, event), state=state)
        self.write_status(at_once=is_news)

    def write_status(self, *, at_once: bool = False) -> None:
        """Rewrite status.json if the last time is a second ago, or at once."""
        if at_once or time.monotonic() - self._written_at >= _STATUS_EVERY_S:
            self._run.write_status(self._status)
            self._written_at = time.monotonic()

    def record_failure(self, message: str) -> None:
        """Write that the training failed, and why.

        Raises:
            StorageError: the disk refuses that too.
        """
        self._status = dataclasses.replace(self._status, state=run_directory.FAILED, message=message)
        self.write_status(at_once=True)
        self._events.append({"kind": "failed", "step": self._status.step, "message": message, "at": time.time()})

    def sync(self) -> None:
        """Push the lines to the disk: a checkpoint must not be ahead of its curve."""
        self._metrics.sync()
        self._events.sync()

    def _append_metrics(self, kind: str, event: events.StepDone) -> None:
        values = dataclasses.asdict(event)
        del values["time_left_s"]
        self._append(kind, values)

    def _append_evaluation(self, event: events.Evaluated) -> None:
        values = dataclasses.asdict(event)
        values["validation_loss"] = values.pop("loss")
        self._append("evaluation", {**values, "elapsed_s": self._status.elapsed_s})

    def _append(self, kind: str, values: dict[str, Any]) -> None:
        self._metrics.append({"kind": kind, "seq": self._sequence, "segment": self.segment, **_finite(values)})
        self._sequence += 1


def was_evaluated(metrics_path: Path, step: int) -> bool:
    """Whether the curve has a look at the validation text at `step`, since that step was last taken."""
    mark = b'"step":%d,' % step
    found = False
    try:
        with metrics_path.open("rb") as file:
            for line in file:
                if mark in line:
                    found = b'"kind":"evaluation"' in line
    except FileNotFoundError:
        return False
    return found


def _status_after(status: Status, event: TrainingEvent) -> Status:
    if isinstance(event, events.Preparing):
        return dataclasses.replace(status, phase=event.phase, progress=event.progress, message="")
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
        )
    if isinstance(event, events.Finished):
        return dataclasses.replace(status, time_left_s=0.0)
    return status


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in values.items()
    }


def _last_record(path: Path) -> dict[str, Any]:
    """The last whole record of a JSON-lines file; {} if there is none."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _TAIL_BYTES))
            lines = file.read().split(b"\n")
    except FileNotFoundError:
        return {}
    for line in reversed(lines):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return {}


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0
