"""The interface's language: English in the source, Japanese from `assets/translations`.

Every string of the interface is written `translate("Context", "Literal {0}").format(value)`, so that
`tools/update_translations.py` finds it. Settings' labels and helps come from `contract` and are
looked up by `translate_setting` in the context "Settings".
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from playground.contract.assets import assets_folder

LANGUAGES = {"en": "English", "ja": "日本語"}
SETTINGS_CONTEXT = "Settings"


def translate(context: str, text: str) -> str:
    """`text` in the interface's language; itself where no translation is installed."""
    return QCoreApplication.translate(context, text)


def translate_setting(text: str) -> str:
    """A label, help, choice or preset text out of the contract, in the interface's language."""
    return QCoreApplication.translate(SETTINGS_CONTEXT, text) if text else ""


class Language:
    """Installs and removes the translators of one language on the application."""

    def __init__(self) -> None:
        self.code = "en"
        self._installed: list[QTranslator] = []
        self._data: list[bytes] = []  # which the translators read from

    def use(self, code: str) -> None:
        """Switch; Qt then sends LanguageChange to every widget. An unknown code means English."""
        application = QCoreApplication.instance()
        assert application is not None, "the language needs an application"
        for translator in self._installed:
            application.removeTranslator(translator)
        self.code = code if code in LANGUAGES else "en"
        self._data = [data for path in _files(self.code) if (data := _read(path))]
        self._installed = [QTranslator() for _ in self._data]
        for translator, data in zip(self._installed, self._data, strict=True):
            if translator.load(data):
                application.installTranslator(translator)
        QLocale.setDefault(QLocale(self.code))


def current_language() -> str:
    """The language that the interface speaks now: a key of `LANGUAGES`."""
    code = QLocale().name()[:2]
    return code if code in LANGUAGES else "en"


def system_language() -> str:
    """The language of this computer, if the interface speaks it, else English."""
    code = QLocale.system().name()[:2]
    return code if code in LANGUAGES else "en"


def _files(code: str) -> list[Path]:
    """Our own strings, and Qt's, e.g. of its dialogs."""
    if code == "en":
        return []
    own = assets_folder() / "translations" / f"playground_{code}.qm"
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{code}.qm"
    return [own, qt]


def _read(path: Path) -> bytes:
    """Whole: Qt would map the file, and crash if it were written anew while the window is open."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
