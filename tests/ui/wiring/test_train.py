"""The Train page with the draft, run directories, and trainers that are only pretended."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_runs import add_checkpoint, append_events, append_steps, loss_at, make_run, trainer_at_work, write_status
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from train_bench import Bench

from playground.contract import run_directory
from playground.contract.messages import DescribeText, Failure, TextDescription
from playground.contract.run_directory import RunDirectory
from playground.ui.pages.train.page import NEW_RUN, THIS_RUN


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path) -> Bench:
    return Bench(qtbot, runs_folder)


def described(source: str = "builtin:tales-en") -> TextDescription:
    return TextDescription(
        source=source, size_bytes=2_203_210, n_characters=2_203_210, n_distinct_characters=53, n_lines=6255,
        n_files=1, encoding="utf-8", preview="Once there was a kite.",
    )  # fmt: skip


# A new run.


def test_the_drafts_text_is_described(bench: Bench) -> None:
    request, answer, _ = bench.worker.asked[-1]
    assert request == DescribeText(source="builtin:tales-en", builtin_seed=1)
    answer(described())
    assert "2,203,210 characters" in bench.page.new_picture._facts.text()
    assert bench.page.new_picture._preview.toPlainText() == "Once there was a kite."


def test_an_answer_about_a_text_that_was_left_is_not_taken(bench: Bench) -> None:
    _, answer, _ = bench.worker.asked[-1]
    bench.page.hide()
    bench.app.draft.set_source("builtin:copy")
    answer(described())
    assert bench.app.draft.text is None
    bench.page.show()
    assert bench.worker.asked[-1][0].source == "builtin:copy"


def test_a_text_that_was_left_and_taken_again_is_described_again(bench: Bench) -> None:
    bench.worker.asked[-1][1](described())
    bench.page.hide()
    bench.app.draft.set_source("builtin:copy")
    bench.app.draft.set_source("builtin:tales-en")
    n_asked = len(bench.worker.asked)
    bench.page.show()
    assert len(bench.worker.asked) == n_asked + 1


def test_a_text_that_cannot_be_used_holds_the_start(bench: Bench) -> None:
    bench.worker.asked[-1][2](Failure(message="It is empty. Choose another text."))
    assert not bench.page.button("start").isEnabled()
    assert bench.page.button("start").toolTip() == "It is empty. Choose another text."
    bench.page.new_panel.source_chosen.emit("builtin:copy")
    assert bench.page.button("start").isEnabled()


def test_our_own_fault_does_not_hold_the_start(bench: Bench) -> None:
    bench.worker.asked[-1][2](Failure(message="Something unexpected went wrong.", is_bug=True))
    assert bench.page.button("start").isEnabled()


def test_an_impossible_setting_holds_the_start(bench: Bench) -> None:
    bench.app.draft.set_value("model.n_heads", 5)
    assert not bench.page.button("start").isEnabled()
    assert "Heads" in bench.page.button("start").toolTip()


def test_settings_and_presets_reach_the_draft(bench: Bench) -> None:
    bench.page.new_panel.value_changed.emit("training.max_steps", 77)
    assert bench.app.draft.config.training.max_steps == 77
    bench.page.new_panel.preset_chosen.emit("small")
    assert bench.app.draft.preset_name == "small"


def test_start_makes_the_run_and_its_trainer(bench: Bench) -> None:
    bench.press("start")
    path = bench.runs / "tales-en tiny"
    assert bench.started == [(path, False)]
    assert RunDirectory(path).config() == bench.app.draft.config
    assert bench.app.current.path == path
    assert bench.page.mode() == THIS_RUN
    assert bench.words() == "The trainer is starting"
    assert not bench.page.button("stop").isEnabled()


def test_the_second_run_gets_a_name_of_its_own(bench: Bench) -> None:
    bench.press("start")
    bench.page.mode_requested.emit(NEW_RUN)
    bench.press("start")
    assert bench.app.current.path == bench.runs / "tales-en tiny 2"


def test_a_typed_name_is_taken(bench: Bench, qtbot: QtBot) -> None:
    qtbot.keyClicks(bench.page.new_panel.name, "kites")
    bench.press("start")
    assert bench.app.current.path == bench.runs / "kites"
    assert bench.page.new_panel.name.text() == ""


def test_a_name_that_is_taken_holds_the_start(bench: Bench, qtbot: QtBot) -> None:
    make_run(bench.runs / "kites", run_directory.NEW)
    qtbot.keyClicks(bench.page.new_panel.name, "kites")
    assert not bench.page.button("start").isEnabled()
    assert "kites" in bench.page.new_panel._name_problem.text()
    qtbot.keyClicks(bench.page.new_panel.name, " 3")
    assert bench.page.button("start").isEnabled()


def test_a_trainer_that_cannot_start_leaves_the_run_and_says_why(bench: Bench) -> None:
    bench.refusal = "No process can be started."
    bench.press("start")
    assert bench.notice() == "No process can be started."
    assert bench.keys() == ["new", "launch"]


def test_a_file_is_chosen_in_the_dialog(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.wiring.new_run.text_choice, "ask_for_file", lambda: "/books/kite.txt")
    bench.page.new_panel.file_requested.emit()
    assert bench.app.draft.config.data.source == "/books/kite.txt"
    monkeypatch.setattr(bench.wiring.new_run.text_choice, "ask_for_folder", lambda: "")
    bench.page.new_panel.folder_requested.emit()
    assert bench.app.draft.config.data.source == "/books/kite.txt"


# Launching.


def test_the_trainers_first_word_ends_the_waiting(bench: Bench) -> None:
    bench.press("start")
    with trainer_at_work(bench.run):
        write_status(bench.run, run_directory.PREPARING, 0, phase="tokenizer", progress=0.4)
        bench.app.current.poll()
        assert bench.words() == "Training the tokenizer on the text"
        assert bench.page.run_picture.progress.isVisible()
        assert bench.keys() == ["stop"]
        write_status(bench.run, run_directory.TRAINING, 3)
        bench.app.current.poll()
    assert not bench.page.run_picture.progress.isVisible()
    assert bench.keys() == ["stop", "pause"]


def test_a_trainer_that_dies_without_a_word_is_told(bench: Bench) -> None:
    bench.press("start")
    bench.run.log_path.write_text("Traceback\nerror: There is no torch here.\n")
    bench.process.code = 1
    bench.launches.look()
    assert bench.notice() == "The trainer ended before its first step: There is no torch here."
    assert bench.keys() == ["new", "launch"]
    bench.press("launch")
    assert bench.notice() == ""
    assert bench.started[-1] == (bench.run.path, False)


def test_cancelling_a_trainer_that_has_not_spoken_ends_it(bench: Bench) -> None:
    bench.press("start")
    bench.page.run_picture.cancel_requested.emit()
    assert bench.process.was_terminated
    bench.launches.look()
    assert bench.notice() == ""
    assert bench.keys() == ["new", "launch"]


# A run in view.


def open_run(bench: Bench, state: str, **more: Any) -> RunDirectory:
    run = make_run(bench.runs / "kites", state, **more)
    bench.app.current.open(run.path)
    return run


def test_the_run_in_view_is_drawn(bench: Bench, qtbot: QtBot) -> None:
    open_run(bench, run_directory.FINISHED, n_steps=200)
    picture = bench.page.run_picture
    qtbot.waitUntil(lambda: len(picture.chart.table().rows) == 202)  # type: ignore[arg-type]  # a list
    assert [spark.value_text() for spark in picture.sparks[1:]] == ["0.41", "3.00e-03", "21,400"]
    assert picture.samples.shown().text == "Once there was a kite"  # type: ignore[union-attr]
    facts = dict(bench.page.run_panel._facts.facts())
    assert facts["Parameters"] == "918,656"
    assert facts["Text"] == "tales-en, 2.1 MB"
    assert facts["Training text"] == "482,113 tokens"


def test_new_numbers_are_drawn_while_they_come(bench: Bench, qtbot: QtBot) -> None:
    run = open_run(bench, run_directory.STOPPED, n_steps=100)
    append_steps(run, range(101, 151))
    append_events(run, [{"kind": "sample", "step": 150, "text": "A newer one"}])
    chart = bench.page.run_picture.chart
    qtbot.waitUntil(lambda: len(chart.table().rows) == 151)  # type: ignore[arg-type]  # a list
    assert bench.page.run_picture.samples.shown().text == "A newer one"  # type: ignore[union-attr]


def test_pause_and_stop_are_wishes_until_they_are_done(bench: Bench) -> None:
    run = make_run(bench.runs / "kites", run_directory.TRAINING)
    with trainer_at_work(run):
        bench.app.current.open(run.path)
        bench.press("pause")
        assert run.control().wish == run_directory.PAUSE
        assert not bench.page.button("pause").isEnabled()
        assert "pausing after this step" in bench.words()
        write_status(run, run_directory.PAUSED, 201)
        bench.app.current.poll()
        assert bench.keys() == ["stop", "step", "go_on"]
        bench.press("go_on")
        assert run.control().wish == run_directory.TRAIN
        write_status(run, run_directory.TRAINING, 202)
        bench.app.current.poll()
        bench.press("stop")
        assert run.control().wish == run_directory.STOP
        assert not bench.page.button("pause").isEnabled()
    add_checkpoint(run, 202)
    write_status(run, run_directory.STOPPED, 202)
    bench.app.current.poll()
    assert bench.keys() == ["restart", "new", "resume"]
    assert bench.page.button("resume").isEnabled()


def test_a_stopped_run_goes_on(bench: Bench) -> None:
    run = make_run(bench.runs / "kites", run_directory.STOPPED)
    add_checkpoint(run, 200)
    bench.app.current.open(run.path)
    bench.press("resume")
    assert bench.started == [(run.path, True)]


def test_a_failed_run_says_why_in_the_words_of_the_form(bench: Bench) -> None:
    open_run(bench, run_directory.FAILED, message="The loss is no number. Halve training.learning_rate.")
    assert bench.notice() == "The loss is no number. Halve Learning rate."
    assert bench.keys() == ["new", "launch"]
    bench.press("launch")
    assert bench.started[-1][1]  # the trainer refuses to begin a run anew unless it may also resume


def test_an_interrupted_run_goes_on_from_its_checkpoint(bench: Bench) -> None:
    run = make_run(bench.runs / "kites", run_directory.TRAINING)
    add_checkpoint(run, 150)
    bench.app.current.open(run.path)
    assert "checkpoint at step 150" in bench.notice()
    assert bench.keys() == ["restart", "new", "resume"]


def test_what_a_trainer_at_work_has_to_say_is_no_error(bench: Bench) -> None:
    run = make_run(bench.runs / "kites", run_directory.TRAINING, message="The checkpoint at step 200 is damaged.")
    with trainer_at_work(run):
        bench.app.current.open(run.path)
        assert bench.notice() == "The checkpoint at step 200 is damaged."
        bench.page.notice.hide()
        write_status(run, run_directory.TRAINING, 201, message="The checkpoint at step 200 is damaged.")
        bench.app.current.poll()
        assert bench.notice() == ""  # it was read and closed


def test_another_run_takes_the_trouble_away(bench: Bench) -> None:
    open_run(bench, run_directory.FAILED, message="It failed.")
    other = make_run(bench.runs / "other")
    bench.app.current.open(other.path)
    assert bench.notice() == ""


def test_the_learning_rate_factor_reaches_the_trainer(bench: Bench, qtbot: QtBot) -> None:
    run = make_run(bench.runs / "kites", run_directory.TRAINING)
    with trainer_at_work(run):
        bench.app.current.open(run.path)
        for factor in (0.9, 0.7, 0.5):
            bench.page.run_panel.learning_rate_factor_changed.emit(factor)
        qtbot.waitUntil(lambda: run.control().learning_rate_factor == 0.5)
        bench.page.run_panel.checkpoint_requested.emit()
        run.write_control(replace(run.control(), learning_rate_factor=0.25))  # by another window
        write_status(run, run_directory.TRAINING, 201)
        bench.app.current.poll()
        assert bench.page.run_panel._factor.value() == 0.25
    assert run.control().checkpoint_request == 1


def test_wishes_to_a_trainer_wait_while_there_is_none(bench: Bench) -> None:
    open_run(bench, run_directory.FINISHED)
    assert not bench.page.run_panel._factor.isEnabled()


def test_a_sample_leads_to_its_moment(bench: Bench) -> None:
    run = make_run(bench.runs / "kites")
    run.snapshots_path.mkdir()
    for step in (100, 200):
        run.snapshot_path(step).write_bytes(b"")
    bench.app.current.open(run.path)
    bench.page.run_picture.samples._earlier.click()
    assert bench.app.current.step == 100


def test_another_run_is_drawn_over_it(bench: Bench, qtbot: QtBot) -> None:
    make_run(bench.runs / "bells", n_steps=50)
    open_run(bench, run_directory.FINISHED)
    (row,) = bench.page.run_panel.compare.rows()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    chart = bench.page.run_picture.chart
    qtbot.waitUntil(lambda: [line[0] for line in chart.table().rows].count("bells") == 50)
    assert row.run.slot == 0
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "bells" not in [line[0] for line in chart.table().rows])


def test_the_run_that_comes_into_view_is_compared_no_more(bench: Bench, qtbot: QtBot) -> None:
    bells = make_run(bench.runs / "bells", n_steps=50)
    open_run(bench, run_directory.FINISHED)
    qtbot.mouseClick(bench.page.run_panel.compare.rows()[0], Qt.MouseButton.LeftButton)
    bench.app.current.open(bells.path)
    (row,) = bench.page.run_panel.compare.rows()
    assert (row.text(), row.run.slot) == ("kites", None)


# The two modes.


def test_a_draft_changed_elsewhere_is_what_the_page_opens_with(bench: Bench) -> None:
    open_run(bench, run_directory.FINISHED)
    assert bench.page.mode() == THIS_RUN
    bench.page.hide()
    bench.page.show()
    assert bench.page.mode() == THIS_RUN
    bench.page.hide()
    bench.app.draft.set_value("model.n_layers", 3)
    bench.page.show()
    assert bench.page.mode() == NEW_RUN


def test_a_text_dropped_while_a_run_is_watched_turns_to_the_new_run(bench: Bench) -> None:
    open_run(bench, run_directory.FINISHED)
    bench.app.draft.set_source("/books/kite.txt")
    assert bench.page.mode() == NEW_RUN
    assert bench.worker.asked[-1][0].source == "/books/kite.txt"


def test_closing_the_run_leaves_the_new_one(bench: Bench) -> None:
    open_run(bench, run_directory.FINISHED)
    bench.app.current.close()
    assert bench.page.mode() == NEW_RUN
    assert bench.keys() == ["start"]


def test_the_keyboard_does_what_the_buttons_do(bench: Bench) -> None:
    names = {action.key for action in bench.actions.on_page("train")}
    assert names == {"train.forward"}
    bench.actions.get("train.forward").run()
    assert len(bench.started) == 1
    with trainer_at_work(bench.run):
        write_status(bench.run, run_directory.TRAINING, 3)
        bench.app.current.poll()
        names = {action.key for action in bench.actions.on_page("train")}
        assert names == {"train.new", "train.pause", "train.stop"}
        bench.actions.get("train.pause").run()
        assert bench.run.control().wish == run_directory.PAUSE


def test_the_heading_names_the_last_evaluation_of_a_long_curve(bench: Bench) -> None:
    """The curve is read in bites, after the heading was first written."""
    run = make_run(bench.runs / "long", n_steps=3000)
    bench.app.current.open(run.path)
    last = loss_at(3000) + 0.1
    bench.qtbot.waitUntil(lambda: bench.words().endswith(f"validation loss {last:.3f}"))


def test_an_evaluation_under_way_is_told(bench: Bench) -> None:
    run = make_run(bench.runs / "judged", n_steps=120)
    with trainer_at_work(run):
        write_status(run, run_directory.TRAINING, 120, phase="evaluation")
        bench.app.current.open(run.path)
        assert bench.words() == "120 of 1,000 steps · judging the validation text…"
