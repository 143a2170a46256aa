"""Names and sizes of texts, and the menu that chooses another."""

import pytest
from pytestqt.qtbot import QtBot

from playground.ui.widgets.progress_line import ProgressLine
from playground.ui.widgets.source_field import BUILTIN_SOURCES, SourceField, size_words, source_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_140_000, "2.1 MB"), (12_980_000, "13 MB"),
        (999_600, "1.0 MB"), (1.6e9, "1.6 GB"), (2e12, "2.0 TB"), (5e15, "5,000 TB"),
    ],
)  # fmt: skip
def test_sizes(size: float, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [("builtin:tales-en", "tales-en"), ("/books/猫.txt", "猫.txt"), ("/books/a\nb", "a⏎b"), ("/", "/")],
)
def test_names(source: str, words: str) -> None:
    assert source_words(source) == words


def test_a_builtin_text_is_chosen_from_the_menu(qtbot: QtBot) -> None:
    field = SourceField()
    qtbot.addWidget(field)
    action = next(each for each in field.menu.actions() if each.data() == BUILTIN_SOURCES[1])
    with qtbot.waitSignal(field.source_chosen) as chosen:
        action.trigger()
    assert chosen.args == [BUILTIN_SOURCES[1]]


def test_files_and_folders_are_wishes(qtbot: QtBot) -> None:
    field = SourceField()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.file_requested):
        field.menu.actions()[0].trigger()
    with qtbot.waitSignal(field.folder_requested):
        field.menu.actions()[1].trigger()


def test_progress_is_cancelled_once(qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.show_progress(0.4, "Counting")
    cancel = line._cancel
    with qtbot.waitSignal(line.cancel_requested):
        cancel.click()
    with qtbot.assertNotEmitted(line.cancel_requested):
        cancel.click()
