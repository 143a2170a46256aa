"""Connects the Runs page to the runs on disk, the run in view and the settings."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox

from playground import places
from playground.contract.errors import PlaygroundError
from playground.ui.actions import Action
from playground.ui.pages.runs.page import RunsPage
from playground.ui.state.foreign_folder import is_model_folder
from playground.ui.state.run_details import RunDetails, read_details
from playground.ui.state.run_list import RunList
from playground.ui.state.run_names import name_problem
from playground.ui.state.run_summary import RunSummary, summarize
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext
from playground.ui.wiring.opening import sample_model
from playground.ui.wiring.run_care import care_problem, delete_for_good, move_to_trash, rename_run
from playground.ui.wiring.run_making import RunMaking

REFRESH_MS = 1000


class RunsWiring(QObject):
    """Reads all runs once a second while the page is in view."""

    def __init__(self, page: RunsPage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context, self._current = page, context, context.app.current
        self.runs = RunList(self)
        self._details: tuple[RunSummary, RunDetails | None] | None = None  # read last, and for which summary
        self.making = RunMaking(page, context, self.refresh, self._on_imported)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._connect()
        self._add_actions()
        self._show_in_view()

    def refresh(self) -> None:
        """Look at the disk anew; the answer comes a moment later."""
        sample = sample_model()
        elsewhere = [*self._context.app.settings.recent_runs(), *([sample] if sample else [])]
        if self._current.path is not None:
            elsewhere.append(self._current.path)
        self.runs.refresh(elsewhere)

    def _connect(self) -> None:
        page = self._page
        page.shown.connect(self._on_shown)
        page.hidden.connect(self._timer.stop)
        page.run_chosen.connect(self._show_details)
        page.open_requested.connect(self._on_open)
        page.reveal_requested.connect(self._on_reveal)
        page.delete_requested.connect(self._on_delete)
        page.name_edited.connect(self._on_name_edited)
        page.name_entered.connect(self._on_name_entered)
        page.new_requested.connect(self._on_new)
        page.folder_requested.connect(self._on_folder)
        self.runs.runs_changed.connect(self._show_runs)
        self.runs.refreshed.connect(self._show_details)
        self._current.run_selected.connect(self._show_in_view)
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
        page.show_runs(self.runs.runs)
        if page.chosen() is None and self._current.path is not None:
            page.table.show_chosen(self._current.path)
        if page.chosen() is None:
            page.table.show_first_chosen()

    def _show_in_view(self) -> None:
        self._page.show_in_view(self._current.path)

    def _show_details(self) -> None:
        """Of the picked run; read again when its summary is another."""
        run = self._page.chosen()
        if run is None or not self._page.isVisible():
            return
        if self._details is None or self._details[0] != run:
            self._details = (run, _details(run.path))
        details = self._details[1]
        self._page.show_details(details, care_problem(run.path))
        origin = self._origin()
        is_listed = origin is not None and any(each.path == origin for each in self.runs.runs)
        self._page.show_model(self.making.step_of(details), self.making.table_of(run.path), is_listed)

    def _origin(self) -> Path | None:
        """The run that the picked one comes from."""
        details = self._details[1] if self._details else None
        return details.origin.run if details and details.origin else None

    # What the person wishes.

    def _on_open(self) -> None:
        run = self._page.chosen()
        if run is not None and self._open(run.path):
            self._context.go_to("train")

    def _on_origin(self) -> None:
        origin = self._origin()
        if origin is not None:
            self._page.filter.clear()  # it may hide that run
            self._page.table.show_chosen(origin)

    def _on_folder(self) -> None:
        folder = self.ask_for_folder()
        if folder and is_model_folder(Path(folder)):
            self.making.import_folder(Path(folder))
        elif folder and self._open(Path(folder)):
            self._page.table.show_chosen(Path(folder))
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
            self._page.notice.show_error(str(error))
            return False
        return True

    def _on_new(self) -> None:
        """The Train page may show the run in view; what is wanted there is an action of its own."""
        self._context.go_to("train")
        self._context.actions.run_if_possible("train.new")

    def _on_reveal(self) -> None:
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
            self._page.show_name_problem(str(error))
            return
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

    def _on_delete(self) -> None:
        run = self._page.chosen()
        if run is None:
            return
        try:
            self._delete(run)
        except PlaygroundError as error:
            self._page.notice.show_error(str(error))
        self.refresh()

    def _delete(self, run: RunSummary) -> None:
        problem = care_problem(run.path)
        if problem:
            self._page.notice.show_error(problem)
            return
        if not self.confirm_deletion(run.name):
            return
        if run.path == self._current.path:
            self._current.close()
        if not self.move_to_trash(run.path):
            if not self.confirm_deletion_for_good(run.name):
                return
            delete_for_good(run.path)
        self._page.show_runs([other for other in self.runs.runs if other.path != run.path])
        self._page.notice.show_fact(translate("RunsPage", "“{0}” was deleted.").format(visible(run.name)))

    # Each is replaced in tests.

    def ask_for_folder(self) -> str:
        """The dialog; "" if it is cancelled."""
        words = translate("RunsPage", "Open a run folder")
        return QFileDialog.getExistingDirectory(self._page, words, str(places.runs_folder()))

    def reveal(self, path: Path) -> bool:
        """Show a folder in the system's file manager; False if there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def move_to_trash(self, path: Path) -> bool:
        return move_to_trash(path)

    def confirm_deletion(self, name: str) -> bool:
        """The question before a run goes to the trash."""
        words = translate("RunsPage", "Move the run “{0}” with all its snapshots to the trash?")
        return self._confirm(words.format(visible(name)), translate("RunsPage", "Move to the trash"))

    def confirm_deletion_for_good(self, name: str) -> bool:
        """The question where there is no trash."""
        words = translate("RunsPage", "There is no trash for the disk of “{0}”. Delete the run for good?")
        return self._confirm(words.format(visible(name)), translate("RunsPage", "Delete for good"))

    def _confirm(self, question: str, yes: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, translate("RunsPage", "Delete a run"), "", parent=self._page)
        box.setText(question.replace("<", "‹"))  # the box guesses rich text
        agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is agree

    def _add_actions(self) -> None:
        page = self._page

        def has_chosen() -> bool:
            return page.chosen() is not None

        def focus_filter() -> None:
            page.filter.setFocus()

        add = self._context.actions.add
        names = (
            ("runs.open", lambda: translate("RunsPage", "Open the picked run"), self._on_open, ""),
            ("runs.rename", lambda: translate("RunsPage", "Rename the picked run"), page.start_renaming, "F2"),
            ("runs.delete", lambda: translate("RunsPage", "Delete the picked run…"), self._on_delete, "Del"),
            ("runs.reveal", lambda: translate("RunsPage", "Show the picked run's folder"), self._on_reveal, ""),
        )
        for key, name, run, shortcut in names:
            add(Action(key=key, name=name, run=run, shortcut=shortcut, page="runs", is_enabled=has_chosen))
        add(
            Action(
                key="runs.filter",
                name=lambda: translate("RunsPage", "Filter the runs"),
                run=focus_filter,
                shortcut="Ctrl+F",
                page="runs",
            )
        )
        add(
            Action(
                key="runs.new",
                name=lambda: translate("RunsPage", "Train a new run"),
                run=self._on_new,
                shortcut="Ctrl+N",
                page="runs",
            )
        )


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
