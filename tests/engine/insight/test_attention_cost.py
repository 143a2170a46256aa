"""What attention costs: both ways give the same numbers, rows come shortest first, and memory is what was allocated."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from playground.contract.attention_cost_messages import TOO_LARGE, TOO_LONG, AttentionCost, AttentionShape
from playground.contract.errors import CancelledError, ConfigError
from playground.contract.model_config import ENCODER, ENCODER_DECODER, ModelConfig
from playground.engine.insight.attention_cost import AttentionCosts, Case, Limits, lengths, needed_bytes
from playground.engine.insight.peak_memory import free_bytes, peak_bytes
from playground.engine.model.attention import explicit, fused

CPU = torch.device("cpu")
SHAPE = AttentionShape(n_heads=4, n_kv_heads=4, d_head=8, is_causal=True, has_bias=False)
TINY = Limits(shortest=16, longest=128)


def ignore(n_tokens: int, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def rows() -> list[AttentionCost]:
    return list(AttentionCosts(SHAPE, CPU, ignore, TINY))


def test_rows_come_shortest_first(rows: list[AttentionCost]) -> None:
    assert [row.n_tokens for row in rows] == [16, 32, 64, 128]
    for row in rows:
        for way in (row.fused, row.explicit):
            assert 0 < way.forward_ms < way.training_ms
            assert 0 < way.forward_bytes < way.training_bytes


def test_both_ways_give_the_same_numbers(rows: list[AttentionCost]) -> None:
    for row in rows:
        assert row.largest_difference < 1e-5
    assert max(row.largest_difference for row in rows) > 0  # two ways indeed: they round differently


def test_explicit_memory_grows_with_the_square_and_fused_does_not(rows: list[AttentionCost]) -> None:
    shorter, longer = rows[-2], rows[-1]
    assert 3.3 < longer.explicit.forward_bytes / shorter.explicit.forward_bytes < 4.1
    assert longer.fused.forward_bytes / shorter.fused.forward_bytes < 2.6
    assert longer.fused.training_bytes < longer.explicit.training_bytes / 2


def test_the_weights_by_formula_are_within_what_was_measured(rows: list[AttentionCost]) -> None:
    for row in rows:
        weights = SHAPE.weights_bytes(row.n_tokens)
        assert weights == 4 * row.n_tokens * row.n_tokens * 4
        assert weights <= row.explicit.forward_bytes < row.explicit.training_bytes <= needed_bytes(SHAPE, row.n_tokens)
    assert rows[-1].fused.forward_bytes < SHAPE.weights_bytes(128)


@pytest.mark.parametrize("is_causal", [True, False])
@pytest.mark.parametrize("has_bias", [True, False])
@pytest.mark.parametrize("n_kv_heads", [1, 2, 4])
def test_each_shape_is_measured(is_causal: bool, has_bias: bool, n_kv_heads: int) -> None:
    shape = AttentionShape(n_heads=4, n_kv_heads=n_kv_heads, d_head=8, is_causal=is_causal, has_bias=has_bias)
    (row,) = AttentionCosts(shape, CPU, ignore, Limits(shortest=24, longest=24))
    assert row.largest_difference < 1e-5
    assert row.explicit.training_bytes <= needed_bytes(shape, 24)


def test_what_is_timed_is_attention() -> None:
    """Grouped, causal heads against torch's own formula, forward and backward."""
    shape = replace(SHAPE, n_kv_heads=2)
    case = Case(shape, 12, CPU, seed=3)
    queries, keys, values = case._inputs

    def wanted() -> Tensor:
        k, v = keys[:, [0, 0, 1, 1]], values[:, [0, 0, 1, 1]]
        scores = queries @ k.mT / 8**0.5
        hidden = torch.ones(12, 12).triu(1).bool()
        return functional.softmax(scores.masked_fill(hidden, float("-inf")), dim=-1) @ v

    gradients = torch.autograd.grad(wanted(), case._inputs, case._asked)
    for way in (fused, explicit):
        torch.testing.assert_close(case.forward(way), wanted().detach())
        for made, right in zip(case.training(way), gradients, strict=True):
            torch.testing.assert_close(made, right)


def test_it_can_be_withdrawn_between_two_runs() -> None:
    told: list[tuple[int, float]] = []

    def report(n_tokens: int, share: float) -> None:
        told.append((n_tokens, share))
        if n_tokens == 32:
            raise CancelledError("The question was withdrawn.")

    heard: list[int] = []
    costs = AttentionCosts(SHAPE, CPU, report, TINY)
    with pytest.raises(CancelledError):
        heard.extend(row.n_tokens for row in costs)
    assert heard == [16]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 16 / (16 + 32 + 64 + 128)


def test_it_ends_before_memory_does() -> None:
    room = needed_bytes(SHAPE, 64) * 1.3
    costs = AttentionCosts(SHAPE, CPU, ignore, replace(TINY, free_bytes=lambda device: int(room)))
    assert [row.n_tokens for row in costs] == [16, 32, 64]
    assert costs.stopped == TOO_LARGE


def test_it_ends_before_it_takes_too_long() -> None:
    costs = AttentionCosts(SHAPE, CPU, ignore, replace(TINY, patience_s=0.0))
    assert [row.n_tokens for row in costs] == [16]
    assert costs.stopped == TOO_LONG


def test_one_that_reaches_its_end_was_not_stopped() -> None:
    costs = AttentionCosts(SHAPE, CPU, ignore, Limits(shortest=16, longest=16))
    assert len(list(costs)) == 1
    assert costs.stopped == ""


def test_lengths_double_up_to_the_longest() -> None:
    assert lengths(64, 2048) == [64, 128, 256, 512, 1024, 2048]
    assert lengths(64, 100) == [64, 100]
    assert lengths(64, 48) == [48]


def test_an_impossible_shape_is_refused() -> None:
    with pytest.raises(ConfigError, match="4 heads of 8 numbers and 3 key heads"):
        AttentionCosts(replace(SHAPE, n_kv_heads=3), CPU, ignore)
    with pytest.raises(ConfigError, match="longest context is 0"):
        AttentionCosts(SHAPE, CPU, ignore, Limits(longest=0))


def test_the_shape_is_that_of_the_model() -> None:
    model = ModelConfig(d_model=64, n_heads=8, queries_per_kv_head=4, position="alibi")
    assert AttentionShape.of(model) == AttentionShape(n_heads=8, n_kv_heads=2, d_head=8, is_causal=True, has_bias=True)
    assert not AttentionShape.of(replace(model, causal_mask=False)).is_causal
    assert not AttentionShape.of(replace(model, kind=ENCODER)).is_causal
    assert AttentionShape.of(replace(model, kind=ENCODER_DECODER)).is_causal


def test_the_peak_is_what_was_held_at_once() -> None:
    def run() -> Tensor:
        first = torch.ones(1000)  # 4000 bytes
        second = torch.empty_like(first)  # 8000 held
        del first
        third = torch.ones(500)  # 6000 held
        del third
        return second

    assert peak_bytes(run, CPU) == 8000
    assert peak_bytes(lambda: None, CPU) == 0
    assert free_bytes(CPU) > 0
