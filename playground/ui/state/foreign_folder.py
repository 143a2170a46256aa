"""Whether a folder holds a Hugging Face model, told by a look at its config.json. No Qt."""

import json
from pathlib import Path

_MOST_BYTES = 1 << 20


def is_model_folder(folder: Path) -> bool:
    """Whether there is a config.json that names a model's type; whether it can be read is the engine's affair."""
    try:
        with (folder / "config.json").open("rb") as file:
            values = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(values, dict) and isinstance(values.get("model_type"), str)
