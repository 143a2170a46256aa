"""One question at a time, then the newest, so that a picture keeps moving while the timeline is dragged."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from playground.contract.embedding_messages import FindNeighbours, MapEmbeddings
from playground.contract.messages import Answer, Failure
from playground.ui.worker_client import WorkerClient

RunQuestion = MapEmbeddings | FindNeighbours


class NewestQuestion(QObject):
    """A lane of the worker. `on_answer` gets each answer, `on_failure` each failure that still matters."""

    def __init__(
        self,
        lane: str,
        worker: WorkerClient,
        on_answer: Callable[[Answer], None],
        on_failure: Callable[[Failure], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._lane, self._worker = lane, worker
        self._tell, self._tell_failure = on_answer, on_failure
        self._wanted: RunQuestion | None = None
        self.asked: RunQuestion | None = None  # under way, or answered last
        self._is_asking = False
        worker.restarted.connect(self._on_worker_restarted)

    def want(self, question: RunQuestion) -> None:
        """Ask this once the one under way is answered; at once if that is of another run."""
        self._wanted = question
        self._ask()

    def forget(self) -> None:
        """Nothing is wanted any more; what was answered may be asked again."""
        if self._is_asking:
            self._worker.cancel_lane(self._lane)
        self._wanted = self.asked = None
        self._is_asking = False

    def _ask(self) -> None:
        wanted, asked = self._wanted, self.asked
        if wanted is None or wanted == asked:
            return
        if self._is_asking and asked is not None and asked.run == wanted.run:
            return
        self.asked, self._is_asking = wanted, True
        self._worker.ask_latest(self._lane, wanted, self._on_answer, self._on_failed)

    def _on_answer(self, answer: Answer) -> None:
        self._is_asking = False
        self._tell(answer)
        self._ask()

    def _on_failed(self, failure: Failure) -> None:
        self._is_asking = False
        if self._wanted == self.asked and not failure.cancelled:
            self._tell_failure(failure)
        self._ask()

    def _on_worker_restarted(self) -> None:
        self.asked, self._is_asking = None, False
        self._ask()
