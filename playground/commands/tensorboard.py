"""`playground tensorboard`: a run's numbers and texts as TensorBoard's event files.

Reads the run directory alone, without torch; the files are written by the library tensorboard, an optional extra.
"""

import math
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.commands.opening import find_run
from playground.contract import storage
from playground.contract.config_file import to_toml
from playground.contract.errors import PlaygroundError, RunError
from playground.contract.run_directory import RunDirectory

SUFFIX = ".playground"  # of our files, so that only they are replaced
_NO_NUMBERS = ("kind", "seq", "segment", "step", "elapsed_s")
_TEXT_PLUGIN = "text"

Record = dict[str, Any]


def tensorboard(name: str, logdir: Path) -> int:
    """Write LOGDIR/NAME; returns the exit code.

    Each number of metrics.jsonl is a scalar "KIND/NUMBER", each sample a text, as are config and notes. Steps that a
    resumed run has left behind are left out. Wall time is the start of the run plus its active time.

    Raises:
        RunError: there is no such run, or the library is not installed.
        StorageError: the folder holds something else, or the disk refuses.
    """
    run = find_run(name)
    event_file = _library()
    target = logdir / run.path.absolute().name
    _check_target(target)
    storage.make_folder(logdir)
    temporary = logdir / f".{target.name[:80]}.{uuid.uuid4().hex[:8]}.tmp"
    with storage.reporting(target, "write"):
        writer = event_file(str(temporary), filename_suffix=SUFFIX)
        try:
            n_lines = _write(writer, run)
        finally:
            writer.close()
    storage.move_folder(temporary, target)
    print(f"{n_lines:,} lines of numbers: {target}. See them: tensorboard --logdir {logdir}")
    return 0


def kept_records(run: RunDirectory) -> Iterator[Record]:
    """The records of metrics.jsonl in their order, without those that a later segment has overtaken.

    Raises:
        RunError: the file cannot be read.
    """
    first: dict[tuple[str, int], int] = {}  # the first step of each kind in each segment
    for record in _records(run):
        first.setdefault((record["kind"], record["segment"]), record["step"])
    for record in _records(run):
        later = (
            step for (kind, segment), step in first.items() if kind == record["kind"] and segment > record["segment"]
        )
        if record["step"] < min(later, default=math.inf):
            yield record


def _records(run: RunDirectory) -> Iterator[Record]:
    tail = run.metrics_tail()
    while lines := tail.read():
        for line in lines:
            found = {"segment": 0, **line}
            if isinstance(found.get("kind"), str) and all(type(found.get(key)) is int for key in ("step", "segment")):
                yield found


def _write(writer: Any, run: RunDirectory) -> int:
    from tensorboard.compat.proto import event_pb2, summary_pb2

    started_at, n_lines = _started_at(run), 0
    for record in kept_records(run):
        values = [summary_pb2.Summary.Value(tag=tag, simple_value=value) for tag, value in _scalars(record)]
        at = started_at + max(_number(record.get("elapsed_s")) or 0.0, 0.0)
        writer.add_event(event_pb2.Event(wall_time=at, step=record["step"], summary=summary_pb2.Summary(value=values)))
        n_lines += 1
    for step, tag, text, at in _texts(run, started_at):
        summary = summary_pb2.Summary(value=[_text_value(tag, text)])
        writer.add_event(event_pb2.Event(wall_time=at, step=step, summary=summary))
    return n_lines


def _scalars(record: Record) -> list[tuple[str, float]]:
    pairs = [(f"{record['kind']}/{key}", _number(value)) for key, value in record.items() if key not in _NO_NUMBERS]
    return [(tag, value) for tag, value in pairs if value is not None]


def _texts(run: RunDirectory, started_at: float) -> Iterator[tuple[int, str, str, float]]:
    """Step, tag, text and moment of config, notes and samples."""
    yield 0, "config", f"```toml\n{to_toml(run.config())}\n```", started_at
    if notes := _notes(run):
        yield 0, "notes", notes, started_at
    tail = run.events_tail()
    while lines := tail.read():
        for event in lines:
            step, text = event.get("step"), event.get("text")
            if event.get("kind") == "sample" and type(step) is int and isinstance(text, str):
                yield step, "sample", text, _number(event.get("at")) or started_at


def _text_value(tag: str, text: str) -> Any:
    from tensorboard.compat.proto import summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2

    shape = tensor_shape_pb2.TensorShapeProto(dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=1)])
    plugin = summary_pb2.SummaryMetadata.PluginData(plugin_name=_TEXT_PLUGIN)
    return summary_pb2.Summary.Value(
        tag=tag,
        metadata=summary_pb2.SummaryMetadata(plugin_data=plugin),
        tensor=tensor_pb2.TensorProto(
            dtype=types_pb2.DT_STRING, tensor_shape=shape, string_val=[text.encode("utf-8", "replace")]
        ),
    )


def _notes(run: RunDirectory) -> str:
    from playground.contract.run_notes import try_read_notes

    return try_read_notes(run.path)[0]


def _started_at(run: RunDirectory) -> float:
    """Seconds since 1970; where the run does not say, when its config was written."""
    try:
        for event in run.events_tail().read():
            if (at := _number(event.get("at"))) is not None:
                return at
        return run.config_path.stat().st_mtime
    except (OSError, PlaygroundError):
        return 0.0


def _number(value: object) -> float | None:
    """A number as the trainer writes it, "inf" and "nan" as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _library() -> Any:
    try:
        from tensorboard.summary.writer.event_file_writer import EventFileWriter
    except ImportError:
        raise RunError(
            "The library tensorboard is not installed. Install it: pip install 'transformer-playground[tensorboard]'"
        ) from None
    return EventFileWriter


def _check_target(target: Path) -> None:
    with storage.reporting(target, "write"):
        names = [entry.name for entry in target.iterdir()] if target.exists() else []
    foreign = next((name for name in names if not name.endswith(SUFFIX)), "")
    if foreign:
        raise RunError(f"{target} holds {foreign}, which is not ours to replace. Choose another LOGDIR.")
