"""Switching the interface's language."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from playground.contract.assets import assets_folder
from playground.ui import translation
from playground.ui.translation import Language, translate


def test_a_translation_that_is_written_anew_does_not_take_the_window_along(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt maps the files that it loads by itself: a window crashed when a new version was installed under it."""
    copied = tmp_path / "translations" / "playground_ja.qm"
    copied.parent.mkdir()
    shutil.copyfile(assets_folder() / "translations" / "playground_ja.qm", copied)
    monkeypatch.setattr(translation, "assets_folder", lambda: tmp_path)
    language = Language()
    language.use("ja")
    try:
        assert translate("Pages", "Train") == "訓練"
        copied.write_bytes(b"")
        assert translate("Pages", "Generate") == "生成"
    finally:
        language.use("en")
    assert translate("Pages", "Train") == "Train"


def test_a_missing_translation_leaves_english(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "assets_folder", lambda: tmp_path)
    language = Language()
    language.use("ja")
    try:
        assert translate("Pages", "Train") == "Train"
    finally:
        language.use("en")
