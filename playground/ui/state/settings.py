"""What the program remembers of this person between starts: theme, language, window, recent runs."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from playground import places

_RECENT = 10


class Settings:
    """A small INI file in the person's folder; missing or damaged values fall back quietly to the defaults."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or places.settings_file()), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        self._store.setValue(key, value)

    def recent_runs(self) -> list[Path]:
        """The runs opened last, newest first; those that are gone are left out."""
        value = self._store.value("recent_runs", [])
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        paths = [Path(name) for name in names if isinstance(name, str)]
        return [path for path in paths if (path / "config.toml").is_file()]

    def add_recent_run(self, path: Path) -> None:
        rest = [str(other) for other in self.recent_runs() if other != path]
        self._store.setValue("recent_runs", [str(path), *rest][:_RECENT])

    def forget_recent_run(self, path: Path) -> None:
        self._store.setValue("recent_runs", [str(other) for other in self.recent_runs() if other != path])

    def sync(self) -> None:
        self._store.sync()
