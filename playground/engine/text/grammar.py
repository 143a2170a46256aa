"""A small grammar of sentences: `[one|another]` is a choice, `{word}` is filled in. Knows no stories."""

import random
import re
from collections.abc import Mapping

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


def with_article(noun: str) -> str:
    """`an apple`, `a kite`."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
