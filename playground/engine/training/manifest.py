"""The list of a checkpoint's files that proves it whole: size and SHA-256 of each, and of the list itself.

The proof of the list is the SHA-256 of its text without that line; and the text must be exactly what would be written,
so that no bit of it can change unseen. Lists of format 1 have no such line.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playground.contract import storage
from playground.contract.errors import RunError

MANIFEST = "MANIFEST.json"
FORMAT = 2
_LIMIT_BYTES = 1 << 20
_KEYS = {1: {"format", "files"}, 2: {"format", "files", "sha256"}}


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What a file has to be."""

    size_bytes: int
    sha256: str


def write_manifest(folder: Path, files: Mapping[str, FileFacts]) -> None:
    """Write the list of a folder's files; they must be on the disk by then.

    Raises:
        StorageError: the disk refuses.
    """
    values = {"format": FORMAT, "files": {name: asdict(facts) for name, facts in files.items()}}
    storage.write_json(folder / MANIFEST, {**values, "sha256": proof_of(values)})


def damage_of(folder: Path, needed: Collection[str]) -> str:
    """What is wrong with a checkpoint, in a few words; "" if its manifest verifies.

    Raises:
        RunError: a newer version of the program wrote it.
    """
    try:
        data = storage.read_bytes(folder / MANIFEST, _LIMIT_BYTES)
    except FileNotFoundError:
        return "it has no manifest"
    except RunError:
        return "its manifest cannot be read"
    files = _files_of(data, folder)
    if files is None:
        return "its manifest is damaged"
    if missing := [name for name in needed if name not in files]:
        return f"its manifest does not know {missing[0]}"
    return next(filter(None, (_damage_of_file(folder / name, facts) for name, facts in files.items())), "")


def _files_of(data: bytes, folder: Path) -> dict[str, FileFacts] | None:
    """The files of a list by name; None if it is damaged."""
    try:
        values: dict[str, Any] = json.loads(data.decode("utf-8"))
        if storage.json_text(values).encode("utf-8") != data:
            return None
        if "sha256" in values and values["sha256"] != proof_of(values):
            return None
        if "sha256" in values and values["format"] > FORMAT:
            raise RunError(f"{folder} was made by a newer version (format {values['format']}). Update the program.")
        if values.keys() != _KEYS[values["format"]]:
            return None
        return {name: FileFacts(**facts) for name, facts in values["files"].items()}
    except RunError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def proof_of(values: Mapping[str, Any]) -> str:
    """The SHA-256 of a list without its own proof."""
    rest = {key: value for key, value in values.items() if key != "sha256"}
    return hashlib.sha256(storage.json_text(rest).encode("utf-8")).hexdigest()


def _damage_of_file(path: Path, wanted: FileFacts) -> str:
    try:
        size, sha256 = storage.size_and_sha256(path)
    except FileNotFoundError:
        return f"{path.name} is missing"
    except RunError:
        return f"{path.name} cannot be read"
    if size != wanted.size_bytes:
        return f"{path.name} has another size"
    return "" if sha256 == wanted.sha256 else f"{path.name} has other bytes"
