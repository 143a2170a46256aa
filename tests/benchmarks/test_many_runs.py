"""How a home with a thousand runs opens: how soon names and numbers are there, how long the window stands still.

Prints figures and asserts nothing timed. Run by hand:
`python -m pytest -m benchmark tests/benchmarks/test_many_runs.py -s`.
The Runs page with its wiring, offscreen; `PLAYGROUND_BENCHMARK_RUNS` sets how many runs there are.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))
from made_runs import make_run
from runs_bench import RunsBench

from playground.ui.pages.runs.run_columns import LOSS
from playground.ui.state.run_summary import UNREAD

pytestmark = pytest.mark.benchmark

N_RUNS = int(os.environ.get("PLAYGROUND_BENCHMARK_RUNS", "1000"))
_PATIENCE_MS = 120_000


class Pulse:
    """A timer that should beat each 4 ms; notes how long it did not, and how much of that the window itself worked."""

    def __init__(self) -> None:
        self.gaps_s: list[float] = []
        self._began = self._last = time.perf_counter()
        self._worked, self._late = time.thread_time(), list[str]()
        self._timer = QTimer(interval=4)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def words(self) -> str:
        gaps = sorted(self.gaps_s)
        share = f"longest gap {1000 * gaps[-1]:.0f} ms, 99 % {1000 * gaps[int(0.99 * len(gaps))]:.0f} ms"
        return f"{share}, over 50 ms: {', '.join(self._late) or 'none'}"

    def _on_beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps_s.append(now - self._last)
        if now - self._last > 0.05:
            work = f"{1000 * (worked - self._worked):.0f} of work"
            self._late.append(f"{1000 * (now - self._last):.0f} ({work}) at {now - self._began:.2f} s")
        self._last, self._worked = now, worked


def many_runs(folder: Path) -> None:
    """Copies of one run with 1,000 steps, each a minute older than the one before it."""
    first = make_run(folder / "run 0000", n_steps=1000)
    status = json.loads(first.status_path.read_text())
    now = time.time()
    for number in range(1, N_RUNS):
        path = folder / f"run {number:04}"
        shutil.copytree(first.path, path)
        (path / "status.json").write_text(json.dumps(status | {"updated_at": now - 60 * number}))
        for file in path.iterdir():
            os.utime(file, (now - 60 * number, now - 60 * number))


def timed(what: str, deed: Callable[[], object]) -> None:
    began = time.perf_counter()
    deed()
    print(f"{what}: {1000 * (time.perf_counter() - began):.1f} ms")


def test_a_thousand_runs(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("playground.ui.wiring.runs.sample_model", lambda: None)
    folder = tmp_path / "home" / "runs"
    folder.mkdir(parents=True)
    many_runs(folder)
    bench = RunsBench(qtbot, folder)
    page, model = bench.page, bench.page.table.runs

    def n_read() -> int:
        return sum(run.state != UNREAD for run in model.runs)

    pulse, began = Pulse(), time.perf_counter()
    page.show()
    qtbot.waitUntil(lambda: len(model.runs) == N_RUNS, timeout=_PATIENCE_MS)
    print(f"\n{N_RUNS:,} runs\nnames: {time.perf_counter() - began:.2f} s")
    qtbot.waitUntil(lambda: n_read() >= min(20, N_RUNS), timeout=_PATIENCE_MS)
    print(f"what the table shows first: {time.perf_counter() - began:.2f} s")
    qtbot.waitUntil(lambda: n_read() == N_RUNS, timeout=_PATIENCE_MS)
    print(f"all: {time.perf_counter() - began:.2f} s; meanwhile {pulse.words()}")
    pulse = Pulse()
    qtbot.wait(5000)
    print(f"5 s of watching: {pulse.words()}")
    timed("sort by loss", lambda: page.table.sortByColumn(LOSS, page.table.horizontalHeader().sortIndicatorOrder()))
    timed("filter", lambda: page.filter.setText("run 05"))
    timed("no filter", page.filter.clear)
    timed("paint", lambda: page.table.viewport().grab())
    bench.close()
