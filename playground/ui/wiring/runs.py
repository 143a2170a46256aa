"""Connects the Runs page to the runs on disk, the run in view and the settings."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from playground import places
from playground.contract.errors import PlaygroundError
from playground.contract.fine_tuning import forked
from playground.contract.run_directory import RunDirectory
from playground.ui.engine_sentences import told
from playground.ui.pages.runs.page import RunsPage
from playground.ui.pages.runs.run_commands import run_commands
from playground.ui.state.compared_runs import MOST_CHOSEN
from playground.ui.state.foreign_folder import is_model_folder
from playground.ui.state.run_details import RunDetails, read_details
from playground.ui.state.run_lineage import lineage
from playground.ui.state.run_list import RunList
from playground.ui.state.run_names import name_problem
from playground.ui.state.run_summary import UNREAD, RunSummary, summarize
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext
from playground.ui.wiring.opening import sample_model
from playground.ui.wiring.run_care import care_problem, rename_run
from playground.ui.wiring.run_deleting import RunDeleting
from playground.ui.wiring.run_making import RunMaking
from playground.ui.wiring.run_notes import RunNotes
from playground.ui.wiring.runs_actions import add_runs_actions

REFRESH_MS = 1000


class RunsWiring(QObject):
    """Reads all runs once a second while the page is in view."""

    def __init__(self, page: RunsPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self.runs = RunList(self)
        self._details: tuple[RunSummary, RunDetails | None] | None = None  # read last, and for which summary
        self.making = RunMaking(page, context, self.refresh, self._on_imported)
        self.deleting = RunDeleting(page, context, self._show_runs, self.refresh)
        self.attached, self.notes = self.deleting.attached, RunNotes(page.run.notes)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._connect()
        add_runs_actions(context.actions, self, page)
        self._show_in_view()

    def refresh(self) -> None:
        """Look at the disk anew; the answer comes a moment later."""
        sample = sample_model()
        elsewhere = [path for path in (sample, self._current.path) if path is not None]
        self.runs.refresh(elsewhere, [*self.attached.paths(), *self._context.app.settings.recent_runs()])

    def _connect(self) -> None:
        page = self._page
        page.shown.connect(self._on_shown)
        page.hidden.connect(self._timer.stop)
        page.hidden.connect(self.notes.keep)
        page.run_chosen.connect(self._on_chosen)
        page.open_requested.connect(self.open)
        page.compare_requested.connect(self.compare)
        page.reveal_requested.connect(self.reveal_chosen)
        page.fork_requested.connect(self.fork)
        page.run_requested.connect(self._pick)
        page.name_edited.connect(self._on_name_edited)
        page.name_entered.connect(self._on_name_entered)
        page.new_requested.connect(self.begin_new)
        page.folder_requested.connect(self._on_folder)
        self.runs.runs_changed.connect(self._show_runs)
        self.runs.refreshed.connect(self._show_details)
        self._current.run_selected.connect(self._on_run_selected)
        self._current.snapshot_selected.connect(self._show_details)
        page.origin_requested.connect(self._on_origin)
        self.making.tables_changed.connect(self._show_details)

    # What is shown.

    def _on_shown(self) -> None:
        self._show_in_view()
        self._show_runs()
        self.refresh()
        self._timer.start()

    def _show_runs(self) -> None:
        page = self._page
        page.show_runs(self.deleting.without_deleted(self.runs.runs))
        if page.chosen() is None and self._current.path is not None:
            page.table.show_chosen(self._current.path)
        if page.chosen() is None:
            page.table.show_first_chosen()

    def _show_in_view(self) -> None:
        self._page.show_in_view(self._current.path)

    def _on_run_selected(self) -> None:
        """It may lie elsewhere and be new to the list."""
        self._show_in_view()
        if self._page.isVisible():
            self.refresh()

    def _on_chosen(self) -> None:
        self._page.show_comparable(_why_not_compared(self._page.picked()))
        self._show_details()

    def _show_details(self) -> None:
        """Of the picked run; read again when its summary is another."""
        run = self._page.chosen()
        if run is None or run.state == UNREAD or not self._page.isVisible():
            return
        self.notes.show(run.path, run.is_here)
        if self._details is None or self._details[0] != run:
            self._details = (run, _details(run.path))
        details = self._details[1]
        self._page.show_details(details, care_problem(run.path))
        origin = self._origin()
        is_listed = origin is not None and any(each.path == origin for each in self.runs.runs)
        self._page.show_model(self.making.step_of(details), self.making.table_of(run.path), is_listed)
        self._page.run.show_lineage(lineage(run.path, self.runs.runs))
        self._page.run.commands.show_commands(run_commands(run.path, run.state))

    def _origin(self) -> Path | None:
        """The run that the picked one comes from."""
        details = self._details[1] if self._details else None
        return details.origin.run if details and details.origin else None

    # What the person wishes.

    def open(self) -> None:
        """Put the picked run in view, on the Train page."""
        run = self._page.chosen()
        if run is not None and self._open(run.path):
            self._context.go_to("train")

    def compare(self) -> None:
        """The picked runs over one another on the Train page.

        The one with the focus is put in view, or the one that lies elsewhere: it shows the person's own beside it.
        """
        picked = self._page.picked()
        run = next((each for each in picked if _lies_elsewhere(each)), self._page.chosen())
        if run is None or _why_not_compared(picked) or not self._open(run.path):
            return
        compared = self._context.app.compared
        for other in compared.chosen:
            compared.choose(other.path, False)
        for each in picked:
            compared.choose(each.path, each.path != run.path)
        self._context.go_to("train")

    def fork(self, step: int) -> None:
        """A new run that goes on from a step of the picked one: its settings become the draft."""
        run = self._page.chosen()
        if run is None:
            return
        try:
            self._context.app.draft.replace(forked(RunDirectory(run.path), step))
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
            return
        self.begin_new()

    def _on_origin(self) -> None:
        origin = self._origin()
        if origin is not None:
            self._pick(origin)

    def _pick(self, path: Path) -> None:
        if self._page.table.runs.row_of(path) < 0:
            self._page.filter.clear()  # it may hide that run
        self._page.table.show_chosen(path)

    def _on_folder(self) -> None:
        folder = self.ask_for_folder()
        if folder and is_model_folder(Path(folder)):
            self.making.import_folder(Path(folder))
        elif folder and self._open(Path(folder)):
            self.attached.attach_if_elsewhere(Path(folder), places.runs_folder())
            self._page.show_runs([*self._page.table.runs.runs, summarize(Path(folder))])
            self._pick(Path(folder))
            self.refresh()

    def _on_imported(self, path: Path) -> None:
        """What was made of a foreign folder comes into view."""
        if self._open(path):
            self._page.show_runs([*self.runs.runs, summarize(path)])
            self._page.table.show_chosen(path)

    def _open(self, path: Path) -> bool:
        try:
            self._current.open(path)
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
            return False
        return True

    def begin_new(self) -> None:
        """The Train page may show the run in view; what is wanted there is an action of its own."""
        self._context.go_to("train")
        self._context.actions.run_if_possible("train.new")

    def reveal_chosen(self) -> None:
        """Show the picked run's folder, or say where it is."""
        run = self._page.chosen()
        if run is not None and not self.reveal(run.path):
            words = translate("RunsPage", "No file manager answered. The run is in {0}.")
            self._page.notice.show_fact(words.format(visible(str(run.path))))

    def _on_name_edited(self, name: str) -> None:
        run = self._page.chosen()
        if run is not None:
            self._page.show_name_problem(name_problem(name, run.path.parent, former=run.name))

    def _on_name_entered(self, name: str) -> None:
        run = self._page.chosen()
        if run is None:
            return
        try:
            target = rename_run(run.path, name)
        except PlaygroundError as error:
            self._page.show_name_problem(told(error))
            return
        self.attached.rename(run.path, target)
        if run.path == self._current.path:
            self._open(target)
        elif run.path in self._context.app.settings.recent_runs() or run.path.parent != places.runs_folder():
            self._context.app.settings.add_recent_run(target)
        self._page.show_name_problem("")
        self._page.table.setFocus()
        self._replace(run.path, target)

    def _replace(self, former: Path, target: Path) -> None:
        """The list with the new name now; the next reading confirms it."""
        shown = [replace(run, path=target) if run.path == former else run for run in self.runs.runs]
        self._page.show_runs(shown)
        self._page.table.show_chosen(target)
        self.refresh()

    # Each is replaced in tests.

    def ask_for_folder(self) -> str:
        """The dialog; "" if it is cancelled."""
        words = translate("RunsPage", "Open a run folder")
        return QFileDialog.getExistingDirectory(self._page, words, str(places.runs_folder()))

    def reveal(self, path: Path) -> bool:
        """Show a folder in the system's file manager; False if there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def build(context: WindowContext) -> RunsPage:
    """The page, connected."""
    page = RunsPage()
    RunsWiring(page, context)
    return page


def _details(path: Path) -> RunDetails | None:
    try:
        return read_details(path)
    except PlaygroundError:  # the summary says what is wrong
        return None


def _why_not_compared(picked: Sequence[RunSummary]) -> str:
    """Why these runs cannot be drawn over one another, in a sentence; "" if they can."""
    if len(picked) > MOST_CHOSEN + 1:
        words = translate("RunsPage", "At most {0} runs are drawn over one another. Pick fewer.")
        return words.format(MOST_CHOSEN + 1)
    if sum(map(_lies_elsewhere, picked)) > 1:
        return translate("RunsPage", "Only one of the runs may lie outside your own folder. Leave the others out.")
    empty = next((run for run in picked if not run.losses), None)
    if empty is not None:
        words = translate("RunsPage", "“{0}” has no curve. Leave it out.")
        return words.format(visible(empty.name))
    return ""


def _lies_elsewhere(run: RunSummary) -> bool:
    return run.path.parent != places.runs_folder()
