"""The Runs page's care of runs: notes, attached runs, kin, forks, comparisons, commands."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_runs import TINY, add_checkpoint, make_run
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from runs_bench import RunsBench

from playground.contract import run_directory
from playground.contract.run_directory import RunDirectory
from playground.contract.run_notes import read_notes
from playground.ui.actions import Action
from playground.ui.wiring.opening import Opening


@pytest.fixture(autouse=True)
def _no_sample_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.ui.wiring.runs.sample_model", lambda: None)


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path) -> Iterator[RunsBench]:
    make_run(runs_folder / "kites")
    make_run(
        runs_folder / "bells", config=TINY.with_values({"start.run": str(runs_folder / "kites"), "start.step": 120})
    )
    make_run(runs_folder / "chimes")
    bench = RunsBench(qtbot, runs_folder)
    yield bench
    bench.close()


# Notes.


def test_notes_are_kept_a_moment_after_the_last_key(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    bench.qtbot.keyClicks(bench.page.run.notes.text, "lower rate")
    bench.qtbot.waitUntil(lambda: read_notes(bench.folder / "kites") == "lower rate")
    bench.refresh()
    hints = {run.name: run.note for run in bench.page.table.runs.runs}
    assert hints == {"kites": "lower rate", "bells": "", "chimes": ""}
    assert bench.page.run.notes.text.toPlainText() == "lower rate"


def test_turning_to_another_run_keeps_them_with_theirs(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    bench.qtbot.keyClicks(bench.page.run.notes.text, "of kites")
    bench.pick("bells")
    assert read_notes(bench.folder / "kites") == "of kites"
    assert bench.page.run.notes.text.toPlainText() == ""
    bench.pick("kites")
    assert bench.page.run.notes.text.toPlainText() == "of kites"
    assert not (bench.folder / "bells" / "notes.txt").exists()


def test_the_end_of_the_window_keeps_them(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    bench.qtbot.keyClicks(bench.page.run.notes.text, "last words")
    bench.wiring.notes.keep()
    assert read_notes(bench.folder / "kites") == "last words"


def test_what_another_program_writes_is_shown_unless_somebody_types(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    (bench.folder / "kites" / "notes.txt").write_text("from elsewhere")
    bench.refresh()
    assert bench.page.run.notes.text.toPlainText() == "from elsewhere"


def test_a_disk_that_refuses_is_told(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    (bench.folder / "kites" / "notes.txt").mkdir()
    bench.page.run.notes.notes_edited.emit(bench.folder / "kites", "x")
    bench.page.run.notes.left.emit()
    assert "notes.txt" in bench.page.run.notes.problem()


# Attached runs.


def attach(bench: RunsBench, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.wiring, "ask_for_folder", lambda: str(path))
    with bench.qtbot.waitSignal(bench.wiring.runs.refreshed):
        bench.page.folder_requested.emit()


def test_an_attached_run_is_remembered_shown_as_gone_and_let_go(
    bench: RunsBench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = make_run(tmp_path / "disk" / "far").path
    bench.show()
    attach(bench, far, monkeypatch)
    assert bench.page.chosen().path == far  # type: ignore[union-attr]
    bench.app.settings.sync()
    shutil.move(far, tmp_path / "unplugged")
    again = RunsBench(qtbot, bench.folder)
    again.show()
    assert again.state_of(far) == "Gone"
    again.page.table.show_chosen(far)
    assert "Connect its disk, or detach it" in again.page.run._problem.text()
    assert again.page.run.delete.text() == "Detach"
    assert again.page.run.delete.isEnabled()
    assert again.page.run.name.isReadOnly()
    assert not again.page.run.notes.isVisible()
    assert not again.page.run.fork.isVisible()
    shutil.move(tmp_path / "unplugged", far)
    again.refresh()
    assert again.state_of(far) == "Finished"
    qtbot.mouseClick(again.page.run.delete, Qt.MouseButton.LeftButton)
    assert "far" not in again.names()
    assert RunDirectory(far).exists()
    assert again.page.notice.text() == "“far” is off the list; its folder is as it was."
    again.refresh()
    assert "far" not in again.names()
    again.page.undo_requested.emit()
    qtbot.waitUntil(lambda: "far" in again.names())


def test_a_run_of_another_machine_is_shown_with_it(
    bench: RunsBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = make_run(tmp_path / "far", run_directory.TRAINING)
    status = json.loads(far.status_path.read_text())
    far.status_path.write_text(json.dumps(status | {"host": "gpu7", "updated_at": time.time()}))
    bench.show()
    attach(bench, far.path, monkeypatch)
    assert bench.state_of(far.path) == "Training on gpu7"
    far.status_path.write_text(json.dumps(status | {"host": "gpu7", "updated_at": time.time() - 60}))
    bench.refresh()
    assert bench.state_of(far.path) == "Interrupted on gpu7"


def test_a_dropped_run_is_attached_but_not_an_own_one(bench: RunsBench, tmp_path: Path) -> None:
    far = make_run(tmp_path / "far").path
    opening = Opening(bench.app, bench.went.append)
    bench.show()
    with bench.qtbot.waitSignal(bench.wiring.runs.refreshed):
        assert opening.attach_run(far)
    assert opening.attach_run(bench.folder / "kites")
    assert not opening.attach_run(tmp_path)
    assert bench.wiring.attached.paths() == [far]
    assert "far" in bench.names()


# Kin and forks.


def test_the_tree_leads_to_relatives(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    rows = bench.page.run.lineage.rows()
    assert [row.accessibleName() for row in rows] == ["kites", "bells, from kites at step 120"]
    bench.qtbot.keyClicks(bench.page.filter, "kites")
    bench.qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert bench.page.chosen().name == "bells"  # type: ignore[union-attr]
    bench.pick("chimes")
    assert not bench.page.run.lineage.isVisible()


def test_a_fork_takes_all_settings_to_the_train_page(bench: RunsBench) -> None:
    run = RunDirectory(bench.folder / "kites")
    run.snapshots_path.mkdir()
    for step in (0, 100):
        run.snapshot_path(step).write_bytes(b"")
    add_checkpoint(run, 150)
    done: list[str] = []
    bench.actions.add(Action(key="train.new", name=str, run=lambda: done.append("new"), page="train"))
    bench.show()
    bench.pick("kites")
    fork = bench.page.run.fork
    assert [fork.step.itemData(index) for index in range(fork.step.count())] == ["150", "100", "0"]
    assert fork.step.value() == "100"
    fork.step.show_value("150")
    bench.qtbot.mouseClick(fork.button, Qt.MouseButton.LeftButton)
    draft = bench.app.draft.config
    assert (draft.start.run, draft.start.step, draft.start.method) == (str(run.path), 150, "full")
    assert (draft.model, draft.training, draft.data) == (TINY.model, TINY.training, TINY.data)
    assert (bench.went, done) == (["train"], ["new"])


def test_without_weights_there_is_no_fork(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites")
    assert not bench.page.run.fork.button.isEnabled()
    assert "no snapshot yet" in bench.page.run.fork.button.toolTip()


# Comparing.


def test_several_runs_are_compared(bench: RunsBench) -> None:
    bench.show()
    bench.pick("kites", "bells", "chimes")
    assert bench.page.several.isVisible()
    assert bench.page._open.text() == "Compare"
    bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)
    assert bench.app.current.path == bench.folder / "kites"
    assert sorted(run.path.name for run in bench.app.compared.chosen) == ["bells", "chimes"]
    assert bench.went == ["train"]
    bench.pick("bells", "chimes")
    bench.page.compare_requested.emit()
    assert [run.path.name for run in bench.app.compared.chosen] == ["chimes"]


def test_what_has_no_curve_is_not_compared(bench: RunsBench) -> None:
    make_run(bench.folder / "planned", run_directory.NEW)
    bench.show()
    bench.pick("kites", "planned")
    assert not bench.page._open.isEnabled()
    assert bench.page.several.compare.toolTip() == "“planned” has no curve. Leave it out."
    bench.qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)
    assert bench.went == []


def test_one_that_lies_elsewhere_is_put_in_view(
    bench: RunsBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.show()
    for name in ("far", "farther"):
        attach(bench, make_run(tmp_path / name).path, monkeypatch)
    bench.page.table.show_picked([bench.folder / "kites", tmp_path / "far", tmp_path / "farther"])
    assert "Only one of the runs may lie outside" in bench.page._open.toolTip()
    bench.page.table.show_picked([bench.folder / "kites", tmp_path / "far"])
    bench.page.compare_requested.emit()
    assert bench.app.current.path == tmp_path / "far"
    assert [run.path.name for run in bench.app.compared.chosen] == ["kites"]


def test_too_many_are_not_compared(bench: RunsBench) -> None:
    for number in range(3):
        make_run(bench.folder / f"more {number}")
    bench.show()
    bench.page.table.selectAll()
    assert "At most 5 runs" in bench.page.several.compare.toolTip()


# Commands.


def test_commands_are_copied_whole(bench: RunsBench) -> None:
    make_run(bench.folder / "it's mine")
    bench.show()
    bench.pick("it's mine")
    bench.page.run.commands.show_open(True)
    lines = bench.page.run.commands.lines()
    bench.qtbot.mouseClick(lines[1].copy, Qt.MouseButton.LeftButton)
    quoted = "'" + str(bench.folder / "it's mine").replace("'", "'\"'\"'") + "'"
    wanted = f"torchrun --nproc-per-node=2 -m playground train {quoted} --resume"
    assert QGuiApplication.clipboard().text() == wanted
    assert lines[0].line.text() == f"python -m playground train {quoted} --resume"
    make_run(bench.folder / "planned", run_directory.NEW)
    bench.refresh()
    bench.pick("planned")
    assert not lines[0].line.text().endswith("--resume")
