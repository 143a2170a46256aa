"""What can be done from everywhere, with names and shortcuts: pages, runs, texts, presets, time, theme, language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from playground.contract.presets import PRESETS, Preset
from playground.ui.actions import Action, Actions, always
from playground.ui.pages.catalogue import PAGES, PageEntry
from playground.ui.translation import LANGUAGES, translate, translate_setting
from playground.ui.wiring.opening import sample_model

if TYPE_CHECKING:
    from playground.ui.window import MainWindow


def add_window_actions(window: MainWindow) -> None:
    """Register everything that the window itself can do."""
    for entry in PAGES:
        _add_page(window, entry)
    _add_opening(window)
    _add_time_machine(window)
    for preset in PRESETS.values():
        _add_preset(window, preset)
    _add_appearance(window)
    _add_help(window)


def _add_page(window: MainWindow, entry: PageEntry) -> None:
    def name() -> str:
        return translate("Actions", "Go to {0}").format(entry.name())

    go = partial(window.open_page, entry.key)
    window.all_actions.add(Action(key=f"page.{entry.key}", name=name, run=go, shortcut=entry.shortcut))


def _add_opening(window: MainWindow) -> None:
    add = _adder(window.all_actions)
    add("run.open", lambda: translate("Actions", "Open a run folder…"), window.choose_run, "Ctrl+Shift+O")
    add("text.open", lambda: translate("Actions", "Open a text to train on…"), window.choose_text, "Ctrl+T")
    sample = sample_model()
    if sample is not None:
        open_sample = partial(window.opening.open_run, sample)
        add("run.sample", lambda: translate("Actions", "Open the sample model"), open_sample)


def _add_time_machine(window: MainWindow) -> None:
    current, player = window.app.current, window.player

    def has_snapshots() -> bool:
        return len(current.snapshots) > 1

    add = _adder(window.all_actions, has_snapshots)
    add("time.play", lambda: translate("Actions", "Play the training, or stop"), player.toggle_playing, "Ctrl+P")
    earlier, later = partial(player.move, -1), partial(player.move, 1)
    add("time.earlier", lambda: translate("Actions", "Earlier snapshot"), earlier, "Ctrl+Alt+Left")
    add("time.later", lambda: translate("Actions", "Later snapshot"), later, "Ctrl+Alt+Right")


def _add_preset(window: MainWindow, preset: Preset) -> None:
    def name() -> str:
        return translate("Actions", "Use the preset “{0}”").format(translate_setting(preset.label))

    def use() -> None:
        window.app.draft.apply_preset(preset.name)
        window.open_page("build")

    window.all_actions.add(Action(key=f"preset.{preset.name}", name=name, run=use))


def _add_appearance(window: MainWindow) -> None:
    appearance, add = window.appearance, _adder(window.all_actions)
    add("theme.toggle", lambda: translate("Actions", "Light or dark"), appearance.toggle_theme, "Ctrl+Shift+D")
    add("theme.light", lambda: translate("Actions", "Light theme"), partial(appearance.use_theme, "light"))
    add("theme.dark", lambda: translate("Actions", "Dark theme"), partial(appearance.use_theme, "dark"))
    add("theme.system", lambda: translate("Actions", "Theme of the system"), partial(appearance.use_theme, "system"))
    toggle = appearance.toggle_language
    add("language.toggle", lambda: translate("Actions", "Next language"), toggle, "Ctrl+Shift+L")
    for code, language in LANGUAGES.items():
        add(f"language.{code}", partial(_language_name, language), partial(appearance.use_language, code))


def _language_name(language: str) -> str:
    return translate("Actions", "Language: {0}").format(language)


def _add_help(window: MainWindow) -> None:
    add = _adder(window.all_actions)
    add("palette.open", lambda: translate("Actions", "Command palette"), window.open_palette, "Ctrl+K")
    add("palette.shortcuts", lambda: translate("Actions", "List all shortcuts"), window.open_shortcuts, "F1")


def _adder(actions: Actions, is_enabled: Callable[[], bool] = always) -> Callable[..., None]:
    def add(key: str, name: Callable[[], str], run: Callable[[], object], shortcut: str = "") -> None:
        actions.add(Action(key=key, name=name, run=run, shortcut=shortcut, is_enabled=is_enabled))

    return add
