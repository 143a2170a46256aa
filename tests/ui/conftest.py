"""What tests of the window share: a home of their own, so that no test sees this person's runs."""

from pathlib import Path

import pytest


@pytest.fixture
def runs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of runs in a home of the test's own."""
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "runs"
    folder.mkdir(parents=True)
    return folder
