"""The run in preparation: settings, presets, and what is known of its text."""

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground.contract.messages import TextDescription
from playground.contract.presets import PRESETS
from playground.ui.state.draft import Draft

TEXT = TextDescription(
    source="builtin:tales-en", size_bytes=900, n_characters=800, n_distinct_characters=60, n_lines=9, n_files=1,
    encoding="utf-8", preview="Once",
)  # fmt: skip


@pytest.fixture
def draft(qtbot: QtBot) -> Draft:
    return Draft()


def test_it_begins_with_the_tiny_preset_which_is_possible(draft: Draft) -> None:
    assert draft.preset_name == "tiny"
    assert draft.problems() == []


def test_a_changed_setting_departs_from_the_preset_and_comes_back_to_it(draft: Draft) -> None:
    changed = QSignalSpy(draft.config_changed)
    n_layers = draft.config.model.n_layers
    draft.set_value("model.n_layers", n_layers + 1)
    assert (draft.config.model.n_layers, draft.preset_name, changed.count()) == (n_layers + 1, "", 1)
    draft.set_value("model.n_layers", n_layers)
    assert (draft.preset_name, changed.count()) == ("tiny", 2)


def test_an_equal_value_is_no_change(draft: Draft) -> None:
    changed = QSignalSpy(draft.config_changed)
    draft.set_value("model.n_layers", draft.config.model.n_layers)
    draft.replace(draft.config)
    draft.apply_preset("tiny")
    draft.set_source(draft.config.data.source)
    assert changed.count() == 0


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_keeps_the_text(draft: Draft, name: str) -> None:
    draft.set_source("/texts/mine.txt")
    draft.apply_preset(name)
    assert draft.config.data.source == "/texts/mine.txt"
    assert (draft.config.model, draft.preset_name) == (PRESETS[name].model, name)


def test_an_impossible_setting_is_kept_and_told(draft: Draft) -> None:
    """A person who types is on the way to something possible."""
    draft.set_value("model.n_heads", 5)
    assert draft.config.model.n_heads == 5
    problems = draft.problems()
    assert problems
    assert any("n_heads" in problem for problem in problems)


def test_another_text_is_not_known_yet(draft: Draft) -> None:
    draft.show_text(TEXT)
    draft.set_value("training.max_steps", 7)
    assert draft.text == TEXT
    draft.set_source("builtin:tales-ja")
    assert draft.text is None


def test_the_worker_s_facts_are_announced(draft: Draft) -> None:
    described = QSignalSpy(draft.text_described)
    draft.show_text(TEXT)
    draft.show_text(None)
    assert described.count() == 2
    assert draft.text is None


@pytest.mark.parametrize(
    ("fallback", "wanted", "is_known", "vocab_size"),
    [
        (False, 8192, True, 60 + 1),  # and the unknown
        (True, 8192, True, 60 + 1 + 256),
        (False, 50, True, 50 + 1),
        (False, 8192, False, 100 + 1),
    ],
)
def test_a_vocabulary_of_characters_follows_the_text(
    draft: Draft, fallback: bool, wanted: int, is_known: bool, vocab_size: int
) -> None:
    draft.replace(
        draft.config.with_values(
            {"tokenizer.type": "characters", "tokenizer.vocab_size": wanted, "tokenizer.byte_fallback": fallback}
        )
    )
    draft.show_text(TEXT if is_known else None)
    assert draft.vocab_size == vocab_size


def test_other_vocabularies_are_as_large_as_they_are_wanted(draft: Draft) -> None:
    draft.replace(draft.config.with_values({"tokenizer.type": "bpe", "tokenizer.vocab_size": 777}))
    assert draft.vocab_size == 777
