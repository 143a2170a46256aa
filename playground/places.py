"""Where this person's runs, tokenizers, settings and logs live. `PLAYGROUND_HOME` moves all of them."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder under which everything is kept; not created here."""
    chosen = os.environ.get("PLAYGROUND_HOME")
    if chosen:
        return Path(chosen)
    return Path(platformdirs.user_data_dir("transformer-playground", appauthor=False))


def runs_folder() -> Path:
    return home() / "runs"


def tokenizers_folder() -> Path:
    return home() / "tokenizers"


def settings_file() -> Path:
    return home() / "settings.ini"


def log_file(name: str) -> Path:
    return home() / "logs" / f"{name}.log"
