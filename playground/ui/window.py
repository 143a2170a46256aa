"""The window: rail, header, the page in view, timeline. Makes each page at its first visit, and wires the shell."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from playground import places
from playground.ui.actions import Action, Actions
from playground.ui.appearance import Appearance
from playground.ui.pages.catalogue import PAGE_KEYS, PAGES, page_entry
from playground.ui.shell.drop import DropTarget
from playground.ui.shell.header import Header
from playground.ui.shell.lost_focus import LostFocus
from playground.ui.shell.palette import Palette
from playground.ui.shell.rail import Rail
from playground.ui.shell.run_menu import RunMenu
from playground.ui.shell.timeline import Timeline
from playground.ui.state.app_state import AppState
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.page_frame import PageFrame
from playground.ui.window_context import WindowContext
from playground.ui.wiring.header import HeaderWiring
from playground.ui.wiring.opening import Opening, sample_model
from playground.ui.wiring.text_dialogs import ask_for_text_file
from playground.ui.wiring.timeline import TimelineWiring
from playground.ui.wiring.window_actions import add_window_actions
from playground.ui.worker_client import WorkerClient

if TYPE_CHECKING:
    from playground.ui.pages.glossary.page import GlossaryPage
    from playground.ui.pages.runs.page import RunsPage

DEFAULT_SIZE = QSize(1440, 900)
MINIMUM_SIZE = QSize(960, 600)
_FRAME = QMargins(4, 0, 4, 40)  # what a window manager may put around


class MainWindow(QWidget):
    """One window of the program. `open_page` must be called once before it is shown."""

    def __init__(self, app: AppState, worker: WorkerClient, appearance: Appearance) -> None:
        super().__init__()
        self.app, self.worker, self.appearance = app, worker, appearance
        self.all_actions = Actions(self)
        self.rail, self.header, self.timeline = Rail(PAGES), Header(), Timeline()
        self._stack = QStackedWidget()
        self._pages: dict[str, PageFrame] = {}
        self._shortcuts: set[str] = set()
        self._key = ""
        self._lay_out()
        self.command_palette = Palette(self)
        self._drop = DropTarget(self)
        self._lost_focus = LostFocus(self, lambda: self.page)
        self.opening = Opening(app, self.report, self)
        self._header_wiring = HeaderWiring(self.header, app.current)
        self.player = TimelineWiring(self.timeline, app.current)
        self._context = WindowContext(
            app=app, worker=worker, go_to=self.open_page, show_term=self.show_term, report=self.report,
            actions=self.all_actions,
        )  # fmt: skip
        self._connect()
        add_window_actions(self)
        self._restore_geometry()

    @property
    def page_key(self) -> str:
        """Which page is open."""
        return self._key

    @property
    def page(self) -> PageFrame:
        """The page in view."""
        return self._pages[self._key]

    def open_page(self, key: str) -> None:
        """Show a page, made now if this is its first visit."""
        if key not in self._pages:
            page = page_entry(key).build(self._context)
            self._pages[key] = page
            self._stack.addWidget(page)
            self._drop.watch(page)
        self._key = key
        self._stack.setCurrentWidget(self._pages[key])
        self._pages[key].setFocus(Qt.FocusReason.OtherFocusReason)  # Tab goes on inside the page
        self.rail.show_page(key)
        self.app.settings.set_text("page", key)
        self._retitle()

    def show_term(self, term: str) -> None:
        """Open the glossary at a term."""
        self.open_page("glossary")
        cast("GlossaryPage", self.page).show_term(term)

    def report(self, sentence: str) -> None:
        """Say on the page in view what went wrong."""
        self.page.notice.show_error(sentence)

    def tell(self, sentence: str) -> None:
        """Say on the page in view what happened."""
        self.page.notice.show_fact(sentence)

    def open_palette(self) -> None:
        """Offer everything that can be done now."""
        self.command_palette.open_with(self.all_actions.on_page(self._key))

    def open_shortcuts(self) -> None:
        """Offer, and so list, everything that has a shortcut."""
        self.command_palette.open_with([action for action in self.all_actions.on_page(self._key) if action.shortcut])

    def choose_run(self) -> None:
        """Let the person pick a run's folder."""
        if folder := self.ask_for_folder():
            self.opening.attach_run(Path(folder))

    def choose_text(self) -> None:
        """Let the person pick a text to train on."""
        if name := self.ask_for_text():
            self._on_text_chosen(Path(name))

    def ask_for_folder(self) -> str:
        """The modal dialog for a folder; "" when it was left."""
        words = translate("Window", "Open a run folder")
        return QFileDialog.getExistingDirectory(self, words, str(places.runs_folder()))

    def ask_for_text(self) -> str:
        """The modal dialog for a text file; "" when it was left."""
        return ask_for_text_file(self, self.app.settings)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.timeline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.page_requested.connect(self.open_page)
        self.header.runs_requested.connect(self._open_run_menu)
        self.header.training_requested.connect(self._open_train_page)
        self.header.palette_requested.connect(self.open_palette)
        self.header.language_requested.connect(self.appearance.toggle_language)
        self.header.theme_requested.connect(self.appearance.toggle_theme)
        self.command_palette.action_chosen.connect(_run_action)
        self.all_actions.added.connect(self._on_action_added)
        self._drop.run_dropped.connect(self.opening.attach_run)
        self._drop.model_dropped.connect(self._on_model_dropped)
        self._drop.text_dropped.connect(self._on_text_chosen)
        self._drop.refused.connect(self.report)
        self.worker.restarted.connect(self.tell)
        self.worker.gave_up.connect(self.report)
        self.app.current.run_selected.connect(self._retitle)

    def _open_run_menu(self) -> None:
        menu = RunMenu(self.app.settings.recent_runs(), sample_model(), self.app.current.path, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.run_requested.connect(self.opening.open_run)
        menu.folder_requested.connect(self.choose_run)
        menu.all_runs_requested.connect(self._open_runs_page)
        menu.popup(self.header.run.mapToGlobal(self.header.run.rect().bottomLeft()))

    def _open_train_page(self) -> None:
        self.open_page("train")

    def _open_runs_page(self) -> None:
        self.open_page("runs")

    def _on_model_dropped(self, path: Path) -> None:
        self.open_page("runs")
        cast("RunsPage", self.page).import_folder(path)

    def _on_text_chosen(self, path: Path) -> None:
        self.opening.take_text(path)
        self.open_page("train")

    def _on_action_added(self, action: Action) -> None:
        """One key may mean different things on different pages, but is one shortcut to Qt."""
        if action.shortcut and action.shortcut not in self._shortcuts:
            shortcut = QShortcut(QKeySequence(action.shortcut), self)
            shortcut.activated.connect(partial(self._on_shortcut, action.shortcut))
            self._shortcuts.add(action.shortcut)

    def _on_shortcut(self, keys: str) -> None:
        for action in self.all_actions.on_page(self._key):
            if action.shortcut == keys:
                action.run()
                return

    def _retitle(self) -> None:
        run = self.app.current.directory
        parts = [page_entry(self._key).name()] if self._key else []
        parts += [visible(run.name, 60)] if run else []
        self.setWindowTitle(" · ".join([*parts, translate("Window", "Transformer Playground")]))

    def _restore_geometry(self) -> None:
        self.setMinimumSize(MINIMUM_SIZE)
        self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize().shrunkBy(_FRAME)))
        self.restoreGeometry(self.app.settings.bytes("geometry"))

    # Qt overrides.

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._header_wiring.refresh()
            self._retitle()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.app.settings.set_bytes("geometry", self.saveGeometry())
        self.app.settings.sync()
        self.worker.close()
        super().closeEvent(event)


def _run_action(action: Action) -> None:
    action.run()


def remembered_page(app: AppState) -> str:
    """The page that was open last; the first one if there is none."""
    key = app.settings.text("page", PAGE_KEYS[0])
    return key if key in PAGE_KEYS else PAGE_KEYS[0]
