"""Tokens that stand for no text: where a sentence begins and ends, what is masked, what fills up."""

from dataclasses import dataclass
from typing import Any

from playground.contract.errors import TokenizerError

MASK_PIECE = "<mask>"
_NAMES = ("start_id", "end_id", "mask_id", "pad_id")


@dataclass(frozen=True, kw_only=True)
class Specials:
    """Ids of the special tokens, None for those that a tokenizer lacks. Begin and end may be the same."""

    start_id: int | None = None
    end_id: int | None = None
    mask_id: int | None = None
    pad_id: int | None = None

    @property
    def begins(self) -> list[int]:
        """The mark before a text that is read whole: none where it is the same as that of the end."""
        return [] if self.start_id is None or self.start_id == self.end_id else [self.start_id]

    @property
    def ends(self) -> list[int]:
        """The mark behind a text that is read whole."""
        return [] if self.end_id is None else [self.end_id]

    def to_mapping(self) -> dict[str, int]:
        """Those that are there, for tokenizer.toml."""
        return {name: getattr(self, name) for name in _NAMES if getattr(self, name) is not None}


def specials_from_mapping(values: dict[str, Any], vocab_size: int, where: str) -> Specials:
    """What `to_mapping` gave.

    Raises:
        TokenizerError: an id that is no id of the vocabulary.
    """
    found: dict[str, int] = {}
    for name in _NAMES:
        id = values.get(name)
        if id is None:
            continue
        if type(id) is not int or not 0 <= id < vocab_size:
            raise TokenizerError(
                f"{where} is damaged: {name} is {id!r}, and ids go from 0 to {vocab_size - 1}. Restore it from a copy."
            )
        found[name] = id
    return Specials(**found)
