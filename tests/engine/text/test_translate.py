"""Sentence pairs from one meaning: always right, never ambiguous, and the other way round in Japanese."""

import pytest

from playground.engine.text.conjugation import Verb
from playground.engine.text.translate import ALONE, GIVING, GOING, N_PAIRS, WITH_OBJECT, translate_pairs, translate_text


def test_pairs_are_many_and_all_different() -> None:
    pairs = translate_pairs(1)
    assert len(pairs) == N_PAIRS
    assert len({english for english, _ in pairs}) == N_PAIRS


def test_one_sentence_has_one_translation_whatever_the_seed() -> None:
    """Else no model could be right."""
    known: dict[str, str] = {}
    for seed in range(1, 5):
        for english, japanese in translate_pairs(seed):
            assert known.setdefault(english, japanese) == japanese


def test_same_seed_same_pairs() -> None:
    first = list(translate_pairs(3))
    translate_pairs.cache_clear()
    assert translate_pairs(3) == first
    assert translate_pairs(4) != first


def test_the_verb_comes_early_in_english_and_last_in_japanese() -> None:
    ends = tuple(
        form
        for verb in _verbs()
        for form in (verb.ja_plain, verb.ja_past, verb.ja_negative, verb.ja_negative_past, "ならない", "ならなかった")
    )
    for english, japanese in translate_pairs(1)[:3000]:
        assert japanese.endswith(tuple(f"{end}。" for end in ends))
        first = {word.strip(".") for word in english.split()[:5]}
        helpers = {"did", "had", "does", "has"}
        assert helpers & first or any({verb.past, verb.third} & first for verb in _verbs()), english


def test_reasons_come_last_in_english_and_first_in_japanese() -> None:
    for english, japanese in translate_pairs(1)[:3000]:
        if " because " in english:
            assert "から、" in japanese
            main = english.split(" because ")[0]
            name = next((ja for en, ja in (("Mia", "ミア"), ("Ken", "ケン")) if main.startswith(en)), None)
            if name:
                assert japanese.split("から、")[1].startswith(f"{name}は")


def test_sentences_fit_into_a_small_context() -> None:
    assert max(len(english.split()) for english, _ in translate_pairs(1)) <= 20
    assert max(len(japanese) for _, japanese in translate_pairs(1)) <= 52


def test_the_text_has_one_tab_a_line() -> None:
    lines = translate_text(1).splitlines()
    assert len(lines) == N_PAIRS
    assert all(line.count("\t") == 1 for line in lines)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        (Verb("eat", "ate", "食べる", is_ichidan=True), "eats 食べた 食べない 食べなかった 食べなければならない"),
        (Verb("buy", "bought", "買う"), "buys 買った 買わない 買わなかった 買わなければならない"),
        (Verb("write", "wrote", "書く"), "writes 書いた 書かない 書かなかった 書かなければならない"),
        (Verb("swim", "swam", "泳ぐ"), "swims 泳いだ 泳がない 泳がなかった 泳がなければならない"),
        (Verb("carry", "carried", "運ぶ"), "carries 運んだ 運ばない 運ばなかった 運ばなければならない"),
        (Verb("wait", "waited", "待つ"), "waits 待った 待たない 待たなかった 待たなければならない"),
        (Verb("hide", "hid", "隠す"), "hides 隠した 隠さない 隠さなかった 隠さなければならない"),
        (Verb("return", "returned", "戻る"), "returns 戻った 戻らない 戻らなかった 戻らなければならない"),
        (Verb("go", "went", "行く"), "goes 行った 行かない 行かなかった 行かなければならない"),
        (Verb("wash", "washed", "洗う"), "washes 洗った 洗わない 洗わなかった 洗わなければならない"),
    ],
)
def test_verbs_are_conjugated_as_grammars_say(verb: Verb, forms: str) -> None:
    found = [verb.third, verb.ja_past, verb.ja_negative, verb.ja_negative_past, verb.ja_must(is_past=False)]
    assert " ".join(found) == forms


def _verbs() -> tuple[Verb, ...]:
    return (*(verb for verb, _ in WITH_OBJECT), *GIVING, *ALONE, *GOING)
