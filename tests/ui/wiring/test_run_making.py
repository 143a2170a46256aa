"""The Runs page asks the worker for copies and folders, shows how far they are, and what has come of them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_runs import TINY, append_events, make_run
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from playground.contract.config import StartConfig
from playground.contract.exchange_messages import ExportRun, ImportFolder, MergeRun, ModelTable, QuantizeRun, RunMade
from playground.contract.messages import Failure, Progress
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Actions
from playground.ui.pages.runs.page import RunsPage
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.runs import RunsWiring


class FakeWorker(QObject):
    """Keeps the question; the test answers."""

    restarted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []
        self.cancelled: list[int] = []

    def ask(self, request: Any, on_answer: Any, on_failed: Any) -> int:
        self.asked.append(request)
        self.answer, self.fail = on_answer, on_failed
        return len(self.asked)

    def cancel(self, question: int) -> None:
        self.cancelled.append(question)


class Bench:
    """A page with everything around it, and two runs: "kites", and "tuned" with adapters on it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.app = AppState(settings=Settings(folder.parent / "settings.ini"))
        self.worker, self.actions = FakeWorker(), Actions()
        context = WindowContext(
            app=self.app, worker=self.worker, go_to=print, show_term=print, report=print, actions=self.actions,  # type: ignore[arg-type]
        )  # fmt: skip
        self.page = RunsPage()
        self.wiring = RunsWiring(self.page, context)
        qtbot.addWidget(self.page)
        with qtbot.waitSignal(self.wiring.runs.refreshed):
            self.page.show()

    def pick(self, name: str) -> None:
        self.page.table.show_chosen(self.folder / name)


def with_snapshots(run: RunDirectory, *steps: int) -> RunDirectory:
    run.snapshots_path.mkdir()
    for step in steps:
        run.snapshot_path(step).touch()
    return run


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr("playground.ui.wiring.runs.sample_model", lambda: None)
    with_snapshots(make_run(runs_folder / "kites"), 100, 200)
    start = StartConfig(run=str(runs_folder / "kites"), step=200, method="lora")
    with_snapshots(make_run(runs_folder / "tuned", config=replace(TINY, start=start)), 50)
    return Bench(qtbot, runs_folder)


def table(path: Path) -> ModelTable:
    return ModelTable(
        path=str(path), names=["before", "int8"], sizes_bytes=np.array([4_000_000, 1_000_000]),
        perplexities=np.array([8.0, 8.2]), tokens_per_s=np.array([1000.0, 900.0]), words=[],
    )  # fmt: skip


def test_a_smaller_copy_from_the_wish_to_the_table(bench: Bench) -> None:
    bench.pick("kites")
    bench.page.quantize_requested.emit(8)
    made = bench.folder / "kites int8"
    assert bench.worker.asked == [QuantizeRun(run=str(bench.folder / "kites"), step=200, bits=8, to=str(made))]
    bench.worker.answer(Progress(fraction=0.5, what="judging"))
    assert bench.page.making._words.text() == "Making “kites int8”: judging both models…"
    with_snapshots(make_run(made), 200)
    with bench.qtbot.waitSignal(bench.wiring.runs.refreshed):
        bench.worker.answer(table(made))
    assert not bench.page.making.isVisible()
    assert bench.page.notice.text() == "“kites int8” was made."
    assert bench.page.run.model.table.rows()[2] == ["Perplexity", "8.000", "8.200"]
    bench.pick("kites int8")
    assert bench.page.run.model.table.isVisible()
    bench.pick("tuned")
    assert not bench.page.run.model.table.isVisible()


def test_a_second_copy_has_a_name_of_its_own(bench: Bench) -> None:
    make_run(bench.folder / "kites int4")
    bench.pick("kites")
    bench.page.quantize_requested.emit(4)
    assert bench.worker.asked[0].to == str(bench.folder / "kites int4 2")


def test_the_moment_in_view_is_what_is_copied(bench: Bench) -> None:
    bench.app.current.open(bench.folder / "kites")
    bench.app.current.select_step(100)
    bench.pick("kites")
    assert bench.page.run.model._title.text() == "Model at step 100"
    bench.page.quantize_requested.emit(8)
    assert bench.worker.asked[0].step == 100


def test_one_thing_is_made_at_a_time(bench: Bench) -> None:
    bench.pick("tuned")
    bench.page.merge_requested.emit()
    bench.page.quantize_requested.emit(8)
    made = str(bench.folder / "tuned merged")
    assert bench.worker.asked == [MergeRun(run=str(bench.folder / "tuned"), step=50, to=made)]
    bench.worker.answer(RunMade(path=made, words=["A note."]))
    assert bench.page.notice.text() == "“tuned merged” was made. A note."
    bench.page.quantize_requested.emit(8)
    assert len(bench.worker.asked) == 2


def test_a_run_without_adapters_is_not_merged(bench: Bench) -> None:
    bench.pick("kites")
    bench.page.merge_requested.emit()
    assert bench.worker.asked == []


def test_cancel(bench: Bench) -> None:
    bench.pick("kites")
    bench.page.quantize_requested.emit(8)
    bench.page.cancel_requested.emit()
    assert bench.worker.cancelled == [1]
    bench.worker.fail(Failure(message="The question was withdrawn.", cancelled=True))
    assert bench.page.notice.text() == ""
    assert not bench.page.making.isVisible()


def test_a_folder_is_written_beside_what_is_there(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out" / "kites").mkdir(parents=True)
    bench.pick("kites")
    monkeypatch.setattr(bench.wiring.making, "ask_where_to_save", lambda name: str(tmp_path / "out"))
    bench.page.export_requested.emit()
    folder = str(tmp_path / "out" / "kites 2")
    assert bench.worker.asked == [ExportRun(run=str(bench.folder / "kites"), step=200, folder=folder)]
    bench.worker.answer(RunMade(path=folder, words=[]))
    assert bench.page.notice.text() == f"The folder is in {folder}."


def test_a_refusal_is_told_in_a_sentence(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.pick("kites")
    monkeypatch.setattr(bench.wiring.making, "ask_where_to_save", lambda name: "")
    bench.page.export_requested.emit()
    assert bench.worker.asked == []
    monkeypatch.setattr(bench.wiring.making, "ask_where_to_save", lambda name: "/somewhere")
    bench.page.export_requested.emit()
    bench.worker.fail(Failure(message="No architecture of transformers is like this model."))
    assert bench.page.notice.text() == "No architecture of transformers is like this model."
    assert not bench.page.making.isVisible()


def test_a_foreign_folder_becomes_a_run_in_view(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.wiring.making, "ask_for_model_folder", lambda: "/models/gpt2")
    bench.page.import_requested.emit()
    made = bench.folder / "gpt2"
    assert bench.worker.asked == [ImportFolder(folder="/models/gpt2", to=str(made))]
    run = with_snapshots(make_run(made), 0)
    append_events(run, [])
    bench.worker.answer(RunMade(path=str(made), words=[]))
    assert bench.app.current.path == made
    chosen = bench.page.chosen()
    assert chosen is not None
    assert chosen.name == "gpt2"


def test_open_a_folder_takes_foreign_ones_too(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": "gpt2"}))
    monkeypatch.setattr(bench.wiring, "ask_for_folder", lambda: str(folder))
    bench.page.folder_requested.emit()
    assert bench.worker.asked == [ImportFolder(folder=str(folder), to=str(bench.folder / "theirs"))]


def test_a_click_on_the_lineage_picks_that_run(bench: Bench) -> None:
    bench.pick("tuned")
    assert bench.page.run.origin.link.words() == "kites, step 200"
    bench.page.filter.setText("tuned")
    bench.page.origin_requested.emit()
    chosen = bench.page.chosen()
    assert chosen is not None
    assert chosen.name == "kites"


def test_the_palette_offers_what_is_possible(bench: Bench) -> None:
    def offered() -> set[str]:
        return {action.key for action in bench.actions.on_page("runs")} & {
            "runs.int8", "runs.int4", "runs.merge", "runs.export", "runs.import"
        }  # fmt: skip

    bench.pick("kites")
    assert offered() == {"runs.int8", "runs.int4", "runs.export", "runs.import"}
    bench.pick("tuned")
    assert offered() == {"runs.int8", "runs.int4", "runs.merge", "runs.export", "runs.import"}
    bench.actions.run_if_possible("runs.int4")
    assert bench.worker.asked[0].bits == 4
    assert offered() == set()
