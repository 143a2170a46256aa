"""The program's version, as its installation knows it."""

from importlib import metadata


def version() -> str:
    """Like "0.1.0"; "not installed" when the sources run without having been installed."""
    try:
        return metadata.version("transformer-playground")
    except metadata.PackageNotFoundError:
        return "not installed"
