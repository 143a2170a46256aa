"""How far each setting's slider reaches and where it snaps: narrower than what is allowed, so that it is handy.

A typed value may use the whole range of the setting.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass


def octave_eighths(value: float) -> float:
    """The nearest of eight even steps between two powers of two: 64, 72, 80 … 128, 144 …"""
    if value < 16:
        return float(round(value))
    step = 2 ** (math.floor(math.log2(value)) - 3)
    return float(round(value / step) * step)


def two_digits(value: float) -> float:
    """Rounded to two significant digits."""
    return float(f"{value:.2g}")


def hundredths(value: float) -> float:
    return round(value, 2)


def tens(value: float) -> float:
    return float(round(value / 10) * 10)


@dataclass(frozen=True, kw_only=True)
class SliderRange:
    """Ends of a slider, both reached."""

    low: float
    high: float
    snap: Callable[[float], float] | None = None
    logarithmic: bool | None = None  # None: as the setting itself says


SLIDER_RANGES: dict[str, SliderRange] = {
    "model.n_layers": SliderRange(low=1, high=12),
    "model.n_encoder_layers": SliderRange(low=1, high=12),
    "model.n_heads": SliderRange(low=1, high=16),
    "model.queries_per_kv_head": SliderRange(low=1, high=16),
    "model.d_model": SliderRange(low=16, high=1024, snap=octave_eighths),
    "model.d_ff": SliderRange(low=32, high=4096, snap=octave_eighths),
    "model.n_ctx": SliderRange(low=16, high=1024, snap=octave_eighths),
    "model.dropout": SliderRange(low=0.0, high=0.5, snap=hundredths),
    "tokenizer.vocab_size": SliderRange(low=64, high=32_768, snap=octave_eighths),
    "tokenizer.character_coverage": SliderRange(low=0.99, high=1.0, snap=lambda value: round(value, 4)),
    "data.validation_fraction": SliderRange(low=0.01, high=0.5, snap=hundredths),
    "training.max_steps": SliderRange(low=50, high=20_000, snap=two_digits),
    "training.batch_size": SliderRange(low=1, high=128, snap=octave_eighths),
    "training.accumulation_steps": SliderRange(low=1, high=64),
    "training.learning_rate": SliderRange(low=1e-5, high=1e-1),
    "training.warmup_steps": SliderRange(low=0, high=1000, snap=tens),
    "training.final_learning_rate_fraction": SliderRange(low=0.0, high=1.0, snap=hundredths),
    "training.decay_fraction": SliderRange(low=0.0, high=1.0, snap=hundredths),
    "training.weight_decay": SliderRange(low=0.0, high=0.5, snap=hundredths),
    "training.beta1": SliderRange(low=0.8, high=0.99, snap=lambda value: round(value, 3)),
    "training.beta2": SliderRange(low=0.9, high=0.999, snap=lambda value: round(value, 4)),
    "training.momentum": SliderRange(low=0.0, high=0.99, snap=hundredths),
    "training.gradient_clip": SliderRange(low=0.0, high=5.0, snap=lambda value: round(value, 1)),
    "training.label_smoothing": SliderRange(low=0.0, high=0.3, snap=hundredths),
    "training.mask_fraction": SliderRange(low=0.05, high=0.5, snap=hundredths),
    "training.evaluate_every": SliderRange(low=10, high=1000, snap=tens),
    "training.evaluation_fraction": SliderRange(low=0.01, high=1.0, snap=hundredths),
    "training.sample_tokens": SliderRange(low=0, high=500, snap=tens),
    "training.checkpoint_every": SliderRange(low=50, high=5000, snap=two_digits, logarithmic=True),
    "training.max_snapshots": SliderRange(low=2, high=128),
    "training.max_snapshot_megabytes": SliderRange(low=16, high=8192, snap=octave_eighths, logarithmic=True),
    "start.lora_rank": SliderRange(low=1, high=64),
    "start.lora_dropout": SliderRange(low=0.0, high=0.5, snap=hundredths),
    "start.frozen_layers": SliderRange(low=0, high=12),
}
