"""The sentences of header and timeline."""

import math

import pytest
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.run_directory import Status
from playground.ui.shell.words import duration_words, moment_words, training_words

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 s"), (0.2, "1 s"), (38.4, "38 s"), (89, "89 s"), (90, "2 min"), (3570, "60 min"), (3600, "1 h 0 min"),
        (8100, "2 h 15 min"), (86_399, "24 h 0 min"), (86_400, "1 days"), (259_200, "3 days"),
        (-1, ""), (math.nan, ""), (math.inf, ""),
    ],
)  # fmt: skip
def test_time_is_told_coarsely(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_a_moment_is_told_with_the_end_if_there_is_one(qtbot: QtBot) -> None:
    assert moment_words(1250, 2000) == "step 1,250 of 2,000"
    assert moment_words(1250, 0) == "step 1,250"


@pytest.mark.parametrize(
    ("state", "words", "role"),
    [
        (run_directory.NEW, "Not trained yet", ""),
        (run_directory.TRAINING, "Training 41 %", "good"),
        (run_directory.PAUSED, "Paused at 41 %", "dim"),
        (run_directory.STOPPED, "Stopped at 41 %", "dim"),
        (run_directory.FINISHED, "Trained", "dim"),
        (run_directory.FAILED, "Training failed", "bad"),
        (run_directory.INTERRUPTED, "Interrupted at 41 %", "bad"),
        (run_directory.PREPARING, "Preparing", "accent"),
    ],
)
def test_every_state_has_its_words(state: str, words: str, role: str) -> None:
    told = training_words(state, Status(state=state, step=410, max_steps=1000, message="The disk is full."))
    assert (told.state, told.role, told.time_left) == (words, role, "")
    assert (told.explanation == "The disk is full.") == (state == run_directory.FAILED)


def test_the_time_left_is_told_while_it_trains() -> None:
    status = Status(state=run_directory.TRAINING, step=410, max_steps=1000, time_left_s=38.2)
    assert training_words(run_directory.TRAINING, status).time_left == "38 s left"
    assert training_words(run_directory.PAUSED, status).time_left == ""


@pytest.mark.parametrize(
    ("phase", "progress", "words"),
    [
        ("text", 0.0, "Reading the text"),
        ("tokenizer", 0.256, "Training the tokenizer: 26 %"),
        ("encoding", 1.0, "Encoding the text"),
        ("dreaming", 0.5, "Preparing: 50 %"),
    ],
)
def test_the_preparation_says_how_far_it_is(phase: str, progress: float, words: str) -> None:
    status = Status(state=run_directory.PREPARING, phase=phase, progress=progress)
    assert training_words(run_directory.PREPARING, status).state == words


def test_an_evaluation_is_told_as_such() -> None:
    status = Status(state=run_directory.TRAINING, phase="evaluation", step=1, max_steps=4)
    assert training_words(run_directory.TRAINING, status).state == "Evaluating at 25 %"
