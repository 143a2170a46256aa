"""The Attention page's wiring: what is asked when, and that a picture is shown only whole."""

from pathlib import Path
from typing import cast

import numpy as np
import pytest
from attention_desk import Desk
from pytestqt.qtbot import QtBot

from playground.contract.config import RunConfig
from playground.contract.messages import Failure, ReadHead, Trace
from playground.contract.run_directory import RunDirectory


def make_run(folder: Path, steps: tuple[int, ...], n_layers: int = 2, n_heads: int = 2) -> Path:
    config = RunConfig().with_values({"model.n_layers": n_layers, "model.n_heads": n_heads})
    run = RunDirectory.create(folder, config)
    run.snapshots_path.mkdir()
    for step in steps:
        run.snapshot_path(step).touch()
    return folder


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    qtbot.addWidget(made.page)
    return made


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    """A run of three snapshots in view, everything answered."""
    desk.app.current.open(make_run(tmp_path / "run", (1, 10, 100)))
    desk.page.show()
    desk.worker.answer_all()
    return desk


def test_without_a_run_the_page_leads_to_training(desk: Desk) -> None:
    desk.page.show()
    assert desk.worker.history == []
    desk.page.empty.filled_requested.emit()
    assert desk.went_to == ["train"]


def test_nothing_is_asked_while_the_page_is_hidden(desk: Desk, tmp_path: Path) -> None:
    desk.app.current.open(make_run(tmp_path / "run", (1,)))
    assert desk.worker.history == []


def test_the_run_in_view_is_asked_about_its_newest_snapshot(filled: Desk) -> None:
    assert {type(request) for request in filled.worker.history} == {Trace, ReadHead}
    assert len(filled.worker.history) == 2
    assert all(cast(Trace, request).step == 100 for request in filled.worker.history)
    assert filled.page.heatmap.head() is not None


def test_a_run_that_gets_its_first_weights_fills_the_page(desk: Desk, tmp_path: Path) -> None:
    path = make_run(tmp_path / "run", ())
    desk.app.current.open(path)
    desk.page.show()
    assert desk.worker.history == []
    RunDirectory(path).snapshot_path(1).touch()
    desk.app.current.poll()
    assert len(desk.worker.history) == 2


def test_a_run_without_weights_empties_the_page(filled: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    filled.app.current.open(make_run(tmp_path / "fresh", ()))
    qtbot.waitUntil(lambda: filled.page.empty.isVisible())
    filled.app.current.open(tmp_path / "run")
    qtbot.waitUntil(lambda: filled.page.heatmap.isVisible())


def test_dragging_the_timeline_asks_one_after_the_other_the_newest_last(filled: Desk) -> None:
    worker = filled.worker
    filled.app.current.select_step(10)
    filled.app.current.select_step(1)
    assert worker.pending(ReadHead).step == 10
    shown = filled.page.heatmap.head()
    worker.answer(ReadHead)
    assert filled.page.heatmap.head() is not shown, "the head of the same text is shown before the small ones come"
    assert worker.pending(ReadHead).step == 1
    worker.answer_all()
    assert [request.step for request in worker.history if isinstance(request, Trace)] == [100, 10, 1]


def test_another_text_is_shown_only_whole(filled: Desk) -> None:
    before = filled.page.heatmap.head()
    filled.page.show_texts("Tom saw Mia.", "")
    filled.page.text_changed.emit()
    filled.worker.answer(ReadHead)
    assert filled.page.heatmap.head() is before
    filled.worker.answer(Trace)
    head = filled.page.heatmap.head()
    assert head is not None
    assert head.weights.shape == (4, 4)
    assert filled.app.settings.text("attention/text") == "Tom saw Mia."


def test_a_blank_text_falls_back_to_the_example(filled: Desk) -> None:
    filled.page.show_texts("  ", "")
    filled.page.text_changed.emit()
    assert all(cast(Trace, request).text.strip() for request in filled.worker.history)


def test_another_head_asks_for_that_head_alone(filled: Desk) -> None:
    n_before = len(filled.worker.history)
    filled.page.grid.head_requested.emit(1, 1)
    assert filled.worker.history[n_before:] == [filled.worker.pending(ReadHead)]
    assert (filled.worker.pending(ReadHead).layer, filled.worker.pending(ReadHead).head) == (1, 1)
    filled.worker.answer_all()
    assert filled.page.settings.layer.words() == "2 of 2"


def test_actions_walk_through_all_heads(filled: Desk) -> None:
    actions = filled.context.actions
    for _ in range(2):
        actions.get("attention.next_head").run()
        filled.worker.answer_all()
    head = filled.page.heatmap.head()
    assert head is not None
    assert (head.layer, head.head) == (1, 0), "after a layer's last head comes the next layer's first"
    actions.get("attention.previous_layer").run()
    assert filled.worker.pending(ReadHead).layer == 0


def test_a_smaller_model_gets_a_head_that_it_has(filled: Desk, tmp_path: Path) -> None:
    filled.page.grid.head_requested.emit(1, 1)
    filled.worker.answer_all()
    filled.app.current.open(make_run(tmp_path / "small", (5,), n_layers=1, n_heads=1))
    request = filled.worker.pending(ReadHead)
    assert (request.run, request.step, request.layer, request.head) == (str(tmp_path / "small"), 5, 0, 0)


def test_a_failure_is_told_and_goes_away_with_the_next_answer(filled: Desk) -> None:
    filled.app.current.select_step(10)
    _, _, on_failure = filled.worker.questions.pop("attention.head")
    on_failure(Failure(message="The snapshot is damaged."))
    assert filled.page.notice.text() == "The snapshot is damaged."
    filled.app.current.select_step(1)
    filled.worker.answer(ReadHead)
    assert filled.page.notice.text() == ""


def test_a_restarted_worker_is_asked_again(filled: Desk) -> None:
    n_before = len(filled.worker.history)
    filled.worker.restarted.emit("restarted")
    assert len(filled.worker.history) == n_before + 2


def test_colours_are_remembered(filled: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    filled.page.colours_requested.emit("inferno", False)
    again = Desk(tmp_path)
    qtbot.addWidget(again.page)
    assert again.page.settings.colour_map.value() == "inferno"
    assert not again.page.settings.lifted.isChecked()


def test_shown_weights_are_those_answered(filled: Desk) -> None:
    head = filled.page.heatmap.head()
    assert head is not None
    assert np.allclose(head.weights.sum(axis=1), 1.0, atol=1e-6)
    assert filled.page.bars.shown()
