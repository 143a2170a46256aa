"""A slider that snaps, and keys that always move it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from playground.contract.fields import Setting, settings_of
from playground.contract.model_config import ModelConfig
from playground.ui.widgets.value_slider import SliderTrack, ValueSlider

SETTINGS: dict[str, Setting] = {each.name: each for each in settings_of(ModelConfig)}


def made(qtbot: QtBot, name: str, **options: object) -> tuple[ValueSlider, list[float]]:
    slider = ValueSlider(SETTINGS[name], **options)  # type: ignore[arg-type]
    qtbot.addWidget(slider)
    slider.resize(260, 50)
    slider.show()
    taken: list[float] = []
    slider.value_changed.connect(taken.append)
    return slider, taken


def track(slider: ValueSlider) -> SliderTrack:
    found = slider.findChild(SliderTrack)
    assert isinstance(found, SliderTrack)
    return found


def test_a_press_that_stays_on_the_value_does_not_change_it(qtbot: QtBot) -> None:
    slider, taken = made(qtbot, "n_layers", low=1, high=4)
    slider.show_value(2)
    middle = round(7 + (2 - 1) / 3 * (track(slider).width() - 14))
    qtbot.mousePress(track(slider), Qt.MouseButton.LeftButton, pos=QPoint(middle + 4, 8))
    assert taken == []


def test_a_key_moves_by_one_where_a_hundredth_is_less(qtbot: QtBot) -> None:
    slider, taken = made(qtbot, "n_layers", low=1, high=4)
    slider.show_value(2)
    qtbot.keyClick(track(slider), Qt.Key.Key_Right)
    qtbot.keyClick(track(slider), Qt.Key.Key_Left)
    assert taken == [3.0, 2.0]


def test_the_ends_are_ends(qtbot: QtBot) -> None:
    slider, taken = made(qtbot, "n_layers", low=1, high=4)
    slider.show_value(4)
    qtbot.keyClick(track(slider), Qt.Key.Key_Right)
    assert taken == []
    qtbot.keyClick(track(slider), Qt.Key.Key_Home)
    assert taken == [1.0]


def test_snapping_holds_for_the_slider_but_not_for_typing(qtbot: QtBot) -> None:
    slider, taken = made(qtbot, "d_model", low=16, high=1024, snap=lambda value: 24 * max(round(value / 24), 1))
    slider.show_value(240)
    qtbot.keyClick(track(slider), Qt.Key.Key_Right)
    qtbot.keyClick(track(slider), Qt.Key.Key_Left)
    assert taken == [264.0, 240.0]
    slider._edit.setText("250")
    qtbot.keyClick(slider._edit, Qt.Key.Key_Return)
    assert slider.value() == 250


def test_a_typed_value_may_leave_the_slider_but_not_the_setting(qtbot: QtBot) -> None:
    slider, _ = made(qtbot, "n_layers", low=1, high=12)
    for typed, wanted in (("48", 48), ("1000", 96), ("0", 1)):
        slider._edit.setText(typed)
        qtbot.keyClick(slider._edit, Qt.Key.Key_Return)
        assert slider.value() == pytest.approx(wanted)
