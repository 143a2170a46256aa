"""The rule that turns gradients into changes of the weights, and its state as plain tensors by parameter name.

Only parameters that want a gradient are given to it: frozen ones neither move nor decay.
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from playground.contract.training_config import TrainingConfig
from playground.engine.model.activations import GATED
from playground.engine.model.attention import Attention
from playground.engine.model.feed_forward import FeedForward
from playground.engine.model.stack import Block
from playground.engine.model.weights import current_name
from playground.engine.training.adafactor import Adafactor, state_keys
from playground.engine.training.muon import Muon

_ADAM_STATE = ("step", "exp_avg", "exp_avg_sq")


def make_optimizer(model: nn.Module, training: TrainingConfig) -> torch.optim.Optimizer:
    """The optimizer that `training` names; matrices and tables decay, norms and biases do not, as in GPT-2's recipe.

    adamw: Loshchilov & Hutter 2019.
    adam: Kingma & Ba 2015; the decay is part of the gradient, and so is divided by its size.
    sgd: with momentum as in Sutskever et al. 2013, without Nesterov's look ahead; decay as in adam.
    muon: Jordan 2024 for the matrices inside the blocks, adamw for all else.
    adafactor: Shazeer & Stern 2018, without relative rates.
    """
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    assert trained, "everything is frozen"
    if training.optimizer == "muon":
        return _muon(model, trained, training)
    groups, rate = _groups(trained, training.weight_decay), training.learning_rate
    if training.optimizer == "adam":
        return torch.optim.Adam(groups, lr=rate, betas=(training.beta1, training.beta2), fused=True)
    if training.optimizer == "sgd":
        return torch.optim.SGD(groups, lr=rate, momentum=training.momentum)
    if training.optimizer == "adafactor":
        return Adafactor(groups, rate)
    return _adamw(trained, training)


def _adamw(parameters: list[nn.Parameter], training: TrainingConfig) -> torch.optim.AdamW:
    return torch.optim.AdamW(
        _groups(parameters, training.weight_decay),
        lr=training.learning_rate,
        betas=(training.beta1, training.beta2),
        fused=True,  # one pass over memory; without it torch loops over the tensors on a CPU
    )


def _muon(model: nn.Module, trained: list[nn.Parameter], training: TrainingConfig) -> torch.optim.Optimizer:
    rows = matrix_rows(model)
    others = [parameter for parameter in trained if parameter not in rows]
    rest = _adamw(others, training) if others else None
    if not rows:
        assert rest is not None
        return rest
    return Muon(
        rows,
        rest,
        rate=training.learning_rate,
        momentum=training.momentum,
        weight_decay=training.weight_decay,
    )


def matrix_rows(model: nn.Module) -> dict[nn.Parameter, tuple[int, ...]]:
    """The trained matrices inside the blocks, each with the rows of the matrices that it is made of.

    Queries, keys and values lie on top of one another in one weight, and so do gate and up of a gated network.
    """
    found: dict[nn.Parameter, tuple[int, ...]] = {}
    for block in (module for module in model.modules() if isinstance(module, Block)):
        for parameter in _matrices(block):
            found[parameter] = (parameter.shape[0],)
        for module in block.modules():
            if isinstance(module, Attention):
                found.update(_split(module.qkv, module.splits))
            elif isinstance(module, FeedForward) and module.activation in GATED:
                d_ff = max(map(len, module.up.parameters())) // 2
                found.update(_split(module.up, (d_ff, d_ff)))
    return found


def _split(module: nn.Module, rows: tuple[int, ...]) -> dict[nn.Parameter, tuple[int, ...]]:
    """The matrices in `module`, which may be wrapped, that have all of those rows."""
    return {parameter: rows for parameter in _matrices(module) if parameter.shape[0] == sum(rows)}


def _matrices(module: nn.Module) -> list[nn.Parameter]:
    return [parameter for parameter in module.parameters() if parameter.requires_grad and parameter.dim() == 2]


def _groups(parameters: list[nn.Parameter], weight_decay: float) -> list[dict[str, Any]]:
    groups = [
        {"params": [p for p in parameters if p.dim() >= 2], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]


def set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Use `rate` from the next update on."""
    for group in optimizer.param_groups:
        group["lr"] = rate


def clip_gradients(parameters: list[nn.Parameter], limit: float) -> Tensor:
    """Shorten all gradients together to length `limit` (Pascanu et al. 2013); 0 leaves them as they are.

    Returns:
        The length before: a scalar tensor.
    """
    norm = torch.nn.utils.get_total_norm([p.grad for p in parameters if p.grad is not None])
    if limit > 0:
        torch.nn.utils.clip_grads_with_norm_(parameters, limit, norm)
    return norm


@torch.no_grad()
def weight_norm(parameters: Iterable[nn.Parameter]) -> Tensor:
    """The length of everything that decays, as one vector: a scalar tensor, which weight decay keeps small."""
    return torch.nn.utils.get_total_norm([p for p in parameters if p.requires_grad and p.dim() >= 2])


def optimizer_tensors(model: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Every number that the optimizer remembers, under "state/parameter name"."""
    return {
        f"{key}/{name}": value.detach()
        for name, parameter in model.named_parameters()
        for key, value in optimizer.state.get(parameter, {}).items()
    }


def restore_optimizer(model: nn.Module, optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    """Give the optimizer back what `optimizer_tensors` took; a parameter that never had a gradient has nothing.

    Raises:
        KeyError: a tensor is missing, or belongs to another optimizer or model.
    """
    states: dict[str, dict[str, Tensor]] = {}
    for path, value in tensors.items():
        key, _, name = path.partition("/")
        states.setdefault(current_name(name), {})[key] = value
    optimizer.state.clear()
    for name, parameter in model.named_parameters():
        if parameter.requires_grad and name in states:
            state = states.pop(name)
            keys = _state_keys(optimizer, parameter)
            if set(keys) != state.keys():
                raise KeyError(f"the optimizer's state of {name} is {', '.join(sorted(state))}, not {', '.join(keys)}")
            optimizer.state[parameter] = {
                key: state[key].to(_home(optimizer, parameter, key), copy=True) for key in keys
            }
    if states:
        raise KeyError(f"the optimizer's state of {min(states)} belongs to nothing that is trained")


def _state_keys(optimizer: torch.optim.Optimizer, parameter: nn.Parameter) -> tuple[str, ...]:
    if isinstance(optimizer, torch.optim.SGD) or (isinstance(optimizer, Muon) and optimizer.is_orthogonal(parameter)):
        return ("momentum_buffer",)
    if isinstance(optimizer, Adafactor):
        return state_keys(parameter)
    return _ADAM_STATE


def _home(optimizer: torch.optim.Optimizer, parameter: nn.Parameter, key: str) -> torch.device:
    """Where a tensor of the state lies; Adafactor reads its step on the CPU."""
    is_read_here = key == "step" and isinstance(optimizer, Adafactor)
    return torch.device("cpu") if is_read_here else parameter.device
