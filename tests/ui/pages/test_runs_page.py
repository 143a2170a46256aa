"""The Runs page's widgets alone: what they show, and what the person's gestures send."""

import math
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.presets import preset
from playground.contract.run_directory import DataFacts, Status
from playground.ui.pages.runs.page import RunsPage
from playground.ui.pages.runs.run_columns import (
    CURVE,
    KIND,
    LOSS,
    NAME,
    ORIGIN,
    PARAMETERS,
    SIZE,
    STATE,
    STEPS,
    TEXT,
    WHEN,
)  # fmt: skip
from playground.ui.pages.runs.run_model import RunModel
from playground.ui.pages.runs.words import count_words, loss_words, when_words
from playground.ui.state.run_details import RunDetails, nearest_preset
from playground.ui.state.run_summary import DAMAGED, RunSummary
from playground.ui.widgets.setting_words import setting_words

CELLS = (STATE, KIND, STEPS, LOSS, CURVE, PARAMETERS, SIZE, TEXT, ORIGIN)
NOW = 1_700_000_000.0  # 2023-11-14 22:13:20 UTC


def summary(name: str, state: str = run_directory.FINISHED, *, loss: float = 2.0, at: float = NOW) -> RunSummary:
    return RunSummary(
        path=Path("/runs") / name, state=state, step=500, max_steps=1000, kind="decoder",
        validation_loss=loss, best_loss=loss, best_step=500, changed_at=at,
        n_parameters=918_656, source="builtin:tales-en", size_bytes=1_200_000,
        losses=((0.0, 6.9), (100.0, 3.0), (500.0, 2.1)),
    )  # fmt: skip


THREE = (
    summary("first", loss=2.5, at=NOW - 300),
    summary("second", run_directory.STOPPED, loss=1.5, at=NOW - 100),
    summary("third", run_directory.FAILED, loss=math.nan, at=NOW - 200),
)


@pytest.fixture
def page(qtbot: QtBot) -> RunsPage:
    page = RunsPage()
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show_runs(THREE)
    page.show()
    return page


def names(model: RunModel) -> list[str]:
    return [model.index(row, NAME).data() for row in range(model.rowCount())]


def details(path: Path, config: RunConfig, sample: str = "") -> RunDetails:
    nearest, differences = nearest_preset(config)
    return RunDetails(
        path=path, config=config, preset=nearest, differences=differences, sample=sample, sample_step=400,
        status=Status(vocab_size=849), facts=DataFacts(size_bytes=2_203_210, n_train_tokens=536_666),
    )  # fmt: skip


def click(page: RunsPage, qtbot: QtBot, row: int) -> None:
    place = page.table.visualRect(page.table.model().index(row, NAME)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


# Words.


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "–"), (812, "812"), (999, "999"), (1000, "1.00 k"), (99_949, "99.9 k"), (918_656, "919 k"),
        (999_700, "1.00 M"), (1_240_000, "1.24 M"), (124_000_000, "124 M"), (1_557_611_200, "1.56 G"),
    ],
)  # fmt: skip
def test_counts(number: int, words: str) -> None:
    assert count_words(number) == words


def test_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    assert when_words(0, NOW) == "–"
    assert when_words(NOW - 59, NOW) == "just now"
    assert when_words(NOW - 125, NOW) == "2 min ago"
    assert when_words(NOW - 86_400, NOW)[:8] == "2023-11-"


def test_losses() -> None:
    assert loss_words(1.98765) == "1.988"
    assert loss_words(math.nan) == "–"


def test_values_of_settings() -> None:
    from playground.contract.fields import settings_of
    from playground.contract.training_config import TrainingConfig

    by_name = {each.name: each for each in settings_of(TrainingConfig)}
    assert setting_words(by_name["max_steps"], 20_000) == "20,000"
    assert setting_words(by_name["learning_rate"], 6e-4) == "0.0006"
    assert setting_words(by_name["schedule"], "cosine") == "Cosine"


# The model.


def test_the_newest_is_on_top(page: RunsPage) -> None:
    assert names(page.table.runs) == ["second", "third", "first"]


def test_columns_sort_and_what_is_unknown_comes_last(page: RunsPage) -> None:
    model = page.table.runs
    page.table.sortByColumn(LOSS, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["second", "first", "third"]
    page.table.sortByColumn(LOSS, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["first", "second", "third"]
    page.table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["first", "second", "third"]
    page.table.sortByColumn(STATE, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["second", "third", "first"]
    assert model.headerData(STATE, Qt.Orientation.Horizontal) == "State ↑"


def test_runs_at_work_do_not_change_places_with_one_another(page: RunsPage) -> None:
    a, b = (summary(name, run_directory.TRAINING, at=NOW) for name in ("a", "b"))
    page.show_runs((a, b, *THREE))
    page.show_runs((summary("a", run_directory.TRAINING, at=NOW - 1), b, *THREE))
    assert names(page.table.runs)[:2] == ["a", "b"]


def test_cells(page: RunsPage) -> None:
    model = page.table.runs
    row = model.row_of(Path("/runs/second"))
    words = {column: model.index(row, column).data() for column in CELLS}
    assert words == {
        STATE: "Stopped", KIND: "Decoder", STEPS: "500 of 1,000", LOSS: "1.500", CURVE: "", PARAMETERS: "919 k",
        SIZE: "1.2 MB", TEXT: "tales-en", ORIGIN: "",
    }  # fmt: skip


def test_foreign_names_are_shown_plain(page: RunsPage) -> None:
    page.show_runs([summary("<b>\u202eevil")])
    assert names(page.table.runs) == ["<b>‹U+202E›evil"]
    assert "<" not in page.table.runs.index(0, NAME).data(Qt.ItemDataRole.ToolTipRole)


def test_the_filter_finds_names_texts_and_states(page: RunsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.filter, "SEC")
    assert names(page.table.runs) == ["second"]
    page.filter.clear()
    qtbot.keyClicks(page.filter, "failed")
    assert names(page.table.runs) == ["third"]
    page.filter.clear()
    assert len(names(page.table.runs)) == 3


def test_a_reading_without_moves_keeps_the_table_still(page: RunsPage, qtbot: QtBot) -> None:
    newer = tuple(summary(run.name, run.state, loss=0.5, at=run.changed_at) for run in THREE)
    with qtbot.assertNotEmitted(page.table.runs.modelReset), qtbot.waitSignal(page.table.runs.dataChanged):
        page.show_runs(newer)
    assert page.table.runs.index(0, LOSS).data() == "0.500"


def test_the_table_is_taken_along_with_whole_numbers(page: RunsPage) -> None:
    table = page.table.runs.table()
    assert list(table.header)[:3] == ["Name", "State", "Kind"]
    assert len(table.header) == len(next(iter(table.rows)))
    assert next(iter(table.rows))[:4] == ("second", "Stopped", "Decoder", 500)


# Picking.


def test_a_click_picks(page: RunsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.run_chosen):
        click(page, qtbot, 1)
    assert page.chosen() == THREE[2]
    assert page.run.name.text() == "third"


def test_what_is_picked_stays_so_through_sorting_filtering_and_readings(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    with qtbot.assertNotEmitted(page.run_chosen):
        page.table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        page.show_runs((*THREE, summary("a new one", at=NOW)))
        page.filter.setText("second")
    assert page.chosen().name == "second"  # type: ignore[union-attr]
    assert {index.row() for index in page.table.selectedIndexes()} == {0}


def test_what_is_gone_is_picked_no_more(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    with qtbot.waitSignal(page.run_chosen):
        page.show_runs(THREE[:1])
    assert page.chosen() is None
    assert not page.run.isVisible()
    assert not page._open.isEnabled()


def test_gestures_are_wishes(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    with qtbot.waitSignal(page.open_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.delete_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    with qtbot.waitSignal(page.open_requested):
        place = page.table.visualRect(page.table.model().index(0, NAME)).center()
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.open_requested):
        qtbot.mouseClick(page._open, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.reveal_requested):
        qtbot.mouseClick(page.run.reveal, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.new_requested):
        qtbot.mouseClick(page._new, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.folder_requested):
        qtbot.mouseClick(page._folder, Qt.MouseButton.LeftButton)


def test_nothing_is_wished_of_no_run(page: RunsPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.open_requested), qtbot.assertNotEmitted(page.delete_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)


def test_the_menu_of_a_run(page: RunsPage, qtbot: QtBot) -> None:
    assert "Rename" not in [action.text() for action in page.menu().actions()]
    click(page, qtbot, 0)
    menu = page.menu()
    actions = {action.text(): action for action in menu.actions()}
    assert [action.text() for action in menu.actions()][:4] == ["Open", "Rename", "Show the folder", "Delete"]
    with qtbot.waitSignal(page.reveal_requested):
        actions["Show the folder"].trigger()
    page.show_details(None, "A trainer is at work.")
    states = {action.text(): action.isEnabled() for action in page.menu().actions()}
    assert (states["Open"], states["Rename"], states["Delete"]) == (True, False, False)


# Renaming.


def test_f2_and_enter_rename(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert page.run.name.selectedText() == "second"
    with qtbot.waitSignal(page.name_edited):
        qtbot.keyClicks(page.run.name, "kites")
    with qtbot.waitSignal(page.name_entered) as entered:
        qtbot.keyClick(page.run.name, Qt.Key.Key_Return)
    assert entered.args == ["kites"]


def test_escape_brings_the_name_back(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    page.start_renaming()
    qtbot.keyClicks(page.run.name, "x")
    page.show_name_problem("It is taken.")
    assert page.run._name_problem.isVisible()
    qtbot.keyClick(page.run.name, Qt.Key.Key_Escape)
    assert page.run.name.text() == "second"
    assert not page.run._name_problem.isVisible()


def test_typing_outlasts_a_reading(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    page.start_renaming()
    qtbot.keyClicks(page.run.name, "kite")
    page.show_runs(THREE)
    assert page.run.name.text() == "kite"


def test_a_run_at_work_is_not_renamed(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    page.show_details(None, "A trainer is at work.")
    page.start_renaming()
    assert not page.run.name.hasFocus()
    assert page.run.name.isReadOnly()
    assert page.run.delete.toolTip() == "A trainer is at work."


# The side.


def test_details(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    config = preset("tiny").applied_to(RunConfig()).with_values({"training.max_steps": 400, "model.n_layers": 3})
    page.show_details(details(Path("/runs/second"), config, "Once there\n\u202ewas"), "")
    facts = dict(page.run.facts())
    assert facts["Parameters"] == "918,656"
    assert facts["Text"] == "tales-en, 2.2 MB"
    assert facts["Tokenizer"] == "Unigram, 849"
    assert page.run._preset.text() == "Unlike the preset “Tiny”"
    assert page.run.differences() == [("Layers", "3"), ("Steps", "400")]
    assert page.run.sample() == "Once there\n‹U+202E›was"


def test_details_of_another_run_are_not_shown(page: RunsPage, qtbot: QtBot) -> None:
    click(page, qtbot, 0)
    page.show_details(details(Path("/runs/first"), RunConfig(), "Once"), "")
    assert "Text" not in dict(page.run.facts())
    assert not page.run._sample.isVisible()


def test_a_damaged_run_says_what_is_wrong(page: RunsPage, qtbot: QtBot) -> None:
    page.show_runs([RunSummary(path=Path("/runs/x"), state=DAMAGED, problem="config.toml is damaged.")])
    page.table.show_first_chosen()
    assert page.run._problem.text() == "config.toml is damaged."
    assert page.table.runs.index(0, WHEN).data() == "–"


# The whole.


def test_no_runs_offer_a_first_one(page: RunsPage, qtbot: QtBot) -> None:
    page.show_runs([])
    assert page.empty.isVisible()
    assert not page.side.isVisible()
    with qtbot.waitSignal(page.new_requested):
        qtbot.mouseClick(page.empty._button, Qt.MouseButton.LeftButton)
    page.show_runs(THREE)
    assert page.table.isVisible()
    assert page.side.isVisible()


def test_the_heading_counts(page: RunsPage) -> None:
    page.show_runs([summary("a", run_directory.TRAINING), summary("b")])
    assert page.heading._words.text() == "2 runs · 1 in training · 2.4 MB on disk"
    page.show_runs([summary("a")])
    assert page.heading._words.text() == "1 run · 1.2 MB on disk"


def test_a_narrow_window_keeps_the_names(page: RunsPage) -> None:
    page.resize(1300, 700)
    assert not page.table.isColumnHidden(SIZE)
    page.resize(960, 600)
    assert page.table.isColumnHidden(SIZE)
    assert not page.table.isColumnHidden(STATE)
    assert page.table.columnWidth(NAME) >= 160


def test_the_run_in_view_is_marked_and_curves_are_drawn(page: RunsPage) -> None:
    plain = page.table.grab().toImage()
    page.show_in_view(Path("/runs/second"))
    assert page.table.grab().toImage() != plain
    curve = page.table.visualRect(page.table.model().index(0, CURVE))
    place = page.table.viewport().mapTo(page.table, QPoint(curve.topLeft()))
    image = page.table.grab(curve.translated(place - curve.topLeft())).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert "#0072b2" in colours
