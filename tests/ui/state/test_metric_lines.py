"""Lines of metrics.jsonl as rows, quick or slow, and a long file read in bites behind a sample of it."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.growing import Growing
from playground.ui.state import metrics_file
from playground.ui.state.metric_lines import TRAIN, parts_of, records_of
from playground.ui.state.metrics import Metrics
from playground.ui.state.metrics_file import MetricsFile

NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**70), 2**70), st.none(), st.booleans(),
    st.sampled_from(["NaN", "Infinity", "-Infinity", "no number"]),
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["train", "evaluation", "later"]), "step": st.integers(1, 50)},
    optional={
        "loss": NUMBERS, "validation_loss": NUMBERS, "weight_norm": NUMBERS, "seq": st.integers(0, 9),
        "segment": st.integers(0, 3),
    },
)  # fmt: skip


def lines(records: list[Any]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def contents(metrics: Metrics) -> list[list[float]]:
    columns = [metrics.train, metrics.evaluation]
    return [part.column(name).tolist() for part in columns for name in part.names]


@given(st.lists(RECORDS, max_size=30))
def test_the_quick_way_and_the_slow_one_give_the_same(records: list[dict[str, Any]]) -> None:
    quick, slow = Metrics(), Metrics()
    assert quick.extend_lines(lines(records)) == 0
    slow.extend(records)
    np.testing.assert_equal(contents(quick), contents(slow))


@given(st.lists(RECORDS, max_size=30), st.integers(1, 5))
def test_bites_of_any_size_give_the_same(records: list[dict[str, Any]], n_per_bite: int) -> None:
    whole, bitten = Metrics(), Metrics()
    whole.extend(records)
    for start in range(0, len(records), n_per_bite):
        bitten.extend_lines(lines(records[start : start + n_per_bite]))
    np.testing.assert_equal(contents(bitten), contents(whole))


def test_damage_costs_its_own_line_alone() -> None:
    metrics = Metrics()
    good = b'{"kind":"train","step":1,"loss":2.5}\n'
    bad = b'{"kind":"tra\n\n[1]\n{"kind":"train","loss":1.0}\n\xff\xfe\n{"kind":7,"step":2}\n'
    assert metrics.extend_lines(bad + good) == 3
    assert metrics.train.column("loss").tolist() == [2.5]


def test_plain_lines_take_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a long history takes five times as long, and nobody would know."""
    monkeypatch.setattr("playground.ui.state.metric_lines._slowly", lambda data: pytest.fail("the slow way"))
    plain = [{"kind": "train", "seq": 3, "segment": 1, "step": 1, "loss": 2, "tokens": 1024, "gradient_norm": "NaN"}]
    (part,), n_damaged = parts_of(lines(plain))
    assert (part.segment, part.first_step, n_damaged) == (1, 1.0, 0)
    row = dict(zip(TRAIN.columns, part.train[0].tolist(), strict=True))
    assert (row["loss"], row["tokens"], math.isnan(row["gradient_norm"]), math.isnan(row["weight_norm"])) == (
        2, 1024, True, True
    )  # fmt: skip


def test_segments_are_parts_of_their_own() -> None:
    records = [{"kind": "train", "step": step, "segment": segment} for segment, step in ((0, 1), (0, 2), (1, 2))]
    parts = records_of(records)
    assert [(part.segment, part.first_step, len(part.train)) for part in parts] == [(0, 1, 2), (1, 2, 1)]


def test_places_never_fall() -> None:
    """The clock of a resumed run may; what searches in the column must not be misled."""
    metrics = Metrics()
    for elapsed in (None, 5.0, 3.0, None, 7.0):
        metrics.extend([{"kind": "train", "step": 1, "elapsed_s": elapsed}])
    assert metrics.train.column("elapsed_s").tolist() == [-math.inf, 5, 5, 5, 7]


@given(st.lists(st.one_of(st.lists(st.floats(-9, 9), max_size=400), st.integers(0, 500)), max_size=12))
def test_a_growing_column_is_a_list(changes: list[Any]) -> None:
    column, expected = Growing(), list[float]()
    for change in changes:
        if isinstance(change, int):
            column.cut(change)
            expected = expected[:change]
        else:
            column.append(np.array(change))
            expected += change
        assert column.values.tolist() == expected


# Files.


def write_steps(path: Path, n_steps: int, first: int = 1, segment: int = 0) -> None:
    with path.open("ab") as file:
        for step in range(first, first + n_steps):
            record = {"kind": "train", "segment": segment, "step": step, "loss": step / 10, "tokens": 8 * step}
            file.write(lines([record]))
        file.write(lines([{"kind": "evaluation", "segment": segment, "step": step, "validation_loss": 4.5}]))


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(metrics_file, "LONG_BYTES", 200_000)
    path = tmp_path / "metrics.jsonl"
    write_steps(path, 12_000)
    return path


def test_a_long_file_is_sampled_at_once_and_then_read_whole(long: Path) -> None:
    file = MetricsFile(long)
    while not file.read(0.002):
        assert file.is_reading
    assert file.sample is not None
    steps = file.sample.train.column("step")
    assert steps[0] == 1
    assert steps[-1] == 12_000
    assert 700 < len(steps) < 2500
    assert (np.diff(steps) > 0).all()
    assert file.sample.evaluation.last("validation_loss") == 4.5
    assert file.metrics.train.n_rows == 0
    shares = [file.share]
    while file.is_reading:
        file.read(0.0005)
        shares.append(file.share)
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert file.sample is None
    assert file.metrics.train.column("step").tolist() == list(range(1, 12_001))
    assert file.n_damaged == 0


def test_a_short_file_needs_no_sample(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    file = MetricsFile(path)
    assert not file.read(0.01)
    write_steps(path, 10)
    assert file.read(1.0)
    assert (file.sample, file.is_reading, file.metrics.train.n_rows) == (None, False, 10)


def test_a_file_that_was_replaced_is_read_anew(long: Path) -> None:
    file = MetricsFile(long)
    while file.read(1.0) or file.is_reading:
        pass
    long.unlink()
    write_steps(long, 3)
    assert file.read(1.0)
    assert file.metrics.train.column("step").tolist() == [1, 2, 3]


def test_a_resumed_run_is_sampled_without_what_it_left_behind(long: Path) -> None:
    write_steps(long, 12_000, first=6001, segment=1)
    file = MetricsFile(long)
    while not file.read(1.0):
        pass
    assert file.sample is not None
    assert (np.diff(file.sample.train.column("step")) >= 0).all()
    while file.is_reading:
        file.read(1.0)
    assert file.metrics.train.column("step").tolist() == list(range(1, 18_001))


def test_an_endless_line_is_no_standstill(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b"x" * 300_000 + b"\n")
    write_steps(path, 5)
    file = MetricsFile(path)
    while file.read(1.0) or file.is_reading:
        pass
    assert file.metrics.train.n_rows == 5
    assert file.n_damaged > 0
