"""Sentences and tables about tokens. Pure functions; text of foreign origin comes out safe to show."""

from collections.abc import Iterator

from playground.contract.messages import Tokens
from playground.ui.pages.tokenize.chip_labels import label
from playground.ui.pages.tokenize.chip_layout import BYTE, CONTROL, UNKNOWN
from playground.ui.translation import translate
from playground.ui.visible_text import visible

TABLE_HEAD = ("index", "id", "piece", "text", "start", "end", "kind")
_BYTES_SHOWN = 16


def summary_words(n_tokens: int, text: str, n_whole: int) -> str:
    """One line about a text of which `text` was cut into tokens; `n_whole` counts all its characters."""
    n_bytes = len(text.encode("utf-8"))
    parts = [translate("TokenizePage", "{0} tokens").format(f"{n_tokens:,}")]
    if n_tokens:
        per_token = translate("TokenizePage", "{0} characters per token")
        parts.append(per_token.format(f"{len(text) / n_tokens:.1f}"))
    parts.append(translate("TokenizePage", "{0} characters").format(f"{len(text):,}"))
    parts.append(translate("TokenizePage", "{0} bytes").format(f"{n_bytes:,}"))
    if n_whole > len(text):
        only = translate("TokenizePage", "only the first {0} of {1} characters are cut into tokens")
        parts.append(only.format(f"{len(text):,}", f"{n_whole:,}"))
    return " · ".join(parts)


def kind_words(kind: int) -> str:
    """What sort of vocabulary entry a token is."""
    words = {
        BYTE: translate("TokenizePage", "byte"),
        UNKNOWN: translate("TokenizePage", "unknown: not in the vocabulary"),
        CONTROL: translate("TokenizePage", "control"),
    }
    return words.get(kind, translate("TokenizePage", "piece"))


def detail_words(tokens: Tokens, text: str, index: int) -> str:
    """One token in one line: id, characters, bytes, kind."""
    start, end = int(tokens.starts[index]), int(tokens.ends[index])
    parts = [
        translate("TokenizePage", "id {0}").format(int(tokens.ids[index])),
        _character_words(start, end, text),
        _byte_words(tokens, text, index),
        kind_words(int(tokens.kinds[index])),
    ]
    return "  ·  ".join(part for part in parts if part)


def piece_words(tokens: Tokens, text: str, index: int) -> str:
    """A token's piece as its chip shows it, spaces as signs."""
    surface = text[tokens.starts[index] : tokens.ends[index]]
    return label(tokens.pieces[index], int(tokens.kinds[index]), surface, signs=True)


def token_rows(tokens: Tokens, text: str) -> Iterator[list[str | int]]:
    """One row per token under `TABLE_HEAD`; control characters are made visible, so that a row is a line."""
    kinds = {BYTE: "byte", UNKNOWN: "unknown", CONTROL: "control"}
    for index, piece in enumerate(tokens.pieces):
        start, end = int(tokens.starts[index]), int(tokens.ends[index])
        kind = kinds.get(int(tokens.kinds[index]), "piece")
        yield [index, int(tokens.ids[index]), visible(piece), visible(text[start:end]), start, end, kind]


def _character_words(start: int, end: int, text: str) -> str:
    if end <= start:
        return translate("TokenizePage", "no characters")
    spelled = visible(text[start:end], 40).replace(" ", "␣")
    if end == start + 1:
        return translate("TokenizePage", "character {0}: {1}").format(f"{start + 1:,}", spelled)
    words = translate("TokenizePage", "characters {0} to {1}: {2}")
    return words.format(f"{start + 1:,}", f"{end:,}", spelled)


def _byte_words(tokens: Tokens, text: str, index: int) -> str:
    if int(tokens.kinds[index]) == BYTE:
        place, n_bytes = _place_among_bytes(tokens, index)
        return translate("TokenizePage", "byte {0} of {1}").format(place, n_bytes)
    encoded = text[tokens.starts[index] : tokens.ends[index]].encode("utf-8")
    if not encoded:
        return ""
    shown = encoded[:_BYTES_SHOWN].hex(" ").upper() + (" …" if len(encoded) > _BYTES_SHOWN else "")
    return translate("TokenizePage", "{0} bytes: {1}").format(len(encoded), shown)


def _place_among_bytes(tokens: Tokens, index: int) -> tuple[int, int]:
    """Which byte of its character this is, counted from one, and how many there are."""
    first = last = index
    while first > 0 and _spell_together(tokens, first - 1, index):
        first -= 1
    while last + 1 < len(tokens.ids) and _spell_together(tokens, last + 1, index):
        last += 1
    return index - first + 1, last - first + 1


def _spell_together(tokens: Tokens, one: int, other: int) -> bool:
    same_span = tokens.starts[one] == tokens.starts[other] and tokens.ends[one] == tokens.ends[other]
    return bool(tokens.kinds[one] == BYTE and same_span)
