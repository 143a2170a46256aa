"""One setting: its default, label, help, range and unit, in one place.

The form of the window, the command line's `--set`, and the documentation are all made from what
`setting` puts into a dataclass field's metadata. Knows nothing of any particular setting.
"""

import dataclasses
import difflib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from playground.contract.errors import ConfigError
from playground.contract.unicode import is_unicode

Value = bool | int | float | str
T = TypeVar("T")
C = TypeVar("C", bound="Checkable")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a field is shown and what it may hold; `low` and `high` are inclusive."""

    name: str
    default: Value
    label: str
    help: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    logarithmic: bool = False  # the form steps by factors instead of sums
    term: str = ""  # glossary key
    advanced: bool = False  # the form folds it away
    needs: tuple[str, tuple[Value, ...]] = ("", ())  # it counts only where that setting has one of those values

    @property
    def kind(self) -> type:
        return type(self.default)

    def problem(self, value: Value, section: str) -> str | None:
        """One sentence if `value` is not allowed, else None."""
        name = f"{section}.{self.name}"
        value = _as_kind(value, self.kind)
        if type(value) is not self.kind:
            return f"{name} is {_seen(value)}, but must be {_KIND_WORDS[self.kind]}."
        if self.choices and value not in self.choices:
            near = difflib.get_close_matches(str(value), self.choices, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            return f"{name} is {value!r}, but must be one of {', '.join(self.choices)}.{hint}"
        if isinstance(value, float) and not -1e308 < value < 1e308:
            return f"{name} is {value}, but must be a finite number."
        if isinstance(value, int | float) and not isinstance(value, bool):
            if self.low is not None and value < self.low:
                return f"{name} is {_number(value)}, but must be at least {_number(self.low)}."
            if self.high is not None and value > self.high:
                return f"{name} is {_number(value)}, but must be at most {_number(self.high)}."
        if isinstance(value, str) and not is_unicode(value):
            return f"{name} is {value!r}, which is not UTF-8. Rename it first."
        return None


_LONGEST_SEEN = 100  # characters
_KIND_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def setting(
    default: Any,
    label: str,
    help: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    choices: tuple[str, ...] = (),
    logarithmic: bool = False,
    term: str = "",
    advanced: bool = False,
    needs: tuple[str, tuple[Value, ...]] = ("", ()),
) -> Any:
    """A dataclass field that carries its own description; see `Setting`."""
    described = {
        "label": label,
        "help": help,
        "low": low,
        "high": high,
        "unit": unit,
        "choices": choices,
        "logarithmic": logarithmic,
        "term": term,
        "advanced": advanced,
        "needs": needs,
    }
    return dataclasses.field(default=default, metadata=described)


def settings_of(section: type | Any) -> Iterator[Setting]:
    """Each setting of a section (a config dataclass or an instance of one), in order."""
    for field in dataclasses.fields(section):
        yield Setting(name=field.name, default=field.default, **field.metadata)  # type: ignore[arg-type]


class Checkable(Protocol):
    """A config, or a section of one."""

    def problems(self) -> list[str]: ...


def checked(config: C) -> C:
    """Itself, when nothing is wrong.

    Raises:
        ConfigError: with every violation at once.
    """
    if problems := config.problems():
        raise ConfigError(problems)
    return config


def range_problems(section: Any, section_name: str) -> list[str]:
    """Every field of `section` that is outside its own range or type."""
    found = (s.problem(getattr(section, s.name), section_name) for s in settings_of(section))
    return [problem for problem in found if problem]


def section_from_mapping(kind: type[T], values: Mapping[str, Any], section_name: str) -> T:
    """Build a section from plain values; unknown keys are an error with a suggestion.

    Raises:
        ConfigError: with every unknown key and every wrong value at once.
    """
    known = {s.name: s for s in settings_of(kind)}
    problems = [unknown_key(key, section_name, tuple(known)) for key in values if key not in known]
    accepted: dict[str, Any] = {}
    for name, each in known.items():
        if name not in values:
            continue
        value = _as_kind(values[name], each.kind)
        problem = each.problem(value, section_name)
        if problem:
            problems.append(problem)
        accepted[name] = value
    if problems:
        raise ConfigError(problems)
    return kind(**accepted)


def unknown_key(key: str, section_name: str, known: tuple[str, ...]) -> str:
    """The sentence for a key that no setting has."""
    near = difflib.get_close_matches(key, known, 1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(known)}."
    where = f"[{section_name}]" if section_name else "the config"
    return f"Unknown key {key!r} in {where}. {hint}"


def parse_value(text: str, each: Setting, section_name: str) -> Value:
    """A value typed by a person (command line, form) for one setting.

    Raises:
        ConfigError: if it is not of the setting's kind or outside its range.
    """
    raw = text.strip()
    value: Value
    try:
        if each.kind is bool:
            value = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[raw.lower()]
        elif each.kind is int:
            value = int(raw.replace(",", "").replace("_", ""))
        elif each.kind is float:
            value = float(raw)
        else:
            value = text
    except (KeyError, ValueError):
        raise ConfigError([f"{section_name}.{each.name} is {raw!r}, but must be {_KIND_WORDS[each.kind]}."]) from None
    problem = each.problem(value, section_name)
    if problem:
        raise ConfigError([problem])
    return value


def _as_kind(value: Any, kind: type) -> Any:
    """A whole number where a float is wanted becomes one; everything else stays."""
    if kind is not float or type(value) is not int:
        return value
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _number(value: float) -> str:
    """A number as people write it, never rounded to another one."""
    if isinstance(value, int):
        return f"{value:,}" if abs(value) < 10**18 else ("above 10^18" if value > 0 else "below -10^18")
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _seen(value: Any) -> str:
    """Any value as Python writes it, cut where it is long."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # whole numbers of thousands of digits
        text = type(value).__name__
    return text if len(text) <= _LONGEST_SEEN else text[: _LONGEST_SEEN - 1] + "…"
