"""`playground screenshot`: the real window with the real worker, as a picture; and what it refuses."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from playground.contract.run_directory import RunDirectory
from playground.ui.pages.catalogue import PAGE_KEYS

Says = Callable[..., str]


@pytest.fixture(autouse=True)
def restored_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command chooses platform and scale through the environment, for a process of its own."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("buidl", "a.png"), "There is no page 'buidl'; there are tokenize, build"),
        (("buidl", "a.png"), "Did you mean 'build'?"),
        (("build", "a.png", "--theme", "drak"), "Did you mean 'dark'?"),
        (("build", "a.png", "--language", "fr"), "There is no language 'fr'; there are en, ja"),
        (("build", "a.png", "--size", "1x1"), "The size is 1x1, but each side must be 320 to 8192 pixels."),
        (("build", "a.png", "--scale", "9"), "The scale is 9, but must be 0.5 to 4."),
        (("build", "a.png", "--scale", "nan"), "The scale is nan"),
        (("build", "a.jpg"), "The picture a.jpg must end in .png."),
        (("build", "gone/a.png"), "Cannot write gone/a.png. The folder is not there; make it first."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_shown(
    tmp_path: Path, fails: Says, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in fails("screenshot", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_several_mistakes_are_told_at_once(fails: Says) -> None:
    sentence = fails("screenshot", "x", "a.png", "--theme", "y", "--language", "z")
    assert all(f"There is no {what}" in sentence for what in ("page 'x'", "theme 'y'", "language 'z'"))


def picture_of(page: str, out: Path, run: RunDirectory, *more: str) -> QImage:
    command = [sys.executable, "-m", "playground", "screenshot", page, str(out), "--run", str(run.path), *more]
    done = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=False, timeout=200)
    assert (done.returncode, done.stdout) == (0, f"{out}\n"), done.stderr
    return QImage(str(out))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGE_KEYS)
def test_every_page_of_a_real_run_fills(trained: RunDirectory, tmp_path: Path, page: str) -> None:
    """In a process of its own, with a worker; and nothing is written to the run."""
    before = {str(path): path.stat().st_mtime_ns for path in trained.path.rglob("*")}
    image = picture_of(page, tmp_path / "a.png", trained, "--size", "1280x720")
    assert (image.width(), image.height()) == (1280, 720)
    colours = {image.pixel(x, y) for x in range(0, 1280, 5) for y in range(0, 720, 5)}
    assert len(colours) > 20, "the picture is empty"
    assert {str(path): path.stat().st_mtime_ns for path in trained.path.rglob("*")} == before


@pytest.mark.slow
def test_themes_languages_and_scales_differ(trained: RunDirectory, tmp_path: Path) -> None:
    light = picture_of("build", tmp_path / "a.png", trained)
    dark = picture_of("build", tmp_path / "b.png", trained, "--theme", "dark", "--scale", "2")
    japanese = picture_of("build", tmp_path / "c.png", trained, "--language", "ja")
    assert (light.width(), light.height()) == (1440, 900)
    assert (dark.width(), dark.height()) == (2880, 1800)
    assert light.pixelColor(700, 5).lightness() > 200 > 60 > dark.pixelColor(1400, 10).lightness()
    assert light != japanese
