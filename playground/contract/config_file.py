"""config.toml in and out, and `--set section.name=value`.

Reads with the standard library; writes the small part of TOML that a config needs.
"""

import dataclasses
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from playground.contract import storage
from playground.contract.config import FORMAT, SECTIONS, RunConfig
from playground.contract.errors import ConfigError, RunError
from playground.contract.fields import parse_value, section_from_mapping, settings_of, unknown_key

_LIMIT_BYTES = 1 << 20

# Migrations from format N to N + 1, applied in order to the parsed file. None is needed yet.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def to_toml(config: RunConfig) -> str:
    """The text of config.toml, with its format number first."""
    lines = [f"format = {FORMAT}"]
    for name in SECTIONS:
        lines.append(f"\n[{name}]")
        section = getattr(config, name)
        lines += [f"{s.name} = {toml_scalar(getattr(section, s.name))}" for s in settings_of(section)]
    return "\n".join(lines) + "\n"


def toml_scalar(value: bool | int | float | str) -> str:
    """One TOML value. JSON's strings are TOML's basic strings but for DEL, which TOML wants escaped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = repr(value)
        return text if any(c in text for c in ".einf") else text + ".0"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(text: str, where: str, base: RunConfig | None = None) -> RunConfig:
    """Read a config; settings that the text leaves out keep those of `base` (default: all defaults).

    Raises:
        ConfigError: not TOML, an unknown key, a value out of range, an impossible combination, a newer format.
    """
    try:
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not TOML, or numbers and lists beyond all measure
        raise ConfigError([f"{where} is not a valid TOML file: {error}. Correct that line, or start anew."]) from None
    try:
        return from_mapping(parsed, base or RunConfig()).checked()
    except ConfigError as error:
        raise ConfigError([f"{where}: {problem}" for problem in error.problems]) from None


def from_mapping(parsed: Mapping[str, Any], base: RunConfig) -> RunConfig:
    """A config out of nested plain values, unchecked for combinations; see `from_toml`."""
    values = dict(parsed)
    number = values.pop("format", FORMAT)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ConfigError([f"format is {number!r}, but must be a whole number from 1 to {FORMAT}."])
    if number > FORMAT:
        raise ConfigError(
            [f"It has format {number}, made by a newer version; this one reads up to {FORMAT}. Update the program."]
        )
    for step in range(number, FORMAT):
        values = MIGRATIONS[step](values)
    problems = [unknown_key(key, "", tuple(SECTIONS)) for key in values if key not in SECTIONS]
    sections: dict[str, Any] = {}
    for name, kind in SECTIONS.items():
        given = values.get(name, {})
        if not isinstance(given, Mapping):
            problems.append(f"{name} is {given!r}, but must be a [{name}] table.")
            continue
        kept = {s.name: getattr(getattr(base, name), s.name) for s in settings_of(kind)}
        try:
            sections[name] = section_from_mapping(kind, {**kept, **given}, name)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return RunConfig(**sections)


def read_config(path: Path, base: RunConfig | None = None) -> RunConfig:
    """Read a TOML config from a file.

    Raises:
        ConfigError: as `from_toml`, and if the file cannot be read.
    """
    try:
        text = storage.read_bytes(path, _LIMIT_BYTES).decode("utf-8")
    except FileNotFoundError:
        raise ConfigError([f"There is no config file {path}. Check the name."]) from None
    except (RunError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path} cannot be read: {error}."]) from None
    return from_toml(text, str(path), base)


def apply_assignments(config: RunConfig, assignments: Iterable[str]) -> RunConfig:
    """Apply `section.name=value` strings, as the command line gives them; not yet checked for combinations.

    Raises:
        ConfigError: with every assignment that does not parse.
    """
    problems: list[str] = []
    for assignment in assignments:
        dotted, equals, value = assignment.partition("=")
        section, dot, name = dotted.strip().partition(".")
        if not equals or not dot:
            problems.append(f"{assignment!r} is not a setting. Write it like training.max_steps=500.")
            continue
        if section not in SECTIONS:
            problems.append(unknown_key(section, "", tuple(SECTIONS)))
            continue
        known = {s.name: s for s in settings_of(SECTIONS[section])}
        if name not in known:
            problems.append(unknown_key(name, section, tuple(known)))
            continue
        try:
            part = dataclasses.replace(getattr(config, section), **{name: parse_value(value, known[name], section)})
        except ConfigError as error:
            problems += error.problems
            continue
        config = dataclasses.replace(config, **{section: part})
    if problems:
        raise ConfigError(problems)
    return config
