"""Connects "Verify resume" of the Train page with the process that does it."""

from PySide6.QtCore import QObject

from playground.ui.engine_sentences import told
from playground.ui.pages.train.page import TrainPage
from playground.ui.run_check import RunCheck
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext


class RunVerifying(QObject):
    """Of the run in view; another run in view ends it."""

    def __init__(self, page: TrainPage, context: WindowContext, check: RunCheck | None = None) -> None:
        super().__init__(page)
        self._page, self._current = page, context.app.current
        self._check = check or RunCheck(self)
        page.run_panel.verify_requested.connect(self._on_wish)
        page.run_panel.verify_cancelled.connect(self.end)
        self._check.progressed.connect(self._on_progress)
        self._check.found.connect(self._on_found)
        self._check.failed.connect(self._on_failed)
        self._current.run_selected.connect(self.end)

    def end(self) -> None:
        """Give up what runs."""
        self._check.cancel()
        self._page.run_panel.show_verifying(-1.0, "")

    def _on_wish(self) -> None:
        if self._current.path is None:
            return
        self._page.notice.hide()
        self._page.run_panel.show_verifying(0.0, translate("TrainPage", "Loading the checkpoint"))
        self._check.start(self._current.path)

    def _on_progress(self, first: int, step: int, last: int) -> None:
        words = translate("TrainPage", "Step {0} again, of {1} to {2}")
        self._page.run_panel.show_verifying(
            (step - first) / max(last - first, 1), words.format(f"{step:,}", f"{first:,}", f"{last:,}")
        )

    def _on_found(self, first: int, last: int, n_compared: int, difference: str) -> None:
        self._page.run_panel.show_verifying(-1.0, "")
        steps = f"{first + 1:,}", f"{last:,}"
        if difference:
            words = translate("TrainPage", "Steps {0} to {1} were trained again, and not all is equal. {2}")
            self._page.notice.show_error(words.format(*steps, visible(told(difference))))
            return
        words = translate("TrainPage", "Steps {0} to {1} were trained again: all {2} numbers are equal bit for bit.")
        self._page.notice.show_fact(words.format(*steps, f"{n_compared:,}"))

    def _on_failed(self, sentence: str) -> None:
        self._page.run_panel.show_verifying(-1.0, "")
        self._page.notice.show_error(visible(told(sentence)))
