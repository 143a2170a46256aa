"""A picture's numbers as files, however many they are."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.ui.widgets.export import PictureMenu, Table, table_text


@pytest.fixture
def picture(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_text_that_a_spreadsheet_would_run_is_quoted() -> None:
    table = Table(header=("name", "x"), rows=[("=1+1", -2.5), ("一つ", 3)])
    assert table_text(table, ",") == "name,x\n'=1+1,-2.5\n一つ,3\n"


def test_a_long_table_is_written_without_holding_anything_up(
    picture: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n_rows = 60_000

    def rows() -> Iterator[tuple[str, float, float]]:
        return (("train", float(i), i / 7) for i in range(n_rows))

    menu = PictureMenu(picture, "curves", table=lambda: Table(header=("curve", "step", "loss"), rows=rows()))
    monkeypatch.setattr(menu, "ask_path", lambda suggestion, filter: str(tmp_path / "points"))
    beats: list[float] = []
    heart = QTimer(interval=0)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start()
    with qtbot.waitSignal(menu.saved, timeout=20_000) as saved:
        menu.save_csv()
        assert not (tmp_path / "points.csv").exists()
    assert saved.args == [str(tmp_path / "points.csv")]
    assert len(beats) > 3
    found = read(tmp_path / "points.csv")
    assert found[0] == ["curve", "step", "loss"]
    assert len(found) == n_rows + 1
    assert [float(cell) for cell in found[-1][1:]] == [n_rows - 1, (n_rows - 1) / 7]


def test_two_tables_at_once_are_written_one_after_the_other(
    picture: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = PictureMenu(picture, "x", table=lambda: Table(header=("i",), rows=[(i,) for i in range(20_000)]))
    names = iter(["a.csv", "b.csv"])
    monkeypatch.setattr(menu, "ask_path", lambda suggestion, filter: str(tmp_path / next(names)))
    menu.save_csv()
    menu.save_csv()
    qtbot.waitUntil(lambda: (tmp_path / "b.csv").exists(), timeout=20_000)
    assert len(read(tmp_path / "a.csv")) == len(read(tmp_path / "b.csv")) == 20_001


def test_a_disk_that_refuses_is_told(
    picture: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = PictureMenu(picture, "x", table=lambda: Table(header=("i",), rows=[(1,)]))
    monkeypatch.setattr(menu, "ask_path", lambda suggestion, filter: str(tmp_path / "nowhere" / "x.csv"))
    with qtbot.waitSignal(menu.failed) as failed:
        menu.save_csv()
    assert "nowhere" in failed.args[0]
