"""AdamW against its formula worked by hand, clipping against torch, and the way of its state through tensors."""

import pytest
import torch
from torch import nn

from playground.contract.training_config import TrainingConfig
from playground.engine.training.optimizer import (
    clip_gradients,
    make_optimizer,
    optimizer_tensors,
    restore_optimizer,
    set_learning_rate,
)


def a_model(seed: int = 0) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(3, 4), nn.LayerNorm(4), nn.Linear(4, 2))


def take_step(model: nn.Module, optimizer: torch.optim.Optimizer, seed: int) -> None:
    inputs = torch.randn(5, 3, generator=torch.Generator().manual_seed(seed))
    optimizer.zero_grad()
    model(inputs).square().sum().backward()
    optimizer.step()


def test_first_update_follows_the_formula() -> None:
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


def test_state_survives_the_way_through_tensors() -> None:
    training = TrainingConfig(learning_rate=0.01)
    unbroken, resumed = a_model(), a_model()
    first = make_optimizer(unbroken, training)
    take_step(unbroken, first, 1)
    resumed.load_state_dict(unbroken.state_dict())
    second = make_optimizer(resumed, training)
    restore_optimizer(resumed, second, optimizer_tensors(unbroken, first))
    for model, optimizer in ((unbroken, first), (resumed, second)):
        set_learning_rate(optimizer, 0.02)
        take_step(model, optimizer, 2)
    for one, other in zip(unbroken.parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, other)
