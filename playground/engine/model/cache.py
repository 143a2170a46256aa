"""The key-value cache: what the tokens read so far have to offer to those still to come.

Memory for a full context is taken once; reading a token writes one row per layer. Knows nothing of tokens or
of what to do when it is full: that is generation's decision.

Shapes: L layers, B batch, K key-value heads, S key position, D d_head.
"""

import torch
from torch import Tensor

from playground.contract.model_config import ModelConfig


class KeyValueCache:
    """Keys and values of the decoder's layers for up to `n_ctx` positions; `length` says how many are filled."""

    def __init__(
        self,
        config: ModelConfig,
        batch_size: int = 1,
        device: torch.device | str = "cpu",
        dtype: torch.dtype = torch.float32,
    ) -> None:
        shape = (batch_size, config.n_kv_heads, config.n_ctx, config.d_head)  # (B, K, S, D)
        self._keys = [torch.zeros(shape, device=device, dtype=dtype) for _ in range(config.n_layers)]
        self._values = [torch.zeros(shape, device=device, dtype=dtype) for _ in range(config.n_layers)]
        self._memory: dict[int, tuple[Tensor, Tensor]] = {}
        self.capacity = config.n_ctx
        self.length = 0

    def extend(self, layer_index: int, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Put a layer's new (B, K, T, D) behind the filled positions; everything so far comes back, (B, K, S, D).

        `length` stays until `advance`, because every layer extends at the same place.
        """
        n_new = keys.shape[2]
        stop = self.length + n_new
        assert stop <= self.capacity, f"{stop} tokens do not fit into a cache of {self.capacity}"
        all_keys, all_values = self._keys[layer_index], self._values[layer_index]
        all_keys.narrow(2, self.length, n_new).copy_(keys)
        all_values.narrow(2, self.length, n_new).copy_(values)
        return all_keys.narrow(2, 0, stop), all_values.narrow(2, 0, stop)

    def advance(self, n_tokens: int) -> None:
        """All layers have taken `n_tokens` more."""
        self.length += n_tokens

    def memory_of(self, layer_index: int) -> tuple[Tensor, Tensor] | None:
        """Keys and values of the source in a layer's cross-attention, (B, K, S, D) each; None before the first look."""
        return self._memory.get(layer_index)

    def keep_memory(self, layer_index: int, keys: Tensor, values: Tensor) -> None:
        """Remember what the source has to offer: it never changes while the target is written."""
        self._memory[layer_index] = keys, values

    def clear(self) -> None:
        """Forget the tokens; the source and the room taken stay."""
        self.length = 0
