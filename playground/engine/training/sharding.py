"""A model whose weights lie in shares on many processes (torch's FSDP2), for one that does not fit on each of them.

Each process holds its share of every weight, gradient and number of the optimizer; a layer's weights come together
when it computes, and go again. Only for what is judged, shown and saved the chief keeps the whole model too.
"""

import copy
import warnings

import torch
from torch import Tensor, nn
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.fsdp import FSDPModule, fully_shard, register_fsdp_forward_method
from torch.distributed.tensor import DTensor, distribute_tensor

from playground.contract.config import RunConfig
from playground.contract.errors import ConfigError
from playground.engine.model.transformer import Transformer
from playground.engine.training.optimizer import make_optimizer
from playground.engine.training.ranks import Ranks

_OPTIMIZERS = ("adamw", "adam", "sgd")


class Shards:
    """The model in shares, and its optimizer.

    Args:
        whole: with the weights to begin with, the same on each process; all but the chief lose theirs.
        optimizer: of `whole`, with what it remembers.

    Raises:
        ConfigError: optimizer or compiling do not go with shares.
    """

    def __init__(self, whole: Transformer, optimizer: torch.optim.Optimizer, config: RunConfig, ranks: Ranks) -> None:
        _check(config)
        self._whole, self._remembering, self._ranks = whole, optimizer, ranks
        self.model = copy.deepcopy(whole)
        mesh = DeviceMesh(ranks.device.type, list(range(ranks.count)))
        for stack in (self.model.encoder, self.model.decoder):
            for block in stack.blocks if stack is not None else ():
                fully_shard(block, mesh=mesh)
        fully_shard(self.model, mesh=mesh)
        register_fsdp_forward_method(self.model, "judged")
        # The logits are a view, which nobody changes in place.
        warnings.filterwarnings("ignore", message=r"FSDP2-wrapped module .* returned a view", category=UserWarning)
        self.optimizer = make_optimizer(self.model, config.training)
        self._take_over_state()
        if not ranks.is_chief:
            optimizer.state.clear()
            whole.to(device="meta")

    def add_up(self, *, is_last: bool) -> None:
        """Whether the next backward pass ends a step: only then gradients meet those of other processes."""
        assert isinstance(self.model, FSDPModule)
        self.model.set_requires_gradient_sync(is_last)

    @torch.no_grad()
    def gather(self) -> None:
        """Give the chief's whole model and its optimizer what the shares are now. All processes have to call this."""
        is_chief = self._ranks.is_chief
        for share, whole in self._pairs():
            value = plain(share.detach())
            state = {key: plain(value) for key, value in self.optimizer.state.get(share, {}).items()}
            if is_chief:
                whole.copy_(value)
                self._remembering.state[whole] = {key: value.to("cpu", copy=True) for key, value in state.items()}
        if is_chief:
            for share_of_buffer, buffer in zip(self.model.buffers(), self._whole.buffers(), strict=True):
                buffer.copy_(share_of_buffer)

    def _take_over_state(self) -> None:
        for share, whole in self._pairs():
            for key, value in self._remembering.state.get(whole, {}).items():
                assert isinstance(share, DTensor)
                is_share = value.shape == whole.shape and value.dim() > 0
                self.optimizer.state[share][key] = (
                    distribute_tensor(value, share.device_mesh, share.placements) if is_share else value.clone()
                )

    def _pairs(self) -> "zip[tuple[nn.Parameter, nn.Parameter]]":
        """Each weight in shares, and whole."""
        return zip(self.model.parameters(), self._whole.parameters(), strict=True)


def plain(value: Tensor) -> Tensor:
    """All of a value that may lie in shares; then all processes have to call this."""
    return value.full_tensor() if isinstance(value, DTensor) else value


def _check(config: RunConfig) -> None:
    training = config.training
    if training.optimizer not in _OPTIMIZERS:
        raise ConfigError(
            [
                f"training.optimizer is {training.optimizer!r}, which needs whole matrices, and training.sharding cuts "
                f"them. Choose one of {', '.join(_OPTIMIZERS)}, or set training.sharding to none."
            ]
        )
    if training.compile:
        raise ConfigError(
            ["training.compile and training.sharding do not go together. Set one of them to its default."]
        )
