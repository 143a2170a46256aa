"""A number that is none, anywhere, at any step: the training ends within a step, and the last good state is kept."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from small_runs import are_equal, curve, make_run, read_lines, train, weights_at
from torch import Tensor

from playground.contract import run_directory
from playground.contract.errors import RunError
from playground.contract.run_directory import RunDirectory
from playground.engine.training.learner import Learned, Learner

WEIGHTS = [
    "token_table", "decoder.blocks.0.attention.qkv.weight", "decoder.blocks.0.attention.out.weight",
    "decoder.blocks.1.attention.qkv.bias", "decoder.blocks.1.feed_forward_norm.weight",
    "decoder.blocks.1.feed_forward.down.weight", "decoder.final_norm.weight",
]  # fmt: skip
VALUES = [math.nan, math.inf, -math.inf]

Spoil = Callable[[Learner], None]


def named(learner: Learner, name: str) -> Tensor:
    parameters = dict(learner.model.named_parameters())
    return parameters[next(key for key in parameters if key.startswith(name))]


def spoil_weight(name: str, value: float) -> Spoil:
    def spoil(learner: Learner) -> None:
        with torch.no_grad():
            named(learner, name).view(-1)[1] = value

    return spoil


def spoil_gradient(name: str, value: float) -> Spoil:
    def spoil(learner: Learner) -> None:
        def bend(gradient: Tensor) -> Tensor:
            handle.remove()
            bent = gradient.clone()
            bent.view(-1)[2] = value
            return bent

        handle = named(learner, name).register_hook(bend)

    return spoil


def spoil_optimizer(name: str, value: float) -> Spoil:
    def spoil(learner: Learner) -> None:
        state = learner.optimizer.state[named(learner, name)]
        state["exp_avg"].view(-1)[0] = value

    return spoil


PLACES = [
    (f"{what} {name} {VALUES[index % 3]} {step}", make(name, VALUES[index % 3]), step)
    for what, make, step in (
        ("weight", spoil_weight, 7), ("gradient", spoil_gradient, 8), ("optimizer", spoil_optimizer, 6)
    )
    for index, name in enumerate(WEIGHTS)
]  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    run = make_run(tmp_path_factory.mktemp("plain"))
    train(run)
    return run


@pytest.mark.parametrize(("spoil", "step"), [place[1:] for place in PLACES], ids=[place[0] for place in PLACES])
def test_it_ends_within_a_step_and_goes_on_from_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: RunDirectory, spoil: Spoil, step: int
) -> None:
    run = make_run(tmp_path)
    learn = Learner.learn

    def spoiled(self: Learner, at: int, rate: float) -> Learned:
        if at == step:
            spoil(self)
        return learn(self, at, rate)

    monkeypatch.setattr(Learner, "learn", spoiled)
    with pytest.raises(RunError, match=r"Training diverged at step \d+: .*is kept") as caught:
        train(run)
    assert max(curve(run)) <= step, "one step more at most"
    assert (run.status().problem, run.status().message) == (run_directory.DIVERGED, str(caught.value))
    assert "diverged" in {record["kind"] for record in read_lines(run.events_path)}
    assert run.checkpoint_steps()[-1] >= 5
    for saved in run.snapshot_steps():
        assert all(bool(torch.isfinite(value).all()) for value in weights_at(run, saved).values())
    monkeypatch.undo()
    train(run, resume=True)
    assert curve(run) == curve(plain)
    assert are_equal(weights_at(run, 12), weights_at(plain, 12))


def test_there_are_twenty_places() -> None:
    assert len(PLACES) >= 20
