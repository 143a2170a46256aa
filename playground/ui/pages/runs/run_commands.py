"""The commands for a terminal that do with a run what the window does. Pure functions."""

import os
import shlex
import subprocess
from pathlib import Path

from playground.contract import run_directory
from playground.ui.translation import translate

N_PROCESSES = 2  # in the command for several processes; a person puts their own number


def run_commands(path: Path, state: str) -> list[tuple[str, str]]:
    """What each command does, and the command, for a terminal of this system."""
    resume = [] if state == run_directory.NEW else ["--resume"]
    run = ["-m", "playground", "train", str(path), *resume]
    tensorboard = ["python", "-m", "playground", "tensorboard", str(path), "logs"]
    return [
        (translate("RunsPage", "Train it here"), _joined(["python", *run])),
        (
            translate("RunsPage", "Train it with {0} processes").format(N_PROCESSES),
            _joined(["torchrun", f"--nproc-per-node={N_PROCESSES}", *run]),
        ),
        (translate("RunsPage", "Write its curves for TensorBoard"), _joined(tensorboard)),
    ]


def _joined(words: list[str]) -> str:
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
