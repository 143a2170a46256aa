"""Muon: its orthogonal matrices against the singular value decomposition, its updates against torch's own Muon."""

import copy
import dataclasses

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.optim._muon import _zeropower_via_newtonschulz

from playground.contract.config import StartConfig
from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig
from playground.engine.model.lora import add_adapters, is_adapter
from playground.engine.model.transformer import Transformer
from playground.engine.training.muon import Muon, orthogonalized
from playground.engine.training.optimizer import make_optimizer, matrix_rows

SHAPE = ModelConfig(
    n_layers=1, n_heads=4, queries_per_kv_head=2, d_model=16, d_ff=24, n_ctx=8, activation="swiglu", query_key_norm=True
)
_OF_TORCH = ((3.4445, -4.7750, 2.0315), 5, 1e-7)
TRAINING = TrainingConfig(optimizer="muon", learning_rate=0.02, weight_decay=0.3, momentum=0.8)


def take_step(model: Transformer, optimizer: torch.optim.Optimizer, seed: int) -> None:
    ids = torch.randint(model.vocab_size, (3, 9), generator=torch.Generator().manual_seed(seed))
    optimizer.zero_grad(set_to_none=True)
    model.loss(ids[:, :-1], ids[:, 1:]).backward()
    optimizer.step()


def polar(matrix: Tensor) -> Tensor:
    """U V^T of U S V^T."""
    u, _, v = torch.linalg.svd(matrix, full_matrices=False)
    return u @ v


def polynomial(singular: Tensor) -> Tensor:
    """What five rounds make of singular values, one number at a time (Jordan 2024)."""
    singular = singular.double() / singular.double().norm()
    for _ in range(5):
        singular = 3.4445 * singular - 4.7750 * singular**3 + 2.0315 * singular**5
    return singular


@settings(deadline=None, max_examples=30)
@given(rows=st.integers(1, 24), columns=st.integers(1, 24), seed=st.integers(0, 999), scale=st.floats(1e-4, 1e4))
def test_singular_values_go_through_the_polynomial_and_directions_stay(
    rows: int, columns: int, seed: int, scale: float
) -> None:
    matrix = torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed)) * scale
    u, s, v = torch.linalg.svd(matrix.double(), full_matrices=False)
    expected = u @ polynomial(s).diag() @ v
    torch.testing.assert_close(orthogonalized(matrix[None])[0].double(), expected, rtol=1e-3, atol=2e-3)


@pytest.mark.parametrize(("rows", "columns"), [(32, 32), (16, 64), (64, 16)])
def test_it_is_near_to_the_polar_factor_of_the_decomposition(rows: int, columns: int) -> None:
    """Jordan's polynomial leaves singular values between 0.7 and 1.2, so no nearer than that."""
    matrix = torch.randn(rows, columns, generator=torch.Generator().manual_seed(1)) + 0.3 * torch.eye(rows, columns)
    found, exact = orthogonalized(matrix[None])[0], polar(matrix)
    assert torch.linalg.matrix_norm(found - exact, 2) < 0.35
    assert torch.nn.functional.cosine_similarity(found.flatten(), exact.flatten(), dim=0) > 0.98


def test_matrices_made_orthogonal_together_are_those_made_so_alone() -> None:
    matrices = torch.randn(3, 8, 12, generator=torch.Generator().manual_seed(2))
    together = orthogonalized(matrices)
    for one, matrix in zip(together, matrices, strict=True):
        torch.testing.assert_close(one, orthogonalized(matrix[None])[0])


def test_nothing_stays_nothing() -> None:
    assert torch.equal(orthogonalized(torch.zeros(1, 3, 4)), torch.zeros(1, 3, 4))


def test_only_matrices_inside_the_blocks_and_each_one_that_they_are_made_of() -> None:
    kind = dataclasses.replace(SHAPE, kind="encoder_decoder", n_encoder_layers=1, tied_embeddings=False)
    model = Transformer(kind, 11)
    names = {parameter: name for name, parameter in model.named_parameters()}
    qkv, up, whole = (16, 8, 8), (24, 24), (16,)
    assert {names[parameter]: rows for parameter, rows in matrix_rows(model).items()} == {
        "encoder.blocks.0.attention.qkv.weight": qkv,
        "encoder.blocks.0.attention.out.weight": whole,
        "encoder.blocks.0.feed_forward.up.weight": up,
        "encoder.blocks.0.feed_forward.down.weight": whole,
        "decoder.blocks.0.attention.qkv.weight": qkv,
        "decoder.blocks.0.attention.out.weight": whole,
        "decoder.blocks.0.cross_attention.qkv.weight": qkv,
        "decoder.blocks.0.cross_attention.out.weight": whole,
        "decoder.blocks.0.feed_forward.up.weight": up,
        "decoder.blocks.0.feed_forward.down.weight": whole,
    }


def test_adapters_are_taken_apart_where_they_have_the_rows_of_their_matrix() -> None:
    model = Transformer(SHAPE, 11)
    add_adapters(model, StartConfig(lora_rank=2, lora_targets="all"), torch.Generator().manual_seed(0))
    names = {parameter: name.removeprefix("decoder.blocks.0.") for name, parameter in model.named_parameters()}
    assert {names[parameter]: rows for parameter, rows in matrix_rows(model).items()} == {
        "attention.qkv.lora_a": (2,),
        "attention.qkv.lora_b": (16, 8, 8),
        "attention.out.lora_a": (2,),
        "attention.out.lora_b": (16,),
        "feed_forward.up.lora_a": (2,),
        "feed_forward.up.lora_b": (24, 24),
        "feed_forward.down.lora_a": (2,),
        "feed_forward.down.lora_b": (16,),
    }
    before = copy.deepcopy(model)
    optimizer = make_optimizer(model, dataclasses.replace(TRAINING, weight_decay=0.0))
    take_step(model, optimizer, 0)
    for (name, one), other in zip(model.named_parameters(), before.parameters(), strict=True):
        assert torch.equal(one, other) != name.endswith("lora_b"), name  # the first step of A has no gradient yet
    take_step(model, optimizer, 1)
    for (name, one), other in zip(model.named_parameters(), before.parameters(), strict=True):
        assert torch.equal(one, other) != is_adapter(name), name


def test_the_iteration_is_that_of_torch_which_works_in_bfloat16() -> None:
    for seed in range(5):
        matrix = torch.randn(24, 16, generator=torch.Generator().manual_seed(seed))
        found, theirs = orthogonalized(matrix[None])[0], _zeropower_via_newtonschulz(matrix, *_OF_TORCH).float()
        assert (found - theirs).norm() < 0.03 * theirs.norm()


def test_each_matrix_moves_as_torchs_muon_moves_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Momentum, decay and size to five digits, with our float32 iteration in torch's place."""
    monkeypatch.setattr("torch.optim._muon._zeropower_via_newtonschulz", lambda x, *_: orthogonalized(x[None])[0])
    model = Transformer(SHAPE, 11)
    parts: dict[str, list[nn.Parameter]] = {
        name: [nn.Parameter(part.detach().clone()) for part in parameter.split(rows)]
        for name, parameter in model.named_parameters()
        for rows in [matrix_rows(model).get(parameter)]
        if rows
    }
    peer = torch.optim.Muon(
        [part for matrices in parts.values() for part in matrices],
        lr=0.02, weight_decay=0.3, momentum=0.8, adjust_lr_fn="match_rms_adamw",
    )  # fmt: skip
    optimizer = make_optimizer(model, TRAINING)
    for step in range(3):
        before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
        take_step(model, optimizer, step)
        for name, matrices in parts.items():
            sizes = [len(part) for part in matrices]
            given = model.get_parameter(name).grad
            assert given is not None
            for part, gradient, old in zip(matrices, given.split(sizes), before[name].split(sizes), strict=True):
                part.data, part.grad = old.clone(), gradient.clone()
        peer.step()
        for name, matrices in parts.items():
            ours = model.get_parameter(name).detach() - before[name]
            theirs = torch.cat([part.detach() for part in matrices]) - before[name]
            torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5 * float(ours.abs().max()))


def test_queries_keys_and_values_as_by_hand() -> None:
    model = Transformer(SHAPE, 11)
    qkv = model.main.blocks[0].attention.qkv.weight
    before = qkv.detach().clone()
    take_step(model, make_optimizer(model, TRAINING), 0)
    assert qkv.grad is not None
    # The first momentum is a multiple of the gradient; decay and the size of each part by the papers' formulas.
    expected = torch.cat(
        [
            old * (1 - 0.02 * 0.3) - 0.02 * 0.2 * max(part.shape) ** 0.5 * orthogonalized(part[None])[0]
            for old, part in zip(before.split((16, 8, 8)), qkv.grad.split((16, 8, 8)), strict=True)
        ]
    )
    torch.testing.assert_close(qkv.detach(), expected, rtol=1e-4, atol=1e-5)
    fused = before * (1 - 0.02 * 0.3) - 0.02 * 0.2 * 32**0.5 * orthogonalized(qkv.grad[None])[0]
    assert not torch.allclose(qkv.detach(), fused, rtol=1e-2, atol=1e-3)


def test_all_else_moves_as_with_adamw() -> None:
    ours = Transformer(SHAPE, 11)
    theirs = copy.deepcopy(ours)
    take_step(ours, make_optimizer(ours, TRAINING), 0)
    take_step(theirs, make_optimizer(theirs, dataclasses.replace(TRAINING, optimizer="adamw")), 0)
    moved_so = {id(parameter) for parameter in matrix_rows(ours)}
    for (name, one), other in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        assert torch.equal(one, other) == (id(one) not in moved_so), name


def test_an_update_is_about_as_long_as_adamws() -> None:
    """Liu et al. 2025, section 2.2: a root mean square of 0.2 times the rate, whatever the shape."""
    model = Transformer(dataclasses.replace(SHAPE, d_model=32, d_ff=96), 50)
    before = {parameter: parameter.detach().clone() for parameter in matrix_rows(model)}
    take_step(model, make_optimizer(model, dataclasses.replace(TRAINING, weight_decay=0.0)), 0)
    for parameter, old in before.items():
        size = (parameter.detach() - old).square().mean().sqrt().item()
        assert 0.1 < size / 0.02 < 0.25


def test_a_matrix_without_gradient_stays() -> None:
    model = Transformer(SHAPE, 11)
    optimizer = make_optimizer(model, TRAINING)
    block = model.main.blocks[0]
    before = block.feed_forward.up.weight.detach().clone()
    block.attention.out.weight.square().sum().backward()
    optimizer.step()
    assert torch.equal(block.feed_forward.up.weight, before)
    assert not optimizer.state.get(block.feed_forward.up.weight)


def test_without_matrices_it_is_adamw_and_without_others_muon_alone() -> None:
    model = Transformer(SHAPE, 11)
    for block in model.main.blocks:
        block.requires_grad_(False)
    assert isinstance(make_optimizer(model, TRAINING), torch.optim.AdamW)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    model.main.blocks[0].attention.out.weight.requires_grad_(True)
    alone = make_optimizer(model, TRAINING)
    assert isinstance(alone, Muon)
    take_step(model, alone, 0)
    assert len(alone.param_groups) == 1
