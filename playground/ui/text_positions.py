"""Where a character lies in Qt's counting and in ours: Qt counts UTF-16 units, the contract counts code points.

Pure functions of one text. Without characters beyond U+FFFF (emoji, rare Han) both countings are the same.
"""

import numpy as np


class TextPositions:
    """Translates positions in `text` both ways; positions beyond its ends become its ends."""

    def __init__(self, text: str) -> None:
        self._n_characters = len(text)
        codes = code_points(text)
        wide = np.flatnonzero(codes > 0xFFFF)  # indices of characters that take two units
        self._wide = wide
        self._wide_units = wide + np.arange(len(wide))  # their first units

    def to_qt(self, index: int) -> int:
        """UTF-16 units before the character at `index`."""
        index = min(max(index, 0), self._n_characters)
        return index + int(np.searchsorted(self._wide, index, side="left"))

    def from_qt(self, position: int) -> int:
        """Characters before `position`; a position inside a character counts as before it."""
        index = max(position, 0) - int(np.searchsorted(self._wide_units, position, side="left"))
        return min(index, self._n_characters)


def code_points(text: str) -> np.ndarray:
    """The characters as numbers, (n,) uint32."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
