"""The timeline as a view: what it says, what it reports, and that showing is not reporting."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.ui.shell.timeline import Timeline
from playground.ui.theme import theme

STEPS = [1, 10, 100, 500, 1000]


@pytest.fixture
def timeline(qtbot: QtBot) -> Iterator[Timeline]:
    theme().use("light")
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(1000, made.height())
    made.show()
    yield made
    theme().use("light")


@pytest.fixture
def filled(timeline: Timeline) -> Timeline:
    timeline.show_snapshots(STEPS, 2000)
    steps = np.arange(1.0, 1001.0)
    timeline.show_losses(steps, 5 - steps / 500)
    timeline.show_step(500)
    return timeline


def spoken(timeline: Timeline) -> str:
    return timeline.track.accessibleDescription()


def test_without_snapshots_there_is_nothing_to_play(timeline: Timeline, qtbot: QtBot) -> None:
    requested, played = QSignalSpy(timeline.step_requested), QSignalSpy(timeline.play_requested)
    timeline.show_snapshots([], 0)
    assert not timeline.play.isEnabled()
    assert timeline.play.toolTip() == "There are no snapshots to play through yet."
    assert spoken(timeline) == ""
    qtbot.mouseClick(timeline.track, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(timeline.play, Qt.MouseButton.LeftButton)
    assert requested.count() == played.count() == 0


def test_it_says_step_and_loss_of_the_moment_in_view(filled: Timeline) -> None:
    assert spoken(filled) == "step 500, train loss 4.000"
    filled.show_step(1)
    assert spoken(filled) == "step 1, train loss 4.998"
    filled.show_losses(np.empty(0), np.empty(0))
    assert spoken(filled) == "step 1"
    filled.show_snapshots([], 2000)
    assert spoken(filled) == ""


def test_showing_reports_nothing(filled: Timeline) -> None:
    requested = QSignalSpy(filled.step_requested)
    filled.show_step(1000)
    filled.show_snapshots([1, 10], 2000)
    filled.show_snapshots([*STEPS, 1500], 2000)
    filled.show_step(1500)
    assert requested.count() == 0


@pytest.mark.parametrize("step", STEPS)
def test_a_press_picks_the_nearest_snapshot(filled: Timeline, qtbot: QtBot, step: int) -> None:
    filled.show_step(1000 if step != 1000 else 1)
    requested = QSignalSpy(filled.step_requested)
    place = QPoint(round(filled.track.x_of(step)), 20)
    qtbot.mouseClick(filled.track, Qt.MouseButton.LeftButton, pos=place)
    assert [requested.at(0)[0], requested.count()] == [step, 1]
    qtbot.mouseClick(filled.track, Qt.MouseButton.RightButton, pos=QPoint(0, 0))
    assert requested.count() == 1


def test_steps_lie_where_their_share_of_the_training_is(filled: Timeline) -> None:
    track = filled.track
    assert track.x_of(0) == 10
    assert track.x_of(2000) == track.width() - 10
    assert track.x_of(1000) == pytest.approx(track.width() / 2)


def test_a_run_that_went_beyond_its_plan_still_lies_on_the_track(timeline: Timeline) -> None:
    timeline.show_snapshots([0, 3000], 2000)
    assert timeline.track.x_of(3000) == timeline.track.width() - 10


def test_keys_walk_the_snapshots(filled: Timeline, qtbot: QtBot) -> None:
    requested = QSignalSpy(filled.step_requested)
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_PageUp)
    for key in keys:
        qtbot.keyClick(filled.track, key)
    assert [requested.at(place)[0] for place in range(requested.count())] == [1000, 500, 1, 1000]


def test_the_wheel_walks_the_snapshots(filled: Timeline) -> None:
    requested = QSignalSpy(filled.step_requested)
    for turn in (120, -120, -120):
        event = QWheelEvent(
            QPointF(100, 20), filled.track.mapToGlobal(QPointF(100, 20)), QPoint(), QPoint(0, turn),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(filled.track, event)
    assert [requested.at(place)[0] for place in range(requested.count())] == [100, 500, 1000]


def test_playing_is_shown_and_asked_for(filled: Timeline, qtbot: QtBot) -> None:
    played = QSignalSpy(filled.play_requested)
    qtbot.mouseClick(filled.play, Qt.MouseButton.LeftButton)
    assert played.count() == 1
    assert filled.play.accessibleName() == "Play the training"
    filled.show_playing(True)
    assert filled.play.accessibleName() == "Stop playing"


def test_the_handle_is_painted_in_both_themes(filled: Timeline) -> None:
    for name in ("light", "dark"):
        theme().use(name)
        image = filled.track.grab().toImage()
        colours = theme().colours
        x, ground = round(filled.track.x_of(500)), filled.track.height() - 13
        assert image.pixelColor(x, ground).name() == colours.accent.casefold(), "the handle"


def test_a_single_loss_and_losses_that_are_no_numbers_are_painted_too(timeline: Timeline) -> None:
    timeline.show_snapshots([0], 10)
    for losses in (np.array([2.0]), np.array([np.nan]), np.array([np.inf])):
        timeline.show_losses(np.array([0.0]), losses)
        timeline.show_step(0)
        assert not timeline.grab().isNull()
