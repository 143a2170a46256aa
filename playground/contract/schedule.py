"""The learning rate of each step: a pure function of the step, so that it can be drawn before training."""

import math

from playground.contract.training_config import TrainingConfig


def learning_rate(step: int, training: TrainingConfig) -> float:
    """The rate of the update that leads to `step` (1 to max_steps): linear warmup to the peak, then the chosen fall.

    cosine: half a wave (Loshchilov & Hutter 2017, without restarts).
    linear: a straight line.
    warmup_stable_decay: flat, then a straight line over the last `decay_fraction` of all steps (Zhai et al. 2022,
        Hu et al. 2024); never before the end of the warmup.
    These three reach exactly the final rate at the last step.
    inverse_square_root: peak * sqrt(warmup / step) (Vaswani et al. 2017, eq. 3); without warmup as with one step of it.
    constant: the peak.
    """
    peak, final = training.learning_rate, training.learning_rate * training.final_learning_rate_fraction
    warmup = min(training.warmup_steps, training.max_steps)
    if step <= warmup:
        return peak * step / warmup
    if training.schedule == "constant":
        return peak
    if training.schedule == "inverse_square_root":
        return peak * math.sqrt(max(warmup, 1) / step)
    fall_from = warmup
    if training.schedule == "warmup_stable_decay":
        fall_from = max(warmup, training.max_steps - round(training.decay_fraction * training.max_steps))
        if step <= fall_from:
            return peak
    share = min((step - fall_from) / max(training.max_steps - fall_from, 1), 1.0)
    height = (1 + math.cos(math.pi * share)) / 2 if training.schedule == "cosine" else 1 - share
    return final + (peak - final) * height
