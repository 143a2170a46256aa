"""Theme and language of the window, chosen by the person and remembered."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from playground.ui.state.settings import Settings
from playground.ui.theme import theme
from playground.ui.translation import LANGUAGES, Language, system_language


class Appearance(QObject):
    """Applies theme and language to the application. "system" follows the computer."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._language = Language()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def language(self) -> str:
        return self._language.code

    def use_remembered(self, theme_name: str | None = None, language: str | None = None) -> None:
        """Apply what was chosen before; what is given goes first and is not remembered."""
        theme().use(theme_name or self._settings.text("theme", "system"))
        self._language.use(language or self._settings.text("language") or system_language())

    def use_theme(self, name: str) -> None:
        """Switch to "light", "dark" or "system"."""
        self._settings.set_text("theme", name)
        theme().use(name)

    def use_language(self, code: str) -> None:
        """Switch to one of `LANGUAGES`."""
        self._settings.set_text("language", code)
        self._language.use(code)

    def toggle_theme(self) -> None:
        self.use_theme("light" if theme().colours.is_dark else "dark")

    def toggle_language(self) -> None:
        """Go to the next language."""
        codes = list(LANGUAGES)
        self.use_language(codes[(codes.index(self.language) + 1) % len(codes)])

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        """The computer turned dark or light. Our own switch causes this signal too, and must not loop."""
        wanted = scheme == Qt.ColorScheme.Dark
        if theme().name == "system" and theme().colours.is_dark != wanted:
            theme().use("system")
