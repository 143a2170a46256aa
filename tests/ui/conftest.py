"""What tests of the window share: a home of their own, so that no test sees this person's runs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from playground.ui.state.compared_runs import ComparedRuns
from playground.ui.state.current_run import CurrentRun
from playground.ui.state.run_list import RunList
from playground.ui.theme import theme


@pytest.fixture(autouse=True)
def _light_again() -> Iterator[None]:
    """Each test begins in the light theme, whatever the one before it wore."""
    yield
    if isinstance(QApplication.instance(), QApplication) and theme().name != "light":
        theme().use("light")


@pytest.fixture(autouse=True)
def _followers_stop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever follows a run on the disk stops with its test.

    It has timers, and reads a folder that will soon be gone.
    """
    followers: list[QObject] = []  # which also keeps them until they have stopped
    for kind in (CurrentRun, ComparedRuns, RunList):
        monkeypatch.setattr(kind, "__init__", _remembering(kind.__init__, followers))
    yield
    for follower in followers:
        if isValid(follower):
            for timer in follower.findChildren(QTimer):
                timer.stop()


def _remembering(real: Callable[..., None], made: list[QObject]) -> Callable[..., None]:
    def init(self: QObject, *arguments: Any, **more: Any) -> None:
        real(self, *arguments, **more)
        made.append(self)

    return init


@pytest.fixture
def runs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of runs in a home of the test's own."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "runs"
    folder.mkdir(parents=True)
    return folder
