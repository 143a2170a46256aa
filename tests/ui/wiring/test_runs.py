"""The Runs page with run directories on disk: it follows them, opens, renames and deletes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_runs import make_run, trainer_at_work, write_status
from PySide6.QtCore import SIGNAL, QCoreApplication, Qt
from pytestqt.qtbot import QtBot
from runs_bench import RunsBench

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Action
from playground.ui.pages.runs.run_columns import STATE, STEPS
from playground.ui.wiring import run_care, runs


@pytest.fixture(autouse=True)
def _no_sample_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.ui.wiring.runs.sample_model", lambda: None)


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path) -> Iterator[RunsBench]:
    for name, state in (("kites", run_directory.FINISHED), ("bells", run_directory.STOPPED)):
        make_run(runs_folder / name, state)
    bench = RunsBench(qtbot, runs_folder)
    yield bench
    bench.close()


def test_all_runs_are_listed_and_the_first_is_picked(bench: RunsBench) -> None:
    bench.show()
    assert sorted(bench.names()) == ["bells", "kites"]
    chosen = bench.page.chosen()
    assert chosen is not None
    assert chosen.name == bench.names()[0]
    assert dict(bench.page.run.facts())["Validation loss"] == "2.977"  # 1.9 + 5 exp(-5/3) + 0.05 sin(340) + 0.1
    assert bench.page.run.sample() == "Once there was a kite"


def test_the_run_in_view_is_picked_and_listed_wherever_it_lies(bench: RunsBench, tmp_path: Path) -> None:
    other = make_run(tmp_path / "elsewhere" / "far")
    bench.app.current.open(other.path)
    bench.show()
    assert "far" in bench.names()
    assert bench.page.chosen().path == other.path  # type: ignore[union-attr]


def test_a_training_run_is_followed(bench: RunsBench) -> None:
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


def test_a_hidden_page_reads_nothing(bench: RunsBench) -> None:
    bench.show()
    bench.page.hide()
    assert not bench.wiring._timer.isActive()


def test_open_puts_the_run_in_view(bench: RunsBench) -> None:
    bench.show()
    bench.pick("bells")
    bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)
    assert bench.app.current.path == bench.folder / "bells"
    assert bench.went == ["train"]


def test_a_damaged_run_says_why_and_stays_closed(bench: RunsBench) -> None:
    (bench.folder / "bells" / "config.toml").write_text("format = [")
    bench.show()
    bench.pick("bells")
    bench.page.open_requested.emit()
    assert "config.toml" in bench.page.notice.text()
    assert bench.app.current.path is None
    assert bench.went == []


def test_a_run_elsewhere_is_opened(bench: RunsBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_new_run_turns_the_train_page_to_it(bench: RunsBench) -> None:
    done: list[str] = []
    bench.actions.add(Action(key="train.new", name=str, run=lambda: done.append("new"), page="train"))
    bench.page.new_requested.emit()
    assert (bench.went, done) == (["train"], ["new"])


# Renaming.


def test_rename(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    bench.page.name_entered.emit("red kites")
    assert (bench.folder / "red kites" / "config.toml").is_file()
    assert not (bench.folder / "kites").exists()
    assert bench.page.chosen().name == "red kites"  # type: ignore[union-attr]
    bench.refresh()
    assert sorted(bench.names()) == ["bells", "red kites"]


def test_the_run_in_view_is_renamed_with_it(bench: RunsBench) -> None:
    bench.app.current.open(bench.folder / "kites")
    bench.show()
    bench.page.name_entered.emit("red kites")
    assert bench.app.current.path == bench.folder / "red kites"


@pytest.mark.parametrize("name", ["bells", "a/b", "", "con"])
def test_names_that_are_not_possible_are_refused(bench: RunsBench, name: str) -> None:
    bench.show()
    bench.pick("kites")
    bench.page.name_edited.emit(name)
    assert bench.page.run._name_problem.text()
    bench.page.name_entered.emit(name)
    assert bench.page.run._name_problem.isVisible()
    assert (bench.folder / "kites").is_dir()


def test_a_run_at_work_is_not_renamed(bench: RunsBench) -> None:
    run = RunDirectory(bench.folder / "kites")
    bench.show()
    bench.pick("kites")
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 210)
        bench.page.name_entered.emit("red kites")
    assert run.path.is_dir()
    assert "trainer is at work" in bench.page.run._name_problem.text()


# Deleting.


def test_delete_takes_the_run_out_of_view_and_undo_brings_it_back(bench: RunsBench) -> None:
    bench.app.current.open(bench.folder / "kites")
    bench.show()
    bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Delete)
    assert not (bench.folder / "kites").exists()
    assert bench.app.current.directory is None
    assert bench.names() == ["bells"]
    assert bench.page.notice.text() == "“kites” was deleted."
    bench.refresh()
    assert bench.names() == ["bells"]
    bench.qtbot.mouseClick(bench.page.notice.button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: sorted(bench.names()) == ["bells", "kites"])
    assert bench.app.current.path == bench.folder / "kites"
    assert bench.page.notice.text() == "“kites” is back."
    assert bench.page.notice.button.isHidden()


def test_several_go_and_come_back_together(bench: RunsBench) -> None:
    bench.show()
    bench.page.table.selectAll()
    bench.actions.get("runs.delete").run()
    assert bench.names() == []
    assert bench.page.notice.text() == "2 runs were deleted."
    undo = bench.actions.get("runs.undo")
    assert (undo.shortcut, undo.is_enabled()) == ("Ctrl+Z", True)
    undo.run()
    bench.qtbot.waitUntil(lambda: sorted(bench.names()) == ["bells", "kites"])
    assert not undo.is_enabled()


def test_a_reading_that_began_before_does_not_show_it_again(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    bench.page.delete_requested.emit()
    bench.wiring._show_runs()  # the reading is still the former one
    assert bench.names() == ["bells"]


def test_the_end_of_the_window_is_for_good(bench: RunsBench) -> None:
    application = QCoreApplication.instance()
    assert application is not None
    assert application.receivers(SIGNAL("aboutToQuit()")) >= 2  # notes are kept, deleted runs go
    bench.show()
    bench.pick("kites")
    bench.page.delete_requested.emit()
    bench.wiring.deleting._empty()  # emitting the application's signal would end it for all tests
    assert sorted(path.name for path in bench.folder.iterdir()) == ["bells"]


def test_after_a_while_it_is_for_good(bench: RunsBench) -> None:
    bench.wiring.deleting._late.setInterval(10)
    bench.show()
    bench.pick("kites")
    bench.page.delete_requested.emit()
    bench.qtbot.waitUntil(lambda: not (bench.folder / ".trash").exists())
    assert not bench.wiring.deleting.can_undo()


def test_a_run_at_work_is_not_deleted(bench: RunsBench) -> None:
    run = RunDirectory(bench.folder / "kites")
    bench.show()
    bench.page.table.selectAll()
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 210)
        bench.page.delete_requested.emit()
        assert run.exists()
        words = "“bells” was deleted. “kites” stays: A trainer is at work on this run. Stop it on the Train page first."
        assert bench.page.notice.text() == words
        bench.pick("kites")
        bench.page.delete_requested.emit()
    assert run.exists()
    assert "Stop it on the Train page first" in bench.page.notice.text()


def test_the_sample_model_stays(bench: RunsBench, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = bench.folder / "kites"
    monkeypatch.setattr(run_care, "sample_model", lambda: sample)
    monkeypatch.setattr(runs, "sample_model", lambda: sample)
    bench.show()
    bench.pick("kites")
    bench.page.delete_requested.emit()
    assert "belongs to the program" in bench.page.notice.text()
    assert bench.page.run.name.isReadOnly()


def test_without_a_file_manager_the_place_is_told(bench: RunsBench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.show()
    bench.pick("kites")
    monkeypatch.setattr(bench.wiring, "reveal", lambda path: False)
    bench.page.reveal_requested.emit()
    assert str(bench.folder / "kites") in bench.page.notice.text()
