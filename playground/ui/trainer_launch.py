"""Starts the trainer of a run as a process of its own, which lives on when the window closes or dies."""

import os
import subprocess
from pathlib import Path

from playground.contract import storage
from playground.contract.child_process import child_environment, module_command
from playground.contract.run_directory import RunDirectory

_NEW_GROUP_ON_WINDOWS = 0x00000200 | 0x00000008  # CREATE_NEW_PROCESS_GROUP | DETACHED_PROCESS


def start_trainer(run_path: Path, resume: bool = False) -> subprocess.Popen[bytes]:
    """Start training the run at `run_path`; returns at once.

    A session of its own keeps the trainer from the signals of the window's terminal. What it prints goes into the
    run's log.txt. Keep the returned process and `poll()` it now and then, so that it leaves no zombie.

    Raises:
        RunError, ConfigError: there is no run here, or its config is not possible.
        StorageError: log.txt cannot be written, or no process can be started.
    """
    run = RunDirectory(run_path)
    run.config()
    options = ["--background", *(["--resume"] if resume else [])]
    command = module_command("playground", "train", str(run.path.resolve()), *options)
    with storage.reporting(run.log_path, "write"):
        log = run.log_path.open("ab")
    with log, storage.reporting(run.path, "start a trainer for"):
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=child_environment(),
            start_new_session=True,
            creationflags=_NEW_GROUP_ON_WINDOWS if os.name == "nt" else 0,
        )
