"""Opens the window, or hands over to the command line."""

import io
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    from playground.cli import run

    if isinstance(sys.stdout, io.TextIOWrapper):  # whatever the terminal's encoding lacks is spelled out
        sys.stdout.reconfigure(errors="backslashreplace")
    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
