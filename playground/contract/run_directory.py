"""A run directory: names and formats of everything that is known about one model.

    my-run/
      config.toml       model, tokenizer, data, training
      tokenizer/        tokenizer.model, tokenizer.toml
      data.json         where the text came from, SHA-256, sizes, split
      metrics.jsonl     one line per step or evaluation
      events.jsonl      started, paused, resumed, sample text, finished, failed (why)
      snapshots/step-00000500.safetensors
      checkpoints/step-00001000/
      status.json       pid, host, state, step, speed, time left
      control.json      what the window (or a person) wants
      lock              held by the one trainer
      notes.txt         what a person wrote about it
      log.txt           anything unexpected, whole

Readers are tolerant: a missing or half-made file means "not yet", damage is a `RunError` that says where.
Opening a run writes nothing to it.
"""

import contextlib
import dataclasses
import math
import os
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playground.contract import disk, storage
from playground.contract.config import RunConfig
from playground.contract.config_file import read_config, to_toml
from playground.contract.errors import RunError, RunLockedError
from playground.contract.lines import LineTail

_SNAPSHOT_NAME = re.compile(r"step-(\d{8,12})\.safetensors")
_CHECKPOINT_NAME = re.compile(r"step-(\d{8,12})")

# States of a run, as status.json spells them.
NEW = "new"  # config written, no trainer yet
PREPARING = "preparing"  # reading text, training the tokenizer, encoding
TRAINING = "training"
PAUSED = "paused"
STOPPED = "stopped"  # by a wish; can go on
FINISHED = "finished"
FAILED = "failed"
INTERRUPTED = "interrupted"  # never written: a trainer that was active and is gone
ACTIVE_STATES = (PREPARING, TRAINING, PAUSED)

# Problems that something can be done about.
DIVERGED = "diverged"  # go back, with a lower rate
OUT_OF_MEMORY = "out_of_memory"  # smaller micro-batches, more of them
DISK = "disk"  # free some space, then go on

# Wishes in control.json.
TRAIN, PAUSE, STOP = "train", "pause", "stop"

_HEARTBEAT_S = 30.0
_NUMBER_LIMIT = 10**300  # whole numbers beyond are no floats

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Status:
    """status.json: where the trainer stands, rewritten about once a second."""

    state: str = NEW
    step: int = 0
    max_steps: int = 0
    phase: str = ""  # while preparing: "text", "tokenizer", "encoding"
    progress: float = 0.0  # of the phase, 0 to 1
    message: str = ""  # why it failed, for a person
    problem: str = ""  # why it failed, for a program: one of the problems below
    tokens_per_s: float = 0.0
    time_left_s: float = 0.0
    time_left_low_s: float = 0.0
    time_left_high_s: float = 0.0
    elapsed_s: float = 0.0  # active time, without pauses, over all segments
    vocab_size: int = 0
    n_parameters: int = 0
    device: str = ""
    pid: int = 0
    host: str = ""
    updated_at: float = 0.0  # seconds since 1970, only to tell a live trainer from a dead one


@dataclass(frozen=True, kw_only=True)
class Control:
    """control.json: what somebody wants of the trainer, read between steps."""

    wish: str = TRAIN
    checkpoint_request: int = 0  # raise it by one for a checkpoint now
    learning_rate_factor: float = 1.0  # multiplies the schedule
    max_steps: int = 0  # the run's length; 0 leaves it as config.toml has it
    step_request: int = 0  # raise it by one for a single step of a paused run


@dataclass(frozen=True, kw_only=True)
class DataFacts:
    """data.json: the text a run learned from."""

    source: str = ""
    sha256: str = ""
    size_bytes: int = 0
    n_characters: int = 0
    n_train_characters: int = 0
    n_train_tokens: int = 0
    n_validation_tokens: int = 0
    n_validation_bytes: int = 0
    n_left_out: int = 0  # lines or pairs that are longer than the context
    unigram_entropy: float = 0.0  # nats per token of the training text (of its targets); 0 where it is not known


class RunDirectory:
    """One run on disk. Holds a path and nothing else: every question reads the disk anew."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    # Names.

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def config_path(self) -> Path:
        return self.path / "config.toml"

    @property
    def tokenizer_path(self) -> Path:
        return self.path / "tokenizer"

    @property
    def data_path(self) -> Path:
        return self.path / "data.json"

    @property
    def metrics_path(self) -> Path:
        return self.path / "metrics.jsonl"

    @property
    def events_path(self) -> Path:
        return self.path / "events.jsonl"

    @property
    def status_path(self) -> Path:
        return self.path / "status.json"

    @property
    def control_path(self) -> Path:
        return self.path / "control.json"

    @property
    def lock_path(self) -> Path:
        return self.path / "lock"

    @property
    def log_path(self) -> Path:
        return self.path / "log.txt"

    @property
    def base_path(self) -> Path:
        """The weights that a run's adapters are added to; only a run with adapters has them."""
        return self.path / "base.safetensors"

    @property
    def snapshots_path(self) -> Path:
        return self.path / "snapshots"

    @property
    def checkpoints_path(self) -> Path:
        return self.path / "checkpoints"

    def snapshot_path(self, step: int) -> Path:
        return self.snapshots_path / f"step-{step:08d}.safetensors"

    def checkpoint_path(self, step: int) -> Path:
        return self.checkpoints_path / f"step-{step:08d}"

    # Making.

    @classmethod
    def create(cls, path: Path | str, config: RunConfig) -> "RunDirectory":
        """Make a new run directory that holds only its config.

        Raises:
            ConfigError: the config is not possible.
            RunError: there is a run already.
            StorageError: the disk refuses.
        """
        config.checked()
        run = cls(path)
        if run.exists():
            raise RunError(f"{run.path} already holds a run. Choose another name, or resume it.")
        storage.make_folder(run.path)
        storage.write_text(run.config_path, to_toml(config))
        return run

    # Reading.

    def exists(self) -> bool:
        try:
            return self.config_path.is_file()
        except OSError:  # a name too long, a folder that may not be looked into
            return False

    def config(self) -> RunConfig:
        """The run's config.

        Raises:
            RunError: there is no run here.
            ConfigError: config.toml is damaged or from a newer version.
        """
        if not self.exists():
            raise RunError(f"{self.path} holds no run: there is no config.toml in it. Choose a run directory.")
        return read_config(self.config_path)

    def status(self) -> Status:
        """The trainer's last word; a fresh `Status` if it never spoke.

        It is written too often to be synced, so a machine that lost its power may have damaged it. Nothing depends on
        it: the run counts as interrupted then, and says why.
        """
        try:
            return _read_record(self.status_path, Status)
        except RunError:
            return Status(
                state=INTERRUPTED,
                message=f"{self.status_path} is damaged or cannot be read, so where the training stood is not known. "
                "Resume the run: nothing else depends on that file.",
            )

    def state(self) -> str:
        """The run's state now, `INTERRUPTED` if its trainer is gone without a word."""
        status = self.status()
        if status.state in ACTIVE_STATES and not self.is_trainer_alive(status):
            return INTERRUPTED
        return status.state

    def is_trainer_alive(self, status: Status) -> bool:
        """Whether a trainer holds this run: by its lock on this machine, by its heartbeat on another."""
        if status.host and status.host != socket.gethostname():
            return time.time() - status.updated_at < _HEARTBEAT_S
        return is_locked(self.lock_path)

    def control(self) -> Control:
        """What is wanted of the trainer.

        Raises:
            RunError: control.json is damaged.
        """
        return _read_record(self.control_path, Control)

    def data_facts(self) -> DataFacts:
        """Where the text came from; empty facts if it was not read yet.

        Raises:
            RunError: data.json is damaged.
        """
        return _read_record(self.data_path, DataFacts)

    def snapshot_steps(self) -> list[int]:
        """The steps whose weights were kept, rising."""
        return _numbered(self.snapshots_path, _SNAPSHOT_NAME)

    def named_checkpoint_steps(self) -> list[int]:
        """Every step that a checkpoint is named after, rising, whole or not; for the trainer.

        Raises:
            RunError: the disk cannot tell. Taken for none, it would begin the run anew.
        """
        names = storage.names_in(self.checkpoints_path)
        return sorted(int(match.group(1)) for match in map(_CHECKPOINT_NAME.fullmatch, names) if match)

    def checkpoint_steps(self) -> list[int]:
        """The steps from which the run can be resumed, rising; complete ones only."""
        steps = _numbered(self.checkpoints_path, _CHECKPOINT_NAME)
        return [step for step in steps if "MANIFEST.json" in _names_in(self.checkpoint_path(step))]

    def metrics_tail(self) -> LineTail:
        return LineTail(self.metrics_path)

    def events_tail(self) -> LineTail:
        return LineTail(self.events_path)

    # Wishing.

    def write_control(self, control: Control) -> None:
        """Tell the trainer what is wanted.

        Raises:
            StorageError: the disk refuses.
        """
        storage.write_json(self.control_path, dataclasses.asdict(control), durable=False)

    def write_status(self, status: Status) -> None:
        """For the trainer only.

        Raises:
            StorageError: the disk refuses.
        """
        stamped = dataclasses.replace(status, pid=os.getpid(), host=socket.gethostname(), updated_at=time.time())
        storage.write_json(self.status_path, dataclasses.asdict(stamped), durable=False)

    def write_data_facts(self, facts: DataFacts) -> None:
        """For the trainer only.

        Raises:
            StorageError: the disk refuses.
        """
        storage.write_json(self.data_path, dataclasses.asdict(facts))


def find_runs(folder: Path) -> list[RunDirectory]:
    """The run directories directly inside `folder`, by name; [] if it does not exist."""
    try:
        names = sorted(storage.names_in(folder), key=str.casefold)
    except RunError:
        return []
    return [run for run in (RunDirectory(folder / name) for name in names) if run.exists()]


@contextlib.contextmanager
def hold_lock(path: Path, patience_s: float = 1.0) -> Iterator[None]:
    """Be the one trainer of a run while the block runs. The lock dies with its process.

    Raises:
        RunLockedError: another process holds it for longer than `patience_s`.
        StorageError: the lock file cannot be made.
    """
    with storage.reporting(path, "open"):
        fd = disk.open_lock(path, may_make=True)
    try:
        deadline = time.monotonic() + patience_s
        while not disk.try_lock(fd):
            if time.monotonic() > deadline:
                raise RunLockedError(
                    f"{path.parent} is being trained by another process. Wait until it ends, or stop it first."
                )
            time.sleep(0.05)
        yield
    finally:
        with contextlib.suppress(OSError):  # nothing was written to it
            disk.close(fd)


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock. Takes it for an instant, which `hold_lock`'s patience bridges."""
    try:
        fd = disk.open_lock(path, may_make=False)
    except OSError:
        return False
    try:
        return not disk.try_lock(fd)
    finally:
        disk.close(fd)


def _read_record(path: Path, kind: type[R]) -> R:
    try:
        values = storage.read_json_object(path)
    except FileNotFoundError:
        return kind()
    return record_from_mapping(values, kind, str(path))


def record_from_mapping(values: dict[str, Any], kind: type[R], where: str) -> R:
    """A flat record out of JSON: keys of a newer version are ignored, wrong kinds of value are damage."""
    accepted: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if field.name not in values:
            continue
        value, wanted = values[field.name], type(field.default)
        if wanted is float and type(value) is int:
            value = float(value) if abs(value) < _NUMBER_LIMIT else math.inf
        if type(value) is not wanted or (isinstance(value, float) and not math.isfinite(value)):
            raise RunError(
                f"{where} is damaged: {field.name} is {value!r}. Restore it from a copy, or delete the file."
            )
        accepted[field.name] = value
    return kind(**accepted)


def _numbered(folder: Path, pattern: re.Pattern[str]) -> list[int]:
    return sorted(int(match.group(1)) for match in map(pattern.fullmatch, _names_in(folder)) if match)


def _names_in(folder: Path) -> list[str]:
    """What a folder holds, for those who only look; [] if the disk cannot tell."""
    try:
        return storage.names_in(folder)
    except RunError:
        return []
