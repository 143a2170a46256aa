"""Samplers against `transformers`' warpers, against their definitions, and against the law of large numbers."""

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.contract.config import SamplingConfig
from playground.engine.generation.samplers import (
    draw,
    filtered,
    next_token_distribution,
    noise,
    temperature,
    top_k,
    top_p,
)

logit_lists = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=40)
distinct_logits = st.lists(st.integers(-4000, 4000), min_size=2, max_size=40, unique=True).map(
    lambda values: torch.tensor(values, dtype=torch.float32) / 200
)


def _kept(logits: torch.Tensor) -> set[int]:
    return set(torch.nonzero(~logits.isneginf()).flatten().tolist())


@given(logit_lists, st.integers(0, 50))
@settings(deadline=None)
def test_top_k_keeps_exactly_k_and_the_likeliest(values, k):
    logits = torch.tensor(values)
    kept = _kept(top_k(logits, k))
    assert len(kept) == (min(k, len(values)) if k else len(values))
    cut = set(range(len(values))) - kept
    assert all(logits[i] >= logits[j] for i in kept for j in cut)


def test_top_k_prefers_smaller_ids_among_equals():
    assert _kept(top_k(torch.tensor([1.0, 2.0, 1.0, 1.0]), 2)) == {0, 1}


@given(logit_lists, st.floats(0.01, 0.999))
@settings(deadline=None)
def test_top_p_keeps_the_smallest_set_that_reaches_p(values, p):
    logits = torch.tensor(values)
    probabilities = logits.double().softmax(-1)
    kept = _kept(top_p(logits, p))
    total = float(probabilities[sorted(kept)].sum())
    assert kept
    assert total >= p - 1e-5
    if len(kept) > 1:  # without its least likely member it would not reach p
        assert total - min(float(probabilities[i]) for i in kept) < p + 1e-5
    cut = set(range(len(values))) - kept
    assert all(logits[i] >= logits[j] for i in kept for j in cut)


def test_top_p_keeps_the_token_that_crosses():
    logits = torch.tensor([0.5, 0.3, 0.15, 0.05]).log()
    assert _kept(top_p(logits, 0.49)) == {0}
    assert _kept(top_p(logits, 0.51)) == {0, 1}
    assert _kept(top_p(logits, 0.79)) == {0, 1}
    assert _kept(top_p(logits, 0.94)) == {0, 1, 2}
    assert _kept(top_p(logits, 1.0)) == {0, 1, 2, 3}


@given(distinct_logits, st.integers(1, 50))
@settings(deadline=None)
def test_top_k_equals_transformers(logits, k):
    from transformers import TopKLogitsWarper

    assert torch.equal(top_k(logits, k), TopKLogitsWarper(k)(None, logits[None])[0])


@given(distinct_logits, st.floats(0.01, 0.99))
@settings(deadline=None)
def test_top_p_equals_transformers(logits, p):
    from transformers import TopPLogitsWarper

    sums = logits.double().softmax(-1).sort(descending=True).values.cumsum(-1)
    assume(float((sums - p).abs().min()) > 1e-5)  # on the very edge, rounding decides
    assert torch.equal(top_p(logits, p), TopPLogitsWarper(p)(None, logits[None])[0])


def test_filters_take_batches():
    batch = torch.randn(5, 30, generator=torch.Generator().manual_seed(1))
    for function, value in ((top_k, 4), (top_p, 0.7), (temperature, 0.5), (temperature, 0.0)):
        rows = torch.stack([function(row, value) for row in batch])
        assert torch.equal(function(batch, value), rows)


@given(distinct_logits, st.floats(0.05, 3.0))
@settings(deadline=None)
def test_temperature_keeps_the_order_and_scales_the_gaps(logits, value):
    warm = temperature(logits, value)
    assert torch.equal(warm.argsort(), logits.argsort())
    assert torch.allclose((warm - warm[0]) * value, logits - logits[0], atol=1e-3)


def test_temperature_zero_is_greedy_and_takes_the_first_of_equals():
    assert temperature(torch.tensor([1.0, 3.0, 3.0]), 0.0).softmax(-1).tolist() == [0.0, 1.0, 0.0]


def test_the_order_is_top_k_then_top_p_then_temperature():
    probabilities = torch.tensor([0.4, 0.3, 0.2, 0.1])
    chain = filtered(probabilities.log(), SamplingConfig(top_k=3, top_p=0.7, temperature=3.0))
    # Of the three that top-k leaves, renormalised 0.44, 0.33, 0.22, the first two reach 0.7. Had the temperature
    # come first, 0.35, 0.32, 0.28 would need all three.
    assert chain.cut_by_top_k.tolist() == [False, False, False, True]
    assert chain.cut_by_top_p.tolist() == [False, False, True, False]
    expected = torch.tensor([0.4, 0.3]) ** (1 / 3)
    assert torch.allclose(chain.logits.softmax(-1)[:2], expected / expected.sum(), atol=1e-6)


def test_draws_follow_the_distribution():
    logits = torch.tensor([0.5, 0.25, 0.2, 0.05]).log()
    generator = torch.Generator().manual_seed(0)
    n_draws = 20_000
    counts = np.bincount([draw(logits, noise(4, generator)) for _ in range(n_draws)], minlength=4)
    expected = n_draws * np.array([0.5, 0.25, 0.2, 0.05])
    chi_squared = float(((counts - expected) ** 2 / expected).sum())
    assert chi_squared < 16.27  # three degrees of freedom, one chance in a thousand, and the seed is fixed


@given(distinct_logits, st.integers(0, 2**31 - 1))
@settings(deadline=None)
def test_what_is_cut_is_never_drawn(logits, seed):
    chain = filtered(logits, SamplingConfig(top_k=3, top_p=0.8, temperature=1.5))
    assert draw(chain.logits, noise(len(logits), torch.Generator().manual_seed(seed))) in _kept(chain.logits)


@given(distinct_logits, st.integers(0, 2**31 - 1))
@settings(deadline=None)
def test_cutting_others_does_not_change_the_draw(logits, seed):
    """Every token keeps its own luck, so a filter changes a draw only by removing what was drawn."""
    luck = noise(len(logits), torch.Generator().manual_seed(seed))
    free = draw(logits, luck)
    narrowed = top_k(logits, max(1, len(logits) // 2))
    if free in _kept(narrowed):
        assert draw(narrowed, luck) == free


def test_noise_is_never_zero_and_the_same_for_the_same_seed():
    first, again = (noise(10_000, torch.Generator().manual_seed(3)) for _ in range(2))
    assert torch.equal(first, again)
    assert (first > 0).all()


def test_distribution_tells_before_after_and_who_cut():
    probabilities = torch.tensor([0.1, 0.4, 0.2, 0.3])
    sampling = SamplingConfig(top_k=3, top_p=0.7, temperature=1.0)
    shown = next_token_distribution(probabilities.log(), sampling, n_shown=10)
    assert shown.ids.tolist() == [1, 3, 2, 0]
    assert shown.ids.dtype == np.int32
    assert shown.before.tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1], abs=1e-6)
    assert shown.after.tolist() == pytest.approx([4 / 7, 3 / 7, 0.0, 0.0], abs=1e-6)
    assert shown.cut_by == ["", "", "top_p", "top_k"]
    assert shown.n_kept == 2
    entropy = -sum(p * math.log(p) for p in (0.1, 0.4, 0.2, 0.3))
    assert shown.entropy_nats == pytest.approx(entropy, abs=1e-6)


def test_greedy_distribution_keeps_one_without_blaming_a_filter():
    shown = next_token_distribution(torch.tensor([0.0, 2.0, 1.0]), SamplingConfig(temperature=0.0), n_shown=2)
    assert shown.ids.tolist() == [1, 2]
    assert shown.after.tolist() == [1.0, 0.0]
    assert shown.cut_by == ["", ""]
    assert shown.n_kept == 1
