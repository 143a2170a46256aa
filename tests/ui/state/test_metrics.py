"""Growing columns of numbers, and runs that went back to a checkpoint."""

import math
from typing import Any

import pytest

from playground.ui.state.metrics import Metrics


def train(step: int, loss: Any = 4.0, segment: int = 0) -> dict[str, Any]:
    return {"kind": "train", "segment": segment, "step": step, "loss": loss}


def evaluation(step: int, loss: float = 5.0, segment: int = 0) -> dict[str, Any]:
    return {"kind": "evaluation", "segment": segment, "step": step, "validation_loss": loss}


def test_rows_of_both_kinds() -> None:
    metrics = Metrics()
    metrics.extend([train(1), train(2, 3.5), evaluation(2), {"kind": "new in a later version", "step": 3}])
    assert metrics.train.column("step").tolist() == [1, 2]
    assert metrics.train.last("loss") == 3.5
    assert metrics.evaluation.column("validation_loss").tolist() == [5.0]
    assert math.isnan(metrics.train.last("gradient_norm"))
    assert math.isnan(Metrics().train.last("loss"))


@pytest.mark.parametrize(("value", "known"), [("nan", False), ("inf", True), (None, False), (True, False), (3, True)])
def test_values_that_are_no_plain_numbers(value: Any, known: bool) -> None:
    metrics = Metrics()
    metrics.extend([train(1, value)])
    assert math.isnan(metrics.train.last("loss")) is not known


def test_columns_grow() -> None:
    metrics = Metrics()
    metrics.extend(train(step, step / 2) for step in range(1, 3001))
    assert metrics.train.n_rows == 3000
    assert metrics.train.column("loss")[2048] == 1024.5


def test_a_resumed_run_hides_what_lay_beyond_its_checkpoint() -> None:
    metrics = Metrics()
    metrics.extend([train(step, 4.0) for step in range(1, 11)])
    metrics.extend([evaluation(5), evaluation(10)])
    metrics.extend([train(6, 1.0, segment=1), evaluation(8, 2.0, segment=1)])
    assert metrics.train.column("step").tolist() == [1, 2, 3, 4, 5, 6]
    assert metrics.train.column("loss").tolist() == [4, 4, 4, 4, 4, 1]
    assert metrics.evaluation.column("step").tolist() == [5, 8]
