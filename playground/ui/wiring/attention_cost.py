"""Connects the view of what attention costs to the worker that measures it."""

from PySide6.QtCore import QObject

from playground.contract.attention_cost_messages import (
    AttentionCost,
    AttentionMeasured,
    AttentionShape,
    MeasureAttention,
)
from playground.contract.messages import Answer, Failure, Progress
from playground.ui.pages.build.attention_cost import LONGEST, AttentionCostView
from playground.ui.window_context import WindowContext


class AttentionCostWiring(QObject):
    """One measurement at a time; what it has found by a Cancel stays in view."""

    def __init__(self, view: AttentionCostView, context: WindowContext) -> None:
        super().__init__(view)
        self._view, self._context = view, context
        self._question = 0  # 0: nothing is being measured
        self._shape: AttentionShape | None = None  # what is being measured
        self._rows: list[AttentionCost] = []
        view.measure_requested.connect(self._on_measure)
        view.cancel_requested.connect(self._on_cancel)

    def _on_measure(self) -> None:
        model = self._context.app.draft.config.model
        if self._question or model.problems():
            return
        self._shape, self._rows = AttentionShape.of(model), []
        request = MeasureAttention(shape=self._shape, longest=LONGEST)
        self._question = self._context.worker.ask(request, self._on_answer, self._on_failed)
        self._view.show_starting()

    def _on_cancel(self) -> None:
        if self._question:
            self._context.worker.cancel(self._question)

    def _on_answer(self, answer: Answer) -> None:
        assert self._shape is not None, "only what was asked for is answered"
        if isinstance(answer, Progress):
            self._view.show_progress(answer.fraction, int(answer.what))
        elif isinstance(answer, AttentionCost):
            self._rows.append(answer)
            self._view.show_rows(self._shape, self._rows)
        elif isinstance(answer, AttentionMeasured):
            self._question = 0
            self._view.show_rows(self._shape, self._rows, answer)
            self._view.show_idle()

    def _on_failed(self, failure: Failure) -> None:
        self._question = 0
        self._view.show_idle("" if failure.cancelled else failure.message)
