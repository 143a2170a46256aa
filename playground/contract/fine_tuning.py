"""Runs that go on from another: their config, what must stay alike, and how many numbers their adapters have."""

import dataclasses

from playground.contract.config import RunConfig, StartConfig
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory

_GENTLER = 0.1  # share of the learning rate that a new model would take
_GATED = ("swiglu",)


def fine_tuned(base: RunDirectory, step: int, config: RunConfig) -> RunConfig:
    """`config` with the model and tokenizer of `base`, beginning with its weights at `step`, at a gentler rate.

    Raises:
        RunError, ConfigError: `base` cannot be read.
    """
    known = base.config()
    start = dataclasses.replace(config.start, run=str(base.path.absolute()), step=step)
    training = dataclasses.replace(config.training, learning_rate=_GENTLER * known.training.learning_rate)
    return dataclasses.replace(config, model=known.model, tokenizer=known.tokenizer, training=training, start=start)


def forked(base: RunDirectory, step: int) -> RunConfig:
    """The whole config of `base` for a run that begins with all of its weights at `step`: the optimizer starts anew.

    Raises:
        RunError, ConfigError: `base` cannot be read.
    """
    start = StartConfig(run=str(base.path.absolute()), step=step)
    return dataclasses.replace(base.config(), start=start)


def are_alike(one: ModelConfig, other: ModelConfig) -> bool:
    """Whether two models have the same weights to learn: all but dropout and mask is the same."""
    return _shape(one) == _shape(other)


def n_adapter_parameters(config: ModelConfig, start: StartConfig) -> int:
    """How many numbers the adapters of a model have: rank times inputs and outputs of each chosen matrix."""
    width, hidden = config.d_model, config.d_ff
    n_gates = 2 if config.activation in _GATED else 1
    qkv = width + (width + 2 * config.n_kv_heads * config.d_head)
    attention = qkv + 2 * width
    feed_forward = (width + n_gates * hidden) + (hidden + width)
    n_blocks = config.encoder_layers + config.decoder_layers
    n_attention = config.n_attentions if start.lora_targets != "feed_forward" else 0
    n_feed_forward = n_blocks if start.lora_targets != "attention" else 0
    return start.lora_rank * (n_attention * attention + n_feed_forward * feed_forward)


def _shape(config: ModelConfig) -> ModelConfig:
    return dataclasses.replace(config, dropout=0.0, causal_mask=True)
