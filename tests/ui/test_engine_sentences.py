"""What the engine says is recognized whole, in parts and inside other sentences, and told in Japanese."""

import errno
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_runs import TINY
from PySide6.QtWidgets import QApplication

from playground.contract import run_directory
from playground.contract.config import RunConfig
from playground.contract.config_file import apply_assignments
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory, Status
from playground.contract.storage import reporting
from playground.ui import engine_sentences
from playground.ui.engine_sentences import told
from playground.ui.shell.words import training_words
from playground.ui.translation import Language
from tools.engine_sentences import engine_sentences as templates

LATIN_WORDS = re.compile(r"[a-z]{3,} [a-z]{2,}")
SENTENCES = [template for template in templates() if template.endswith((".", "?"))]
VALUES = st.sampled_from(["7", "/runs/kites", "'weights.bin'", "0.25", "[4, 8]", "川", "C:\\runs\\a.toml"])


@pytest.fixture
def japanese(qapp: QApplication) -> Iterator[None]:
    language = Language()
    language.use("ja")
    yield
    language.use("en")


def in_parts(message: str) -> Any:
    return engine_sentences._Reader().in_parts(message)


def filled(template: str, value: str) -> str:
    """With a value of its own in each hole."""
    return re.sub(r"{\d+}", lambda hole: value + hole.group()[1:-1], template).replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize("template", SENTENCES)
def test_each_sentence_is_told_in_japanese(template: str, japanese: None) -> None:
    words = told(filled(template, "V"))
    assert not LATIN_WORDS.search(re.sub(r"`[^`]*`|--\S+|[\w./]+\([^)]*\)|pip install \S+|iconv.*NEW", "", words))
    for number in re.findall(r"{(\d+)}", template):
        assert words.count(f"V{number}") == filled(template, "V").count(f"V{number}")


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), VALUES), min_size=1, max_size=4))
def test_several_sentences_are_cut_where_one_ends(parts: list[tuple[str, str]]) -> None:
    message = " ".join(filled(template, value) for template, value in parts)
    found = in_parts(message)  # without a translation: as it was, and nearly all recognized
    assert found.words == message
    literals = sum(len(re.sub(r"{\d+}", "", template)) for template, _ in parts)
    assert found.n_known >= 0.9 * literals


@given(st.text(max_size=300))
def test_what_is_not_the_engines_stays_as_it_is(text: str) -> None:
    assert told(text) == engine_sentences.with_labels(text)
    assert in_parts(text).words == text


def test_a_long_message_of_a_library_takes_no_time(japanese: None) -> None:
    message = "Cannot read /a: it is odd. " * 200
    assert told(message) == message


@given(
    st.lists(st.sampled_from([" is 1, but must be at least 2.", "/a: ", "x is damaged: ", ". ", "{0}"]), max_size=40)
)
def test_words_that_imitate_the_engine_stay_what_they_are(parts: list[str]) -> None:
    message = "".join(parts).strip()  # without memory and depth this takes hours
    assert in_parts(message).words == message


def test_in_english_it_is_only_labelled() -> None:
    assert told("model.n_heads is 5, but must be at most 4.") == "Heads is 5, but must be at most 4."


NAMES = (
    "/runs/cats and dogs",
    "cats and dogs",
    "text",
    "constant",
    "/runs/training.seed",
    "/a/data.source.toml",
    "one.",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_as_they_are(name: str, japanese: None) -> None:
    for sentence in (
        f"{name} is finished: all 30 steps are done. Make it longer with --resume --set training.max_steps=60, or "
        "start a new run.",
        f"Cannot write {name}/status.json. The disk is full. Free some space, then resume.",
        f"{name} has no tokenizer yet. Wait until training has begun, or train it.",
        f"There is no file {name}. Check the name.",
    ):
        words = told(sentence)
        assert name in words
        assert words.endswith("。")


def test_names_of_files_are_no_settings_in_english_either() -> None:
    assert told("/runs/training.seed/config.toml is not a plain file.").startswith("/runs/training.seed/config.toml is")
    assert told("Set training.seed, or model.n_heads.") == "Set Seed, or Heads."


def test_a_failed_training_is_told_in_the_header(japanese: None) -> None:
    status = Status(state=run_directory.FAILED, message="training.batch_size is 0, but must be at least 1.")
    words = training_words(run_directory.FAILED, status)
    assert words.explanation == "バッチサイズが0になっています。1以上にしてください。"


# As they come from the engine itself.


def test_settings_are_called_by_their_japanese_labels(japanese: None) -> None:
    with pytest.raises(PlaygroundError) as caught:
        apply_assignments(RunConfig(), ["training.max_steps=0", "training.optimizer=adamw2"])
    words = told(caught.value)
    assert "ステップ数" in words
    assert "training." not in words
    assert words.count("。") >= 2


def test_a_full_disk_is_told_with_what_was_tried(japanese: None) -> None:
    with pytest.raises(PlaygroundError) as caught, reporting(Path("/runs/kites/status.json"), "write"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert told(caught.value) == (
        "/runs/kites/status.jsonに書き込めません。ディスクがいっぱいです。空きを増やしてから再開してください。"
    )


def test_a_damaged_config_is_told_with_its_reason(tmp_path: Path, japanese: None) -> None:
    run = RunDirectory.create(tmp_path / "kites", TINY)
    run.config_path.write_text(run.config_path.read_text(encoding="utf-8").replace("max_steps", "max_stepps"))
    with pytest.raises(PlaygroundError) as caught:
        run.config()
    words = told(caught.value)
    assert "max_stepps" in words
    assert not LATIN_WORDS.search(words.replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Cannot create the folder /my runs/b. The disk is full. Free some space, then resume.",
         "フォルダー/my runs/bを作れません。ディスクがいっぱいです。空きを増やしてから再開してください。"),
        ("weights.bin lacks a.b, c.d and 3 more. Choose one of 2, 4 or 8.",
         "weights.binにa.b, c.d、ほか3個がありません。次のどれかを選んでください：2, 4または8。"),
        (
            "k is finished: all 30 steps are done. Make it longer with --resume --set training.max_steps=60, or start "
            "a new run.",
            "kは完了しています。全30ステップが終わりました。"
            "--resume --set training.max_steps=60で延長するか、新しい実行を始めてください。",
        ),
        ("training.batch_size is 0, but must be at least 1.", "バッチサイズが0になっています。1以上にしてください。"),
        ("At step 7 the gradient norm is 1.5, and was 1.25 when the run was trained.",
         "ステップ7の勾配ノルムは1.5ですが、訓練時は1.25でした。"),
    ],
)  # fmt: skip
def test_some_of_them_word_by_word(said: str, words: str | None, japanese: None) -> None:
    found = told(said)
    assert not LATIN_WORDS.search(found.replace("--resume --set training", ""))
    assert words in (None, found)
