"""Asks the worker what may come next: one question at a time, then the newest, so that the bars follow a slider."""

from PySide6.QtCore import QObject, Signal

from playground.contract.messages import Answer, Failure, NextToken, PredictNext
from playground.ui.pages.generate.next_card import NextCard
from playground.ui.translation import translate
from playground.ui.worker_client import WorkerClient

LANE = "next token"


class NextTokenQuestions(QObject):
    """Fills the bars.

    Signals:
        answered: the bars show what was asked.
        failed (str): they cannot; one sentence.
    """

    answered = Signal()
    failed = Signal(str)

    def __init__(self, card: NextCard, worker: WorkerClient, parent: QObject) -> None:
        super().__init__(parent)
        self._card, self._worker = card, worker
        self._wanted: PredictNext | None = None
        self._asked: PredictNext | None = None
        self._drawn_id: int | None = None
        self._is_asking = False
        worker.restarted.connect(self._on_worker_restarted)

    def ask(self, wanted: PredictNext, drawn_id: int | None = None) -> None:
        """Show that from now on; `drawn_id` is what stands there in the text."""
        self._wanted, self._drawn_id = wanted, drawn_id
        self._ask_newest()

    def hold(self) -> None:
        """Leave the bars to somebody else until the next `ask`."""
        self._wanted = self._asked = None

    def _ask_newest(self) -> None:
        if self._is_asking or self._wanted is None or self._wanted == self._asked:
            return
        self._asked, self._is_asking = self._wanted, True
        if self._card.shown() is None:
            self._card.show_empty(translate("GeneratePage", "Waiting for the model…"))
        self._worker.ask_latest(LANE, self._wanted, self._on_answer, self._on_failed)

    def _on_answer(self, answer: Answer) -> None:
        if not isinstance(answer, NextToken):
            return
        self._is_asking = False
        if self._asked is not None and self._wanted is not None:
            self._card.show_distribution(answer, self._drawn_id)
            self.answered.emit()
        self._ask_newest()

    def _on_failed(self, failure: Failure) -> None:
        self._is_asking = False
        if self._asked is not None and self._wanted == self._asked and not failure.cancelled:
            self._card.show_empty("")
            self._card.show_distribution(None)
            self.failed.emit(failure.message)
        self._ask_newest()

    def _on_worker_restarted(self) -> None:
        self._asked, self._is_asking = None, False
        self._ask_newest()
