"""Fields tell the person's changes from the program's."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.ui.theme import colours, theme
from playground.ui.widgets.fields import CheckField, ComboField, LineField, NumberField


def test_a_number_is_typed_stepped_and_kept_in_range(qtbot: QtBot) -> None:
    field = NumberField(0, 500)
    qtbot.addWidget(field)
    taken: list[int] = []
    field.value_changed.connect(taken.append)
    field.show_value(7)
    assert taken == []
    field.setText("1,000")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert taken == [500]
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert taken == [500]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert taken == [500, 499]


def test_words_in_a_number_field_leave_the_former_number(qtbot: QtBot) -> None:
    field = NumberField(0, 500)
    qtbot.addWidget(field)
    field.show_value(42)
    field.setText("many")
    with qtbot.assertNotEmitted(field.value_changed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "42"


def test_a_list_keeps_its_choice_when_its_entries_change(qtbot: QtBot) -> None:
    field = ComboField([("a", "One"), ("b", "Two")])
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.chosen):
        field.show_value("b")
        field.show_options([("b", "二"), ("c", "三")])
    assert field.value() == "b"
    with qtbot.waitSignal(field.chosen) as chosen:
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert chosen.args == ["c"]


def test_a_check_mark_reports_only_clicks(qtbot: QtBot) -> None:
    field = CheckField("Ids")
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.clicked):
        field.show_value(True)
    with qtbot.waitSignal(field.clicked):
        qtbot.keyClick(field, Qt.Key.Key_Space)
    assert not field.isChecked()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_line_wears_the_colours_of_the_theme(qtbot: QtBot, name: str) -> None:
    field = LineField()
    qtbot.addWidget(field)
    theme().use(name)
    assert colours().panel in field.styleSheet()
