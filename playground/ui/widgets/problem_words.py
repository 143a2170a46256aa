"""Problems of a config as the window tells them: under the setting that causes them."""

from collections.abc import Iterable

from playground.ui.engine_sentences import setting_named, told


def problems_by_setting(problems: Iterable[str]) -> dict[str, str]:
    """Sentences as they are told, under the dotted name of the setting that each names first."""
    found: dict[str, str] = {}
    for sentence in problems:
        named = setting_named(sentence)
        if named:
            found[named] = f"{found.get(named, '')} {told(sentence)}".strip()
    return found
