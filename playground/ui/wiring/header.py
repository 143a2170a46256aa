"""Connects the header to the run in view."""

from PySide6.QtCore import QObject

from playground.contract.run_directory import FINISHED
from playground.ui.shell.header import Header
from playground.ui.shell.words import training_words
from playground.ui.state.current_run import CurrentRun


class HeaderWiring(QObject):
    """Shows run, moment and training; wishes of the header go to the window."""

    def __init__(self, header: Header, current: CurrentRun) -> None:
        super().__init__(header)
        self._header, self._current = header, current
        current.run_selected.connect(self.refresh)
        current.status_changed.connect(self.refresh)
        current.snapshots_changed.connect(self.refresh)
        current.snapshot_selected.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew, also in another language."""
        current, header = self._current, self._header
        header.show_run(current.directory.name if current.directory else "")
        if current.has_model:
            header.show_moment(current.step, _last_step(current))
        else:
            header.show_no_moment()
        if current.directory:
            header.show_training(training_words(current.state, current.status))
        else:
            header.show_no_training()


def _last_step(current: CurrentRun) -> int:
    """Where the training ends; 0 for a model that was not trained here."""
    return current.status.max_steps if current.state == FINISHED else current.config.training.max_steps
