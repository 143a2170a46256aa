"""Has things made of models for the Runs page: smaller and merged copies, Hugging Face folders in and out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from playground import places
from playground.contract.exchange_messages import ExportRun, ImportFolder, MergeRun, ModelTable, QuantizeRun, RunMade
from playground.contract.messages import Answer, Failure, Progress, Request
from playground.ui.actions import Action
from playground.ui.engine_sentences import told
from playground.ui.pages.runs.model_words import made_words, why_not_merged, why_not_saved, why_not_smaller
from playground.ui.pages.runs.page import RunsPage
from playground.ui.state.run_details import NO_SNAPSHOT, RunDetails
from playground.ui.state.run_names import derived_name, folder_name, free_name
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext


class RunMaking(QObject):
    """At most one thing is made at a time. `tables_changed`: `table_of` has another answer for some run."""

    tables_changed = Signal()

    def __init__(
        self,
        page: RunsPage,
        context: WindowContext,
        refresh: Callable[[], None],
        on_imported: Callable[[Path], None],
    ) -> None:
        super().__init__(page)
        self._page, self._context, self._refresh, self._on_imported = page, context, refresh, on_imported
        self._question = 0  # 0: none is under way
        self._request: Request | None = None
        self._tables: dict[Path, ModelTable] = {}  # by the run that a copy was made of, and by the copy
        page.quantize_requested.connect(self.quantize)
        page.merge_requested.connect(self.merge)
        page.export_requested.connect(self.export)
        page.import_requested.connect(self._on_import)
        page.import_of_requested.connect(self.import_folder)
        page.cancel_requested.connect(self._on_cancel)
        self._add_actions()

    def table_of(self, run: Path) -> ModelTable | None:
        """What a smaller copy of a run has cost, or what it has cost to make this one smaller."""
        return self._tables.get(run)

    def step_of(self, details: RunDetails | None) -> int:
        """The snapshot that is meant: the one in view, or the newest of another run."""
        current = self._context.app.current
        if details is None:
            return NO_SNAPSHOT
        return current.step if details.path == current.path and current.has_model else details.last_snapshot

    def quantize(self, bits: int) -> None:
        """A copy of the picked run in so many bits."""
        details = self._page.details()
        if details is not None and not why_not_smaller(details):
            to = _new_run(derived_name(details.path.name, f"int{bits}"))
            self._ask(QuantizeRun(run=str(details.path), step=self.step_of(details), bits=bits, to=str(to)))

    def merge(self) -> None:
        """A plain copy of the picked run, which has adapters."""
        details = self._page.details()
        if details is not None and not why_not_merged(details):
            to = _new_run(derived_name(details.path.name, "merged"))
            self._ask(MergeRun(run=str(details.path), step=self.step_of(details), to=str(to)))

    def export(self) -> None:
        """The picked run as a folder of its name, where the person wants it."""
        details = self._page.details()
        if details is None or why_not_saved(details) or self._question:
            return
        parent = self.ask_where_to_save(details.path.name)
        if parent:
            folder = Path(parent) / free_name(details.path.name, Path(parent))
            self._ask(ExportRun(run=str(details.path), step=self.step_of(details), folder=str(folder)))

    def import_folder(self, folder: Path) -> None:
        """A new run of a Hugging Face folder."""
        self._ask(ImportFolder(folder=str(folder), to=str(_new_run(folder_name(folder)))))

    def ask_for_model_folder(self) -> str:
        """The dialog, replaced in tests; "" if it is cancelled."""
        words = translate("RunsPage", "Open a Hugging Face folder")
        return QFileDialog.getExistingDirectory(self._page, words, str(Path.home()))

    def ask_where_to_save(self, name: str) -> str:
        """The dialog, replaced in tests; "" if it is cancelled."""
        words = translate("RunsPage", "Choose where the folder “{0}” is put").format(visible(name))
        return QFileDialog.getExistingDirectory(self._page, words, str(Path.home()))

    def _on_import(self) -> None:
        folder = self.ask_for_model_folder()
        if folder:
            self.import_folder(Path(folder))

    def _ask(self, request: QuantizeRun | MergeRun | ImportFolder | ExportRun) -> None:
        if self._question:
            return
        self._request = request
        self._question = self._context.worker.ask(request, self._on_answer, self._on_failed)
        self._page.notice.hide()
        self._show_progress(0.0, "")

    def _show_progress(self, fraction: float, what: str) -> None:
        name = visible(_target(self._request).name)
        if what:
            words = translate("RunsPage", "Making “{0}”: {1}…").format(name, made_words(what))
        else:
            words = translate("RunsPage", "Making “{0}”…").format(name)
        self._page.show_making(fraction, words)

    def _on_answer(self, answer: Answer) -> None:
        if isinstance(answer, Progress):
            self._show_progress(answer.fraction, answer.what)
        elif isinstance(answer, ModelTable):
            assert isinstance(self._request, QuantizeRun)
            self._tables |= dict.fromkeys((Path(self._request.run), Path(answer.path)), answer)
            self._end(Path(answer.path), [])
            self.tables_changed.emit()
        elif isinstance(answer, RunMade):
            self._end(Path(answer.path), answer.words)

    def _end(self, path: Path, notes: list[str]) -> None:
        is_import, is_export = isinstance(self._request, ImportFolder), isinstance(self._request, ExportRun)
        self._forget()
        words = translate("RunsPage", "“{0}” was made.").format(visible(path.name))
        if is_export:
            words = translate("RunsPage", "The folder is in {0}.").format(visible(str(path)))
        self._page.notice.show_fact(" ".join([words, *map(told, notes)]))
        if is_import:
            self._on_imported(path)
        self._refresh()

    def _on_failed(self, failure: Failure) -> None:
        self._forget()
        if not failure.cancelled:
            self._page.notice.show_error(failure.message)

    def _forget(self) -> None:
        self._question, self._request = 0, None
        self._page.show_made()

    def _on_cancel(self) -> None:
        if self._question:
            self._context.worker.cancel(self._question)

    def _add_actions(self) -> None:
        page = self._page

        def int8() -> None:
            self.quantize(8)

        def int4() -> None:
            self.quantize(4)

        def can_be_smaller() -> bool:
            return not self._question and not why_not_smaller(page.details())

        def can_be_merged() -> bool:
            return not self._question and not why_not_merged(page.details())

        def can_be_saved() -> bool:
            return not self._question and not why_not_saved(page.details())

        def is_idle() -> bool:
            return not self._question

        actions = (
            ("runs.int8", lambda: translate("RunsPage", "Smaller copy, 8 bits"), int8, can_be_smaller),
            ("runs.int4", lambda: translate("RunsPage", "Smaller copy, 4 bits"), int4, can_be_smaller),
            ("runs.merge", lambda: translate("RunsPage", "Merge adapters"), self.merge, can_be_merged),
            ("runs.export", lambda: translate("RunsPage", "Save as Hugging Face folder…"), self.export, can_be_saved),
            ("runs.import", lambda: translate("RunsPage", "Open a Hugging Face folder…"), self._on_import, is_idle),
        )
        for key, name, run, is_enabled in actions:
            self._context.actions.add(Action(key=key, name=name, run=run, page="runs", is_enabled=is_enabled))


def _new_run(name: str) -> Path:
    return places.runs_folder() / free_name(name, places.runs_folder())


def _target(request: Request | None) -> Path:
    return Path(request.folder if isinstance(request, ExportRun) else getattr(request, "to", ""))
