"""`playground doctor`: what this machine lacks, and the command that installs it.

Also asked before the window opens, because Qt would abort the whole process over a missing library or display.
Imports neither Qt nor torch until it has found that their libraries are there.
"""

import ctypes
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from playground import places
from playground.version import version

# The libraries that Qt's window needs on Linux, and the Debian and Fedora packages that hold them.
LIBRARIES: dict[str, tuple[str, str]] = {
    "libGL.so.1": ("libgl1", "mesa-libGL"),
    "libEGL.so.1": ("libegl1", "mesa-libEGL"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
}
X11_LIBRARIES: dict[str, tuple[str, str]] = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
_JAPANESE_FONTS = ("fonts-noto-cjk", "google-noto-sans-cjk-fonts")
_INVISIBLE = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay")
_X_IS_FINE = 0


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at. `is_needed` says that the window cannot open without it."""

    name: str
    is_fine: bool
    words: str
    remedy: str = ""
    is_needed: bool = True


def doctor(as_json: bool) -> int:
    """Write what was found; returns 0 when nothing needed is missing, else 1."""
    findings = [*_general(), *display_findings(), *_niceties()]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            sign = "ok     " if finding.is_fine else ("MISSING" if finding.is_needed else "advice ")
            print(f"{sign}  {finding.name}: {finding.words}")
        for remedy in remedies(findings):
            print(f"\n{remedy}")
    return int(any(finding.is_needed and not finding.is_fine for finding in findings))


def advice() -> str:
    """What keeps the window from opening, and what to do; "" when nothing was found."""
    missing = [finding for finding in display_findings() if not finding.is_fine and finding.is_needed]
    if not missing:
        return ""
    lines = [f"The window cannot open. {finding.name}: {finding.words}" for finding in missing]
    return "\n".join([*lines, *remedies(missing)])


def remedies(findings: list[Finding]) -> list[str]:
    """What to do about all of them: one install command for all missing packages, and single sentences."""
    packages = [finding.remedy for finding in findings if not finding.is_fine and finding.remedy.startswith("package ")]
    others = [finding.remedy for finding in findings if not finding.is_fine and finding.remedy]
    sentences = [remedy for remedy in dict.fromkeys(others) if not remedy.startswith("package ")]
    if not packages:
        return sentences
    pairs = [package.removeprefix("package ").split(" / ") for package in packages]
    return [install_command([pair[0] for pair in pairs], [pair[1] for pair in pairs]), *sentences]


def install_command(debian: list[str], fedora: list[str], has: Callable[[str], str | None] = shutil.which) -> str:
    """The command for this machine's package manager."""
    if has("apt-get"):
        return f"Install it with: sudo apt-get install -y {' '.join(sorted(set(debian)))}"
    if has("dnf"):
        return f"Install it with: sudo dnf install -y {' '.join(sorted(set(fedora)))}"
    names = " ".join(sorted(set(debian)))
    return f"Install these with your package manager (Debian's names): {names}"


def display_findings() -> list[Finding]:
    """Whether Qt can be loaded and a window be opened."""
    findings = []
    if sys.platform == "linux":
        findings += [_library(name, packages) for name, packages in LIBRARIES.items()]
        findings += _display()
    if importlib.util.find_spec("PySide6") is None:
        words = "PySide6 is not installed in this Python"
        findings.append(Finding(name="Qt", is_fine=False, words=words, remedy="Install it with: pip install -e ."))
    return findings


def _display() -> list[Finding]:
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen and chosen not in _known_platforms():
        words = f"QT_QPA_PLATFORM is {chosen!r}, which this Qt does not have; it has {', '.join(_known_platforms())}"
        remedy = "Unset QT_QPA_PLATFORM, so that Qt finds the display by itself."
        return [Finding(name="display", is_fine=False, words=words, remedy=remedy)]
    if chosen in _INVISIBLE:
        return [Finding(name="display", is_fine=True, words=f"QT_QPA_PLATFORM is {chosen}")]
    if os.environ.get("WAYLAND_DISPLAY") and chosen in ("", "wayland", "wayland-egl"):
        return [Finding(name="display", is_fine=True, words=f"Wayland ({os.environ['WAYLAND_DISPLAY']})")]
    libraries = [_library(name, packages) for name, packages in X11_LIBRARIES.items()]
    display = os.environ.get("DISPLAY", "")
    no_window = "Without a display, see playground --help for what works in a terminal."
    if not display:
        words = "there is none (neither DISPLAY nor WAYLAND_DISPLAY is set)"
        found = Finding(
            name="display", is_fine=False, words=words, remedy=f"Start it in a desktop session. {no_window}"
        )
    elif not _x_answers(display):
        words = f"the X server {display!r} does not answer"
        found = Finding(name="display", is_fine=False, words=words, remedy=f"Set DISPLAY to a running one. {no_window}")
    else:
        found = Finding(name="display", is_fine=True, words=f"X server {display}")
    return [*libraries, found]


def _library(name: str, packages: tuple[str, str]) -> Finding:
    try:
        ctypes.CDLL(name)
    except OSError as error:
        remedy = f"package {packages[0]} / {packages[1]}"
        return Finding(name=name, is_fine=False, words=str(error), remedy=remedy)
    return Finding(name=name, is_fine=True, words="found")


def _known_platforms() -> tuple[str, ...]:
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        return ()
    folder = Path(spec.origin).parent / "Qt" / "plugins" / "platforms"
    return tuple(sorted(path.stem.removeprefix("libq") for path in folder.glob("libq*.so")))


def _x_answers(display: str) -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # its own finding says so
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    error = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return bool(error == _X_IS_FINE)


def _general() -> list[Finding]:
    found = [
        Finding(name="Transformer Playground", is_fine=True, words=version()),
        Finding(
            name="Python",
            is_fine=sys.version_info >= (3, 11),
            words=f"{platform.python_version()} ({sys.executable})",
            remedy="Use Python 3.11 or newer.",
        ),
        _home(),
    ]
    return [*found, *(_module(name) for name in ("torch", "sentencepiece", "safetensors", "pyqtgraph", "PySide6"))]


def _home() -> Finding:
    home = places.home()
    holder = next(folder for folder in (home, *home.parents) if folder.exists())
    is_writable = os.access(holder, os.W_OK)
    free_gb = shutil.disk_usage(holder).free / 1e9
    words = f"{home}, {free_gb:.1f} GB free" if is_writable else f"{home} cannot be written"
    remedy = "Set PLAYGROUND_HOME to a folder that you may write."
    return Finding(name="home folder", is_fine=is_writable, words=words, remedy=remedy)


def _module(name: str) -> Finding:
    from importlib import metadata

    package = {"PySide6": "PySide6-Essentials"}.get(name, name)
    try:
        words = metadata.version(package)
    except metadata.PackageNotFoundError:
        words = "not installed"
    is_fine = importlib.util.find_spec(name) is not None
    return Finding(name=name, is_fine=is_fine, words=words, remedy="Install it with: pip install -e .")


def _niceties() -> list[Finding]:
    found = []
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True, check=False).stdout
        words = "found" if fonts.strip() else "none found; Japanese would be drawn as boxes"
        remedy = f"package {_JAPANESE_FONTS[0]} / {_JAPANESE_FONTS[1]}"
        found.append(
            Finding(name="Japanese font", is_fine=bool(fonts.strip()), words=words, remedy=remedy, is_needed=False)
        )
    return found
