"""The view of what attention costs: what it says before, while and after it is measured, and what it reports."""

from dataclasses import replace

import pytest
from cost_rows import ROWS, SHAPE, cost
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.contract.attention_cost_messages import TOO_LARGE, TOO_LONG, AttentionMeasured
from playground.ui.charts.attention_cost_picture import FORWARD, TRAINING
from playground.ui.pages.build.attention_cost import AttentionCostView
from playground.ui.pages.build.cost_words import difference_words, shape_words, stop_words

DONE = AttentionMeasured(device="cpu", n_threads=1, stopped="")


@pytest.fixture
def view(qtbot: QtBot) -> AttentionCostView:
    made = AttentionCostView()
    qtbot.addWidget(made)
    made.resize(256, 700)
    made.show_shape(SHAPE)
    made.fold.show_open(True)
    made.show()
    return made


def click(qtbot: QtBot, view: AttentionCostView, key: str) -> None:
    qtbot.mouseClick(view.passes.button(key), Qt.MouseButton.LeftButton)


def test_it_says_what_it_would_measure_and_the_button_asks(view: AttentionCostView, qtbot: QtBot) -> None:
    assert "up to 2,048 tokens: 4 heads of 32 numbers, causal." in view.words()
    assert not view.picture.isVisible()
    with qtbot.waitSignal(view.measure_requested, timeout=1000):
        qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)


def test_while_it_is_measured_there_is_a_cancel(view: AttentionCostView, qtbot: QtBot) -> None:
    view.show_starting()
    assert not view.button.isVisible()
    assert view.progress.isVisible()
    view.show_progress(0.4, 512)
    with qtbot.waitSignal(view.progress.cancel_requested, timeout=1000):
        qtbot.mouseClick(view.progress._cancel, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.cancel_requested, timeout=1000):
        view.progress.cancel_requested.emit()
    view.show_idle()
    assert view.button.isVisible()
    assert not view.progress.isVisible()


def test_rows_are_drawn_and_told_as_they_come(view: AttentionCostView) -> None:
    view.show_rows(SHAPE, ROWS[:1])
    assert view.picture.isVisible()
    assert "Same numbers: largest difference 3e-7" in view.words()
    assert "At 64 tokens explicit takes 2 × the time and 2 × the memory of fused." in view.words()
    view.show_rows(SHAPE, ROWS, DONE)
    assert "Same numbers: largest difference 1e-6" in view.words()
    assert "At 256 tokens explicit takes 8 × the time and 8 × the memory of fused." in view.words()
    assert "4 heads of 32 numbers, causal. One sequence, 32-bit numbers, on one core." in view.words()


def test_forward_or_with_backward_is_a_choice(view: AttentionCostView, qtbot: QtBot) -> None:
    view.show_rows(SHAPE, ROWS, DONE)
    click(qtbot, view, TRAINING)
    assert "At 256 tokens explicit takes 2 × the time and 3 × the memory of fused." in view.words()
    assert view.table.lines()[1] == ["64", "4 ms", "8 ms"]
    click(qtbot, view, FORWARD)
    assert view.table.lines()[1] == ["64", "1 ms", "2 ms"]


def test_the_table_tells_what_the_picture_shows(view: AttentionCostView) -> None:
    view.show_rows(SHAPE, ROWS, DONE)
    assert view.table.lines() == [
        ["Tokens", "fused", "explicit"],
        ["64", "1 ms", "2 ms"], ["", "64 kB", "128 kB"],
        ["128", "2 ms", "8 ms"], ["", "128 kB", "512 kB"],
        ["256", "4 ms", "32 ms"], ["", "256 kB", "2.0 MB"],
    ]  # fmt: skip
    view.show_rows(SHAPE, ROWS[:1])
    assert len(view.table.lines()) == 3
    assert view.picture.accessibleDescription().startswith("At 64 tokens")


def test_the_table_is_filled_when_it_is_opened(view: AttentionCostView, qtbot: QtBot) -> None:
    view.fold.show_open(False)
    view.show_rows(SHAPE, ROWS, DONE)
    assert view.table.lines() == []
    view.fold._heading.click()
    assert len(view.table.lines()) == 7


def test_the_keyboard_stays_here(view: AttentionCostView, qtbot: QtBot) -> None:
    """Once the focus went to the next widget when the button was hidden, and the panel scrolled there."""
    qtbot.waitUntil(view.isActiveWindow)
    view.button.setFocus()
    view.button.click()
    view.show_starting()
    assert view.progress._cancel.hasFocus()
    view.progress._cancel.click()
    assert not view.passes.button(FORWARD).hasFocus()
    view.show_idle()
    assert view.button.hasFocus()


def test_results_of_another_shape_say_so(view: AttentionCostView) -> None:
    view.show_rows(SHAPE, ROWS, DONE)
    assert "another shape" not in view.words()
    view.show_shape(replace(SHAPE, n_heads=8))
    assert "another shape" in view.words()
    assert "4 heads of 32" in view.words()


def test_a_model_that_cannot_be_built_cannot_be_measured(view: AttentionCostView) -> None:
    view.show_shape(None)
    assert not view.button.isEnabled()
    assert "cannot be built" in view.button.toolTip()
    view.show_shape(SHAPE)
    assert view.button.isEnabled()


def test_a_failure_is_said_until_the_next_try(view: AttentionCostView) -> None:
    view.show_starting()
    view.show_idle("There is not enough free memory.")
    assert "not enough free memory" in view.words()
    view.show_starting()
    assert "not enough free memory" not in view.words()


def test_why_it_ended_early() -> None:
    too_long, too_large = replace(DONE, stopped=TOO_LONG), replace(DONE, stopped=TOO_LARGE)
    assert stop_words(DONE, ROWS) == ""
    assert stop_words(too_long, ROWS) == "Ends at 256 tokens: twice as many would take too long here."
    assert stop_words(too_large, ROWS) == "Ends at 256 tokens: twice as many need more memory than is free."
    assert "Even the shortest" in stop_words(too_large, [])


def test_shapes_as_words() -> None:
    assert shape_words(replace(SHAPE, n_heads=1, n_kv_heads=1)) == "1 head of 32 numbers, causal"
    assert shape_words(replace(SHAPE, n_kv_heads=1)) == "4 heads of 32 numbers on 1 key head, causal"
    assert shape_words(replace(SHAPE, n_kv_heads=2, has_bias=True)).endswith("on 2 key heads, causal, with ALiBi")
    assert shape_words(replace(SHAPE, is_causal=False)).endswith(", in both directions")
    assert difference_words([cost(64, 0.0)]) == "Same numbers: largest difference 0"
