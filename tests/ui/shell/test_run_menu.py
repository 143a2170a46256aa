"""The menu of runs."""

from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.ui.shell.run_menu import RunMenu

RECENT = (Path("/runs/first"), Path("/elsewhere/a&b <b>bold\n"), Path("/runs/ふくろう"))
SAMPLE = Path("/assets/sample-model")


@pytest.fixture
def menu(qtbot: QtBot) -> RunMenu:
    made = RunMenu(RECENT, SAMPLE, RECENT[0])
    qtbot.addWidget(made)
    return made


def test_it_lists_recent_runs_the_sample_and_the_ways_to_others(menu: RunMenu) -> None:
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[0] == "first"
    assert texts[1].startswith("a&&b <b>bold"), "an ampersand is no shortcut"
    assert "\n" not in texts[1]
    assert texts[2:] == ["ふくろう", "Sample model", "Open a run folder…", "All runs"]
    assert [action.isChecked() for action in menu.actions() if action.isCheckable()] == [True, False, False, False]


def test_a_recent_sample_is_listed_once(qtbot: QtBot) -> None:
    menu = RunMenu((SAMPLE,), SAMPLE, None)
    qtbot.addWidget(menu)
    assert [action.text() for action in menu.actions() if action.isCheckable()] == ["sample-model"]


def test_what_is_picked_is_reported(menu: RunMenu) -> None:
    runs, folder, everything = (
        QSignalSpy(signal) for signal in (menu.run_requested, menu.folder_requested, menu.all_runs_requested)
    )
    actions = {action.text(): action for action in menu.actions()}
    actions["ふくろう"].trigger()
    actions["Sample model"].trigger()
    assert [runs.at(place)[0] for place in range(runs.count())] == [RECENT[2], SAMPLE]
    assert folder.count() == everything.count() == 0
    actions["Open a run folder…"].trigger()
    actions["All runs"].trigger()
    assert (runs.count(), folder.count(), everything.count()) == (2, 1, 1)
