"""`playground doctor`: what is missing is named, with one command that installs it."""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.cli import run
from playground.commands import doctor
from playground.contract.errors import PlaygroundError

SaysJson = Callable[..., Any]


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian machine with every library and an X server, whatever this one is."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    monkeypatch.setattr(doctor, "_x_answers", lambda display: True)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")


def lacking(monkeypatch: pytest.MonkeyPatch, *libraries: str) -> None:
    def load(name: str) -> object:
        if name in libraries:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        return object()

    monkeypatch.setattr(ctypes, "CDLL", load)


def with_command(monkeypatch: pytest.MonkeyPatch, *commands: str) -> None:
    monkeypatch.setattr(
        doctor.install_command, "__defaults__", (lambda name: f"/usr/bin/{name}" if name in commands else None,)
    )


def test_nothing_is_missing() -> None:
    assert doctor.advice() == ""
    assert all(finding.is_fine for finding in doctor.display_findings())


def test_a_missing_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking(monkeypatch, "libEGL.so.1")
    with_command(monkeypatch, "apt-get")
    assert run(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "MISSING  libEGL.so.1: libEGL.so.1: cannot open shared object file" in out
    assert out.endswith("\nInstall it with: sudo apt-get install -y libegl1\n")


def test_several_missing_libraries_are_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libGL.so.1")
    with_command(monkeypatch, "apt-get")
    assert "sudo apt-get install -y libgl1 libxcb-cursor0 libxkbcommon-x11-0" in doctor.advice()
    assert doctor.advice().count("Install it with") == 1
    with_command(monkeypatch, "dnf")
    assert "sudo dnf install -y libxkbcommon-x11 mesa-libGL xcb-util-cursor" in doctor.advice()
    with_command(monkeypatch)
    assert "with your package manager (Debian's names): libgl1 libxcb-cursor0" in doctor.advice()


def test_there_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    assert doctor.advice() == (
        "The window cannot open. display: there is none (neither DISPLAY nor WAYLAND_DISPLAY is set)\n"
        "Start it in a desktop session. Without a display, see playground --help for what works in a terminal."
    )


def test_a_display_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":97")
    monkeypatch.setattr(doctor, "_x_answers", lambda display: False)
    assert "the X server ':97' does not answer" in doctor.advice()
    assert "Set DISPLAY to a running one." in doctor.advice()


def test_the_real_library_is_asked_whether_a_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    try:
        ctypes.CDLL("libxcb.so.1")
    except OSError:
        pytest.skip("there is no libxcb here")
    assert not doctor._x_answers(":9753")


def test_a_platform_that_qt_does_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt itself would abort the process over it."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonsense")
    advice = doctor.advice()
    assert "QT_QPA_PLATFORM is 'nonsense', which this Qt does not have; it has " in advice
    assert "offscreen" in advice
    assert "Unset QT_QPA_PLATFORM" in advice


@pytest.mark.parametrize("platform", ["offscreen", "minimal:", "offscreen:option=1"])
def test_an_invisible_platform_needs_no_display(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.delenv("DISPLAY")
    lacking(monkeypatch, *doctor.X11_LIBRARIES)
    assert doctor.advice() == ""


def test_wayland_needs_no_libraries_of_x(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.delenv("DISPLAY")
    lacking(monkeypatch, *doctor.X11_LIBRARIES)
    assert doctor.advice() == ""


def test_qt_itself_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "Qt: PySide6 is not installed in this Python" in doctor.advice()
    assert "pip install -e ." in doctor.advice()


def test_findings_for_machines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lacking(monkeypatch, "libGL.so.1")
    assert run(["doctor", "--json"]) == 1
    findings = {finding["name"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert findings["libGL.so.1"]["is_fine"] is False
    assert findings["libEGL.so.1"]["is_fine"] is True
    assert findings["Python"]["is_fine"] is True
    assert findings["torch"]["is_fine"] is True


def test_a_home_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert run(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "MISSING  home folder: " in out
    assert "Set PLAYGROUND_HOME to a folder that you may write." in out


def test_a_missing_japanese_font_is_only_advice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    class Nothing:
        stdout = ""

    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/fc-list")
    monkeypatch.setattr("subprocess.run", lambda *arguments, **more: Nothing())
    with_command(monkeypatch, "apt-get")
    assert run(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "advice   Japanese font: none found; Japanese would be drawn as boxes" in out
    assert "sudo apt-get install -y fonts-noto-cjk" in out


def test_the_window_says_the_same_instead_of_aborting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from playground.commands.window import window

    monkeypatch.delenv("DISPLAY")
    with pytest.raises(PlaygroundError, match=r"The window cannot open. display: there is none"):
        window(None, None, None, None)
    assert run([]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: The window cannot open.")
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "display: there is none"), ({"QT_QPA_PLATFORM": "nonsense"}, "which this Qt does not have")],
    ids=["no display", "unknown platform"],
)
def test_a_real_process_ends_with_advice(monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], words: str) -> None:
    """Where Qt by itself would end it with SIGABRT."""
    monkeypatch.undo()
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {**{name: value for name, value in os.environ.items() if name not in without}, **changes}
    command = [sys.executable, "-m", "playground"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: The window cannot open.")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_each_library_has_its_package_in_the_command_that_checks_everything() -> None:
    """`.ci/run` installs on a bare machine what the doctor would ask for."""
    script = (Path(__file__).resolve().parents[2] / ".ci" / "run").read_text(encoding="utf-8")
    installed = script.split('packages="')[1].split('"')[0].split()
    wanted = {debian for debian, _ in {**doctor.LIBRARIES, **doctor.X11_LIBRARIES}.values()}
    assert wanted <= set(installed)
