"""Colours, fonts and spacing of the window, light and dark, by role.

Widgets ask `theme()` for a colour by its role and listen to `theme().changed`; none names a colour itself.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8  # pixels; every margin and gap is a multiple, or a half
CARD_RADIUS = 8
CONTROL_RADIUS = 6
BASE_PIXELS = 13
HEADING_PIXELS = 16
SMALL_PIXELS = 11
SIDE_PANEL_WIDTH = 288
RAIL_WIDTH = 84

THEMES = ("system", "light", "dark")

_JAPANESE_FAMILIES = ["Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", "Hiragino Sans", "Meiryo"]
_MONO_FAMILIES = ["JetBrains Mono", "SF Mono", "Consolas", "DejaVu Sans Mono", "Menlo"]


@dataclass(frozen=True, kw_only=True)
class Colours:
    """One theme's colours by role, as #RRGGBB."""

    window: str
    panel: str
    line: str
    text: str
    dim: str
    accent: str
    accent_soft: str
    on_accent: str
    hover: str
    good: str
    bad: str
    train: str
    validation: str
    others: tuple[str, ...]  # curves of further runs, and token chips
    is_dark: bool

    @property
    def chips(self) -> tuple[str, ...]:
        """Six colours for neighbouring tokens."""
        return (self.train, "#E69F00", "#009E73", "#CC79A7", "#56B4E9" if not self.is_dark else "#0072B2", "#D55E00")


LIGHT = Colours(
    window="#F6F7F9", panel="#FFFFFF", line="#E1E4EA", text="#1D2430", dim="#667085", accent="#3B5BDB",
    accent_soft="#EDF0FD", on_accent="#FFFFFF", hover="#EEF0F4", good="#009E73", bad="#C92A2A",
    train="#0072B2", validation="#D55E00", others=("#E69F00", "#009E73", "#CC79A7", "#56B4E9"), is_dark=False,
)  # fmt: skip
DARK = Colours(
    window="#14171C", panel="#1B1F26", line="#2B313B", text="#E4E8EF", dim="#8C95A4", accent="#8CA3FF",
    accent_soft="#232A45", on_accent="#10131A", hover="#252A33", good="#2BC48A", bad="#FF8787",
    train="#56B4E9", validation="#E8743B", others=("#E69F00", "#009E73", "#CC79A7", "#4C8FD6"), is_dark=True,
)  # fmt: skip


class Theme(QObject):
    """The colours in use. `changed` is sent after the application's palette has been replaced."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = "system"
        self.colours = LIGHT

    def use(self, name: str) -> None:
        """Switch to "light", "dark" or "system"."""
        application = QApplication.instance()
        assert isinstance(application, QApplication), "a theme needs an application"
        hints = application.styleHints()
        self.name = name if name in THEMES else "system"
        if self.name == "system":
            hints.unsetColorScheme()
            dark = hints.colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self.name == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self.colours = DARK if dark else LIGHT
        application.setPalette(palette(self.colours))
        self.changed.emit()


_theme: Theme | None = None


def theme() -> Theme:
    """The one theme of this process."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def colours() -> Colours:
    """The colours in use now; ask again after `theme().changed`."""
    return theme().colours


def colour(name: str, alpha: float = 1.0) -> QColor:
    """The colour of a role, e.g. `colour("accent")`, optionally see-through."""
    found = QColor(getattr(colours(), name))
    found.setAlphaF(alpha)
    return found


def mixed(front: str, back: str, share: float) -> QColor:
    """`front` laid over `back` with opacity `share`; both as #RRGGBB."""
    a, b = QColor(front), QColor(back)
    rest = 1 - share
    return QColor.fromRgbF(
        a.redF() * share + b.redF() * rest,
        a.greenF() * share + b.greenF() * rest,
        a.blueF() * share + b.blueF() * rest,
    )


def palette(c: Colours) -> QPalette:
    """Qt's palette made from our roles, for the Fusion style."""
    made = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: c.window, role.WindowText: c.text, role.Base: c.panel, role.AlternateBase: c.window,
        role.Text: c.text, role.Button: c.panel, role.ButtonText: c.text, role.BrightText: c.bad,
        role.ToolTipBase: c.panel, role.ToolTipText: c.text, role.Highlight: c.accent,
        role.HighlightedText: c.on_accent, role.Link: c.accent, role.LinkVisited: c.accent,
        role.PlaceholderText: c.dim, role.Accent: c.accent, role.Light: c.panel, role.Midlight: c.hover,
        role.Mid: c.line, role.Dark: c.line, role.Shadow: c.line,
    }  # fmt: skip
    for which, value in pairs.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.dim))
    return made


def interface_font(pixels: int = BASE_PIXELS, *, bold: bool = False) -> QFont:
    """The system's own font with Japanese families behind it; tabular figures where the font has them."""
    return QFont(_interface_font(pixels, bold))


def token_font(pixels: int = BASE_PIXELS) -> QFont:
    """The monospace font of tokens, with Japanese families behind it."""
    return QFont(_token_font(pixels))


@cache
def _interface_font(pixels: int, bold: bool) -> QFont:
    """Made once: pictures ask for it many times while they are painted."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    resolved = QFontInfo(font).family()  # a generic name such as "Sans Serif" would lose to the Japanese families
    font.setFamilies([resolved, *font.families(), *_JAPANESE_FAMILIES])
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


@cache
def _token_font(pixels: int) -> QFont:
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setFamilies([*_MONO_FAMILIES, *fixed.families(), *_JAPANESE_FAMILIES])
    fixed.setStyleHint(QFont.StyleHint.Monospace)
    fixed.setPixelSize(pixels)
    return fixed
