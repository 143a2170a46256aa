"""The numbers of positions against the paper's formulas by hand, and against what the engine's models really use."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.contract.model_config import ModelConfig
from playground.contract.position_tables import (
    alibi_bias,
    alibi_slopes,
    rotary_angles,
    rotary_similarity,
    sinusoidal_table,
    sinusoidal_values,
)
from playground.engine.model import positions as engine


@pytest.mark.parametrize(("n_positions", "d_model"), [(1, 4), (64, 128), (300, 50)])
def test_the_sines_are_the_models(n_positions: int, d_model: int) -> None:
    ours = sinusoidal_table(n_positions, d_model)
    np.testing.assert_allclose(ours, engine.sinusoidal_table(n_positions, d_model).numpy(), atol=1e-6)


def test_sines_by_hand() -> None:
    table = sinusoidal_table(4, 4)
    assert table[3].tolist() == pytest.approx([math.sin(3), math.cos(3), math.sin(0.03), math.cos(0.03)])
    some = sinusoidal_values(np.array([3]), np.array([2, 1]), 4)
    assert some.tolist() == [pytest.approx([math.sin(0.03), math.cos(3)])]


@pytest.mark.parametrize("base", [100.0, 10_000.0])
def test_the_angles_are_the_models(base: float) -> None:
    config = ModelConfig(d_model=64, n_heads=4, n_ctx=40, position="rotary", rotary_base=base)
    angles = rotary_angles(np.arange(40), config.d_head, base)
    rotation = engine.Rotation(config)
    np.testing.assert_allclose(np.cos(angles), rotation.cosines[:, 0, :8].numpy(), atol=1e-6)
    np.testing.assert_allclose(np.sin(angles), rotation.signed_sines[:, 0, 8:].numpy(), atol=1e-6)


@given(st.integers(0, 20), st.integers(0, 20))
def test_similarity_is_that_of_turned_vectors(query: int, key: int) -> None:
    config = ModelConfig(d_model=64, n_heads=4, n_ctx=40, position="rotary")
    rotation = engine.Rotation(config)
    ones = torch.ones(1, 1, 1, config.d_head)
    turned_query = engine.rotated(ones, rotation(query, 1)).flatten()
    turned_key = engine.rotated(ones, rotation(key, 1)).flatten()
    cosine = float(torch.cosine_similarity(turned_query, turned_key, dim=0))
    found = rotary_similarity(np.array([abs(query - key)]), config.d_head, config.rotary_base)
    assert found[0] == pytest.approx(cosine, abs=1e-5)


def test_slopes_are_the_papers() -> None:
    assert alibi_slopes(8).tolist() == [2.0**-i for i in range(1, 9)]  # Press et al. 2022, section 3
    np.testing.assert_allclose(alibi_slopes(12), engine.alibi_slopes(12).numpy(), rtol=1e-6)


def test_the_bias_is_the_models() -> None:
    config = ModelConfig(d_model=64, n_heads=4, n_ctx=10, position="alibi")
    theirs = engine.DistanceBias(config)(0, 10)
    for slope, bias in zip(alibi_slopes(4), theirs, strict=True):
        np.testing.assert_allclose(alibi_bias(10, slope), bias.numpy(), rtol=1e-6)
