"""Finds `assets/`, from a checkout as from an installed wheel."""

from functools import cache
from pathlib import Path


@cache
def assets_folder() -> Path:
    """The folder of icons, translations, the glossary and the sample model."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "assets", package.parent / "assets"):
        if folder.is_dir():
            return folder
    raise AssertionError(f"assets/ is neither in {package} nor beside it: the installation is incomplete")
