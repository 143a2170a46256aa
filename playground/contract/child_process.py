"""How one process of ours starts another: which interpreter, which arguments, which environment.

Knows nothing of what the child does.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


def module_arguments(module: str, *arguments: str) -> list[str]:
    """The arguments, after the interpreter's name, that run one of our modules.

    `-P` keeps the current folder out of the search for modules, so that somebody's own `random.py` or `tokenizers/`
    beside the text that they opened is never run. It is left out where the program itself was found that way.
    """
    return [*([] if _is_current_folder(_PACKAGE_PARENT) else ["-P"]), "-m", module, *arguments]


def module_command(module: str, *arguments: str) -> list[str]:
    """The whole command that runs one of our modules with the interpreter that runs this."""
    return [sys.executable, *module_arguments(module, *arguments)]


def child_environment(base: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment, with text in UTF-8 and nothing held back in buffers."""
    return {**(os.environ if base is None else base), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def _is_current_folder(folder: Path) -> bool:
    try:
        return Path.cwd() == folder
    except FileNotFoundError:  # it was deleted under us
        return False
