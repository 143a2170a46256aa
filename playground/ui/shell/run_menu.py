"""The menu of runs: those opened last, the sample model, another folder, and the page of all runs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.ui.translation import translate
from playground.ui.visible_text import visible


class RunMenu(QMenu):
    """Made anew at each opening, so that it is never out of date."""

    run_requested = Signal(object)  # Path
    folder_requested = Signal()
    all_runs_requested = Signal()

    def __init__(
        self, recent: Sequence[Path], sample: Path | None, current: Path | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._paths: dict[QAction, Path] = {}
        for path in recent:
            self._add_run(path, path.name, current)
        if sample is not None and sample not in recent:
            self._add_run(sample, translate("RunMenu", "Sample model"), current)
        self.addSeparator()
        self.addAction(translate("RunMenu", "Open a run folder…"), self.folder_requested.emit)
        self.addAction(translate("RunMenu", "All runs"), self.all_runs_requested.emit)
        self.triggered.connect(self._on_triggered)

    def _add_run(self, path: Path, name: str, current: Path | None) -> None:
        action = self.addAction(visible(name, 60).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(path == current)
        action.setToolTip(visible(str(path)).replace("<", "‹"))
        self._paths[action] = path

    def _on_triggered(self, action: QAction) -> None:
        if action in self._paths:
            self.run_requested.emit(self._paths[action])
