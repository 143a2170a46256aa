"""The Runs page with run directories on disk: it follows them, opens, renames and deletes them."""

from pathlib import Path
from typing import Any

import pytest
from made_runs import make_run, trainer_at_work, write_status
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Action, Actions
from playground.ui.pages.runs.page import RunsPage
from playground.ui.pages.runs.run_columns import NAME, STATE, STEPS
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring import run_care, runs
from playground.ui.wiring.runs import RunsWiring


class NoWorker(QObject):
    """This page asks nobody."""

    restarted = Signal(str)


class Bench:
    """A page with everything around it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.app = AppState(settings=Settings(folder.parent / "settings.ini"))
        self.went: list[str] = []
        self.actions = Actions()
        context = WindowContext(
            app=self.app, worker=NoWorker(), go_to=self.went.append, show_term=self.went.append,  # type: ignore[arg-type]
            report=self.went.append, actions=self.actions,
        )  # fmt: skip
        self.page = RunsPage()
        self.wiring = RunsWiring(self.page, context)
        qtbot.addWidget(self.page)
        self.page.resize(1300, 700)

    def show(self) -> None:
        with self.qtbot.waitSignal(self.wiring.runs.refreshed):
            self.page.show()

    def refresh(self) -> None:
        with self.qtbot.waitSignal(self.wiring.runs.refreshed):
            self.wiring.refresh()

    def names(self) -> list[str]:
        model = self.page.table.runs
        return [model.index(row, NAME).data() for row in range(model.rowCount())]

    def pick(self, name: str) -> None:
        self.page.table.show_chosen(self.folder / name)


@pytest.fixture(autouse=True)
def _no_sample_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.ui.wiring.runs.sample_model", lambda: None)


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path) -> Bench:
    for name, state in (("kites", run_directory.FINISHED), ("bells", run_directory.STOPPED)):
        make_run(runs_folder / name, state)
    return Bench(qtbot, runs_folder)


def test_all_runs_are_listed_and_the_first_is_picked(bench: Bench) -> None:
    bench.show()
    assert sorted(bench.names()) == ["bells", "kites"]
    chosen = bench.page.chosen()
    assert chosen is not None
    assert chosen.name == bench.names()[0]
    assert dict(bench.page.run.facts())["Validation loss"] == "2.977"  # 1.9 + 5 exp(-5/3) + 0.05 sin(340) + 0.1
    assert bench.page.run.sample() == "Once there was a kite"


def test_the_run_in_view_is_picked_and_listed_wherever_it_lies(bench: Bench, tmp_path: Path) -> None:
    other = make_run(tmp_path / "elsewhere" / "far")
    bench.app.current.open(other.path)
    bench.show()
    assert "far" in bench.names()
    assert bench.page.chosen().path == other.path  # type: ignore[union-attr]


def test_a_training_run_is_followed(bench: Bench) -> None:
    run = RunDirectory(bench.folder / "kites")
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 210)
        bench.show()
        bench.pick("kites")
        model = bench.page.table.runs
        assert model.index(model.row_of(run.path), STEPS).data() == "210 of 1,000"
        assert model.index(model.row_of(run.path), STATE).data() == "Training"
        assert bench.page.run.delete.toolTip().startswith("A trainer is at work")
        write_status(run, run_directory.TRAINING, 240)
        bench.qtbot.waitUntil(lambda: model.index(model.row_of(run.path), STEPS).data() == "240 of 1,000", timeout=5000)
    write_status(run, run_directory.FINISHED, 1000)
    bench.refresh()
    assert model.index(model.row_of(run.path), STATE).data() == "Finished"
    assert bench.page.run.delete.isEnabled()


def test_a_hidden_page_reads_nothing(bench: Bench) -> None:
    bench.show()
    bench.page.hide()
    assert not bench.wiring._timer.isActive()


def test_open_puts_the_run_in_view(bench: Bench) -> None:
    bench.show()
    bench.pick("bells")
    bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)
    assert bench.app.current.path == bench.folder / "bells"
    assert bench.went == ["train"]


def test_a_damaged_run_says_why_and_stays_closed(bench: Bench) -> None:
    (bench.folder / "bells" / "config.toml").write_text("format = [")
    bench.show()
    bench.pick("bells")
    bench.page.open_requested.emit()
    assert "config.toml" in bench.page.notice.text()
    assert bench.app.current.path is None
    assert bench.went == []


def test_a_run_elsewhere_is_opened(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_run(tmp_path / "elsewhere" / "far")
    bench.show()
    monkeypatch.setattr(bench.wiring, "ask_for_folder", lambda: str(other.path))
    with bench.qtbot.waitSignal(bench.wiring.runs.runs_changed):
        bench.page.folder_requested.emit()
    assert bench.app.current.path == other.path
    assert "far" in bench.names()
    monkeypatch.setattr(bench.wiring, "ask_for_folder", lambda: str(tmp_path))
    bench.page.folder_requested.emit()
    assert "holds no run" in bench.page.notice.text()
    assert bench.app.current.path == other.path


def test_a_new_run_turns_the_train_page_to_it(bench: Bench) -> None:
    done: list[str] = []
    bench.actions.add(Action(key="train.new", name=str, run=lambda: done.append("new"), page="train"))
    bench.page.new_requested.emit()
    assert (bench.went, done) == (["train"], ["new"])


# Renaming.


def test_rename(bench: Bench) -> None:
    bench.show()
    bench.pick("kites")
    bench.page.name_entered.emit("red kites")
    assert (bench.folder / "red kites" / "config.toml").is_file()
    assert not (bench.folder / "kites").exists()
    assert bench.page.chosen().name == "red kites"  # type: ignore[union-attr]
    bench.refresh()
    assert sorted(bench.names()) == ["bells", "red kites"]


def test_the_run_in_view_is_renamed_with_it(bench: Bench) -> None:
    bench.app.current.open(bench.folder / "kites")
    bench.show()
    bench.page.name_entered.emit("red kites")
    assert bench.app.current.path == bench.folder / "red kites"


@pytest.mark.parametrize("name", ["bells", "a/b", "", "con"])
def test_names_that_are_not_possible_are_refused(bench: Bench, name: str) -> None:
    bench.show()
    bench.pick("kites")
    bench.page.name_edited.emit(name)
    assert bench.page.run._name_problem.text()
    bench.page.name_entered.emit(name)
    assert bench.page.run._name_problem.isVisible()
    assert (bench.folder / "kites").is_dir()


def test_a_run_at_work_is_not_renamed(bench: Bench) -> None:
    run = RunDirectory(bench.folder / "kites")
    bench.show()
    bench.pick("kites")
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 210)
        bench.page.name_entered.emit("red kites")
    assert run.path.is_dir()
    assert "trainer is at work" in bench.page.run._name_problem.text()


# Deleting.


def answer(bench: Bench, monkeypatch: pytest.MonkeyPatch, **answers: Any) -> list[str]:
    """Answer the modal questions; returns those that were asked."""
    asked: list[str] = []

    def reply(name: str) -> Any:
        def given(*arguments: Any) -> Any:
            asked.append(name)
            return answers[name]

        return given

    for name in answers:
        monkeypatch.setattr(bench.wiring, name, reply(name))
    return asked


def test_delete_for_good_where_there_is_no_trash(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.app.current.open(bench.folder / "kites")
    bench.show()
    asked = answer(bench, monkeypatch, confirm_deletion=True, move_to_trash=False, confirm_deletion_for_good=True)
    bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Delete)
    assert asked == ["confirm_deletion", "move_to_trash", "confirm_deletion_for_good"]
    assert not (bench.folder / "kites").exists()
    assert bench.app.current.directory is None
    assert bench.names() == ["bells"]
    assert "kites" in bench.page.notice.text()


def test_a_run_in_the_trash_is_gone_from_the_list(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.show()
    bench.pick("kites")
    trash = bench.folder.parent / "trash"
    monkeypatch.setattr(bench.wiring, "confirm_deletion", lambda name: True)
    monkeypatch.setattr(bench.wiring, "move_to_trash", lambda path: bool(path.rename(trash)))
    bench.page.delete_requested.emit()
    assert trash.is_dir()
    assert bench.names() == ["bells"]


def test_a_no_leaves_everything(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.show()
    bench.pick("kites")
    answer(bench, monkeypatch, confirm_deletion=False)
    bench.page.delete_requested.emit()
    answer(bench, monkeypatch, confirm_deletion=True, move_to_trash=False, confirm_deletion_for_good=False)
    bench.page.delete_requested.emit()
    assert (bench.folder / "kites" / "config.toml").is_file()
    assert sorted(bench.names()) == ["bells", "kites"]


def test_a_run_at_work_is_not_deleted_nor_asked_about(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run = RunDirectory(bench.folder / "kites")
    bench.show()
    bench.pick("kites")
    asked = answer(bench, monkeypatch, confirm_deletion=True, move_to_trash=True)
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 210)
        bench.page.delete_requested.emit()
        with pytest.raises(run_care.RunLockedError):
            run_care.delete_for_good(run.path)
    assert asked == []
    assert run.exists()
    assert "Stop it on the Train page first" in bench.page.notice.text()


def test_the_sample_model_stays(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = bench.folder / "kites"
    monkeypatch.setattr(run_care, "sample_model", lambda: sample)
    monkeypatch.setattr(runs, "sample_model", lambda: sample)
    bench.show()
    bench.pick("kites")
    bench.page.delete_requested.emit()
    assert "belongs to the program" in bench.page.notice.text()
    assert bench.page.run.name.isReadOnly()


def test_what_is_no_run_is_never_deleted(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    with pytest.raises(run_care.RunError, match="holds no run"):
        run_care.delete_for_good(tmp_path / "precious")
    assert (tmp_path / "precious").is_dir()


def test_without_a_file_manager_the_place_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.show()
    bench.pick("kites")
    answer(bench, monkeypatch, reveal=False)
    bench.page.reveal_requested.emit()
    assert str(bench.folder / "kites") in bench.page.notice.text()
