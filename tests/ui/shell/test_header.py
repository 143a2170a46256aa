"""Header and rail as views."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.ui.pages.catalogue import PAGES
from playground.ui.shell.header import Header
from playground.ui.shell.rail import Rail
from playground.ui.shell.words import TrainingWords
from playground.ui.widgets.buttons import Button


@pytest.fixture
def header(qtbot: QtBot) -> Header:
    made = Header()
    qtbot.addWidget(made)
    made.resize(1200, made.height())
    made.show()
    return made


def test_a_long_name_is_cut_and_leaves_room_for_the_rest(header: Header, qtbot: QtBot) -> None:
    header.show_run("a long name " * 30)
    header.show_moment(1_234_567, 2_000_000)
    header.show_training(TrainingWords(state="Training 62 %", time_left="2 h 15 min left", role="good"))
    header.resize(876, header.height())  # the least window without its rail
    qtbot.wait(1)
    assert header.run.width() < 320
    parts = [header.run, header._moment, header._training, *header.findChildren(Button)]
    for part in parts:
        assert part.width() >= part.minimumSizeHint().width()
        assert header.rect().contains(part.geometry())


def test_a_name_is_shown_as_plain_text(header: Header) -> None:
    header.show_run("<b>bold</b>\u202e\n")
    assert "<b>bold</b>" in header.run.text()
    assert "\n" not in header.run.text()
    assert "\u202e" not in header.run.text()
    header.show_run("")
    assert header.run.text() == "Choose a run"


def test_the_training_takes_no_room_when_there_is_none(header: Header) -> None:
    status = header._training
    header.show_training(TrainingWords(state="Training 41 %", time_left="38 s left", role="good"))
    assert status.isVisible()
    assert status.accessibleName() == "Training 41 % 38 s left"
    header.show_training(TrainingWords(state="Training failed", role="bad", explanation="The <disk> is full."))
    assert "The ‹disk> is full." in status.toolTip()
    header.show_no_training()
    assert not status.isVisible()


def test_every_button_reports_its_wish(header: Header, qtbot: QtBot) -> None:
    header.show_training(TrainingWords(state="Training 41 %", role="good"))
    wishes = {
        header.run: header.runs_requested,
        header._training: header.training_requested,
        header._palette: header.palette_requested,
        header._language: header.language_requested,
        header._theme: header.theme_requested,
    }
    spies = {button: QSignalSpy(signal) for button, signal in wishes.items()}
    for number, button in enumerate(wishes, start=1):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert spies[button].count() == 1
        assert sum(spy.count() for spy in spies.values()) == number
        assert button.accessibleName() or button.text()


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    made = Rail(PAGES)
    qtbot.addWidget(made)
    made.resize(made.width(), 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_a_click_on_the_rail_only_wishes(rail: Rail, qtbot: QtBot) -> None:
    wished = QSignalSpy(rail.page_requested)
    rail.show_page("build")
    assert wished.count() == 0
    qtbot.mouseClick(rail.button("train"), Qt.MouseButton.LeftButton)
    assert [wished.at(0)[0], wished.count()] == ["train", 1]
    assert rail.button("build").isChecked()
    assert not rail.button("train").isChecked()


def test_arrows_walk_the_rail_and_space_opens(rail: Rail, qtbot: QtBot) -> None:
    wished = QSignalSpy(rail.page_requested)
    rail.button("build").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(rail.button("build").hasFocus)
    qtbot.keyClick(rail.button("build"), Qt.Key.Key_Down)
    assert rail.button("train").hasFocus()
    qtbot.keyClick(rail.button("train"), Qt.Key.Key_Up)
    assert rail.button("build").hasFocus()
    qtbot.keyClick(rail.button("build"), Qt.Key.Key_Space)
    assert wished.at(0)[0] == "build"


def test_every_page_has_its_shortcut_in_its_tooltip(rail: Rail) -> None:
    for entry in PAGES:
        assert rail.button(entry.key).toolTip() == f"{entry.name()} ({entry.shortcut})"
