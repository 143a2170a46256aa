"""The shell's widgets with sample values, for the gallery."""

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.contract.glossary import terms
from playground.ui.actions import Action
from playground.ui.pages.catalogue import PAGES
from playground.ui.pages.glossary.page import GlossaryPage
from playground.ui.shell.header import Header
from playground.ui.shell.palette import Palette
from playground.ui.shell.rail import Rail
from playground.ui.shell.timeline import Timeline
from playground.ui.shell.words import TrainingWords
from playground.ui.translation import current_language


def rail() -> QWidget:
    made = Rail(PAGES)
    made.show_page("train")
    made.resize(made.width(), 720)
    return made


def header() -> QWidget:
    made = Header()
    made.show_run("a very long name of a run that somebody gave it in a hurry, 12 layers")
    made.show_moment(1250, 2000)
    made.show_training(TrainingWords(state="Training 62 %", time_left="38 s left", role="good"))
    made.resize(1204, made.height())
    return made


def timeline() -> QWidget:
    """A run of 2,000 steps at 62 %, seen at an earlier snapshot."""
    made = Timeline()
    steps = np.arange(1.0, 1241.0)
    noise = np.random.default_rng(1).normal(0, 0.06, len(steps))
    made.show_snapshots([1, 2, 4, 8, 16, 32, 64, 125, 250, 375, 500, 750, 1000, 1240], 2000)
    made.show_losses(steps, 1.4 + 2.8 * np.exp(-steps / 300) + noise)
    made.show_step(750)
    made.resize(1204, made.height())
    return made


def timeline_without_run() -> QWidget:
    made = Timeline()
    made.show_snapshots([], 0)
    made.resize(1204, made.height())
    return made


def palette() -> QWidget:
    """Lies over a bare window."""
    window = QWidget()
    window.resize(1024, 640)
    made = Palette(window)
    made.open_with(
        [Action(key=entry.key, name=entry.name, run=window.update, shortcut=entry.shortcut) for entry in PAGES]
    )
    return window


def glossary_page() -> QWidget:
    made = GlossaryPage()
    made.show_terms(terms(), current_language(), {entry.key: entry.name() for entry in PAGES})
    made.resize(1204, 640)
    return made
