"""Text of foreign origin made safe and legible for the screen: control and direction characters become visible.

Pure functions; what they return is drawn as plain text.
"""

import unicodedata

_NAMED = {"\n": "⏎", "\t": "⇥", "\r": "↵", " ": "␣", "▁": "␣", "\u3000": "□"}
_MARK_LIMIT = 4


def visible(text: str, limit: int = 400) -> str:
    """`text` on one line with every control, bidi and invisible character shown, elided beyond `limit`."""
    shown: list[str] = []
    marks = 0
    for character in text[:limit]:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MARK_LIMIT:
            shown.append(_shown(character, category))
    return "".join(shown) + ("…" if len(text) > limit else "")


def visible_piece(piece: str, limit: int = 40) -> str:
    """A vocabulary piece for a chip or a label: spaces, newlines and tabs as signs."""
    return "".join(_NAMED.get(character, character) for character in visible(_unmarked(piece), limit))


def _unmarked(piece: str) -> str:
    return piece.replace("\n", "⏎").replace("\t", "⇥").replace("\r", "↵")


def _shown(character: str, category: str) -> str:
    if character == "\n":
        return "⏎"
    if category == "Cf" and character not in ("\u200d", "\u200c"):
        return f"‹U+{ord(character):04X}›"
    if category in ("Cc", "Cs", "Co", "Cn"):  # Unicode's pictures of controls are in no common font
        return f"‹U+{ord(character):04X}›"
    if category in ("Zl", "Zp"):
        return "⏎"
    return character
