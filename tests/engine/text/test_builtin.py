"""The built-in texts: the same for the same seed, and without fault."""

import inspect
import re
from collections import Counter
from collections.abc import Callable

import pytest

from playground.engine.text import tales, tales_ja, tasks
from playground.engine.text.corpus import BUILTIN_NAMES, read_corpus
from playground.engine.text.tales import tales_en

AFTER_SPEECH = {"said", "asked", "cried", "thought", "they", "and"}


@pytest.fixture(scope="module")
def book() -> str:
    return tales_en(1)


@pytest.fixture(scope="module")
def stories(book: str) -> list[str]:
    return book.rstrip("\n").split("\n\n")


@pytest.mark.parametrize(
    "make",
    [
        tasks.copy_text, tasks.reverse_text, tasks.sort_text, tasks.brackets_text, tasks.addition_text, tales_en,
        tales_ja.tales_ja,
    ],
)  # fmt: skip
def test_the_same_seed_writes_the_same_and_another_does_not(
    make: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tales, "_MIN_CHARACTERS", 50_000)
    monkeypatch.setattr(tales_ja, "_MIN_CHARACTERS", 20_000)
    monkeypatch.setattr(tasks, "_N_LINES", 1000)
    write = inspect.unwrap(make)  # past the cache
    assert write(7) == write(7)
    assert write(7) != write(8)


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_each_is_read_by_its_name(name: str) -> None:
    corpus = read_corpus(f"builtin:{name}")
    assert corpus.size_bytes == len(corpus.text.encode("utf-8"))
    assert corpus.n_files == 1


def test_the_seed_reaches_the_text() -> None:
    assert read_corpus("builtin:copy", builtin_seed=2).text == tasks.copy_text(2) != tasks.copy_text(1)


def test_the_tales_are_a_book_of_two_megabytes(book: str) -> None:
    assert len(book.encode("utf-8")) >= 2_000_000


def test_no_sign_of_the_grammar_is_left(book: str) -> None:
    assert not re.search(r"[{}\[\]|?]{2}|[{}\[\]|]|  | [,.!?]| \n|\n |None", book)
    assert book.isascii()


def test_quotes_are_closed(stories: list[str]) -> None:
    assert not [story for story in stories if story.count('"') % 2]


def test_every_sentence_begins_with_a_capital_and_ends_with_a_stop(stories: list[str]) -> None:
    for story in stories:
        assert re.match(r'"?[A-Z]', story), story
        assert re.search(r'[.!?]"?$', story), story
        assert not re.search(r'[.!?] "?[a-z]', story), story
        assert not re.search(r'(?m)(^| )"[a-z]', story.replace('" "', '"\n"')), story


def test_after_speech_a_small_letter_only_goes_on_with_the_sentence(book: str) -> None:
    followers = set(re.findall(r'[.!?]" ([a-z]+)', book))
    assert followers <= AFTER_SPEECH


def test_articles_fit_the_sound_that_follows(book: str) -> None:
    """Once "a owl", "a umbrella" and "a orange box" were told."""
    articles = Counter(re.findall(r"\b[Aa]n? [a-zA-Z]+", book))
    wrong = [words for words in articles if ("n " in words[:3]) != (words.split()[1][0] in "aeiouAEIOU")]
    assert wrong == []
    assert any(words.startswith("an ") for words in articles)


def test_a_name_recurs_within_its_story(stories: list[str]) -> None:
    names = set(tales._GIRLS) | set(tales._BOYS)
    for story in stories:
        told = Counter(word for word in re.findall(r"[A-Z][a-z]+", story) if word in names)
        assert 2 <= len(told) <= 3, story
        assert sum(count >= 3 for count in told.values()) >= 2, story


def test_the_stories_of_a_book_differ(stories: list[str]) -> None:
    assert len(set(stories)) == len(stories) > 2500


def test_copying_lines_are_right() -> None:
    lines = tasks.copy_text(1).splitlines()
    assert len(lines) == 60_000
    for line in lines:
        word, _, answer = line.partition("=")
        assert re.fullmatch(r"[a-z]{3,10}", word)
        assert answer == word


def test_reversing_lines_are_right() -> None:
    for line in tasks.reverse_text(1).splitlines():
        word, _, answer = line.partition("=")
        assert re.fullmatch(r"[a-z]{3,10}", word)
        assert list(answer) == list(reversed(word))


def test_addition_lines_are_right() -> None:
    lines = tasks.addition_text(1).splitlines()
    lengths: Counter[int] = Counter()
    for line in lines:
        match = re.fullmatch(r"(\d{1,3})\+(\d{1,3})=(\d{1,4})", line)
        assert match, line
        assert int(match[1]) + int(match[2]) == int(match[3])
        assert str(int(match[1])) == match[1], "no leading zeros"
        lengths[len(match[1])] += 1
    assert len(lines) == 60_000
    assert set(lengths) == {1, 2, 3}


def test_sorted_lines_are_sorted() -> None:
    for line in tasks.sort_text(1).splitlines():
        word, _, answer = line.partition("=")
        assert answer == "".join(sorted(word))


def test_brackets_are_closed_in_order() -> None:
    lines = tasks.brackets_text(1).splitlines()
    assert {len(line) for line in lines} == set(range(4, 21, 2))
    for line in lines:
        rest = line
        while rest != (shorter := rest.replace("()", "").replace("[]", "").replace("{}", "")):
            rest = shorter
        assert not rest, line


def test_the_japanese_tales_are_a_book_without_a_sign_of_the_grammar() -> None:
    book = tales_ja.tales_ja(1)
    assert len(book.encode("utf-8")) >= 2_000_000
    assert not re.search(r"[A-Za-z{}\[\]|? ]|。。|、、|\n\n\n", book)
    for story in book.rstrip("\n").split("\n\n"):
        assert story.count("「") == story.count("」")
        assert story.endswith(("。", "」"))
