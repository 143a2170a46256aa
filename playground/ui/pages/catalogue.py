"""The eight pages: key, name, icon, shortcut, and how each is made at its first visit.

The icon of a page is `assets/icons/KEY.svg`; it is made by `build(context)` of `playground/ui/wiring/KEY.py`.
"""

import importlib
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

from playground.ui.translation import translate
from playground.ui.widgets.page_frame import PageFrame
from playground.ui.window_context import WindowContext


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """One page of the rail. `label` is English; `name()` is in the interface's language."""

    key: str
    label: str
    shortcut: str

    def name(self) -> str:
        return translate("Pages", self.label)

    def build(self, context: WindowContext) -> PageFrame:
        """Make the page with its wiring; its modules are imported only now."""
        wiring = importlib.import_module(f"playground.ui.wiring.{self.key}")
        return cast(PageFrame, wiring.build(context))


PAGES = (
    PageEntry(key="tokenize", label=str(QT_TRANSLATE_NOOP("Pages", "Tokenize")), shortcut="Ctrl+1"),
    PageEntry(key="build", label=str(QT_TRANSLATE_NOOP("Pages", "Build")), shortcut="Ctrl+2"),
    PageEntry(key="train", label=str(QT_TRANSLATE_NOOP("Pages", "Train")), shortcut="Ctrl+3"),
    PageEntry(key="generate", label=str(QT_TRANSLATE_NOOP("Pages", "Generate")), shortcut="Ctrl+4"),
    PageEntry(key="attention", label=str(QT_TRANSLATE_NOOP("Pages", "Attention")), shortcut="Ctrl+5"),
    PageEntry(key="pipeline", label=str(QT_TRANSLATE_NOOP("Pages", "Pipeline")), shortcut="Ctrl+6"),
    PageEntry(key="runs", label=str(QT_TRANSLATE_NOOP("Pages", "Runs")), shortcut="Ctrl+7"),
    PageEntry(key="glossary", label=str(QT_TRANSLATE_NOOP("Pages", "Glossary")), shortcut="Ctrl+8"),
)

PAGE_KEYS = tuple(entry.key for entry in PAGES)


def page_entry(key: str) -> PageEntry:
    """The entry of that key; an unknown one is our own mistake."""
    return next(entry for entry in PAGES if entry.key == key)
