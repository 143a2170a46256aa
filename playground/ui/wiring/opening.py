"""Puts runs in view and texts into the draft, wherever the wish comes from, and remembers them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from playground import places
from playground.contract.assets import assets_folder
from playground.contract.errors import PlaygroundError
from playground.ui.engine_sentences import told
from playground.ui.state.app_state import AppState
from playground.ui.state.attached_runs import AttachedRuns


def sample_model() -> Path | None:
    """The run directory that comes with the program; None where it was left out."""
    path = assets_folder() / "sample-model"
    return path if (path / "config.toml").is_file() else None


class Opening(QObject):
    """Opens runs and texts; `report` is told, in one sentence, why something cannot be opened."""

    def __init__(self, app: AppState, report: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._report = app, report
        app.current.run_selected.connect(self._remember)
        app.current.trouble_found.connect(self._on_trouble)

    def open_run(self, path: Path) -> bool:
        """Put a run in view; False, and the former stays, if it cannot be read."""
        try:
            self._app.current.open(path)
        except PlaygroundError as error:
            self._report(told(error))
            return False
        return True

    def attach_run(self, path: Path) -> bool:
        """Put a run in view and keep it in the list of runs, wherever it lies."""
        is_open = self.open_run(path)
        if is_open and path != sample_model():
            AttachedRuns(self._app.settings).attach_if_elsewhere(path, places.runs_folder())
        return is_open

    def open_first(self, wanted: Path | None = None) -> None:
        """At the start: the wanted run, or the one opened last, or the sample model, so that no page is empty."""
        if wanted is not None and self.open_run(wanted):
            return
        recent = self._app.settings.recent_runs()
        sample = sample_model()
        for path in [*recent[:1], *([sample] if sample else [])]:
            if self.open_run(path):
                return

    def take_text(self, path: Path) -> None:
        """Make a file or a folder the text of the next training."""
        self._app.draft.set_source(str(path))

    def _on_trouble(self, sentence: str) -> None:
        self._report(told(sentence))

    def _remember(self) -> None:
        path = self._app.current.path
        if path is not None and path != sample_model():
            self._app.settings.add_recent_run(path.resolve())
