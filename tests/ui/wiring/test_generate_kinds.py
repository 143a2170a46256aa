"""The Generate page over an encoder and an encoder-decoder: what is asked, and what becomes of the answers."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from generate_bench import Bench, distribution, ending, part
from pytestqt.qtbot import QtBot

from playground.contract.messages import FillMasks, Generate, MasksFilled, PredictNext, Tokens
from playground.ui.pages.generate.blanks_view import Blank

WORDS = ("[CLS]", "▁The", "▁fox", "▁saw", "▁a", "▁hen", "[SEP]")
TEXT = "The fox saw a hen"
STARTS, ENDS = (0, 0, 3, 7, 11, 13, 17), (0, 3, 7, 11, 13, 17, 17)


def filled(masked: list[int], guesses: list[str], chosen: int = -1) -> MasksFilled:
    """As the worker answers about TEXT with an imported model, whose text stands between two marks."""
    return MasksFilled(
        tokens=Tokens(
            ids=np.arange(7, dtype=np.int32), pieces=list(WORDS), starts=np.array(STARTS, dtype=np.int32),
            ends=np.array(ENDS, dtype=np.int32), kinds=np.array([3, 0, 0, 0, 0, 0, 3], dtype=np.uint8), vocab_size=20,
        ),
        masked=masked,
        guesses=guesses,
        guessed_ids=np.array([WORDS.index(guess) for guess in guesses], dtype=np.int32),
        probabilities=np.full(len(masked), 0.6, dtype=np.float32),
        true_probabilities=np.full(len(masked), 0.3, dtype=np.float32),
        chosen_index=chosen if chosen in masked else (masked[0] if masked else -1),
        chosen=distribution(),
        n_dropped=0,
    )  # fmt: skip


@pytest.fixture
def encoder(qtbot: QtBot, tmp_path: Path) -> Bench:
    bench = Bench(qtbot, tmp_path)
    bench.page.show_prompt(TEXT)
    bench.open_run(kind="encoder")
    bench.page.show_prompt(TEXT)
    bench.page.prompt_changed.emit()
    return bench


def answer(bench: Bench, guesses: dict[int, str]) -> None:
    """Answer the newest question with these guesses, "▁fox" where none is given."""
    question = bench.worker.last(FillMasks)
    masked = question.request.masked
    question.answer(filled(masked, [guesses.get(place, "▁fox") for place in masked], question.request.chosen))


def test_some_words_are_masked_by_themselves_and_never_a_mark(encoder: Bench) -> None:
    assert encoder.worker.last(FillMasks).request.masked == []
    answer(encoder, {})
    (masked,) = encoder.worker.last(FillMasks).request.masked  # 15 % of five words
    assert 1 <= masked <= 5


def test_a_click_masks_a_word_and_shows_guess_and_truth(encoder: Bench) -> None:
    answer(encoder, {})
    encoder.page.blanks.none_requested.emit()
    answer(encoder, {})
    encoder.page.blanks.mask_requested.emit(2)
    request = encoder.worker.last(FillMasks).request
    assert (request.text, request.masked, request.chosen) == (TEXT, [2], 2)
    assert encoder.page.blanks.view.shown().blanks == ((2, None),)  # at once, before the guess is there
    answer(encoder, {2: "▁hen"})
    wrong = Blank(guess=" hen", probability=pytest.approx(0.6), true_probability=pytest.approx(0.3), is_right=False)
    assert encoder.page.blanks.view.shown().blanks == ((2, wrong),)
    assert encoder.page.next.shown() is not None
    encoder.page.blanks.mask_requested.emit(2)
    assert encoder.worker.last(FillMasks).request.masked == []


def test_marks_share_their_place_with_a_word_and_are_not_masked_with_it(encoder: Bench) -> None:
    answer(encoder, {})
    encoder.page.blanks.none_requested.emit()
    answer(encoder, {})
    n_asked = encoder.worker.count(FillMasks)
    encoder.page.blanks.mask_requested.emit(0)
    assert encoder.worker.count(FillMasks) == n_asked
    encoder.page.blanks.mask_requested.emit(1)
    assert encoder.worker.last(FillMasks).request.masked == [1]
    answer(encoder, {})
    assert encoder.worker.count(FillMasks) == n_asked + 1  # the answer fits: no further question


def test_an_encoder_is_never_asked_to_write(encoder: Bench) -> None:
    encoder.page.generate_requested.emit()
    assert encoder.worker.count(Generate) == 0
    assert encoder.worker.count(PredictNext) == 0


@pytest.fixture
def translator(qtbot: QtBot, tmp_path: Path) -> Bench:
    bench = Bench(qtbot, tmp_path)
    bench.open_run(kind="encoder_decoder")
    bench.page.show_prompt("a fox")
    bench.page.prompt_changed.emit()
    return bench


def test_the_typed_sentence_is_the_source_and_the_text_what_is_written(translator: Bench) -> None:
    first = translator.worker.last(PredictNext).request
    assert (first.source, first.prompt) == ("a fox", "")
    translator.worker.last(PredictNext).answer(distribution())  # one question at a time
    question = translator.write(0)
    assert (question.request.source, question.request.prompt) == ("a fox", "")
    question.answer(part("狐", "が"))
    question.answer(dataclasses.replace(ending(2), reason="end"))
    after = translator.worker.last(PredictNext).request
    assert (after.source, after.prompt) == ("a fox", "狐が")
    translator.page.go_on_requested.emit()
    onward = translator.worker.last(Generate).request
    assert (onward.source, onward.prompt) == ("a fox", "狐が")


def test_nothing_is_asked_without_a_sentence(translator: Bench) -> None:
    n_asked = translator.worker.count(PredictNext)
    translator.page.show_prompt("")
    translator.page.prompt_changed.emit()
    assert translator.worker.count(PredictNext) == n_asked
    assert translator.page.next.shown() is None
