"""What attention costs, from the button to the worker and back; and the glossary leads to it."""

from pathlib import Path
from typing import Any

import pytest
from cost_rows import SHAPE, cost
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.contract.attention_cost_messages import AttentionMeasured, MeasureAttention
from playground.contract.glossary import terms
from playground.contract.messages import Failure, Progress
from playground.ui.actions import Actions
from playground.ui.pages.build.attention_cost import AttentionCostView
from playground.ui.pages.build.page import BuildPage
from playground.ui.pages.glossary.page import GlossaryPage
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring import build, glossary


class FakeWorker:
    """Keeps questions; the test answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Any, Any]] = []
        self.cancelled: list[int] = []

    def ask(self, request: Any, on_answer: Any = None, on_failure: Any = None) -> int:
        self.asked.append((request, on_answer, on_failure))
        return len(self.asked)

    def ask_latest(self, lane: str, request: Any, on_answer: Any = None, on_failure: Any = None) -> int:
        return 0

    def cancel(self, question: int) -> None:
        self.cancelled.append(question)


class Bench:
    """The Build page with everything around it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.worker, self.went, self.actions = FakeWorker(), list[str](), Actions()
        self.app = AppState(settings=Settings(folder / "settings.ini"))
        self.context = WindowContext(
            app=self.app, worker=self.worker, go_to=self.went.append, show_term=self.went.append,  # type: ignore[arg-type]
            report=self.went.append, actions=self.actions,
        )  # fmt: skip
        self.page: BuildPage = build.build(self.context)
        qtbot.addWidget(self.page)
        self.page.resize(1196, 600)
        self.page.show()

    @property
    def view(self) -> AttentionCostView:
        return self.page.settings.cost_view

    def measure(self) -> None:
        self.page.settings.costs.show_open(True)
        self.view.button.click()

    def answer(self, answer: Any) -> None:
        self.worker.asked[-1][1](answer)

    def fail(self, failure: Failure) -> None:
        self.worker.asked[-1][2](failure)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


def test_the_draft_is_measured_and_rows_are_shown_as_they_come(bench: Bench) -> None:
    bench.measure()
    (request, _, _), *_ = bench.worker.asked
    assert request == MeasureAttention(shape=SHAPE, longest=2048)  # of the preset "tiny"
    assert bench.view.progress.isVisibleTo(bench.page)
    bench.answer(Progress(fraction=0.0, what="64"))
    bench.answer(cost(64))
    bench.answer(Progress(fraction=0.1, what="128"))
    bench.answer(cost(128))
    assert [row[0] for row in bench.view.picture.table().rows] == [64, 128]
    bench.answer(AttentionMeasured(device="cpu", n_threads=1, stopped=""))
    assert "on one core" in bench.view.words()
    assert not bench.view.progress.isVisibleTo(bench.page)
    bench.measure()
    assert len(bench.worker.asked) == 2


def test_only_one_measurement_at_a_time(bench: Bench) -> None:
    bench.measure()
    bench.view.measure_requested.emit()
    assert len(bench.worker.asked) == 1


def test_what_was_found_by_a_cancel_stays(bench: Bench) -> None:
    bench.measure()
    bench.answer(cost(64))
    bench.view.cancel_requested.emit()
    assert bench.worker.cancelled == [1]
    bench.fail(Failure(message="The question was withdrawn.", cancelled=True))
    assert "withdrawn" not in bench.view.words()
    assert "At 64 tokens" in bench.view.words()
    assert bench.view.button.isVisibleTo(bench.page)


def test_a_failure_is_told_in_the_view(bench: Bench) -> None:
    bench.measure()
    bench.fail(Failure(message="There is not enough free memory for this."))
    assert "not enough free memory" in bench.view.words()


def test_another_shape_while_it_is_measured_is_told(bench: Bench) -> None:
    bench.measure()
    bench.app.draft.set_value("model.n_heads", 8)
    bench.answer(cost(64))
    assert "another shape" in bench.view.words()
    bench.app.draft.set_value("model.n_heads", 4)
    assert "another shape" not in bench.view.words()


def test_an_impossible_model_is_not_measured(bench: Bench) -> None:
    bench.app.draft.set_value("model.n_heads", 5)
    bench.view.measure_requested.emit()
    assert not bench.view.button.isEnabled()
    assert bench.worker.asked == []


def test_the_attention_part_of_the_diagram_opens_it(bench: Bench) -> None:
    assert not bench.page.settings.costs.is_open
    bench.page.diagram.setting_requested.emit("model.n_heads")
    assert bench.page.settings.costs.is_open


def test_the_glossary_leads_to_it(bench: Bench, qtbot: QtBot) -> None:
    page = glossary.build(bench.context)
    assert isinstance(page, GlossaryPage)
    qtbot.addWidget(page)
    page.show_term("flash_attention")
    qtbot.mouseClick(page.definition._button, Qt.MouseButton.LeftButton)
    assert bench.went == ["build"]
    assert bench.page.settings.costs.is_open


def test_actions_of_terms_are_there(bench: Bench) -> None:
    for term in terms().values():
        if term.action and term.page == "build":
            assert bench.actions.get(term.action).page == "build"
