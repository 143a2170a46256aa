"""Problems of a config as the window tells them: under the setting that causes them, with the names people see."""

import re
from collections.abc import Iterable

from playground.contract.config import SECTIONS
from playground.contract.fields import settings_of
from playground.ui.translation import translate_setting

_DOTTED = re.compile(r"\b(" + "|".join(SECTIONS) + r")\.(\w+)\b")


def with_labels(sentence: str) -> str:
    """A problem with each dotted name ("model.n_heads") replaced by the setting's label ("Heads")."""
    labels = {f"{name}.{s.name}": s.label for name, kind in SECTIONS.items() for s in settings_of(kind)}

    def label(match: re.Match[str]) -> str:
        found = labels.get(match.group())
        return translate_setting(found) if found else match.group()

    return _DOTTED.sub(label, sentence)


def problems_by_setting(problems: Iterable[str]) -> dict[str, str]:
    """Sentences, with labels, under the dotted name of the setting that each names first."""
    found: dict[str, str] = {}
    for sentence in problems:
        named = _DOTTED.search(sentence)
        if named:
            former = found.get(named.group(), "")
            found[named.group()] = f"{former} {with_labels(sentence)}".strip()
    return found
