"""The Attention page with everything around it, and a worker that a test answers for."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from playground.contract.messages import Answer, Failure, ReadHead, Request, Trace
from playground.ui.actions import Actions
from playground.ui.pages.attention.page import AttentionPage
from playground.ui.pages.attention.samples import sample_attention, sample_overview
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.attention import build
from playground.ui.worker_client import WorkerClient


class FakeWorker(QObject):
    """Keeps the questions; the test answers them."""

    restarted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.questions: dict[str, tuple[Request, Callable[[Answer], None], Callable[[Failure], None]]] = {}
        self.history: list[Request] = []

    def ask_latest(self, lane: str, request: Request, on_answer: Any = None, on_failure: Any = None) -> int:
        self.questions[lane] = (request, on_answer, on_failure)
        self.history.append(request)
        return len(self.history)

    def pending(self, kind: type) -> Any:
        return next((request for request, _, _ in self.questions.values() if isinstance(request, kind)), None)

    def answer(self, kind: type) -> None:
        """As the worker would, with sample values."""
        lane = next(lane for lane, (request, _, _) in self.questions.items() if isinstance(request, kind))
        request, on_answer, _ = self.questions.pop(lane)
        assert isinstance(request, Trace | ReadHead)
        overview = sample_overview(request.text, 2, 2)
        if isinstance(request, Trace):
            on_answer(overview)
        else:
            head = sample_attention(len(overview.tokens.ids))
            on_answer(dataclasses.replace(head, layer=request.layer, head=request.head, row_ids=overview.tokens.ids))

    def answer_all(self) -> None:
        while self.questions:
            self.answer(type(next(iter(self.questions.values()))[0]))


class Desk:
    """A page with everything around it."""

    def __init__(self, folder: Path) -> None:
        self.worker = FakeWorker()
        self.app = AppState(settings=Settings(folder / "settings.ini"))
        self.went_to: list[str] = []
        self.context = WindowContext(
            app=self.app, worker=cast(WorkerClient, self.worker), go_to=self.went_to.append,
            show_term=self.went_to.append, report=self.went_to.append, actions=Actions(),
        )  # fmt: skip
        self.page: AttentionPage = build(self.context)
        self.page.resize(1000, 700)
