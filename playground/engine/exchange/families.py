"""What the architectures of `transformers` and ours have in common: a family knows how its config and its tensors
are named, and what of a model it can express.

Each family is a module of its own; here is what they share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playground.contract.errors import ExchangeError
from playground.contract.model_config import ModelConfig

LARGEST_CONTEXT = 8192  # what a model here may have


@dataclass(frozen=True)
class Mapped:
    """One tensor of ours, and those of theirs that lie in it one below the other.

    `transposed` is GPT-2's way of keeping matrices as inputs × outputs; `n_skipped` rows of theirs come before ours.
    """

    ours: str
    theirs: tuple[str, ...]
    sizes: tuple[int, ...] = ()  # rows of each of theirs; () for a single one
    transposed: bool = False
    n_skipped: int = 0
    row: bool = False  # theirs has one more dimension of size 1 in front
    may_lack: bool = False  # where theirs is not there, ours is all zero


@dataclass(frozen=True, kw_only=True)
class Family:
    """One architecture of `transformers`."""

    name: str
    model_types: tuple[str, ...]
    prefixes: tuple[str, ...]  # that names of tensors may begin with, in models with a head
    to_ours: Callable[[dict[str, Any]], ModelConfig]
    to_theirs: Callable[[ModelConfig, int], dict[str, Any]]
    mapped: Callable[[ModelConfig], list[Mapped]]
    obstacles: Callable[[ModelConfig], list[str]]
    ignored: tuple[str, ...]  # patterns of their tensors that hold nothing of a model
    doubles: Callable[[ModelConfig], dict[str, str]]  # theirs that must equal another one of theirs
    known_keys: frozenset[str]
    folded: Callable[[ModelConfig], dict[str, str]]  # ours: the tensor of theirs whose first row is added to it
    added: Callable[[ModelConfig, int], dict[str, tuple[int, ...]]]  # theirs that are all zero, by shape


def no_names(config: ModelConfig) -> dict[str, str]:
    """For families without such tensors."""
    return {}


def no_shapes(config: ModelConfig, vocab_size: int) -> dict[str, tuple[int, ...]]:
    """For families without such tensors."""
    return {}


class Values:
    """A foreign config.json: values of the right kind, or a sentence."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def whole(self, *names: str, default: int | None = None, most: int = 1 << 31) -> int:
        """The first of these keys that is there, as a whole number of at least 1."""
        for name in names:
            value = self._values.get(name)
            if value is None:
                continue
            if type(value) is not int or not 1 <= value <= most:
                raise ExchangeError(f"config.json: {name} is {_seen(value)}, but must be a whole number from 1 on.")
            return value
        if default is None:
            raise ExchangeError(f"config.json lacks {names[0]}. Fetch the folder anew.")
        return default

    def number(self, name: str, default: float) -> float:
        """A finite positive number."""
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e30:
            raise ExchangeError(f"config.json: {name} is {_seen(value)}, but must be a number.")
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        value = self._values.get(name, default)
        if type(value) is not bool:
            raise ExchangeError(f"config.json: {name} is {_seen(value)}, but must be true or false.")
        return value

    def choice(self, name: str, default: str, known: dict[str, str]) -> str:
        """What we call a choice of theirs."""
        value = self._values.get(name, default)
        if not isinstance(value, str) or value not in known:
            raise ExchangeError(
                f"config.json: {name} is {_seen(value)}. Only {', '.join(sorted(known))} can be built here."
            )
        return known[value]

    def must_be(self, name: str, wanted: Any, why: str) -> None:
        """Refuse a model that does something that cannot be built here."""
        value = self._values.get(name, wanted)
        if value != wanted or type(value) is not type(wanted):
            raise ExchangeError(f"config.json: {name} is {_seen(value)}. {why}")

    def get(self, name: str) -> Any:
        return self._values.get(name)


def only(config: ModelConfig, family: str, **wanted: object) -> list[str]:
    """A sentence for each field of a config that the family cannot express as it is."""
    found = []
    for name, allowed in wanted.items():
        values = allowed if isinstance(allowed, tuple) else (allowed,)
        value = getattr(config, name)
        if value not in values:
            words = " or ".join(repr(each) for each in values)
            found.append(f"model.{name} is {value!r}, and {family} knows only {words}.")
    return found


def _seen(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
