"""Sentence pairs from one meaning: always right, never ambiguous, and the other way round in Japanese."""

import re
from collections import Counter

import pytest

from playground.engine.text.conjugation import Verb
from playground.engine.text.translate import MOST_WORDS, N_PAIRS, translate_pairs, translate_text
from playground.engine.text.translate_words import (
    ADJECTIVES,
    ALONE,
    ANIMALS,
    GIVING,
    GOING,
    HABITS,
    NAMES,
    PAST_TIMES,
    PEOPLE,
    WITH_OBJECT,
)

THINGS = {noun for action in (*WITH_OBJECT, *GIVING) for noun in action.objects}
NOUNS = sorted({(noun.english, noun.japanese) for noun in (*PEOPLE, *ANIMALS, *THINGS)})
VERBS = [(action.verb.base, action.verb.ja_plain) for action in (*WITH_OBJECT, *GIVING, *ALONE, *GOING)]


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


@pytest.mark.parametrize("words", [NOUNS, list(ADJECTIVES.items()), VERBS, [*PAST_TIMES, *HABITS]])
def test_words_are_one_to_one(words: list[tuple[str, str]]) -> None:
    assert len({english for english, _ in words}) == len({japanese for _, japanese in words}) == len(set(words))


def test_sentences_are_rich_but_few_words_and_short() -> None:
    pairs = translate_pairs(1)
    words = Counter(word.strip(".").lower() for english, _ in pairs for word in english.split())
    assert 150 <= len(words) <= 200
    assert min(words.values()) >= 50, "each word is met often enough to be learned"
    assert len({sign for _, japanese in pairs for sign in japanese}) <= 180
    assert max(len(english.split()) for english, _ in pairs) <= MOST_WORDS
    assert max(len(english) for english, _ in pairs) <= 90
    assert max(len(japanese) for _, japanese in pairs) <= 45


def test_the_verb_ends_the_japanese_sentence_and_never_the_english_one_with_an_object() -> None:
    ends = tuple(f"{form}。" for verb in verbs() for form in japanese_forms(verb))
    with_object = {form for action in WITH_OBJECT for form in (action.verb.past, action.verb.third)}
    for english, japanese in translate_pairs(1):
        assert japanese.endswith(ends)
        assert english.split()[-1].strip(".") not in with_object or " that " in english


def test_time_and_place_stand_last_in_english_and_between_subject_and_verb_in_japanese() -> None:
    n_found = 0
    for english, japanese in translate_pairs(1):
        for time, ja_time in (*PAST_TIMES, *HABITS):
            if english.endswith(f"{time}."):
                n_found += 1
                assert japanese.split(ja_time)[0].endswith("は")
                break
    assert n_found > 5000


def test_reasons_and_moments_come_last_in_english_and_first_in_japanese() -> None:
    names = {noun.english: noun.japanese for noun in NAMES}
    n_found = 0
    for english, japanese in translate_pairs(1):
        for word, sign in (("because", "から、"), ("when", "とき、")):
            assert (f" {word} " in english) == (sign in japanese)
            if f" {word} " not in english:
                continue
            first, second = (names.get(part.split()[0]) for part in english.split(f" {word} "))
            reason, main = japanese.split(sign)
            n_found += 1
            assert not first or main.startswith(f"{first}は")
            assert not second or reason.startswith(f"{second}が")
    assert n_found > 4000


@pytest.mark.parametrize("seed", [1, 2])
def test_what_describes_a_noun_stands_before_it_in_japanese(seed: int) -> None:
    """`the book that Ken bought` is ケンが買った本, never 本…ケンが."""
    pattern = re.compile(r"the (?:\w+ )?(\w+) that (Mia|Ken|Hana|Tom) (\w+)\.$")
    japanese_of = {noun.english: noun.japanese for noun in (*PEOPLE, *ANIMALS, *THINGS)}
    past_of = {action.verb.past: action.verb.ja_past for action in WITH_OBJECT}
    found = [(pattern.search(english), japanese) for english, japanese in translate_pairs(seed)]
    matches = [(match, japanese) for match, japanese in found if match]
    assert len(matches) > 500
    for match, japanese in matches:
        clause = f"{japanese_of[match[2]]}が{past_of[match[3]]}"
        assert japanese_of[match[1]] in japanese.split(clause)[1]


@pytest.mark.parametrize(
    ("verb", "particle"), [("met", "に"), ("rode", "に"), ("helped", "を"), ("read", "を"), ("opened", "を")]
)
def test_each_verb_has_its_particle(verb: str, particle: str) -> None:
    japanese_of = {action.verb.past: action.verb.ja_past for action in WITH_OBJECT}
    simple = [ja for en, ja in translate_pairs(1) if re.fullmatch(rf"\w+ {verb} (the )?(\w+ )?\w+\.", en)]
    assert simple
    assert all(japanese.endswith(f"{particle}{japanese_of[verb]}。") for japanese in simple)


def test_nothing_is_said_that_could_mean_two_things() -> None:
    """`did not swim because` (it was not why), and `does not swim every day` (but sometimes)."""
    for english, _ in translate_pairs(1):
        assert " not " not in english.split(" because ")[0] or " because " not in english
        assert not re.search(r"does not .* every (day|morning|evening)", english)


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


def verbs() -> list[Verb]:
    return [action.verb for action in (*WITH_OBJECT, *GIVING, *ALONE, *GOING)]


def japanese_forms(verb: Verb) -> tuple[str, ...]:
    denied = (verb.ja_negative, verb.ja_negative_past)
    return (verb.ja_plain, verb.ja_past, *denied, verb.ja_must(is_past=False), verb.ja_must(is_past=True))
