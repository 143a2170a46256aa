"""`playground train`: trains a run in this process and tells how it goes, to a person or to a machine."""

import dataclasses
import json
import os
import shlex
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from playground.contract import going_on, run_directory, run_reset
from playground.contract.config import DataConfig, RunConfig
from playground.contract.errors import PlaygroundError, RunError
from playground.contract.run_directory import RunDirectory
from playground.engine.text.corpus import BUILTIN_NAMES, read_corpus
from playground.engine.training import events
from playground.engine.training.events import TrainingEvent
from playground.engine.training.ranks import is_chief, n_restarts
from playground.engine.training.trainer import train_run

_PATIENCE_S = 60.0


def train(
    run_path: Path, config: RunConfig | None, resume: bool, restart: bool, json_lines: bool, background: bool
) -> int:
    """Train the run at `run_path`; returns the exit code.

    Args:
        config: for a run that does not exist yet, or one that goes on; None takes config.toml as it is.
        resume: go on from the newest checkpoint.
        restart: forget what it learned, and begin anew.
        json_lines: one JSON object per event instead of words.
        background: give way to everything else on the machine.

    Raises:
        PlaygroundError: as `train_run`, and if the text cannot be read or the run directory not be made.
    """
    run = _ready_run(run_path, config, resume, restart) if is_chief() else _awaited_run(run_path)
    if background:
        _lower_priority()
    reporter = _JsonReporter(sys.stdout) if json_lines else _WordReporter(sys.stdout, run)
    with _stop_on_signals() as stop, _unexpected_into(run.log_path):
        for event in train_run(run, resume=resume, should_stop=stop.is_wanted):
            reporter.report(event)
    return 0


def _ready_run(path: Path, config: RunConfig | None, resume: bool, restart: bool) -> RunDirectory:
    run = RunDirectory(path)
    if run.exists() and n_restarts():  # torchrun goes on with what it began; all was said at its first start
        return run
    if restart:
        run_reset.reset(run)
    if run.exists():
        if config is not None and resume:
            going_on.change(run, config)
        if config is not None and not resume and run.status().state == run_directory.NEW:
            raise RunError(f"{path} already holds a config. Train it without other settings, or choose another name.")
        return run
    if resume:
        raise RunError(f"{path} holds no run to resume. Check the name.")
    config = config or RunConfig()
    _require_text(config.data)
    return RunDirectory.create(path, config)


def _awaited_run(path: Path) -> RunDirectory:
    """For all processes but the chief, which may still have to make it."""
    run, deadline = RunDirectory(path), time.monotonic() + _PATIENCE_S
    while not run.exists():
        if time.monotonic() > deadline:
            raise RunError(f"{path} holds no run, and the first process makes none. Look at what it prints.")
        time.sleep(0.1)
    return run


def _require_text(data: DataConfig) -> None:
    """Read a text of the person's own once before anything is made, so that a wrong name leaves no run behind."""
    if data.source not in [f"builtin:{name}" for name in BUILTIN_NAMES]:
        read_corpus(data.source)


class _Stop:
    """Whether a signal asked for an end. A second one ends at once, as usual."""

    def __init__(self) -> None:
        self._is_wanted = False

    def is_wanted(self) -> bool:
        return self._is_wanted

    def on_signal(self, number: int, frame: object) -> None:
        self._is_wanted = True
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def _stop_on_signals() -> Iterator[_Stop]:
    """SIGTERM and Ctrl+C mean: checkpoint, then stop. Of several processes the chief hears them for all."""
    stop = _Stop()
    if not is_chief():
        yield stop
        return
    former = {number: signal.signal(number, stop.on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def _unexpected_into(log_path: Path) -> Iterator[None]:
    """Keep the whole trace of an error of ours in the run's log."""
    try:
        yield
    except PlaygroundError:  # told in a sentence
        raise
    except Exception:
        with log_path.open("a", encoding="utf-8") as log:
            traceback.print_exc(file=log)
        raise


def _lower_priority() -> None:
    import psutil

    process = psutil.Process()
    process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if os.name == "nt" else 10)


class _JsonReporter:
    """One object a line: {"event": "StepDone", "step": 1, ...}."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def report(self, event: TrainingEvent) -> None:
        line = json.dumps({"event": type(event).__name__, **dataclasses.asdict(event)}, ensure_ascii=False)
        print(line, file=self._out, flush=True)


class _WordReporter:
    """A line that renews itself on a terminal; elsewhere a line at each evaluation."""

    def __init__(self, out: TextIO, run: RunDirectory) -> None:
        self._out, self._run = out, run
        self._is_terminal = out.isatty()
        self._is_line_open = False
        self._max_steps = 0
        self._newest: events.StepDone | None = None

    def report(self, event: TrainingEvent) -> None:
        if isinstance(event, events.Preparing):
            self._renew(f"preparing: {event.phase} {event.progress:.0%}")
        elif isinstance(event, events.Started):
            self._max_steps = event.max_steps
            self._say(
                f"{event.n_parameters:,} parameters, {event.vocab_size:,} tokens in the vocabulary, on {event.device}, "
                f"from step {event.step:,} to {event.max_steps:,}"
            )
            if event.passed_over:
                self._say(event.passed_over)
        elif isinstance(event, events.StepDone):
            self._newest = event
            self._renew(self._step_words(event))
        elif isinstance(event, events.Evaluated):
            self._say_evaluation(event)
        elif isinstance(event, events.LengthChanged):
            self._max_steps = event.max_steps
            self._say(f"ends at step {event.max_steps:,} from step {event.step:,} on")
        elif isinstance(event, events.Paused):
            self._say(f"paused at step {event.step:,}")
        elif isinstance(event, events.Resumed):
            self._say(f"going on at step {event.step:,}")
        elif isinstance(event, events.Stopped):
            path = shlex.quote(str(self._run.path))
            self._say(f"stopped at step {event.step:,}; go on with: playground train {path} --resume")
        elif isinstance(event, events.Finished):
            self._say(f"finished: {self._run.path}")

    def _say_evaluation(self, event: events.Evaluated) -> None:
        train = f"loss {self._newest.loss:.4f}  " if self._newest else ""
        speed = f"  {self._newest.tokens_per_s:,.0f} tokens/s" if self._newest else ""
        self._say(
            f"step {event.step:>6,}/{self._max_steps:,}  {train}validation {event.loss:.4f}  "
            f"perplexity {event.perplexity:.2f}  {event.bits_per_byte:.3f} bits/byte{speed}"
        )

    def _step_words(self, event: events.StepDone) -> str:
        left = f"{event.time_left_s / 60:.0f} min" if event.time_left_s >= 120 else f"{event.time_left_s:.0f} s"
        share = event.step / max(self._max_steps, 1)
        bar = "━" * round(24 * share) + "─" * (24 - round(24 * share))
        return (
            f"{bar} {event.step:,}/{self._max_steps:,}  loss {event.loss:.4f}  "
            f"{event.tokens_per_s:,.0f} tokens/s  {left} left"
        )

    def _renew(self, words: str) -> None:
        if self._is_terminal:
            print(f"\r\x1b[K{words}", end="", file=self._out, flush=True)
            self._is_line_open = True

    def _say(self, words: str) -> None:
        start = "\r\x1b[K" if self._is_line_open else ""
        self._is_line_open = False
        print(f"{start}{words}", file=self._out, flush=True)
