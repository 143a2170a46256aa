"""Saved in the middle and restored, every optimizer goes on to the very same bits."""

import copy
import itertools
from pathlib import Path

import pytest
import torch
from safetensors.torch import load, save
from small_runs import curve, make_run, train, train_until
from torch import nn

from playground.contract.model_config import ModelConfig
from playground.contract.training_config import OPTIMIZERS, TrainingConfig
from playground.engine.model.transformer import Transformer
from playground.engine.training.optimizer import (
    make_optimizer,
    optimizer_tensors,
    restore_optimizer,
    set_learning_rate,
)

SHAPE = ModelConfig(
    n_layers=2, n_heads=4, queries_per_kv_head=2, d_model=16, d_ff=24, n_ctx=8, activation="swiglu",
    tied_embeddings=False,
)  # fmt: skip


def take_steps(model: Transformer, optimizer: torch.optim.Optimizer, seeds: range) -> None:
    for seed in seeds:
        ids = torch.randint(11, (3, 9), generator=torch.Generator().manual_seed(seed))
        set_learning_rate(optimizer, 0.01 / (1 + seed))
        optimizer.zero_grad(set_to_none=True)
        model.loss(ids[:, :-1], ids[:, 1:]).backward()
        optimizer.step()


@pytest.mark.parametrize(
    ("name", "is_frozen", "momentum"),
    [*itertools.product(OPTIMIZERS, (False, True), (0.9,)), ("sgd", False, 0.0), ("muon", False, 0.0)],
)
def test_goes_on_to_the_same_bits(name: str, is_frozen: bool, momentum: float) -> None:
    training = TrainingConfig(optimizer=name, momentum=momentum)
    unbroken = Transformer(SHAPE, 11)
    unbroken.main.blocks[0].requires_grad_(not is_frozen)
    first = make_optimizer(unbroken, training)
    take_steps(unbroken, first, range(3))
    resumed = copy.deepcopy(unbroken)
    tensors = load(save(optimizer_tensors(unbroken, first)))
    take_steps(unbroken, first, range(3, 6))
    second = make_optimizer(resumed, training)
    restore_optimizer(resumed, second, tensors)
    take_steps(resumed, second, range(3, 6))
    for (key, one), other in zip(unbroken.named_parameters(), resumed.parameters(), strict=True):
        assert torch.equal(one, other), key
    ends = optimizer_tensors(unbroken, first), optimizer_tensors(resumed, second)
    assert ends[0].keys() == ends[1].keys()
    assert all(torch.equal(value, ends[1][key]) for key, value in ends[0].items())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_state_is_needed_for_that(name: str) -> None:
    """Without it the way is another one: the test above can fail."""
    unbroken = Transformer(SHAPE, 11)
    first = make_optimizer(unbroken, TrainingConfig(optimizer=name))
    take_steps(unbroken, first, range(3))
    forgetful = copy.deepcopy(unbroken)
    take_steps(unbroken, first, range(3, 4))
    take_steps(forgetful, make_optimizer(forgetful, TrainingConfig(optimizer=name)), range(3, 4))
    assert not torch.equal(unbroken.main.blocks[0].attention.qkv.weight, forgetful.main.blocks[0].attention.qkv.weight)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_never_had_a_gradient_has_no_state_and_needs_none(name: str) -> None:
    model = Transformer(SHAPE, 11)
    optimizer = make_optimizer(model, TrainingConfig(optimizer=name))
    late = model.main.blocks[1].attention.out.weight
    model.main.blocks[0].attention.out.weight.sum().backward()
    optimizer.step()
    tensors = optimizer_tensors(model, optimizer)
    assert {key.partition("/")[2] for key in tensors} == {"decoder.blocks.0.attention.out.weight"}
    second = make_optimizer(model, TrainingConfig(optimizer=name))
    restore_optimizer(model, second, tensors)
    before = late.detach().clone()
    take_steps(model, second, range(1))
    assert not torch.equal(late, before)


def test_a_checkpoint_of_version_0_1_still_loads() -> None:
    """It knew only AdamW and only one stack, without a name."""
    model = Transformer(SHAPE, 11)
    optimizer = make_optimizer(model, TrainingConfig())
    take_steps(model, optimizer, range(2))
    old = {
        key.replace("/decoder.", "/").replace("read_out.table.weight", "output.weight"): value
        for key, value in optimizer_tensors(model, optimizer).items()
    }
    assert {"step/blocks.0.attention.qkv.weight", "exp_avg/output.weight", "exp_avg_sq/token_table"} <= old.keys()
    second = make_optimizer(model, TrainingConfig())
    restore_optimizer(model, second, old)
    for parameter in model.parameters():
        for key, value in optimizer.state[parameter].items():
            assert torch.equal(second.state[parameter][key], value)


@pytest.mark.parametrize(("saved", "wanted"), [("sgd", "adamw"), ("adamw", "muon"), ("muon", "adafactor")])
def test_the_state_of_another_optimizer_is_refused(saved: str, wanted: str) -> None:
    model = Transformer(SHAPE, 11)
    optimizer = make_optimizer(model, TrainingConfig(optimizer=saved))
    take_steps(model, optimizer, range(1))
    with pytest.raises(KeyError, match="the optimizer's state of"):
        restore_optimizer(
            model, make_optimizer(model, TrainingConfig(optimizer=wanted)), optimizer_tensors(model, optimizer)
        )


def test_state_of_what_is_not_trained_is_refused() -> None:
    model = nn.Linear(2, 2)
    tensors = {f"{key}/other": torch.zeros(1) for key in ("step", "exp_avg", "exp_avg_sq")}
    with pytest.raises(KeyError, match="other belongs to nothing that is trained"):
        restore_optimizer(model, make_optimizer(model, TrainingConfig()), tensors)


def test_a_missing_tensor_is_an_error() -> None:
    model = Transformer(SHAPE, 11)
    optimizer = make_optimizer(model, TrainingConfig())
    take_steps(model, optimizer, range(1))
    tensors = optimizer_tensors(model, optimizer)
    del tensors["exp_avg/token_table"]
    with pytest.raises(KeyError, match="token_table"):
        restore_optimizer(model, optimizer, tensors)


@pytest.mark.usefixtures("one_core")
@pytest.mark.parametrize("name", [other for other in OPTIMIZERS if other != "adamw"])
def test_a_stopped_run_ends_as_the_unbroken_one(tmp_path: Path, name: str) -> None:
    """The whole way through the files, for each but AdamW, which `test_trainer_resume` tries at every step."""
    schedule = "warmup_stable_decay" if name == "muon" else "inverse_square_root"
    changes = {"training__optimizer": name, "training__schedule": schedule, "model__kind": "encoder"}
    unbroken, stopped = (make_run(tmp_path, run, **changes) for run in ("unbroken", "stopped"))
    train(unbroken)
    train_until(stopped, 7)
    train(stopped, resume=True)
    assert curve(stopped) == curve(unbroken)
    for file in ("model.safetensors", "optimizer.safetensors"):
        assert (stopped.checkpoint_path(12) / file).read_bytes() == (unbroken.checkpoint_path(12) / file).read_bytes()
