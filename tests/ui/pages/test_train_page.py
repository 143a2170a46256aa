"""The Train page's widgets alone: what they show, and what the person's gestures send."""

import math
from typing import Any

import pytest
from made_runs import TINY
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.messages import TextDescription
from playground.contract.run_directory import Status
from playground.ui.pages.train.controls import (
    GO_ON,
    LAUNCH,
    NEW,
    PAUSE,
    RESTART,
    RESUME,
    START,
    STEP,
    STOP,
    Control,
    RunSituation,
    new_run_controls,
    run_controls,
)
from playground.ui.pages.train.happenings import marks_of, samples_of
from playground.ui.pages.train.page import NEW_RUN, THIS_RUN, TrainPage
from playground.ui.pages.train.run_words import (
    RunFacts,
    phase_words,
    run_sentence,
    run_title,
    speed_words,
    time_left_words,
    tokenizer_words,
    trouble_sentence,
)
from playground.ui.pages.train.sample_texts import Sample


@pytest.fixture
def page(qtbot: QtBot) -> TrainPage:
    page = TrainPage()
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    return page


def facts(state: str, **more: Any) -> RunFacts:
    status = more.pop("status", Status(state=state, step=620, max_steps=1000, elapsed_s=95, time_left_s=38))
    return RunFacts(config=TINY, status=status, state=state, **more)


# Buttons.


@pytest.mark.parametrize(
    ("situation", "keys"),
    [
        (RunSituation(), [NEW]),
        (RunSituation(has_run=True), [NEW, LAUNCH]),
        (RunSituation(has_run=True, is_launched=True), [STOP]),
        (RunSituation(has_run=True, state=run_directory.PREPARING), [STOP]),
        (RunSituation(has_run=True, state=run_directory.TRAINING), [STOP, PAUSE]),
        (RunSituation(has_run=True, state=run_directory.PAUSED), [STOP, STEP, GO_ON]),
        (RunSituation(has_run=True, state=run_directory.FINISHED), [NEW]),
        (RunSituation(has_run=True, state=run_directory.FINISHED, has_checkpoint=True), [RESTART, NEW]),
        (
            RunSituation(has_run=True, state=run_directory.FINISHED, has_checkpoint=True, is_longer=True),
            [RESTART, NEW, RESUME],
        ),
        (
            RunSituation(has_run=True, state=run_directory.FINISHED, has_checkpoint=True, is_longer=True, is_own=False),
            [NEW],
        ),
        (RunSituation(has_run=True, state=run_directory.STOPPED, has_checkpoint=True), [RESTART, NEW, RESUME]),
        (RunSituation(has_run=True, state=run_directory.FAILED), [NEW, LAUNCH]),
        (RunSituation(has_run=True, state=run_directory.INTERRUPTED, has_checkpoint=True), [RESTART, NEW, RESUME]),
    ],
)
def test_each_situation_has_its_buttons(situation: RunSituation, keys: list[str]) -> None:
    found = run_controls(situation)
    assert [control.key for control in found] == keys
    assert sum(control.is_primary for control in found) == (0 if situation.is_launched else 1)


def test_what_was_told_cannot_be_told_again() -> None:
    told = RunSituation(has_run=True, state=run_directory.TRAINING, wish=run_directory.PAUSE)
    assert [bool(control.why_not) for control in run_controls(told)] == [False, True]
    stopping = RunSituation(has_run=True, state=run_directory.TRAINING, wish=run_directory.STOP)
    assert all(control.why_not for control in run_controls(stopping))


def test_a_press_is_a_wish(page: TrainPage, qtbot: QtBot) -> None:
    page.show_controls(run_controls(RunSituation(has_run=True, state=run_directory.TRAINING)))
    with qtbot.waitSignal(page.control_requested) as wish:
        qtbot.mouseClick(page.button(PAUSE), Qt.MouseButton.LeftButton)
    assert wish.args == [PAUSE]


def test_a_button_that_stays_keeps_the_focus(page: TrainPage) -> None:
    page.show_controls([Control(key=STOP), Control(key=PAUSE, is_primary=True)])
    stop = page.button(STOP)
    page.show_controls([Control(key=STOP, why_not="Wait."), Control(key=GO_ON, is_primary=True)])
    assert page.button(STOP) is stop
    assert (stop.isEnabled(), stop.toolTip()) == (False, "Wait.")
    assert not page.can(STOP)
    assert page.can(GO_ON)
    assert not page.can(PAUSE)


def test_a_button_tells_its_shortcut(page: TrainPage) -> None:
    page.show_controls(new_run_controls(""))
    assert page.button(START).toolTip() == "Train a new model on this text. (Ctrl+Enter)"


def test_the_modes(page: TrainPage, qtbot: QtBot) -> None:
    page.show_has_run(False)
    assert not page._mode.button(THIS_RUN).isEnabled()
    page.show_has_run(True)
    with qtbot.waitSignal(page.mode_requested) as wish:
        qtbot.mouseClick(page._mode.button(THIS_RUN), Qt.MouseButton.LeftButton)
    assert wish.args == [THIS_RUN]
    page.show_mode(THIS_RUN)
    assert (page.run_panel.isVisible(), page.new_panel.isVisible()) == (True, False)
    page.show_mode(NEW_RUN)
    assert (page.run_picture.isVisible(), page.new_picture.isVisible()) == (False, True)


# Words.


def test_titles_and_sentences() -> None:
    assert run_title(facts(run_directory.TRAINING)) == "Training on tales-en"
    status = Status(step=620, time_left_s=38, tokens_per_s=21_437.0)
    words = run_sentence(facts(run_directory.TRAINING, status=status))
    assert words == "620 of 1,000 steps · 38 s left · 21,400 tokens/s"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (35.0, 44.0, "35 s to 44 s left"),
        (37.9, 38.2, "38 s left"),
        (0.0, 0.0, "38 s left"),
        (80, 200, "80 s to 3 min left"),
    ],
)
def test_the_time_left_has_its_range(low: float, high: float, words: str) -> None:
    status = Status(step=620, time_left_s=38, time_left_low_s=low, time_left_high_s=high)
    assert time_left_words(status) == words
    ended = run_sentence(facts(run_directory.FINISHED, validation_loss=1.98765))
    assert ended == "620 of 1,000 steps · 2 min of training · validation loss 1.988"
    assert run_sentence(facts(run_directory.TRAINING, wish=run_directory.STOP)).endswith(
        "saving a checkpoint and stopping…"
    )
    assert run_sentence(facts(run_directory.PREPARING, status=Status(phase="encoding"))) == phase_words("encoding")


def test_trouble() -> None:
    assert trouble_sentence(facts(run_directory.FINISHED), "log.txt") == ""
    silent = facts(run_directory.FAILED, status=Status(step=5))
    assert trouble_sentence(silent, "/runs/log.txt") == "The trainer gave no reason; see /runs/log.txt."
    gone = trouble_sentence(facts(run_directory.INTERRUPTED), "")
    assert gone.startswith("The trainer ended without a word at about step 620.")
    assert "no checkpoint yet" in gone
    assert trouble_sentence(facts(run_directory.INTERRUPTED, is_launched=True), "") == ""


@pytest.mark.parametrize(
    ("speed", "words"),
    [(0, ""), (math.nan, ""), (math.inf, ""), (7.256, "7.26 tokens/s"), (514.13, "514 tokens/s")],
)
def test_speeds(speed: float, words: str) -> None:
    assert speed_words(speed) == words


def test_tokenizers() -> None:
    assert tokenizer_words(TINY, 1024) == "Unigram, 1,024"


# Events.


def test_samples_of_a_resumed_run() -> None:
    events = [
        {"kind": "started", "step": 0},
        {"kind": "sample", "step": 100, "text": "a"},
        {"kind": "sample", "step": 200, "text": "b"},
        {"kind": "started", "step": 150},
        {"kind": "sample", "step": 300, "text": "c"},
        {"kind": "sample", "step": 300, "text": "c again"},
        {"kind": "sample", "step": 400},
    ]
    assert [(each.step, each.text) for each in samples_of(events)] == [(100, "a"), (300, "c again")]


def test_marks() -> None:
    events: list[dict[str, Any]] = [
        {"kind": "started", "step": 0},
        {"kind": "rate_changed", "step": 50, "factor": 0.5},
        {"kind": "checkpoint", "step": 60},
        {"kind": "paused", "step": 102},
        {"kind": "stopped", "step": 102},
        {"kind": "started", "step": 102},
        {"kind": "failed", "step": 250},
        {"kind": "started", "step": 200},
    ]
    assert marks_of(events[:6]) == [(50, "rate × 0.5"), (102, "paused, stopped, went on")]
    assert marks_of(events) == [(50, "rate × 0.5"), (102, "paused, stopped, went on"), (200, "went on")]


# The samples of a run.


def test_samples_are_looked_back_at(page: TrainPage, qtbot: QtBot) -> None:
    page.show_mode(THIS_RUN)
    card = page.run_picture.samples
    samples = [Sample(step=step, text=f"text\n\u202e{step}") for step in (100, 200, 300)]
    card.show_samples(samples)
    assert card._text.toPlainText() == "text\n‹U+202E›300"
    with qtbot.waitSignal(page.run_picture.moment_requested) as moment:
        qtbot.mouseClick(card._earlier, Qt.MouseButton.LeftButton)
    assert moment.args == [200]
    card.show_samples([*samples, Sample(step=400, text="newer")])
    assert card.shown() == samples[1]  # what is looked at stays
    card._later.click()
    card._later.click()
    card.show_samples([*samples, Sample(step=400, text="newer"), Sample(step=500, text="newest")])
    assert card.shown() == Sample(step=500, text="newest")
    card.show_samples([])
    assert card.shown() is None


# The side of a run.


def test_the_panel_of_a_run(page: TrainPage, qtbot: QtBot) -> None:
    page.show_mode(THIS_RUN)
    panel = page.run_panel
    panel.show_active(False)
    assert panel._checkpoint.toolTip() == "Only while the training runs."
    panel.show_active(True)
    with qtbot.waitSignal(panel.checkpoint_requested):
        qtbot.mouseClick(panel._checkpoint, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(panel.learning_rate_factor_changed):
        panel.show_learning_rate_factor(0.5)


# The side and the picture of a new run.


def test_the_panel_of_a_new_run(page: TrainPage, qtbot: QtBot) -> None:
    panel = page.new_panel
    with qtbot.assertNotEmitted(panel.value_changed), qtbot.assertNotEmitted(panel.preset_chosen):
        panel.show_draft(TINY, "tiny")
        panel.show_name("tales-en tiny", "")
    assert panel._preset.value() == "tiny"
    assert panel.name.placeholderText() == "tales-en tiny"
    panel.show_draft(TINY, "")
    assert panel._preset.currentText() == "Own settings"
    panel.show_name("tales-en", "It is taken.")
    assert panel._name_problem.isVisible()
    with qtbot.waitSignal(panel.name_edited) as edited:
        qtbot.keyClicks(panel.name, "k")
    assert edited.args == ["k"]
    with qtbot.waitSignal(panel.build_requested):
        qtbot.mouseClick(panel._build, Qt.MouseButton.LeftButton)


def test_the_picture_of_a_new_run(page: TrainPage) -> None:
    picture = page.new_picture
    text = TextDescription(
        source="/books/\u202ekite.txt", size_bytes=3000, n_characters=2900, n_distinct_characters=40, n_lines=12,
        n_files=3, encoding="utf-8", preview="Once <b>there</b>\n\u202ewas",
    )  # fmt: skip
    picture.show_text(text.source, text)
    assert picture._name.text() == "‹U+202E›kite.txt"
    assert picture._facts.text() == "3.0 kB · 2,900 characters · 40 different · 12 lines · 3 files"
    assert picture._preview.toPlainText() == "Once <b>there</b>\n‹U+202E›was"
    assert picture._cut.isVisible()
    picture.show_draft(TINY, 1024, True)
    # 1,024 x 128 + 4 x (4 x 128 x 128 + 2 x 128 x 512 + 2 x 128) + 128, by hand
    assert picture._numbers[0].value() == "918,656"
    assert picture._numbers[1].value() == "768,000"
    assert picture._numbers[2].value() == "12 × 64"
    picture.show_draft(TINY, 1024, False)
    assert {card.value() for card in picture._numbers} == {"–"}
