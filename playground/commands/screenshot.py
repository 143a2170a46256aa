"""`playground screenshot`: a picture of the real window with the real worker, without a display."""

import difflib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playground.contract.errors import ConfigError, PlaygroundError, StorageError
from playground.contract.run_directory import RunDirectory

if TYPE_CHECKING:
    from playground.ui.app import Assembled

LIMIT_S = 120
SIZES = (320, 8192)  # pixels a side, at least and at most
SCALES = (0.5, 4.0)


def screenshot(
    page: str,
    out: Path,
    run: Path | None = None,
    theme: str = "light",
    language: str = "en",
    size: tuple[int, int] = (1440, 900),
    scale: float = 1.0,
    preset: str = "",
) -> int:
    """Save a page as PNG once every question to the worker is answered; returns the exit code.

    Args:
        page: a key of `ui/pages/catalogue.py`.
        run: the run in view; the sample model if not given. Nothing is written to it.
        size: width and height of the window, in pixels before scaling.
        scale: device pixels per pixel, as on a dense screen.
        preset: of the model that is being prepared, as the Build page shows it.

    Raises:
        ConfigError: an unknown page, theme, language or preset, or an impossible size.
        RunError: the run cannot be read.
        StorageError: the picture cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from playground.ui.app import assemble
    from playground.ui.state.settings import Settings

    _check(page, theme, language, size, scale)
    _check_target(out)
    if run is not None:
        RunDirectory(run).config()
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:  # a person's own settings are left alone
        built = assemble(Settings(Path(folder) / "settings.ini"), run, page, theme, language)
        if preset:
            built.app.draft.apply_preset(preset)
        built.window.resize(*size)
        trouble = _wait(built)
        picture = built.window.grab()
        built.window.close()
    if trouble:
        raise PlaygroundError(trouble)
    if not picture.save(str(out)):
        raise StorageError(f"Cannot write {out}. Choose another place.")
    print(out)
    return 0


def _wait(built: "Assembled") -> str:
    """Let the window live until it is filled; returns why it was not, or ""."""
    from playground.ui.settling import Settling

    trouble: list[str] = []
    settling = Settling(built.window, LIMIT_S * 1000)

    def give_up(sentence: str) -> None:
        trouble.append(sentence)
        built.application.quit()

    settling.settled.connect(built.application.quit)
    settling.timed_out.connect(
        lambda: give_up(f"The page was not filled within {LIMIT_S} s. Try again when the machine is less busy.")
    )
    built.worker.gave_up.connect(give_up)
    built.window.show()
    settling.start()
    built.application.exec()
    return trouble[0] if trouble else ""


def _check(page: str, theme: str, language: str, size: tuple[int, int], scale: float) -> None:
    from playground.ui.pages.catalogue import PAGE_KEYS
    from playground.ui.theme import THEMES
    from playground.ui.translation import LANGUAGES

    problems = [
        _unknown("page", page, PAGE_KEYS),
        _unknown("theme", theme, THEMES),
        _unknown("language", language, tuple(LANGUAGES)),
    ]
    if not all(SIZES[0] <= side <= SIZES[1] for side in size):
        problems.append(f"The size is {size[0]}x{size[1]}, but each side must be {SIZES[0]} to {SIZES[1]} pixels.")
    if not SCALES[0] <= scale <= SCALES[1]:
        problems.append(f"The scale is {scale:g}, but must be {SCALES[0]:g} to {SCALES[1]:g}.")
    found = [problem for problem in problems if problem]
    if found:
        raise ConfigError(found)


def _unknown(what: str, value: str, known: tuple[str, ...]) -> str:
    if value in known:
        return ""
    near = difflib.get_close_matches(value, known, 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"There is no {what} {value!r}; there are {', '.join(known)}.{hint}"


def _check_target(out: Path) -> None:
    if out.suffix.lower() != ".png":
        raise ConfigError([f"The picture {out} must end in .png."])
    if not out.absolute().parent.is_dir():
        raise StorageError(f"Cannot write {out}. The folder is not there; make it first.")
