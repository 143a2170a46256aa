"""Takes runs away for the Runs page, brings them back, and lets them go for good after a while."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from playground import places
from playground.contract.errors import PlaygroundError
from playground.ui.engine_sentences import told
from playground.ui.pages.runs.page import RunsPage
from playground.ui.state.attached_runs import AttachedRuns
from playground.ui.state.quiet_collector import start_quietly
from playground.ui.state.run_summary import RunSummary
from playground.ui.state.run_trash import Deleted, RunTrash, remove_for_good
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext
from playground.ui.wiring.run_care import care_problem

_KEPT_MS = 30 * 60_000  # how long at least a deleted run can come back while the window stays open


class RunDeleting(QObject):
    """Own runs are set aside and can come back until the window closes; attached ones are only taken off the list."""

    def __init__(
        self, page: RunsPage, context: WindowContext, show: Callable[[], None], refresh: Callable[[], None]
    ) -> None:
        """`show` shows the last reading again, `refresh` begins another one."""
        super().__init__(page)
        self._page, self._current, self._show, self._refresh = page, context.app.current, show, refresh
        self.trash = RunTrash(places.runs_folder())
        self.attached = AttachedRuns(context.app.settings)
        self._deleted: tuple[Deleted, ...] = ()  # the last time
        self._detached: tuple[Path, ...] = ()  # the last time
        self._was_in_view: Path | None = None
        self._away: set[Path] = set()  # what a reading that began before may still list
        self._late = QTimer(self, singleShot=True, interval=_KEPT_MS)
        self._late.timeout.connect(self._let_go)
        page.delete_requested.connect(self.delete)
        page.undo_requested.connect(self.undo)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._empty)
        start_quietly(threading.Thread(target=self.trash.sweep, name="trash", daemon=True))

    def can_undo(self) -> bool:
        return bool(self._deleted or self._detached)

    def without_deleted(self, runs: Sequence[RunSummary]) -> list[RunSummary]:
        """Those that the person has not just taken away."""
        return [run for run in runs if run.path not in self._away or self._is_back(run)]

    def delete(self) -> None:
        """All picked runs; of those that stay it is told why."""
        picked = self._page.picked()
        if not picked:
            return
        deleted, detached, stay = [], [], []
        self._was_in_view = None
        for run in picked:
            try:
                if run.is_attached:
                    self._detach(run.path)
                    detached.append(run.path)
                else:
                    deleted.append(self._put_away(run.path))
            except PlaygroundError as error:
                stay.append((run, told(error)))
        if deleted or detached:
            self._deleted, self._detached = tuple(deleted), tuple(detached)
            self._away |= {*detached, *(each.path for each in deleted)}
        self._tell(deleted, detached, stay, len(picked))
        self._show()
        self._refresh()

    def undo(self) -> None:
        """Bring back what was taken away the last time."""
        if not self.can_undo():
            return
        paths, stay = list(self._detached), []
        for path in self._detached:
            self.attached.attach(path)
        for each in self._deleted:
            try:
                paths.append(self.trash.put_back(each))
            except PlaygroundError as error:
                stay.append(told(error))
        self._away -= set(paths)
        self._deleted, self._detached = (), ()
        if self._was_in_view in paths:
            self._open(self._was_in_view)
        if stay:
            self._page.notice.show_error(" ".join(stay))
        else:
            self._page.notice.show_fact(_back_words(paths))
        self._show()
        self._refresh()

    # Each run.

    def _put_away(self, path: Path) -> Deleted:
        problem = care_problem(path)
        if problem:
            raise PlaygroundError(problem)
        self._close(path)
        deleted = self.trash.put(path)
        self._late.start()  # anew for all of them
        return deleted

    def _detach(self, path: Path) -> None:
        self.attached.detach(path)
        self._close(path)

    def _close(self, path: Path) -> None:
        if path == self._current.path:
            self._current.close()
            self._was_in_view = path

    def _open(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            self._current.open(path)
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))

    def _empty(self) -> None:
        """The window closes."""
        self.trash.empty()

    def _let_go(self) -> None:
        """Their time is over; on a thread, since a disk may be slow."""
        late, self._deleted = self.trash.runs, ()
        for deleted in late:
            self.trash.forget(deleted)
        thread = threading.Thread(target=_remove_all, args=(late,), name="trash", daemon=True)
        start_quietly(thread)

    def _is_back(self, run: RunSummary) -> bool:
        """Another run has taken the name, or it was attached again."""
        return run.path in self.attached.paths() if run.is_attached else (run.path / "config.toml").is_file()

    # Words.

    def _tell(
        self,
        deleted: Sequence[Deleted],
        detached: Sequence[Path],
        stay: Sequence[tuple[RunSummary, str]],
        n_picked: int,
    ) -> None:
        parts = []
        if deleted:
            parts.append(_deleted_words([each.path for each in deleted]))
        if detached:
            parts.append(_detached_words(detached))
        for run, problem in stay:
            words = translate("RunsPage", "“{0}” stays: {1}").format(visible(run.name), problem)
            parts.append(problem if n_picked == 1 else words)
        if deleted or detached:
            self._page.notice.show_fact(" ".join(parts), translate("RunsPage", "Undo"))
        else:
            self._page.notice.show_error(" ".join(parts))


def _remove_all(late: Sequence[Deleted]) -> None:
    for deleted in late:
        remove_for_good(deleted)


def _deleted_words(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return translate("RunsPage", "“{0}” was deleted.").format(visible(paths[0].name))
    return translate("RunsPage", "{0} runs were deleted.").format(f"{len(paths):,}")


def _detached_words(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        words = translate("RunsPage", "“{0}” is off the list; its folder is as it was.")
        return words.format(visible(paths[0].name))
    words = translate("RunsPage", "{0} runs are off the list; their folders are as they were.")
    return words.format(f"{len(paths):,}")


def _back_words(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return translate("RunsPage", "“{0}” is back.").format(visible(paths[0].name))
    return translate("RunsPage", "{0} runs are back.").format(f"{len(paths):,}")
