"""From the residual stream to a score for every token of the vocabulary.

Shapes: C d_model, V vocabulary.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig
from playground.engine.model.activations import GATED, bent
from playground.engine.model.linear import Linear
from playground.engine.model.norms import make_norm


class OutputTransform(nn.Module):
    """A dense layer, an activation and a norm before the prediction (Devlin et al. 2019)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.activation = "gelu" if config.activation in GATED else config.activation
        self.dense = Linear(config.d_model, config.d_model)
        self.norm = make_norm(config)

    def forward(self, x: Tensor) -> Tensor:
        """(..., C) to (..., C)."""
        normed: Tensor = self.norm(bent(self.dense(x), self.activation))
        return normed


class ReadOut(nn.Module):
    """Everything between the last norm and the logits; the table itself may be that of the tokens."""

    def __init__(self, config: ModelConfig, vocab_size: int) -> None:
        super().__init__()
        self.transform = OutputTransform(config) if config.output_transform else None
        self.table = None if config.tied_embeddings else Linear(config.d_model, vocab_size, bias=False)
        self.bias = nn.Parameter(torch.empty(vocab_size)) if config.output_bias else None

    def forward(self, x: Tensor, token_table: Tensor) -> Tensor:
        """(..., C) to logits (..., V), by the table of the tokens unless there is one of its own."""
        if self.transform is not None:
            x = self.transform(x)
        if self.table is None:
            return functional.linear(x, token_table, self.bias)
        logits: Tensor = self.table(x)
        return logits if self.bias is None else logits + self.bias
