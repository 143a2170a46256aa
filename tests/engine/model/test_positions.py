"""Positions against their formulas, worked by hand."""

import math

import pytest
import torch

from playground.contract.model_config import ModelConfig
from playground.engine.model.positions import AddedPositions, Rotation, rotated, sinusoidal_table


def test_sinusoidal_table_is_the_formula_of_the_paper():
    table = sinusoidal_table(50, 12)
    for position in (0, 1, 7, 49):
        for pair in range(6):
            angle = position / 10000 ** (2 * pair / 12)
            assert float(table[position, 2 * pair]) == pytest.approx(math.sin(angle), abs=1e-6)
            assert float(table[position, 2 * pair + 1]) == pytest.approx(math.cos(angle), abs=1e-6)


def test_sinusoidal_positions_scale_tokens_and_start_where_they_are_told():
    positions = AddedPositions(ModelConfig(position="sinusoidal", d_model=16, n_heads=2, n_ctx=10))
    x = torch.ones(1, 3, 16)
    assert torch.allclose(positions(x, 4)[0], 4 * torch.ones(3, 16) + sinusoidal_table(10, 16)[4:7])
    assert list(positions.parameters()) == []


def test_learned_positions_are_a_table_that_training_changes():
    positions = AddedPositions(ModelConfig(position="learned", d_model=16, n_heads=2, n_ctx=10))
    with torch.no_grad():
        positions.table.copy_(torch.arange(160).view(10, 16))
    assert torch.equal(positions(torch.zeros(1, 2, 16), 8)[0], positions.table[8:])


def _turned(rotation: Rotation, vector: torch.Tensor, position: int) -> torch.Tensor:
    return rotated(vector.expand(1, 1, 2, -1), rotation(position, 1))[0, 0, 0]


def test_rotation_turns_each_pair_by_its_own_angle():
    rotation = Rotation(ModelConfig(position="rotary", n_heads=1, d_model=8, n_ctx=30))
    vector = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    turned = _turned(rotation, vector, 11)
    for pair in range(4):  # number i and number i + 4
        angle = 11 / 10000 ** (2 * pair / 8)
        a, b = float(vector[pair]), float(vector[pair + 4])
        assert float(turned[pair]) == pytest.approx(a * math.cos(angle) - b * math.sin(angle), abs=1e-5)
        assert float(turned[pair + 4]) == pytest.approx(b * math.cos(angle) + a * math.sin(angle), abs=1e-5)


def test_rotated_products_depend_on_the_distance_only():
    rotation = Rotation(ModelConfig(position="rotary", n_heads=1, d_model=16, n_ctx=100))
    query, key = torch.randn(2, 16, generator=torch.Generator().manual_seed(1))
    products = [_turned(rotation, query, start + 9) @ _turned(rotation, key, start) for start in (0, 13, 88)]
    assert products[0].allclose(products[1], atol=1e-4)
    assert products[0].allclose(products[2], atol=1e-4)
    assert not products[0].allclose(_turned(rotation, query, 5) @ _turned(rotation, key, 0), atol=1e-2)


def test_rotation_keeps_lengths_and_types():
    rotation = Rotation(ModelConfig(position="rotary", n_heads=2, d_model=16, n_ctx=20))
    x = torch.randn(2, 5, 4, 8, generator=torch.Generator().manual_seed(2))
    assert rotated(x, rotation(3, 5)).norm(dim=-1).allclose(x.norm(dim=-1), atol=1e-5)
    assert rotated(x.bfloat16(), rotation(3, 5)).dtype == torch.bfloat16
