"""The command palette's search, and its rows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.ui.actions import Action
from playground.ui.shell.palette import Palette, matching


def action(name: str, shortcut: str = "") -> Action:
    return Action(key=name, name=lambda: name, run=lambda: None, shortcut=shortcut)


ACTIONS = [action(name) for name in ("Go to Train", "Train this model", "Light theme", "Dark theme", "テーマ: 暗い")]


def names(typed: str) -> list[str]:
    return [each.name() for each in matching(ACTIONS, typed)]


def test_all_typed_words_must_be_in_the_name_in_any_order_and_case() -> None:
    assert names("THEME dark") == ["Dark theme"]
    assert names("theme") == ["Light theme", "Dark theme"]
    assert names("theme train") == []
    assert names("暗い") == ["テーマ: 暗い"]


def test_names_that_begin_with_it_come_first() -> None:
    assert names("train") == ["Train this model", "Go to Train"]


def test_nothing_typed_keeps_all_in_their_order() -> None:
    assert names("  ") == [each.name() for each in ACTIONS]


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made = Palette(window)
    made.open_with(ACTIONS)
    made.setProperty("keeps", window)
    return made


def test_keys_move_round_the_rows_and_choose_one(palette: Palette, qtbot: QtBot) -> None:
    chosen = QSignalSpy(palette.action_chosen)
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.rows.currentIndex().row() == 4
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Enter)
    assert [chosen.at(0)[0].key, chosen.count()] == ["Train this model", 1]
    assert not palette.isVisible()


def test_a_click_chooses(palette: Palette, qtbot: QtBot) -> None:
    chosen = QSignalSpy(palette.action_chosen)
    place = palette.rows.visualRect(palette.rows.model().index(2, 0)).center()
    qtbot.mouseClick(palette.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.at(0)[0].key == "Light theme"


def test_what_is_called_by_no_name_is_said(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.line, "zzz")
    assert not palette.rows.isVisible()
    assert palette._nothing.isVisible()
    assert palette._nothing.text() == "Nothing is called that."


def test_it_covers_the_window_whatever_its_size(palette: Palette, qtbot: QtBot) -> None:
    window = palette.parentWidget()
    window.resize(400, 300)
    qtbot.waitUntil(lambda: palette.size() == window.size())
    assert palette.rect().contains(palette._box.geometry().left(), 10)
    assert palette._box.geometry().right() < 400


def test_it_closes_when_the_focus_goes_elsewhere(palette: Palette, qtbot: QtBot) -> None:
    other = QWidget(palette.parentWidget())
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.show()
    other.setFocus()
    qtbot.waitUntil(lambda: not palette.isVisible())
