"""The Train page with everything around it that is pretended: worker and trainers."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from playground.contract.errors import StorageError
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Actions
from playground.ui.pages.train.page import TrainPage
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.launches import Launches
from playground.ui.wiring.train import TrainWiring


class FakeWorker(QObject):
    """Keeps questions; the test answers."""

    restarted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Any, Any, Any]] = []

    def ask_latest(self, lane: str, request: Any, on_answer: Any = None, on_failure: Any = None) -> int:
        self.asked.append((request, on_answer, on_failure))
        return len(self.asked)


class FakeProcess:
    """A trainer that does nothing; the test writes what it would have written."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.was_terminated = False

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.was_terminated = True
        self.code = -15


class Bench:
    """A page with everything around it."""

    def __init__(self, qtbot: QtBot, runs: Path) -> None:
        self.qtbot, self.runs = qtbot, runs
        self.worker = FakeWorker()
        self.app = AppState(settings=Settings(runs.parent / "settings.ini"))
        self.went: list[str] = []
        self.actions = Actions()
        self.started: list[tuple[Path, bool]] = []
        self.process = FakeProcess()
        self.refusal = ""
        context = WindowContext(
            app=self.app, worker=self.worker, go_to=self.went.append, show_term=self.went.append,  # type: ignore[arg-type]
            report=self.went.append, actions=self.actions,
        )  # fmt: skip
        self.page = TrainPage()
        self.launches = Launches(start=self.start)  # type: ignore[arg-type]
        self.wiring = TrainWiring(self.page, context, self.launches)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 700)
        self.page.show()

    def start(self, path: Path, resume: bool) -> FakeProcess:
        if self.refusal:
            raise StorageError(self.refusal)
        self.started.append((path, resume))
        self.process = FakeProcess()
        return self.process

    def press(self, key: str) -> None:
        self.qtbot.mouseClick(self.page.button(key), Qt.MouseButton.LeftButton)

    def notice(self) -> str:
        return self.page.notice.text()

    def keys(self) -> list[str]:
        """The buttons that are offered, from left to right."""
        return [control.key for control in self.page._controls]

    def words(self) -> str:
        return self.page.heading._words.text()

    @property
    def run(self) -> RunDirectory:
        assert self.app.current.directory
        return self.app.current.directory
