"""Trainers that were started by this window, until each has spoken for itself or is gone."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory
from playground.ui.engine_sentences import told
from playground.ui.trainer_launch import start_trainer
from playground.ui.translation import translate
from playground.ui.visible_text import visible

_LOOK_MS = 200
_LOG_BYTES = 4096

StartTrainer = Callable[[Path, bool], "subprocess.Popen[bytes]"]


@dataclass(frozen=True, kw_only=True)
class _Launch:
    process: "subprocess.Popen[bytes]"
    spoken_at: float  # of the status when the trainer was started
    withdrawn: bool = False


class Launches(QObject):
    """A trainer takes a second or two until its first word; meanwhile the run looks as it did before.

    Signals:
        changed: a trainer has spoken, or has ended without a word.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, start: StartTrainer = start_trainer) -> None:
        super().__init__(parent)
        self._start = start
        self._silent: dict[Path, _Launch] = {}
        self._spoken: list[subprocess.Popen[bytes]] = []  # asked now and then, so that none becomes a zombie
        self._failures: dict[Path, str] = {}
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self, path: Path, *, resume: bool) -> None:
        """Start the trainer of a run.

        Raises:
            PlaygroundError: it cannot be started.
        """
        spoken_at = RunDirectory(path).status().updated_at
        self._failures.pop(path, None)
        self._silent[path] = _Launch(process=self._start(path, resume), spoken_at=spoken_at)
        self._timer.start()

    def is_waiting(self, path: Path | None) -> bool:
        """Whether that run's trainer was started and has not spoken yet."""
        return path in self._silent

    def failure(self, path: Path | None) -> str:
        """Why the trainer ended without a word, in a sentence; "" if it did not."""
        return self._failures.get(path, "") if path else ""

    def withdraw(self, path: Path) -> None:
        """End a trainer that has not spoken yet."""
        launch = self._silent.get(path)
        if launch is not None:
            self._silent[path] = replace(launch, withdrawn=True)
            launch.process.terminate()

    def look(self) -> None:
        """Ask all trainers; called by the timer."""
        self._spoken = [process for process in self._spoken if process.poll() is None]
        settled = [path for path, launch in self._silent.items() if self._is_settled(path, launch)]
        for path in settled:
            self._spoken.append(self._silent.pop(path).process)
        if not self._silent and not self._spoken:
            self._timer.stop()
        if settled:
            self.changed.emit()

    def _is_settled(self, path: Path, launch: _Launch) -> bool:
        code = launch.process.poll()  # before the status is read: its last word comes before its end
        try:
            if RunDirectory(path).status().updated_at != launch.spoken_at:
                return True
        except PlaygroundError as error:
            self._failures[path] = told(error)
            return True
        if code and not launch.withdrawn:
            self._failures[path] = _failure_words(RunDirectory(path))
        return code is not None


def _failure_words(run: RunDirectory) -> str:
    """The trainer's last line, which is a sentence if it failed as planned."""
    lines = [line for line in _last_lines(run.log_path) if line.strip()]
    words = translate("TrainPage", "The trainer ended before its first step: {0}")
    if lines:
        return words.format(visible(told(lines[-1].strip().removeprefix("error: "))))
    return words.format(translate("TrainPage", "it gave no reason; see {0}.").format(visible(str(run.log_path))))


def _last_lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            file.seek(max(file.seek(0, 2) - _LOG_BYTES, 0))
            return file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
