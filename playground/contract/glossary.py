"""The glossary: each term of the field in both languages, and the page where it is live.

Read from `assets/glossary/terms.toml`. The key of a term is what `setting(term=...)` and term labels name.
"""

import tomllib
from dataclasses import dataclass
from functools import cache

from playground.contract.assets import assets_folder


@dataclass(frozen=True, kw_only=True)
class Term:
    """One entry; `page` is the key of the page where the term can be tried, `action` of what shows it there, if any."""

    key: str
    en: str
    ja: str
    about_en: str
    about_ja: str
    page: str
    also: tuple[str, ...] = ()
    action: str = ""

    def name(self, language: str) -> str:
        return self.ja if language == "ja" else self.en

    def about(self, language: str) -> str:
        """The definition: one or two sentences."""
        return self.about_ja if language == "ja" else self.about_en

    def matches(self, typed: str) -> bool:
        """Whether every typed word occurs in one of its names, in either language."""
        names = " ".join((self.key, self.en, self.ja, *self.also)).casefold()
        return all(word in names for word in typed.casefold().split())


@cache
def terms() -> dict[str, Term]:
    """All terms by key, as the file orders them."""
    with (assets_folder() / "glossary" / "terms.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {key: Term(key=key, **{**entry, "also": tuple(entry.get("also", ()))}) for key, entry in entries.items()}
