"""The config of a run that goes on from another: its model and tokenizer, and where it begins."""

import dataclasses

from playground.contract.config import RunConfig
from playground.contract.run_directory import RunDirectory

_GENTLER = 0.1  # share of the learning rate that a new model would take


def fine_tuned(base: RunDirectory, step: int, config: RunConfig) -> RunConfig:
    """`config` with the model and tokenizer of `base`, beginning with its weights at `step`, at a gentler rate.

    Raises:
        RunError, ConfigError: `base` cannot be read.
    """
    known = base.config()
    start = dataclasses.replace(config.start, run=str(base.path.absolute()), step=step)
    training = dataclasses.replace(config.training, learning_rate=_GENTLER * known.training.learning_rate)
    return dataclasses.replace(config, model=known.model, tokenizer=known.tokenizer, training=training, start=start)
