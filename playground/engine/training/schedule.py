"""The learning rate of each step: a pure function of the step, so that it can be drawn before training."""

import math

from playground.contract.training_config import TrainingConfig


def learning_rate(step: int, training: TrainingConfig) -> float:
    """The rate of the update that leads to `step` (1 to max_steps): linear warmup, then the chosen fall.

    The cosine is that of Loshchilov & Hutter 2017 without restarts. The last step has exactly the final rate.
    """
    peak, final = training.learning_rate, training.learning_rate * training.final_learning_rate_fraction
    warmup = min(training.warmup_steps, training.max_steps)
    if step <= warmup:
        return peak * step / warmup
    if training.schedule == "constant":
        return peak
    share = min((step - warmup) / max(training.max_steps - warmup, 1), 1.0)
    height = (1 + math.cos(math.pi * share)) / 2 if training.schedule == "cosine" else 1 - share
    return final + (peak - final) * height
