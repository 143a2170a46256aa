"""What tests of the window share: a home of their own, so that no test sees this person's runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from playground.ui.theme import theme


@pytest.fixture(autouse=True)
def _light_again() -> Iterator[None]:
    """Each test begins in the light theme, whatever the one before it wore."""
    yield
    if isinstance(QApplication.instance(), QApplication) and theme().name != "light":
        theme().use("light")


@pytest.fixture
def runs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of runs in a home of the test's own."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "runs"
    folder.mkdir(parents=True)
    return folder
