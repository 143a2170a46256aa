"""What the engine and the contract say, in the interface's language and with the names that people see.

They speak English, and into files and logs as well as to the window, so a sentence arrives here whole. It is recognized
by the templates that `tools/update_translations.py` reads out of their source ("{0} is damaged: {1}."); what was put
into it is recognized in turn, and stays as it is where it is a name or a number.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from playground.contract.assets import assets_folder
from playground.contract.config import SECTIONS
from playground.contract.fields import settings_of
from playground.ui.translation import current_language, translate, translate_setting

SENTENCES_CONTEXT = "Sentences"
TEMPLATES_FILE = "sentences.json"  # beside the translations: a list, longest first

_DOTTED = re.compile(  # not in commands, nor in names of files
    r"(?<!--set )(?<![\w./\\-])(" + "|".join(SECTIONS) + r")\.(\w+)\b(?![=/\\-]|\.\w)", re.ASCII
)
_HOLE = re.compile(r"{(\d+)}")
_ENDS = re.compile(r"[.?!”)](?= |$)")
_ITEM = r"(?:'[^']*'|[\d.,]*\d|\w*[._]\w[\w.]*)"  # quoted, a number, or a name of code: nobody's file or run
_LIST = re.compile(rf"{_ITEM}(?:, {_ITEM})*( or | and ){_ITEM}", re.ASCII)
_AND_MORE = re.compile(r"([\w.]+(?:, [\w.]+)*) and ([\d,]+) more", re.ASCII)
_MOST_PARTS = 24  # of one message; a longer one is some library's, and stays as it is
_MOST_LETTERS = 2000
_DEEPEST = 3  # sentences within sentences


def told(said: str | Exception) -> str:
    """One or several sentences by the engine or the contract, as the window tells them.

    Settings ("model.n_heads") are called by their labels. What no template fits stays as it is.
    """
    language = current_language()
    return with_labels(str(said) if language == "en" else _translated(str(said), language))


def with_labels(sentence: str) -> str:
    """Each dotted name ("model.n_heads") replaced by the setting's label ("Heads")."""

    def label(match: re.Match[str]) -> str:
        found = _labels().get(match.group())
        return translate_setting(found) if found else match.group()

    return _DOTTED.sub(label, sentence)


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    return {f"{name}.{s.name}": s.label for name, kind in SECTIONS.items() for s in settings_of(kind)}


def setting_named(sentence: str) -> str:
    """The dotted name ("model.n_heads") that comes first; "" if there is none."""
    named = _DOTTED.search(sentence)
    return named.group() if named else ""


@dataclass(frozen=True)
class _Template:
    """`text` is `literals` with a hole between each two."""

    text: str
    literals: tuple[str, ...]
    holes: tuple[int, ...]
    n_letters: int

    def values_in(self, stretch: str) -> dict[int, str] | None:
        """What stands in the holes, the first ones as short as possible; None if the stretch is not of this kind."""
        first, *others = self.literals
        if not stretch.startswith(first):
            return None
        if not others:
            return {} if stretch == first else None
        values, at = {}, len(first)
        for hole, literal in zip(self.holes[:-1], others[:-1], strict=True):
            found = stretch.find(literal, at)
            if found < 0:
                return None
            values[hole], at = stretch[at:found], found + len(literal)
        end = len(stretch) - len(others[-1])
        if end < at or not stretch.endswith(others[-1]):
            return None
        return {**values, self.holes[-1]: stretch[at:end]}


@dataclass(frozen=True)
class _Found:
    """How a stretch is told, and how many of its letters were recognized."""

    words: str
    n_known: int


@lru_cache(maxsize=1)
def _templates() -> tuple[_Template, ...]:
    path = assets_folder() / "translations" / TEMPLATES_FILE
    return tuple(_template(text) for text in json.loads(path.read_text(encoding="utf-8")))


def _template(text: str) -> _Template:
    parts = _HOLE.split(text)
    literals = tuple(part.replace("{{", "{").replace("}}", "}") for part in parts[::2])
    return _Template(text, literals, tuple(map(int, parts[1::2])), sum(map(len, literals)))


@lru_cache(maxsize=256)
def _translated(message: str, language: str) -> str:
    """`language` is that of the interface; one translation of each is remembered."""
    return _Reader().in_parts(message).words if len(message) <= _MOST_LETTERS else message


class _Reader:
    """Of one message: what it has seen it remembers, and it looks into sentences in sentences no deeper than `depth`.

    Thus foreign words that imitate the engine's (a file may be called anything) cost no time.
    """

    def __init__(self, depth: int = _DEEPEST, seen: "dict[tuple[int, str], _Found | None] | None" = None) -> None:
        self._depth = depth
        self._seen = {} if seen is None else seen

    def in_parts(self, message: str) -> _Found:
        """The way to cut a message into sentences of which most is recognized."""
        ends = [match.end() for match in _ENDS.finditer(message)]
        ends = [*ends, len(message)] if not ends or ends[-1] != len(message) else ends
        if len(ends) > _MOST_PARTS:
            return _Found(message, 0)
        starts = [0, *(end + 1 for end in ends[:-1])]
        best = {len(message) + 1: _Found("", 0)}
        for first in reversed(range(len(starts))):
            start = starts[first]
            ways = []
            for end in ends[first:]:
                here = self.whole(message[start:end])
                if here is None and end == ends[first]:
                    here = _Found(message[start:end], 0)
                if here is not None:
                    ways.append(_joined(here, best[end + 1]))
            best[start] = max(ways, key=lambda way: way.n_known)
        return best[0]

    def whole(self, stretch: str) -> _Found | None:
        """By the template that recognizes most of it, or behind the name of a file; None if none fits."""
        key = self._depth, stretch
        if key not in self._seen:
            self._seen[key] = self._by_the_best(stretch)
        return self._seen[key]

    def _by_the_best(self, stretch: str) -> _Found | None:
        ways = [way for template in _templates() if (way := self._by(template, stretch)) is not None]
        if ways:
            return max(ways, key=lambda way: way.n_known)
        name, colon, rest = stretch.partition(": ")
        is_file = bool(colon) and ("/" in name or "\\" in name)
        behind = _Reader(self._depth - 1, self._seen).whole(rest) if is_file and self._depth else None
        return None if behind is None else _Found(name + colon + behind.words, behind.n_known)

    def _by(self, template: _Template, stretch: str) -> _Found | None:
        values = template.values_in(stretch)
        if values is None:
            return None
        before = dict(zip(template.holes, template.literals, strict=False))  # each hole
        holes = {
            number: self._put_in(value, may_be_one_word=before[number].lower().endswith("the "))
            for number, value in values.items()
        }
        words = translate(SENTENCES_CONTEXT, template.text)
        filled = words.format(*(holes[number].words for number in range(len(holes))))
        return _Found(filled, template.n_letters + sum(each.n_known for each in holes.values()))

    def _put_in(self, value: str, *, may_be_one_word: bool) -> _Found:
        """A part that was put into a sentence: a fragment, a sentence, a list, or a value, which stays as it is.

        One word is what a run or a file is called, except in "the {0}".
        """
        is_plain = " " not in value.strip() and not (may_be_one_word and value in _single_words())
        if not self._depth or is_plain:
            return _Found(value, 0)
        inner = _Reader(self._depth - 1, self._seen)
        found = inner.in_parts(value) if _ENDS.search(value) else inner.whole(value)
        return found if found and found.n_known else _Found(_as_list(value), 0)


def _joined(first: _Found, rest: _Found) -> _Found:
    space = " " if rest.words and not first.words.endswith("。") else ""
    return _Found(first.words + space + rest.words, first.n_known + rest.n_known)


def _as_list(value: str) -> str:
    """Words between the items of a list ("1, 2 or 4", "a.b, c.d and 3 more"); all else may be anybody's name."""
    if more := _AND_MORE.fullmatch(value):
        return more.group(1) + translate(SENTENCES_CONTEXT, " and {0} more").format(more.group(2))
    if found := _LIST.fullmatch(value):
        return value.replace(found.group(1), translate(SENTENCES_CONTEXT, found.group(1)))
    return value


@lru_cache(maxsize=1)
def _single_words() -> frozenset[str]:
    return frozenset(template.text for template in _templates() if " " not in template.text)
