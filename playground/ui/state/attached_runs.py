"""Which run directories outside the person's own folder belong into the list, remembered between starts."""

import json
from pathlib import Path

from playground.ui.state.settings import Settings

_KEY = "attached_runs"
_MOST = 500


class AttachedRuns:
    """Keeps paths and never looks whether they are there: a disk that is not mounted today may be tomorrow."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def paths(self) -> list[Path]:
        """In the order in which they were attached."""
        try:
            value = json.loads(self._settings.text(_KEY, "[]"))
        except (ValueError, RecursionError):
            return []
        names = value if isinstance(value, list) else []
        return [Path(name) for name in names if isinstance(name, str) and name][:_MOST]

    def attach_if_elsewhere(self, path: Path, own_folder: Path) -> None:
        """Attach a run unless it lies among the person's own."""
        if path.absolute().parent != own_folder.absolute():
            self.attach(path.absolute())

    def attach(self, path: Path) -> None:
        self._keep([*(other for other in self.paths() if other != path), path])

    def detach(self, path: Path) -> None:
        """Forget it, here and among the runs opened last; nothing on its disk changes."""
        self._keep([other for other in self.paths() if other != path])
        self._settings.forget_recent_run(path)

    def rename(self, former: Path, path: Path) -> None:
        """It has another name now, at the same place in the list."""
        self._keep([path if other == former else other for other in self.paths()])

    def _keep(self, paths: list[Path]) -> None:
        self._settings.set_text(_KEY, json.dumps([str(path) for path in paths][-_MOST:], ensure_ascii=False))
