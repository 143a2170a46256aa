"""An encoder-decoder needs pairs; the window says so before a training starts."""

from dataclasses import replace

import pytest

from playground.contract.config import DataConfig, RunConfig
from playground.contract.messages import TextDescription
from playground.contract.model_config import KINDS, ModelConfig
from playground.ui.state.pairs import pairs_problem

BOTH = RunConfig(model=ModelConfig(kind="encoder_decoder"), data=DataConfig(source="book.txt"))


def described(preview: str, n_more: int = 0) -> TextDescription:
    return TextDescription(
        source="book.txt", size_bytes=9, n_characters=len(preview) + n_more, n_distinct_characters=9, n_lines=9,
        n_files=1, encoding="utf-8", preview=preview,
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_only_an_encoder_decoder_asks_for_pairs(kind: str) -> None:
    config = replace(BOTH, model=ModelConfig(kind=kind))
    assert bool(pairs_problem(config, described("Once upon\na time"))) == (kind == "encoder_decoder")


def test_the_first_line_without_a_tab_is_named() -> None:
    assert "line 3" in pairs_problem(BOTH, described("a\tb\n\nOnce upon\n"))
    assert pairs_problem(BOTH, described("a\tb\nc\td\n")) == ""


def test_a_cut_last_line_proves_nothing() -> None:
    assert pairs_problem(BOTH, described("a\tb\nc", n_more=100)) == ""
    assert pairs_problem(BOTH, described("a\tb\nc")) != ""


def test_a_file_of_translations_or_an_unknown_text_is_no_problem() -> None:
    assert pairs_problem(BOTH.with_values({"data.target": "other.txt"}), described("Once upon\n")) == ""
    assert pairs_problem(BOTH, None) == ""


@pytest.mark.parametrize(("name", "is_fine"), [("translate-en-ja", True), ("reverse", True), ("tales-en", False)])
def test_builtin_texts_are_known(name: str, is_fine: bool) -> None:
    config = BOTH.with_values({"data.source": f"builtin:{name}"})
    assert (pairs_problem(config, None) == "") == is_fine
