"""Parameters, memory and arithmetic of a model from its config alone, without building it.

Pure sums, so that the form answers while a slider moves. A test holds each against the built model.
"""

from dataclasses import dataclass

from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig


@dataclass(frozen=True, kw_only=True)
class ModelSize:
    """How big a model is; counts are numbers, not bytes."""

    embedding: int
    attention_per_layer: int
    feed_forward_per_layer: int
    norms: int
    output_head: int
    n_layers: int

    @property
    def total(self) -> int:
        layers = self.n_layers * (self.attention_per_layer + self.feed_forward_per_layer)
        return self.embedding + layers + self.norms + self.output_head


def model_size(config: ModelConfig, vocab_size: int) -> ModelSize:
    """Count the parameters of each part of the decoder; equal to what the built model holds."""
    width, hidden, bias = config.d_model, config.d_ff, int(config.bias)
    positions = config.n_ctx * width if config.position == "learned" else 0
    attention = width * 3 * width + bias * 3 * width + width * width + bias * width
    n_in = 2 if config.activation == "swiglu" else 1
    feed_forward = n_in * (width * hidden + bias * hidden) + hidden * width + bias * width
    per_norm = width * (2 if config.norm == "layer" and config.bias else 1)
    return ModelSize(
        embedding=vocab_size * width + positions,
        attention_per_layer=attention,
        feed_forward_per_layer=feed_forward,
        norms=(2 * config.n_layers + 1) * per_norm,
        output_head=0 if config.tied_embeddings else vocab_size * width,
        n_layers=config.n_layers,
    )


def forward_flops_per_token(config: ModelConfig, vocab_size: int) -> int:
    """Multiply-adds times two of one token's forward pass, attention over half the context on average."""
    size = model_size(config, vocab_size)
    matrices = config.n_layers * (size.attention_per_layer + size.feed_forward_per_layer) + vocab_size * config.d_model
    attention = config.n_layers * 2 * config.d_model * (config.n_ctx // 2)
    return 2 * (matrices + attention)


def training_memory_bytes(config: ModelConfig, training: TrainingConfig, vocab_size: int) -> int:
    """An estimate of the memory of training: weights, gradients, two moments, activations kept for the way back."""
    weights = 16 * model_size(config, vocab_size).total
    tokens = training.batch_size * config.n_ctx
    n_in = 2 if config.activation == "swiglu" else 1
    per_layer = 10 * config.d_model + (n_in + 1) * config.d_ff
    activations = 4 * tokens * (config.n_layers * per_layer + 3 * vocab_size)
    return weights + activations


def inference_memory_bytes(config: ModelConfig, vocab_size: int) -> int:
    """Weights in fp32 and a full key-value cache for one sequence."""
    cache = 2 * config.n_layers * config.n_ctx * config.d_model
    return 4 * (model_size(config, vocab_size).total + cache)


@dataclass(frozen=True, kw_only=True)
class ParameterParts:
    """The same parameters by what they do, all layers together; a tied output has none of its own."""

    embedding: int
    positions: int
    attention: int
    feed_forward: int
    norms: int
    output: int

    @property
    def total(self) -> int:
        return self.embedding + self.positions + self.attention + self.feed_forward + self.norms + self.output


def parameter_parts(config: ModelConfig, vocab_size: int) -> ParameterParts:
    """Where the parameters of the whole decoder are; their sum is `model_size(...).total`."""
    size = model_size(config, vocab_size)
    positions = config.n_ctx * config.d_model if config.position == "learned" else 0
    return ParameterParts(
        embedding=size.embedding - positions,
        positions=positions,
        attention=config.n_layers * size.attention_per_layer,
        feed_forward=config.n_layers * size.feed_forward_per_layer,
        norms=size.norms,
        output=size.output_head,
    )
