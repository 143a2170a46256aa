"""The Runs page with everything around it, as after one start of the program: for tests of its wiring."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from playground.ui.actions import Actions
from playground.ui.pages.runs.page import RunsPage
from playground.ui.pages.runs.run_columns import NAME, STATE
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.runs import RunsWiring


class NoWorker(QObject):
    """This page asks nobody."""

    restarted = Signal(str)


class RunsBench:
    """`folder` holds the person's runs. Each must be closed."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.app = AppState(settings=Settings(folder.parent / "settings.ini"))
        self.went: list[str] = []
        self.actions = Actions()
        context = WindowContext(
            app=self.app, worker=NoWorker(), go_to=self.went.append, show_term=self.went.append,  # type: ignore[arg-type]
            report=self.went.append, actions=self.actions,
        )  # fmt: skip
        self.page = RunsPage()
        self.wiring = RunsWiring(self.page, context)
        qtbot.addWidget(self.page)
        self.page.resize(1300, 900)

    def show(self) -> None:
        with self.qtbot.waitSignal(self.wiring.runs.refreshed):
            self.page.show()

    def refresh(self) -> None:
        self.qtbot.waitUntil(lambda: self.wiring.runs._thread is None)  # one that began before would not do
        with self.qtbot.waitSignal(self.wiring.runs.refreshed):
            self.wiring.refresh()

    def names(self) -> list[str]:
        model = self.page.table.runs
        return [model.index(row, NAME).data() for row in range(model.rowCount())]

    def pick(self, *names: str) -> None:
        self.page.table.show_picked([self.folder / name for name in names])

    def state_of(self, path: Path) -> str:
        model = self.page.table.runs
        return str(model.index(model.row_of(path), STATE).data())

    def close(self) -> None:
        """Stop its timers: Qt must not call a run that Python is just collecting."""
        self.app.current.close()
        self.app.compared.pause()
