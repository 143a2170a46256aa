"""The lowest validation loss of a run: found in bites, without what a resumed run has left behind."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.state.best_loss import BestLoss


def write(path: Path, records: list[dict[str, Any]], mode: str = "w") -> Path:
    with path.open(mode, encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path


def evaluation(step: int, nats: Any) -> dict[str, Any]:
    return {"kind": "evaluation", "step": step, "validation_loss": nats}


def read(path: Path, bite: int = 1 << 20) -> BestLoss:
    best = BestLoss(path)
    while not best.is_complete:
        best.read(bite)
    return best


def test_the_lowest_of_all_not_the_last(tmp_path: Path) -> None:
    lines = [
        evaluation(100, 3.0),
        {"kind": "train", "step": 150, "loss": 0.1},
        evaluation(200, 2.0),
        evaluation(300, 2.5),
    ]
    best = read(write(tmp_path / "metrics.jsonl", lines))
    assert (best.nats, best.step) == (2.0, 200)


def test_news_are_read_on(tmp_path: Path) -> None:
    path = write(tmp_path / "metrics.jsonl", [evaluation(100, 3.0)])
    best = read(path)
    write(path, [evaluation(200, 1.0)], "a")
    best.read()
    assert (best.nats, best.step) == (1.0, 200)


def test_what_a_resumed_run_left_behind_does_not_count(tmp_path: Path) -> None:
    lines = [
        evaluation(100, 3.0),
        evaluation(200, 2.0),
        evaluation(300, 1.0),
        evaluation(150, 2.8),
        evaluation(250, 2.6),
    ]
    best = read(write(tmp_path / "metrics.jsonl", lines))
    assert (best.nats, best.step) == (2.6, 250)


@pytest.mark.parametrize("nats", ["nan", "inf", None, True, [1]])
def test_what_is_no_number_does_not_count(tmp_path: Path, nats: Any) -> None:
    best = read(write(tmp_path / "metrics.jsonl", [evaluation(100, 3.0), evaluation(200, nats)]))
    assert best.nats == 3.0


def test_damage_and_half_a_line_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path / "metrics.jsonl", [evaluation(100, 3.0)])
    with path.open("a", encoding="utf-8") as file:
        file.write('{"step": 150, "validation_loss": [[[\n' + '{"step": 200, "validation_loss": 1.')
    best = read(path)
    assert best.nats == 3.0
    with path.open("a", encoding="utf-8") as file:
        file.write("5}\n")
    best.read()
    assert best.nats == 1.5


def test_a_replaced_file_is_read_anew(tmp_path: Path) -> None:
    path = write(tmp_path / "metrics.jsonl", [evaluation(step, 1.0) for step in range(100, 1000, 100)])
    best = read(path)
    write(path, [evaluation(100, 5.0)])
    best.read()
    assert best.nats == 5.0


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    best = read(tmp_path / "metrics.jsonl")
    assert math.isnan(best.nats)
    assert best.step == 0


@given(st.lists(st.tuples(st.integers(1, 40), st.floats(0, 9)), max_size=30), st.integers(128, 300))
def test_it_is_the_least_of_what_is_left(tmp_path_factory: pytest.TempPathFactory, rows: Any, bite: int) -> None:
    path = write(tmp_path_factory.mktemp("run") / "metrics.jsonl", [evaluation(*row) for row in rows])
    left: list[tuple[int, float]] = []
    for step, nats in rows:
        left = [row for row in left if row[0] < step] + [(step, nats)]
    wanted = min((nats for _, nats in left), default=math.nan)
    assert read(path, bite).nats == pytest.approx(wanted, nan_ok=True)
