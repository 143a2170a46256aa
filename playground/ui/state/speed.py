"""How fast this machine trains, as its own runs have measured it, and how long another training would take. No Qt.

A run's tokens per second times its arithmetic per token is a rate in FLOP/s, which carries over to other models as
long as they are of a similar size. An estimate, therefore with a range.
"""

import contextlib
import math
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.model_size import forward_flops_per_token, training_flops_per_step
from playground.contract.run_directory import RunDirectory

_MOST_RUNS = 8  # of the newest
_NEAREST = 3  # runs of the most similar size that an estimate is made from
_FORWARD_AND_BACK = 3


@dataclass(frozen=True, kw_only=True)
class Speed:
    """What a run on this machine reached."""

    flops_per_step: float
    flops_per_s: float
    device: str


@dataclass(frozen=True, kw_only=True)
class TimeEstimate:
    """Seconds for a whole training, at the fastest and the slowest of the rates that were measured."""

    low_s: float
    high_s: float
    n_runs: int


def measured_speeds(folder: Path) -> tuple[Speed, ...]:
    """Of the newest runs in `folder` that were trained on this machine, newest first."""
    with contextlib.suppress(OSError):
        runs = sorted((path for path in folder.iterdir() if path.is_dir()), key=_changed_at, reverse=True)
        return tuple(speed for path in runs[:_MOST_RUNS] if (speed := _speed_of(RunDirectory(path))))
    return ()


def time_estimate(config: RunConfig, vocab_size: int, speeds: Sequence[Speed]) -> TimeEstimate | None:
    """For all planned steps, without evaluations; None if nothing was measured on the device that is wanted."""
    wanted = config.training.device
    device = (speeds[0].device if speeds else "") if wanted == "auto" else wanted
    fitting = [speed for speed in speeds if speed.device == device]
    if not fitting or config.problems():
        return None
    per_step = float(training_flops_per_step(config.model, config.training, vocab_size))
    near = sorted(fitting, key=lambda speed: abs(math.log(speed.flops_per_step / per_step)))[:_NEAREST]
    total, rates = per_step * config.training.max_steps, [speed.flops_per_s for speed in near]
    return TimeEstimate(low_s=total / max(rates), high_s=total / min(rates), n_runs=len(near))


def _speed_of(run: RunDirectory) -> Speed | None:
    """None for a run that cannot be read, is from elsewhere, never trained, or trained adapters only."""
    try:
        status, config = run.status(), run.config()
    except (PlaygroundError, OSError):
        return None
    is_ours = status.host == socket.gethostname() and status.vocab_size > 0
    if not is_ours or not 0 < status.tokens_per_s < 1e12 or config.start.method == "lora" or config.problems():
        return None
    per_token = _FORWARD_AND_BACK * forward_flops_per_token(config.model, status.vocab_size)
    return Speed(
        flops_per_step=float(per_token * config.tokens_per_step),
        flops_per_s=per_token * status.tokens_per_s,
        device=status.device,
    )


def _changed_at(path: Path) -> float:
    with contextlib.suppress(OSError):
        return RunDirectory(path).status_path.stat().st_mtime
    return 0.0
