"""The Generate page with a run and a worker that answers when the test says so: a bench that several tests share."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from playground.contract.config import DataConfig, RunConfig
from playground.contract.messages import Failure, Generate, Generated, GenerationEnded, NextToken
from playground.contract.model_config import DECODER
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Actions
from playground.ui.pages.generate.page import GeneratePage
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.generate import build

STEPS = (100, 200, 300)


@dataclasses.dataclass
class Question:
    request: Any
    answer: Callable[[Any], None]
    fail: Callable[[Failure], None]


class FakeWorker(QObject):
    """Keeps questions; the test answers."""

    restarted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Question] = []
        self.cancelled: list[int] = []

    def ask(self, request: Any, on_answer: Any = None, on_failure: Any = None) -> int:
        self.questions.append(Question(request, on_answer, on_failure))
        return len(self.questions) - 1

    def ask_latest(self, lane: str, request: Any, on_answer: Any = None, on_failure: Any = None) -> int:
        return self.ask(request, on_answer, on_failure)

    def cancel(self, question_id: int) -> None:
        self.cancelled.append(question_id)

    def last(self, kind: type) -> Question:
        return [each for each in self.questions if isinstance(each.request, kind)][-1]

    def count(self, kind: type) -> int:
        return sum(isinstance(each.request, kind) for each in self.questions)


class Bench:
    """A page with everything around it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.worker = FakeWorker()
        self.app = AppState(settings=Settings(folder / "settings.ini"))
        self.went: list[str] = []
        self.actions = Actions()
        self.folder = folder
        context = WindowContext(
            app=self.app, worker=self.worker, go_to=self.went.append, show_term=self.went.append,  # type: ignore[arg-type]
            report=self.went.append, actions=self.actions,
        )  # fmt: skip
        self.page: GeneratePage = build(context)  # type: ignore[assignment]
        qtbot.addWidget(self.page)
        self.page.resize(1200, 700)
        self.page.show()

    def open_run(
        self, name: str = "run", source: str = "builtin:tales-en", steps: tuple[int, ...] = STEPS, kind: str = DECODER
    ) -> None:
        config = RunConfig(data=DataConfig(source=source)).with_values({"model.kind": kind})
        run = RunDirectory.create(self.folder / name, config)
        run.snapshots_path.mkdir(exist_ok=True)
        for step in steps:
            run.snapshot_path(step).write_bytes(b"")
        self.app.current.open(run.path)

    def write(self, n_tokens: int = 3) -> Question:
        """Start a text; returns its question."""
        self.page.generate_requested.emit()
        question = self.worker.last(Generate)
        if n_tokens:
            question.answer(part(*[f" w{index}" for index in range(n_tokens)]))
        return question


def distribution(first: str = "▁a") -> NextToken:
    return NextToken(
        ids=np.array([11, 12, 13], dtype=np.int32),
        pieces=[first, "▁the", "<0xE3>"],
        before=np.array([0.6, 0.3, 0.1], dtype=np.float32),
        after=np.array([0.8, 0.2, 0.0], dtype=np.float32),
        cut_by=["", "", "top_p"],
        n_kept=2,
        entropy_nats=0.9,
    )


def part(*texts: str) -> Generated:
    return Generated(
        ids=np.arange(len(texts), dtype=np.int32),
        texts=list(texts),
        probabilities=np.full(len(texts), 0.25, dtype=np.float32),
        last=distribution(f"▁drawn{texts[-1]}"),
    )


def ending(n_tokens: int = 3, reason: str = "length") -> GenerationEnded:
    return GenerationEnded(reason=reason, n_tokens=n_tokens, elapsed_s=0.1, tokens_per_s=30.0, seed=5)
