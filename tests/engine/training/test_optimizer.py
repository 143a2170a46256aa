"""Each optimizer against an independent one, step by step: torch's plain loops, `transformers`, formulas by hand."""

import copy
from collections.abc import Callable

import pytest
import torch
from torch import nn

from playground.contract.training_config import OPTIMIZERS, TrainingConfig
from playground.engine.training.optimizer import (
    clip_gradients,
    make_optimizer,
    set_learning_rate,
    weight_norm,
)

Make = Callable[[list[nn.Parameter], float], torch.optim.Optimizer]

N_STEPS = 6
RATE, DECAY = 0.03, 0.2


def a_model(seed: int = 0) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Linear(4, 2))


def take_step(model: nn.Module, optimizers: list[torch.optim.Optimizer], seed: int) -> None:
    inputs = torch.randn(5, 3, generator=torch.Generator().manual_seed(seed))
    for optimizer in optimizers:
        optimizer.zero_grad(set_to_none=True)
    (model(inputs) - 1).square().sum().backward()
    for optimizer in optimizers:
        optimizer.step()


def _adafactor_of_transformers(parameters: list[nn.Parameter], decay: float) -> torch.optim.Optimizer:
    from transformers.optimization import Adafactor

    return Adafactor(parameters, lr=RATE, scale_parameter=False, relative_step=False, weight_decay=decay)


PEERS: dict[str, Make] = {
    "adamw": lambda p, decay: torch.optim.AdamW(p, lr=RATE, betas=(0.8, 0.95), weight_decay=decay, foreach=False),
    "adam": lambda p, decay: torch.optim.Adam(p, lr=RATE, betas=(0.8, 0.95), weight_decay=decay, foreach=False),
    "sgd": lambda p, decay: torch.optim.SGD(p, lr=RATE, momentum=0.7, weight_decay=decay, foreach=False),
    "adafactor": _adafactor_of_transformers,
}


@pytest.mark.parametrize("name", PEERS)
def test_each_goes_the_way_of_its_peer(name: str) -> None:
    training = TrainingConfig(
        optimizer=name, learning_rate=RATE, weight_decay=DECAY, beta1=0.8, beta2=0.95, momentum=0.7
    )
    ours, theirs = a_model(), a_model()
    optimizer = make_optimizer(ours, training)
    matrices = [theirs[0].weight, theirs[2].weight]
    others = [theirs[0].bias, theirs[1].weight, theirs[1].bias, theirs[2].bias]
    peers = [PEERS[name](matrices, DECAY), PEERS[name](others, 0.0)]
    for step in range(N_STEPS):
        take_step(ours, [optimizer], step)
        take_step(theirs, peers, step)
        for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
            torch.testing.assert_close(one, other, rtol=2e-5, atol=2e-6)


def test_first_update_of_adamw_follows_the_formula() -> None:
    training = TrainingConfig(learning_rate=0.1, weight_decay=0.5)
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(2.0)
        model.bias.fill_(2.0)
    optimizer = make_optimizer(model, training)
    (model.weight * 3 + model.bias * 3).sum().backward()
    optimizer.step()
    # After bias correction the first update is lr * g / (|g| + eps); decay is lr * wd * w, for matrices only.
    assert model.weight.item() == pytest.approx(2.0 - 0.1 * 0.5 * 2.0 - 0.1, abs=1e-6)
    assert model.bias.item() == pytest.approx(2.0 - 0.1, abs=1e-6)


def test_adams_decay_is_part_of_the_gradient_and_so_divided_by_its_size() -> None:
    model = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(2.0)
    optimizer = make_optimizer(model, TrainingConfig(optimizer="adam", learning_rate=0.1, weight_decay=10.0))
    (model.weight * 3).sum().backward()
    optimizer.step()
    assert model.weight.item() == pytest.approx(2.0 - 0.1, abs=1e-6)  # a decay of its own would take 2 away


def test_momentum_of_sgd_by_hand() -> None:
    model = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1.0)
    training = TrainingConfig(optimizer="sgd", learning_rate=0.1, momentum=0.5, weight_decay=0.0)
    optimizer = make_optimizer(model, training)
    for _ in range(3):  # velocity 1, 1.5, 1.75
        optimizer.zero_grad()
        model.weight.sum().backward()
        optimizer.step()
    assert model.weight.item() == pytest.approx(1 - 0.1 * (1 + 1.5 + 1.75))


def test_adafactor_keeps_a_row_and_a_column_for_each_matrix() -> None:
    model = nn.Linear(30, 20)
    optimizer = make_optimizer(model, TrainingConfig(optimizer="adafactor"))
    model(torch.ones(1, 30)).sum().backward()
    optimizer.step()
    assert sum(value.numel() for value in optimizer.state[model.weight].values()) == 30 + 20 + 1


def test_adafactors_first_update_by_hand() -> None:
    """The first memory is the new square alone; a matrix of rank one is remembered exactly, so all moves are alike."""
    model = nn.Linear(3, 2)
    before = copy.deepcopy(model)
    optimizer = make_optimizer(model, TrainingConfig(optimizer="adafactor", learning_rate=0.01, weight_decay=0.5))
    slopes = torch.tensor([[1.0], [-20.0]]) * torch.tensor([[0.1, -2.0, 30.0]])
    ((model.weight * slopes).sum() + (model.bias * torch.tensor([3.0, -0.5])).sum()).backward()
    optimizer.step()
    expected = before.weight * (1 - 0.01 * 0.5) - 0.01 * slopes.sign()
    torch.testing.assert_close(model.weight, expected)
    torch.testing.assert_close(model.bias, before.bias - 0.01 * torch.tensor([1.0, -1.0]))


def test_adafactor_is_torchs_where_that_has_no_relative_rate() -> None:
    """torch multiplies the rate by the larger of its second epsilon and the parameter's size: 100 here."""
    ours, theirs = a_model(), a_model()
    training = TrainingConfig(optimizer="adafactor", learning_rate=0.03, weight_decay=0.0)
    optimizer = make_optimizer(ours, training)
    peer = torch.optim.Adafactor(theirs.parameters(), lr=0.03 / 100, eps=(1e-15, 100.0))
    for step in range(N_STEPS):
        take_step(ours, [optimizer], step)
        take_step(theirs, [peer], step)
        for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
            torch.testing.assert_close(one, other, rtol=2e-5, atol=2e-6)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_frozen_stays_and_what_is_trained_moves(name: str) -> None:
    model = a_model()
    model[0].requires_grad_(False)
    before = copy.deepcopy(model)
    optimizer = make_optimizer(model, TrainingConfig(optimizer=name))
    set_learning_rate(optimizer, 0.1)
    take_step(model, [optimizer], 0)
    for index, is_same in ((0, True), (1, False), (2, False)):
        for one, other in zip(model[index].parameters(), before[index].parameters(), strict=True):
            assert torch.equal(one, other) == is_same


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_one_rate_for_all(name: str) -> None:
    model = a_model()
    optimizer = make_optimizer(model, TrainingConfig(optimizer=name, weight_decay=0.0))
    before = copy.deepcopy(model.state_dict())
    set_learning_rate(optimizer, 0.0)
    take_step(model, [optimizer], 0)
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())


def test_clipping_equals_torchs_and_reports_the_length_before() -> None:
    ours, theirs = a_model(), a_model()
    for model in (ours, theirs):
        (model(torch.ones(2, 3)).sum() * 100).backward()
    expected = torch.nn.utils.clip_grad_norm_(theirs.parameters(), 1.0)
    found = clip_gradients(list(ours.parameters()), 1.0)
    assert found.item() == pytest.approx(expected.item())
    for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(one.grad, other.grad)


def test_zero_never_clips() -> None:
    model = a_model()
    (model(torch.ones(2, 3)).sum() * 100).backward()
    before = [parameter.grad.clone() for parameter in model.parameters() if parameter.grad is not None]
    assert clip_gradients(list(model.parameters()), 0.0) > 1
    assert all(torch.equal(p.grad, b) for p, b in zip(model.parameters(), before, strict=True) if p.grad is not None)


def test_the_weights_length_counts_what_decays() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2), nn.Linear(2, 1))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(2.0)
    assert weight_norm(model.parameters()).item() == pytest.approx((6 * 4) ** 0.5)
    model[2].requires_grad_(False)
    assert weight_norm(model.parameters()).item() == pytest.approx((4 * 4) ** 0.5)
    assert not weight_norm(model.parameters()).requires_grad
