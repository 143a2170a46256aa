"""In which settings several runs differ. Pure: no Qt, no disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.fields import Setting, settings_of


@dataclass(frozen=True, kw_only=True)
class DifferingSetting:
    """A setting that is not the same in all runs; `values` has one of each run, in their order."""

    section: str
    setting: Setting
    values: tuple[Any, ...]


def differing_settings(configs: Sequence[RunConfig]) -> list[DifferingSetting]:
    """In the order of the forms; none of fewer than two runs."""
    found = []
    for section, kind in SECTIONS.items():
        for setting in settings_of(kind):
            values = tuple(getattr(getattr(config, section), setting.name) for config in configs)
            if any(value != values[0] for value in values[1:]):
                found.append(DifferingSetting(section=section, setting=setting, values=values))
    return found
