"""The Japanese translation: complete, with the same placeholders as the source, and Japanese throughout."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from playground.ui.translation import Language, translate, translate_setting
from tools.update_translations import TRANSLATION, problems

# What is written in Japanese as in English: names, abbreviations, keys, and numbers with signs only.
SAME_IN_BOTH = {
    "MB",
    "fp32",
    "bf16",
    "Top-k",
    "Top-p",
    "GPT-2 small",
    "Enter",
    "Transformer Playground",
}
WITHOUT_JAPANESE = SAME_IN_BOTH | {
    "{0} of {1}",
    "Id",
    "Ids",
    "id {0}",
    "gelu",
    "relu",
    "swiglu",
    "bpe",
    "alibi",
    "adamw",
    "adam",
    "sgd",
    "muon",
    "adafactor",
    "lora",
    "cpu",
    "cuda",
    "mps",
    "日本語",  # the button names the other language, in that language
}
JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
COMMANDS = re.compile("「(?:pip install|iconv) [^」]*」|--resume --set [\\w.={}]*")
LATIN_WORDS = re.compile(r"[a-z]{3,} [a-z]{2,}")


def test_the_translation_is_complete_and_compiled() -> None:
    assert problems() == []


def test_every_string_keeps_its_placeholders() -> None:
    wrong = [
        (source, target)
        for _, source, target in _messages()
        if sorted(set(re.findall(r"{\d*}", source))) != sorted(set(re.findall(r"{\d*}", target)))
    ]
    assert wrong == []


def test_every_string_can_be_filled_in() -> None:
    for _, source, target in _messages():
        assert "{" not in target.format(*"abcdef"), source


def test_no_string_is_left_in_english() -> None:
    same = {source for _, source, target in _messages() if source == target}
    assert same <= SAME_IN_BOTH, "translate these, or add them to SAME_IN_BOTH"
    assert same == SAME_IN_BOTH, "SAME_IN_BOTH names strings that are gone"


def test_every_string_is_japanese() -> None:
    plain = {source for _, source, target in _messages() if not JAPANESE.search(target)}
    assert plain <= WITHOUT_JAPANESE
    english = [target for _, source, target in _messages() if LATIN_WORDS.search(COMMANDS.sub("", target))]
    assert english == []


def test_sentences_end_as_in_japanese() -> None:
    wrong = [target for _, _, target in _messages() if target.endswith((".", "?", "!", ":", ","))]
    wrong += [target for _, _, target in _messages() if target != target.strip()]
    assert wrong == []


def test_a_sentence_stays_a_sentence() -> None:
    wrong = [
        target
        for _, source, target in _messages()
        if source.endswith(".") and JAPANESE.search(target) and not target.endswith("。")
    ]
    assert wrong == []


def test_quotation_marks_are_japanese() -> None:
    wrong = [target for _, _, target in _messages() if re.search("[“”‘’]", target)]
    assert wrong == []


def test_shortcuts_are_kept() -> None:
    keys = re.compile(r"(?:Ctrl\+)?(?:Shift\+)?(?:Enter|Esc|Del|F2)\b|Ctrl\+(?:Shift\+)?[A-Z]\b")
    wrong = [
        (source, target)
        for _, source, target in _messages()
        if sorted(keys.findall(source)) != sorted(re.findall(keys.pattern.replace(r"\b", r"(?![a-zA-Z])"), target))
    ]
    assert wrong == []


def test_the_window_speaks_japanese_and_english_again(qapp: QApplication) -> None:
    language = Language()
    try:
        language.use("ja")
        assert translate("Pages", "Attention") == "アテンション"
        assert translate("BuildPage", "{0} parameters").format("1,234") == "パラメータ1,234個"
        assert translate_setting("Learning rate") == "学習率"
    finally:
        language.use("en")
    assert translate("Pages", "Attention") == "Attention"


@pytest.mark.parametrize("name", ["Temperature", "Weight decay", "Warmup", "Batch size", "Dropout", "Vocabulary"])
def test_settings_are_called_as_in_the_glossary(name: str) -> None:
    glossary = (TRANSLATION.parents[1] / "glossary" / "terms.toml").read_text(encoding="utf-8")
    terms = dict(re.findall(r'^en = "(.+)"\nja = "(.+)"$', glossary, re.MULTILINE))
    targets = {source: target for context, source, target in _messages() if context == "Settings"}
    assert targets[name] == terms[name]


def _messages() -> Iterator[tuple[str, str, str]]:
    """Context, source and translation of every message."""
    for context in ElementTree.parse(TRANSLATION).getroot().iter("context"):
        for message in context.iter("message"):
            yield (
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("translation", ""),
            )
