"""Verbs in both languages: what a Japanese verb becomes when it is past, denied, or a duty. Regular ones, and 行く."""

from dataclasses import dataclass

_PAST = {
    "う": "った",
    "つ": "った",
    "る": "った",
    "む": "んだ",
    "ぶ": "んだ",
    "ぬ": "んだ",
    "く": "いた",
    "ぐ": "いだ",
    "す": "した",
}
_NEGATIVE = {"う": "わ", "つ": "た", "る": "ら", "む": "ま", "ぶ": "ば", "ぬ": "な", "く": "か", "ぐ": "が", "す": "さ"}
_IRREGULAR_PAST = {"行く": "行った"}
_SIBILANT_ENDS = ("s", "sh", "ch", "x", "o")


@dataclass(frozen=True)
class Verb:
    """English base and past, and the Japanese dictionary form; ichidan verbs (食べる) only drop their る."""

    base: str
    past: str
    ja_plain: str
    is_ichidan: bool = False

    @property
    def third(self) -> str:
        """`eats`, `washes`, `carries`."""
        if self.base.endswith("y") and self.base[-2] not in "aeiou":
            return f"{self.base[:-1]}ies"
        return f"{self.base}{'es' if self.base.endswith(_SIBILANT_ENDS) else 's'}"

    @property
    def ja_past(self) -> str:
        """食べた, 飲んだ, 行った."""
        if self.is_ichidan:
            return f"{self._stem}た"
        return _IRREGULAR_PAST.get(self.ja_plain) or self._stem + _PAST[self.ja_plain[-1]]

    @property
    def ja_negative(self) -> str:
        """食べない, 飲まない."""
        return f"{self._negative_stem}ない"

    @property
    def ja_negative_past(self) -> str:
        """食べなかった, 飲まなかった."""
        return f"{self._negative_stem}なかった"

    def ja_must(self, *, is_past: bool) -> str:
        """食べなければならない, or in the past ならなかった."""
        return f"{self._negative_stem}なければ{'ならなかった' if is_past else 'ならない'}"

    @property
    def _stem(self) -> str:
        return self.ja_plain[:-1]

    @property
    def _negative_stem(self) -> str:
        return self._stem if self.is_ichidan else self._stem + _NEGATIVE[self.ja_plain[-1]]
