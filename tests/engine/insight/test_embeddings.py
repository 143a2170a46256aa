"""The map of token vectors against a singular value decomposition and tables drawn by hand; nearness by hand."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from playground.contract.embedding_messages import COSINE, DOT
from playground.contract.errors import PlaygroundError, RunError
from playground.engine.insight.embeddings import nearest, principal_axes, project


def _table(n_tokens: int, width: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    spread = torch.logspace(1, -1, width)
    return torch.randn(n_tokens, width, generator=generator) * spread + torch.randn(width, generator=generator)


@settings(max_examples=30, deadline=None)
@given(n_tokens=st.integers(3, 60), width=st.integers(2, 12), seed=st.integers(0, 10_000))
def test_points_and_shares_are_those_of_the_singular_value_decomposition(n_tokens, width, seed):
    table = _table(n_tokens, width, seed)
    centred = table.double() - table.double().mean(0)
    left, sizes, _ = torch.linalg.svd(centred, full_matrices=False)
    found = project(table, principal_axes(table))
    wanted = left[:, :2] * sizes[:2]
    for axis in range(2):
        same = torch.from_numpy(found.points[:, axis]).double()
        assert torch.allclose(same.abs(), wanted[:, axis].abs(), atol=1e-3)
        assert abs(float(functional.cosine_similarity(same, wanted[:, axis], dim=0))) == pytest.approx(1, abs=1e-3)
    assert found.shares.tolist() == pytest.approx((sizes[:2] ** 2 / (sizes**2).sum()).tolist(), abs=1e-5)


def test_a_drawn_table_lies_as_it_was_drawn():
    """Along the third column it is long, along the first half as long, along the second it has no extent."""
    table = torch.tensor([[0.0, 5.0, -2.0], [0.0, 5.0, 2.0], [1.0, 5.0, 0.0], [-1.0, 5.0, 0.0]])
    axes = principal_axes(table)
    found = project(table, axes)
    assert axes.centre.tolist() == [0, 5, 0]
    assert found.points.tolist() == [[-2, 0], [2, 0], [0, 1], [0, -1]]
    assert found.shares.tolist() == pytest.approx([0.8, 0.2])
    assert found.lengths.tolist() == pytest.approx([math.sqrt(29), math.sqrt(29), math.sqrt(26), math.sqrt(26)])


def test_a_table_turned_around_gives_the_same_picture_turned_around_only():
    """The sign is the table's own, not the solver's: a direction's largest entry is positive."""
    table = _table(40, 6, 3)
    for each in (table, -table):
        directions = principal_axes(each).directions
        assert all(row[row.abs().argmax()] > 0 for row in directions)
    one, other = (project(each, principal_axes(each)).points for each in (table, -table))
    assert np.allclose(one, -other, atol=1e-4)


def test_other_moments_are_seen_along_the_same_axes():
    newest = torch.tensor([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    earlier = torch.tensor([[0.0, 2.0], [0.0, -2.0], [0.5, 0.0], [-0.5, 0.0]])
    found = project(earlier, principal_axes(newest))
    assert found.points.tolist() == earlier.tolist()
    assert found.shares.tolist() == pytest.approx([0.5 / 8.5, 8 / 8.5])  # of its own variance, along those axes


def test_a_table_without_extent_is_a_point():
    found = project(torch.ones(4, 3), principal_axes(torch.ones(4, 3)))
    assert found.points.tolist() == [[0, 0]] * 4
    assert found.shares.tolist() == [0, 0]


def test_a_table_of_one_column_has_one_axis():
    table = torch.tensor([[1.0], [3.0]])
    found = project(table, principal_axes(table))
    assert found.points.tolist() == [[-1, 0], [1, 0]]
    assert found.shares.tolist() == [1, 0]


CORNERS = torch.tensor([[1.0, 0.0], [10.0, 10.0], [2.0, 0.1], [0.0, 3.0], [-1.0, 0.0], [0.0, 0.0]])


def test_neighbours_by_angle_and_by_product_are_those_worked_by_hand():
    by_angle = nearest(CORNERS, 0, 3, COSINE)
    assert by_angle.ids.tolist() == [2, 1, 3]
    assert by_angle.cosines.tolist() == pytest.approx([2 / math.sqrt(4.01), 1 / math.sqrt(2), 0], abs=1e-6)
    by_product = nearest(CORNERS, 0, 2, DOT)
    assert by_product.ids.tolist() == [1, 2]
    assert by_product.dots.tolist() == [10, 2]


def test_a_token_is_not_its_own_neighbour_and_all_others_are():
    assert sorted(nearest(CORNERS, 0, 99).ids.tolist()) == [1, 2, 3, 4, 5]


def test_a_vector_without_length_has_no_direction():
    found = nearest(CORNERS, 5, 99)
    assert found.cosines.tolist() == [0] * 5
    assert found.ids.tolist() == [0, 1, 2, 3, 4]


@settings(max_examples=30, deadline=None)
@given(n_tokens=st.integers(2, 40), width=st.integers(1, 8), seed=st.integers(0, 10_000))
def test_neighbours_are_exactly_those_of_torch_s_own_cosine(n_tokens, width, seed):
    table = _table(n_tokens, width, seed)
    cosines = functional.cosine_similarity(table.double()[0][None], table.double()[1:], dim=1)
    found = nearest(table, 0, 5)
    wanted = sorted(cosines.tolist(), reverse=True)[:5]
    assert found.cosines.tolist() == pytest.approx(wanted, abs=1e-6)
    assert cosines[found.ids - 1].tolist() == pytest.approx(wanted, abs=1e-6)


def test_impossible_questions_are_told():
    with pytest.raises(PlaygroundError, match="no token 6"):
        nearest(CORNERS, 6, 3)
    with pytest.raises(PlaygroundError, match="measure 'near'"):
        nearest(CORNERS, 0, 3, "near")
    broken = CORNERS.clone()
    broken[2, 1] = math.nan
    for ask in (principal_axes, lambda table: nearest(table, 0, 3)):
        with pytest.raises(RunError, match="not all numbers"):
            ask(broken)
