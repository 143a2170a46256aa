"""The program's version, as its installation knows it."""


def version() -> str:
    """Like "0.1.0"; "not installed" when the sources run without having been installed."""
    from importlib import metadata  # slow to import, and the window needs it only for its palette

    try:
        return metadata.version("transformer-playground")
    except metadata.PackageNotFoundError:
        return "not installed"
