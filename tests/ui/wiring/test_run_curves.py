"""The Train page's picture with real run directories: long histories, marks, and runs side by side."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_runs import TINY, append_events, append_steps, loss_at, make_run
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.config import StartConfig
from playground.contract.run_directory import RunDirectory
from playground.ui.actions import Actions
from playground.ui.charts.curve_marks import EVENT, FORK, SAMPLE, SNAPSHOT
from playground.ui.pages.train.page import TrainPage
from playground.ui.pages.train.plot import RATE, TOKENS, PlotChoice
from playground.ui.state import metrics_file
from playground.ui.state.app_state import AppState
from playground.ui.state.settings import Settings
from playground.ui.window_context import WindowContext
from playground.ui.wiring.train import TrainWiring


class SilentWorker(QObject):
    restarted = Signal(str)

    def ask_latest(self, *arguments: Any, **more: Any) -> int:
        return 1


class Bench:
    """The page with everything around it, and no run in view."""

    def __init__(self, qtbot: QtBot, runs: Path) -> None:
        self.runs = runs
        self.app = AppState(settings=Settings(runs.parent / "settings.ini"))
        self.page = TrainPage()
        context = WindowContext(
            app=self.app, worker=SilentWorker(), go_to=print, show_term=print, report=print,  # type: ignore[arg-type]
            actions=Actions(),
        )  # fmt: skip
        self.wiring = TrainWiring(self.page, context)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 700)
        self.page.show()

    @property
    def picture(self) -> Any:
        return self.page.run_picture

    def labels(self) -> list[str]:
        return [row[0] for row in self.picture.chart.table().rows]

    def kinds(self) -> list[tuple[float, str]]:
        return [(mark.x, mark.kind) for mark in self.picture.chart._overlay.marks.all()]


@pytest.fixture
def bench(qtbot: QtBot, runs_folder: Path) -> Bench:
    return Bench(qtbot, runs_folder)


def test_a_long_run_is_drawn_from_a_sample_and_then_from_all(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics_file, "LONG_BYTES", 100_000)
    run = make_run(bench.runs / "long", n_steps=30_000)
    told: list[str] = []
    plain = bench.picture.chart.show_reading
    monkeypatch.setattr(bench.picture.chart, "show_reading", lambda words: (told.append(words), plain(words)))
    current, first = bench.app.current, list[str]()

    def look() -> None:  # as soon as there is a sample, which may be for a moment only
        if current.sample is not None and not first:
            bench.wiring.run_view.curves.draw()
            first.extend(name for name in bench.picture.chart.curve_names() if name.startswith("rest of"))

    current.metrics_appended.connect(look)
    current.open(run.path)
    qtbot.waitUntil(lambda: bench.labels().count("train") == 30_000, timeout=20_000)
    qtbot.waitUntil(lambda: told[-1] == "", timeout=5000)
    assert first == ["rest of train", "rest of validation"]
    assert any(words.startswith("Reading all points: ") for words in told)
    assert bench.picture.chart.curve_names() == ["train", "validation"]
    assert bench.page.heading._words.text().endswith(f"validation loss {loss_at(30_000) + 0.1:.3f}")


def test_what_happened_is_marked_on_the_axis_in_use(bench: Bench, qtbot: QtBot) -> None:
    run = make_run(bench.runs / "kites", n_steps=200)
    append_events(run, [{"kind": "paused", "step": 120}])
    run.snapshots_path.mkdir()
    for step in (100, 200):
        run.snapshot_path(step).touch()
    fork = replace(TINY, start=StartConfig(run=str(run.path), step=100))
    make_run(bench.runs / "forked", run_directory.NEW, config=fork)
    bench.app.current.open(run.path)
    qtbot.waitUntil(lambda: bench.picture.has_chart and len(bench.kinds()) == 6)
    assert bench.kinds() == [(100, SAMPLE), (100, SNAPSHOT), (100, FORK), (120, EVENT), (200, SAMPLE), (200, SNAPSHOT)]
    bench.picture.show_choice(PlotChoice(across=TOKENS))
    assert bench.kinds()[3] == (120 * 768, EVENT)
    assert bench.app.current.step == 200
    bench.picture.chart.moment_requested.emit(100)
    assert bench.app.current.step == 100
    assert bench.picture.chart._overlay.current_x == 100 * 768


def test_new_events_and_snapshots_are_marked_as_they_come(bench: Bench, qtbot: QtBot) -> None:
    run = make_run(bench.runs / "kites", n_steps=200, samples=())
    bench.app.current.open(run.path)
    qtbot.waitUntil(lambda: bench.picture.has_chart)
    append_events(run, [{"kind": "paused", "step": 150}])
    run.snapshots_path.mkdir()
    run.snapshot_path(200).touch()
    qtbot.waitUntil(lambda: bench.kinds() == [(150, EVENT), (200, SNAPSHOT)])


def test_runs_side_by_side(bench: Bench, qtbot: QtBot) -> None:
    slower = replace(TINY, training=replace(TINY.training, learning_rate=1e-3))
    bells = make_run(bench.runs / "bells", n_steps=300, config=slower)
    run = make_run(bench.runs / "kites", n_steps=200)
    bench.app.current.open(run.path)
    qtbot.mouseClick(bench.page.run_panel.compare.rows()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.labels().count("bells") == 300)
    table = bench.picture.table
    assert table.isVisible()
    shown = {line[0]: line[1:] for line in table.rows()}
    assert shown["What differs"] == ["kites", "bells"]
    assert shown["Learning rate"] == ["0.003", "0.001"]
    assert shown["Last loss"] == [f"{loss_at(200):.4f}", f"{loss_at(300):.4f}"]
    best = [min(loss_at(step) for step in range(100, n + 1, 100)) + 0.1 for n in (200, 300)]
    assert shown["Best validation"] == [f"{loss:.4f}" for loss in best]
    append_steps(RunDirectory(bells.path), range(301, 401))
    qtbot.waitUntil(lambda: table.rows()[1][2] == f"{loss_at(400):.4f}")
    bench.picture.show_choice(PlotChoice(measure=RATE))
    assert set(bench.labels()) == {"kites", "bells"}  # the axis says what is measured
    qtbot.mouseClick(bench.page.run_panel.compare.rows()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not table.isVisible())
    assert bench.picture.small.isVisible()


def test_a_compared_run_without_its_config_is_drawn_all_the_same(bench: Bench, qtbot: QtBot) -> None:
    bells = make_run(bench.runs / "bells", n_steps=50)
    bells.config_path.write_text("format = ", encoding="utf-8")
    run = make_run(bench.runs / "kites", n_steps=20)
    bench.app.current.open(run.path)
    bench.app.compared.choose(bells.path, True)
    qtbot.waitUntil(lambda: bench.labels().count("bells") == 50)


def test_the_way_of_drawing_outlives_the_run(bench: Bench, qtbot: QtBot) -> None:
    first, second = make_run(bench.runs / "a", n_steps=30), make_run(bench.runs / "b", n_steps=60)
    bench.app.current.open(first.path)
    qtbot.waitUntil(lambda: bench.picture.has_chart)
    bench.picture.show_choice(PlotChoice(measure=RATE, across=TOKENS, reach=1))
    bench.app.current.open(second.path)
    qtbot.waitUntil(lambda: bench.labels() == ["Learning rate"] * 60)
    assert list(bench.picture.chart.table().rows)[-1][1] == 60 * 768
    assert bench.picture.bar.choice() == PlotChoice(measure=RATE, across=TOKENS, reach=1)
