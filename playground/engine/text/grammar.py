"""A small grammar of sentences: `[one|another]` is a choice, `{word}` is filled in. Knows no stories."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

_LEFT_OUT = 0.5  # share of the beats that may be
_INNERMOST_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SENTENCE_START = re.compile(r"(^\"?|[.!?]\"? \"|[^.!?\"] \"|[.!?] )([a-z])")


def expand(template: str, words: Mapping[str, str], rng: random.Random) -> str:
    """One sentence (or several) of a template. Choices may lie inside choices and hold words; an option may be empty.

    The first letter of each sentence becomes a capital, in speech too.

    Raises:
        KeyError: the template names a word that is not there, which is a fault of the grammar.
    """
    while match := _INNERMOST_CHOICE.search(template):
        template = template[: match.start()] + rng.choice(match[1].split("|")) + template[match.end() :]
    text = " ".join(template.format_map(words).split())
    return _SENTENCE_START.sub(lambda found: found[1] + found[2].upper(), text)


def tell_story(beats: Sequence[str], words: Mapping[str, str], rng: random.Random, separator: str) -> str:
    """One story, ended by a newline: templates in order; one with a "?" in front is left out now and then."""
    told = []
    for beat in beats:
        if beat.startswith("?") and rng.random() < _LEFT_OUT:
            continue
        told.append(expand(beat.removeprefix("?"), words, rng))
    return separator.join(told) + "\n"


def write_book(story: Callable[[], str], n_characters: int) -> str:
    """Stories with a blank line between them, until there are so many characters."""
    stories, n_written = [], 0
    while n_written < n_characters:
        stories.append(story())
        n_written += len(stories[-1])
    return "\n".join(stories)


def with_article(noun: str) -> str:
    """`an apple`, `a kite`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
