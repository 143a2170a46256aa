"""Names of runs, which are names of folders: proposed for a new run, kept unique, checked when a person types one.

Looks at a folder's entries and changes nothing.
"""

import unicodedata
from pathlib import Path, PurePath

from playground.contract.config import RunConfig
from playground.ui.translation import translate
from playground.ui.visible_text import visible

MOST_LETTERS = 80
_FORBIDDEN = '<>:"/\\|?*'  # what Windows forbids; a run may be copied there one day
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def proposed_name(config: RunConfig, preset_name: str) -> str:
    """A readable name: of a run that goes on from another its name and step, such as "kites from 400", else out of
    text and preset, such as "tales-en tiny"; not yet unique.
    """
    if config.start.run:
        return derived_name(folder_name(PurePath(config.start.run)), f"from {config.start.step}")
    source = config.data.source
    text = source.removeprefix("builtin:") if config.data.is_builtin else PurePath(source).stem
    shape = preset_name or f"{config.model.n_layers}x{config.model.n_heads}x{config.model.d_model}"
    return f"{_cleaned(text)[: MOST_LETTERS - 24].strip() or 'text'} {shape}"


def derived_name(name: str, ending: str) -> str:
    """A name for what is made of a run, such as "kites int8"; not yet unique."""
    return f"{name[: MOST_LETTERS - 4 - len(ending)].strip()} {ending}"


def folder_name(folder: PurePath) -> str:
    """A name for a run that is made of a folder; not yet unique."""
    return _cleaned(folder.name)[: MOST_LETTERS - 4].strip() or "model"


def free_name(name: str, folder: Path) -> str:
    """`name`, or `name 2`, `name 3` … : the first that `folder` does not hold yet, whatever its letters' case."""
    taken = _taken(folder)
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def name_problem(name: str, folder: Path, former: str = "") -> str:
    """Why a run in `folder` cannot be called `name`, in a sentence; "" if it can. `former` is its name now."""
    if not name.strip():
        return translate("RunNames", "A run needs a name. Type at least one letter.")
    if len(name) > MOST_LETTERS or len(name.encode()) > 255:
        words = translate("RunNames", "The name has {0} letters, but may have {1} at most. Shorten it.")
        return words.format(len(name), MOST_LETTERS)
    wrong = next((letter for letter in name if not _is_allowed(letter)), "")
    if wrong:
        words = translate("RunNames", "A run's name is its folder's name and cannot contain “{0}”. Leave it out.")
        return words.format(visible(wrong))
    if name != name.strip() or name[0] == "." or name[-1] == ".":
        return translate("RunNames", "A name cannot begin with a space or a dot, nor end with one. Leave it out.")
    if name.split(".")[0].casefold() in _RESERVED:
        words = translate("RunNames", "“{0}” is reserved by some systems. Choose another name.")
        return words.format(visible(name))
    if name.casefold() in _taken(folder) and name.casefold() != former.casefold():
        words = translate("RunNames", "There is already a run called “{0}”. Choose another name.")
        return words.format(visible(name))
    return ""


def _is_allowed(letter: str) -> bool:
    return letter not in _FORBIDDEN and not unicodedata.category(letter).startswith(("C", "Zl", "Zp"))


def _cleaned(text: str) -> str:
    kept = "".join(letter if _is_allowed(letter) else " " for letter in text)
    return " ".join(kept.split()).strip(". ")


def _taken(folder: Path) -> set[str]:
    try:
        return {entry.name.casefold() for entry in folder.iterdir()}
    except OSError:
        return set()
