"""The map's wiring: what is asked of which run, step and token, and what is shown while there is nothing to ask."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.embedding_messages import COSINE, DOT, FindNeighbours, MapEmbeddings
from playground.contract.glossary import terms
from playground.contract.messages import Answer, Failure, ListVocabulary, Request, Tokenize, Tokens
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Actions
from playground.ui.pages.tokenize.page import MAP, TOKENS, TokenizePage
from playground.ui.pages.tokenize.samples import sample_map, sample_neighbours, sample_vocabulary
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.tokenize import build
from playground.ui.worker_client import WorkerClient

CAT = sample_vocabulary().pieces.index("▁cat")
STEPS = (1, 10, 100)


class FakeWorker(QObject):
    """Keeps the questions by their lanes; the test answers them."""

    restarted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.questions: dict[str, tuple[Request, Callable[[Answer], None], Callable[[Failure], None]]] = {}
        self.history: list[Request] = []

    def ask_latest(self, lane: str, request: Request, on_answer: Any = None, on_failure: Any = None) -> int:
        self.questions[lane] = (request, on_answer, on_failure)
        self.history.append(request)
        return len(self.history)

    def cancel_lane(self, lane: str) -> None:
        self.questions.pop(lane, None)

    def asked(self, kind: type) -> list[Any]:
        return [request for request in self.history if isinstance(request, kind)]

    def is_pending(self, kind: type) -> bool:
        return any(isinstance(request, kind) for request, _, _ in self.questions.values())

    def answer(self, kind: type) -> None:
        """As the worker would, with sample values."""
        request, on_answer, _ = self._take(kind)
        on_answer(_answer_to(request))

    def fail(self, kind: type, sentence: str) -> None:
        _, _, on_failure = self._take(kind)
        on_failure(Failure(message=sentence))

    def answer_all(self) -> None:
        while self.questions:
            self.answer(type(next(iter(self.questions.values()))[0]))

    def _take(self, kind: type) -> tuple[Request, Callable[[Answer], None], Callable[[Failure], None]]:
        lane = next(lane for lane, (request, _, _) in self.questions.items() if isinstance(request, kind))
        return self.questions.pop(lane)


def _answer_to(request: Request) -> Answer:
    if isinstance(request, MapEmbeddings):
        return sample_map(request.step, request.axes_step)
    if isinstance(request, FindNeighbours):
        return sample_neighbours(request.token_id, request.step, request.measure)
    if isinstance(request, ListVocabulary):
        return sample_vocabulary()
    assert isinstance(request, Tokenize)
    one = np.zeros(1, dtype=np.int32)
    return Tokens(
        ids=one + CAT, pieces=["▁cat"], starts=one, ends=one + 1, kinds=np.zeros(1, dtype=np.uint8), vocab_size=36
    )


class Desk:
    """The Tokenize page with everything around it."""

    def __init__(self, folder: Path) -> None:
        self.worker = FakeWorker()
        self.app = AppState(settings=Settings(folder / "settings.ini"))
        self.went_to: list[str] = []
        self.actions = Actions()
        self.context = WindowContext(
            app=self.app, worker=cast(WorkerClient, self.worker), go_to=self.went_to.append,
            show_term=self.went_to.append, report=self.went_to.append, actions=self.actions,
        )  # fmt: skip
        self.page: TokenizePage = build(self.context)
        self.page.resize(1180, 640)

    def shown_step(self) -> str:
        return self.page.heading.words().rpartition(" ")[2]


def _make_run(folder: Path, steps: tuple[int, ...]) -> Path:
    run = RunDirectory.create(folder, RunConfig())
    _make_tokenizer(run.tokenizer_path)
    run.snapshots_path.mkdir(exist_ok=True)
    for step in steps:
        run.snapshot_path(step).touch()
    return folder


def _make_tokenizer(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.toml").touch()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, runs_folder: Path) -> Desk:
    made = Desk(tmp_path)
    qtbot.addWidget(made.page)
    return made


@pytest.fixture
def mapped(desk: Desk, tmp_path: Path) -> Desk:
    """A run of three snapshots in view, its map seen, everything answered."""
    desk.app.current.open(_make_run(tmp_path / "run", STEPS))
    desk.page.show()
    desk.worker.answer_all()
    desk.page.show_view(MAP)
    desk.worker.answer_all()
    return desk


def test_nothing_is_asked_about_vectors_before_the_map_is_wanted(desk: Desk, tmp_path: Path) -> None:
    desk.app.current.open(_make_run(tmp_path / "run", STEPS))
    desk.page.show()
    desk.worker.answer_all()
    assert not desk.worker.asked(MapEmbeddings)


def test_the_newest_snapshot_is_mapped_and_the_token_in_hand_looked_at(mapped: Desk, tmp_path: Path) -> None:
    run = str(tmp_path / "run")
    assert mapped.worker.asked(MapEmbeddings) == [MapEmbeddings(run=run, step=100, axes_step=100)]
    (near,) = mapped.worker.asked(FindNeighbours)
    assert (near.run, near.step, near.token_id, near.measure) == (run, 100, CAT, COSINE)
    assert mapped.page.map_card.is_filled
    assert mapped.shown_step() == "100"
    assert mapped.page.tokenizer.neighbours.title() == "Nearest to ␣cat"


def test_earlier_moments_are_seen_on_the_axes_of_the_newest(mapped: Desk) -> None:
    mapped.app.current.select_step(1)
    mapped.worker.answer_all()
    last = mapped.worker.asked(MapEmbeddings)[-1]
    assert (last.step, last.axes_step) == (1, 100)
    assert mapped.worker.asked(FindNeighbours)[-1].step == 1
    assert mapped.shown_step() == "1"


def test_axes_stay_while_an_earlier_moment_is_looked_at_though_the_training_goes_on(
    mapped: Desk, tmp_path: Path
) -> None:
    current = mapped.app.current
    current.select_step(1)
    mapped.worker.answer_all()
    RunDirectory(tmp_path / "run").snapshot_path(200).touch()
    current.poll()
    current.select_step(10)
    mapped.worker.answer_all()
    assert mapped.worker.asked(MapEmbeddings)[-1].axes_step == 100
    current.select_step(200)
    mapped.worker.answer_all()
    assert mapped.worker.asked(MapEmbeddings)[-1].axes_step == 200


def test_dragging_the_timeline_asks_one_after_the_other_the_newest_last(mapped: Desk) -> None:
    before = len(mapped.worker.asked(MapEmbeddings))
    for step in (10, 1, 100, 10):
        mapped.app.current.select_step(step)
    assert len(mapped.worker.asked(MapEmbeddings)) == before + 1
    mapped.worker.answer_all()
    assert [each.step for each in mapped.worker.asked(MapEmbeddings)[before:]] == [10]
    for step in (1, 100):
        mapped.app.current.select_step(step)
    mapped.worker.answer_all()
    assert [each.step for each in mapped.worker.asked(MapEmbeddings)[before:]] == [10, 1, 100]
    assert mapped.shown_step() == "100"


def test_another_token_and_another_measure_are_asked_for(mapped: Desk) -> None:
    mapped.page.map_card.chart.token_chosen.emit(CAT + 3)
    mapped.worker.answer_all()
    assert mapped.worker.asked(FindNeighbours)[-1].token_id == CAT + 3
    mapped.page.tokenizer.neighbours.measure_chosen.emit(DOT)
    mapped.worker.answer_all()
    last = mapped.worker.asked(FindNeighbours)[-1]
    assert (last.token_id, last.measure) == (CAT + 3, DOT)
    assert len(mapped.worker.asked(MapEmbeddings)) == 1


def test_a_token_that_is_put_down_and_taken_up_again_has_its_neighbours(mapped: Desk) -> None:
    mapped.page._take(-1)
    assert mapped.page.tokenizer.neighbours.model.rowCount() == 0
    mapped.page._take(CAT)
    mapped.worker.answer_all()
    assert mapped.page.tokenizer.neighbours.model.rowCount() == 5


def test_a_tokenizer_alone_leads_to_training(desk: Desk, runs_folder: Path) -> None:
    folder = runs_folder.parent / "tokenizers" / "kites"
    _make_tokenizer(folder)
    desk.page.show()
    desk.page.show_view(MAP)
    desk.page.map_card.empty.filled_requested.emit()
    assert desk.went_to == ["train"]
    assert not desk.worker.asked(MapEmbeddings)


def test_a_run_that_gets_its_first_weights_fills_the_map(desk: Desk, tmp_path: Path) -> None:
    path = _make_run(tmp_path / "run", ())
    desk.app.current.open(path)
    desk.page.show()
    desk.page.show_view(MAP)
    desk.worker.answer_all()
    assert not desk.worker.asked(MapEmbeddings)
    RunDirectory(path).snapshot_path(1).touch()
    desk.app.current.poll()
    desk.worker.answer_all()
    assert desk.page.map_card.is_filled


def test_another_tokenizer_than_the_run_s_offers_the_run_s(mapped: Desk, tmp_path: Path) -> None:
    _make_tokenizer(tmp_path / "other")
    mapped.page.tokenizer.tokenizer_chosen.emit(str(tmp_path / "other"))
    mapped.worker.answer_all()
    assert not mapped.page.map_card.is_filled
    mapped.page.map_card.empty.filled_requested.emit()
    mapped.worker.answer_all()
    assert mapped.page.map_card.is_filled
    assert len(mapped.worker.asked(MapEmbeddings)) == 2


def test_the_same_tokenizer_chosen_once_more_has_its_map_again(mapped: Desk, tmp_path: Path) -> None:
    mapped.page.tokenizer.tokenizer_chosen.emit(str(tmp_path / "run" / "tokenizer"))
    mapped.worker.answer_all()
    assert mapped.page.map_card.is_filled


def test_another_run_withdraws_the_question_about_the_former_one(mapped: Desk, tmp_path: Path) -> None:
    mapped.app.current.select_step(1)
    assert mapped.worker.is_pending(MapEmbeddings)
    mapped.app.current.open(_make_run(tmp_path / "second", (7,)))
    assert not mapped.worker.is_pending(MapEmbeddings)
    assert not mapped.page.map_card.is_filled  # its tokens are not known yet
    mapped.worker.answer_all()
    assert mapped.worker.asked(MapEmbeddings)[-1].run == str(tmp_path / "second")
    assert mapped.shown_step() == "7"


def test_a_run_without_weights_empties_the_map(mapped: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    mapped.app.current.open(_make_run(tmp_path / "fresh", ()))
    qtbot.waitUntil(lambda: not mapped.page.map_card.is_filled)
    mapped.worker.answer_all()


def test_a_failure_is_told_and_the_next_answer_takes_it_away(mapped: Desk) -> None:
    mapped.app.current.select_step(1)
    mapped.worker.fail(MapEmbeddings, "This snapshot is damaged.")
    mapped.worker.answer_all()
    mapped.app.current.select_step(10)
    mapped.worker.fail(MapEmbeddings, "This one, too.")
    assert mapped.page.notice.text() == "This one, too."
    mapped.app.current.select_step(100)
    mapped.worker.answer_all()
    assert mapped.page.notice.text() == ""


def test_after_the_worker_was_restarted_what_was_under_way_is_asked_again(mapped: Desk) -> None:
    mapped.app.current.select_step(1)
    mapped.worker.questions.clear()
    mapped.worker.restarted.emit("It stopped.")
    mapped.worker.answer_all()
    assert mapped.shown_step() == "1"


def test_the_glossary_s_way_leads_to_the_map(desk: Desk, qtbot: QtBot) -> None:
    term = terms()["embedding"]
    assert term.page == "tokenize"
    desk.actions.run_if_possible(term.action)
    assert desk.page.view() == MAP
    desk.actions.run_if_possible("tokenize.tokens")
    assert desk.page.view() == TOKENS
    qtbot.mouseClick(desk.page.view_choice.button(MAP), Qt.MouseButton.LeftButton)
    assert desk.page.view() == MAP
