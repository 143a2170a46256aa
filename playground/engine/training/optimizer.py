"""AdamW over the model's parameters, and its state as plain tensors by parameter name."""

import torch
from torch import Tensor, nn

from playground.contract.training_config import TrainingConfig

_STATES = ("step", "exp_avg", "exp_avg_sq")


def make_optimizer(model: nn.Module, training: TrainingConfig) -> torch.optim.AdamW:
    """AdamW (Loshchilov & Hutter 2019); matrices and tables decay, norms and biases do not, as in GPT-2's recipe."""
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() >= 2], "weight_decay": training.weight_decay},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=training.learning_rate,
        betas=(training.beta1, training.beta2),
        fused=True,  # one pass over memory; without it torch loops over the tensors on a CPU
    )


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


def optimizer_tensors(model: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Every number that AdamW remembers, under "state/parameter name"."""
    return {
        f"{key}/{name}": optimizer.state[parameter][key].detach().to("cpu").contiguous().clone()
        for name, parameter in model.named_parameters()
        for key in _STATES
        if parameter in optimizer.state
    }


def restore_optimizer(model: nn.Module, optimizer: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    """Give AdamW back what `optimizer_tensors` took.

    Raises:
        KeyError: a tensor is missing.
    """
    if not tensors:
        return
    for name, parameter in model.named_parameters():
        state = {key: tensors[f"{key}/{name}"] for key in _STATES}
        optimizer.state[parameter] = {key: value.to(parameter.device).clone() for key, value in state.items()}
