"""What is told about the one run that is picked in the list: its settings beside the nearest preset, its last text.

Reads a bounded part of the run directory; no Qt.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.fields import Setting, settings_of
from playground.contract.presets import PRESETS, Preset
from playground.contract.run_directory import DataFacts, RunDirectory, Status
from playground.ui.state.run_origin import Origin, read_origin

NO_SNAPSHOT = -1

_TAIL_BYTES = 256 << 10
_PRESET_SECTIONS = ("model", "tokenizer", "training")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A setting that is not as in the preset."""

    setting: Setting
    value: Any


@dataclass(frozen=True, kw_only=True)
class RunDetails:
    """All that is known beyond the summary; empty where the run does not say."""

    path: Path
    config: RunConfig
    preset: Preset  # the nearest one
    status: Status = field(default_factory=Status)
    facts: DataFacts = field(default_factory=DataFacts)
    differences: tuple[Difference, ...] = ()
    sample: str = ""
    sample_step: int = 0
    origin: Origin | None = None
    last_snapshot: int = NO_SNAPSHOT  # the step of the newest one
    steps: tuple[int, ...] = ()  # rising: where another run may begin, at a snapshot or a checkpoint


def read_details(path: Path) -> RunDetails:
    """Read them now.

    Raises:
        PlaygroundError: the run is missing, damaged or newer.
    """
    run = RunDirectory(path)
    config = run.config()
    preset, differences = nearest_preset(config)
    step, sample = last_sample(run.events_path)
    snapshots = run.snapshot_steps()
    return RunDetails(
        path=path,
        config=config,
        preset=preset,
        status=run.status(),
        facts=_facts(run),
        differences=differences,
        sample=sample,
        sample_step=step,
        origin=read_origin(run, config),
        last_snapshot=max(snapshots, default=NO_SNAPSHOT),
        steps=tuple(sorted({*snapshots, *run.checkpoint_steps()})),
    )


def nearest_preset(config: RunConfig) -> tuple[Preset, tuple[Difference, ...]]:
    """The preset that fewest settings depart from, and those settings."""
    found = [(preset, differences(config, preset)) for preset in PRESETS.values()]
    return min(found, key=lambda pair: len(pair[1]))


def differences(config: RunConfig, preset: Preset) -> tuple[Difference, ...]:
    """The settings of model, tokenizer and training that are not the preset's, in the order of the forms."""
    found = []
    for section in _PRESET_SECTIONS:
        own, usual = getattr(config, section), getattr(preset, section)
        for setting in settings_of(SECTIONS[section]):
            value = getattr(own, setting.name)
            if value != getattr(usual, setting.name):
                found.append(Difference(setting=setting, value=value))
    return tuple(found)


def last_sample(events_path: Path) -> tuple[int, str]:
    """Step and text of the newest sample, if it lies near the file's end; else (0, "")."""
    try:
        with events_path.open("rb") as file:
            file.seek(max(file.seek(0, 2) - _TAIL_BYTES, 0))
            lines = file.read().split(b"\n")
    except OSError:
        return 0, ""
    for line in reversed(lines):
        if b'"sample"' not in line:
            continue
        event = _record(line)
        step, text = event.get("step"), event.get("text")
        if event.get("kind") == "sample" and isinstance(step, int) and isinstance(text, str):
            return step, text
    return 0, ""


def _facts(run: RunDirectory) -> DataFacts:
    try:
        return run.data_facts()
    except PlaygroundError:  # the run opens without them
        return DataFacts()


def _record(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
