"""What the big chart of the Train page can show, as values: measures, axes, runs. Pure.

A measure is one or two curves, each a column of a run's numbers; an axis is a column times a factor.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from playground.contract.config import RunConfig
from playground.contract.model_config import ENCODER, ENCODER_DECODER
from playground.contract.model_size import forward_flops_per_token
from playground.contract.run_directory import DataFacts
from playground.ui.state.metrics import Metrics

STEP, TOKENS, EPOCH, TIME, FLOPS = "step", "tokens", "epoch", "time", "flops"
ACROSS = (STEP, TOKENS, EPOCH, TIME, FLOPS)

LOSS, PERPLEXITY, BITS, ACCURACY, EXACT = "loss", "perplexity", "bits_per_byte", "accuracy", "exact"
RATE, GRADIENT, CLIPPED, WEIGHTS, SPEED = "learning_rate", "gradient_norm", "clipped", "weight_norm", "speed"
MEASURES = (LOSS, PERPLEXITY, BITS, ACCURACY, EXACT, RATE, GRADIENT, CLIPPED, WEIGHTS, SPEED)

_LEARNING = 3  # times a forward pass: forward and backward (Kaplan et al. 2020, 2.1)
Change = Callable[[np.ndarray], np.ndarray]


def percent(values: np.ndarray) -> np.ndarray:
    """A share in hundredths."""
    return 100.0 * values


@dataclass(frozen=True, kw_only=True)
class PlotChoice:
    """How the person wants the curves drawn. `reach`: how many points an average is over; 1 averages nothing."""

    measure: str = LOSS
    across: str = STEP
    reach: float = 10.0
    log_x: bool = False
    log_y: bool = False

    @property
    def smoothing(self) -> float:
        """The weight of the former average: that of the last `reach` points weighs 1 - 1/e of all."""
        return 1.0 - 1.0 / max(self.reach, 1.0)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A column of the training steps, or of the evaluations, and what is made of its values."""

    column: str
    is_judged: bool = False  # of the evaluations
    change: Change | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is drawn of a run: its training steps, its evaluations, or both."""

    train: Line | None = None
    validation: Line | None = None

    @property
    def main(self) -> Line:
        """What is drawn of further runs."""
        line = self.train or self.validation
        assert line, "a measure has at least one line"
        return line


_PLANS = {
    LOSS: Measure(train=Line(column="loss"), validation=Line(column="validation_loss", is_judged=True)),
    PERPLEXITY: Measure(train=Line(column="loss", change=np.exp), validation=Line(column="perplexity", is_judged=True)),
    BITS: Measure(validation=Line(column="bits_per_byte", is_judged=True)),
    ACCURACY: Measure(validation=Line(column="accuracy", is_judged=True, change=percent)),
    EXACT: Measure(validation=Line(column="exact", is_judged=True, change=percent)),
    RATE: Measure(train=Line(column="learning_rate")),
    GRADIENT: Measure(train=Line(column="gradient_norm")),
    CLIPPED: Measure(train=Line(column="gradient_norm")),
    WEIGHTS: Measure(train=Line(column="weight_norm")),
    SPEED: Measure(train=Line(column="tokens_per_s")),
}


def measure_of(key: str) -> Measure:
    return _PLANS[key]


@dataclass(frozen=True, kw_only=True, eq=False)
class RunNumbers:
    """A run's numbers with what its config and its text say about them.

    `vocab_size` 0 is not known yet. `name` is read, and of foreign origin.
    """

    name: str = ""
    metrics: Metrics = field(default_factory=Metrics)
    sample: Metrics | None = None  # of what is still being read
    share_read: float = 1.0
    config: RunConfig = field(default_factory=RunConfig)
    facts: DataFacts = field(default_factory=DataFacts)
    vocab_size: int = 0

    def of_sample(self) -> "RunNumbers | None":
        """The sample, as a run of its own."""
        return None if self.sample is None else replace(self, metrics=self.sample, sample=None)

    def measures(self) -> tuple[str, ...]:
        """Those that there are numbers of; what the run never tells is not offered."""
        kind = self.config.model.kind
        left_out = {PERPLEXITY} if kind == ENCODER else set()
        left_out |= set() if kind == ENCODER_DECODER else {EXACT}
        left_out |= set() if self.clip else {CLIPPED}
        weights = (self.sample or self.metrics).train.column("weight_norm")
        left_out |= set() if len(weights) and np.isfinite(weights[-1]) else {WEIGHTS}
        return tuple(key for key in MEASURES if key not in left_out)

    @property
    def clip(self) -> float:
        """Longest gradient that is taken as it is; 0 if any is."""
        return self.config.training.gradient_clip

    @cached_property
    def flops_per_token(self) -> float:
        """Of training; an encoder-decoder reads a pair of tokens for what `forward_flops_per_token` counts."""
        if not self.vocab_size:
            return math.nan
        model = self.config.model
        per_count = 0.5 if model.kind == ENCODER_DECODER else 1.0
        return _LEARNING * per_count * forward_flops_per_token(model, self.vocab_size)

    def factor(self, across: str) -> float:
        """What the axis multiplies its column by; NaN if it is not known."""
        if across == EPOCH:
            n_tokens = self.facts.n_train_tokens
            return 1.0 / n_tokens if n_tokens else math.nan
        return self.flops_per_token if across == FLOPS else 1.0

    @property
    def bits_per_nat(self) -> float:
        """Of the validation text, from nats per token to bits per byte; NaN if it is not known."""
        n_bytes = self.facts.n_validation_bytes
        return self.facts.n_validation_tokens / n_bytes / math.log(2) if n_bytes else math.nan


@dataclass(frozen=True, kw_only=True, eq=False)
class OtherCurve:
    """A further run: `name` tells it from others, `label` (of foreign origin) is read, `slot` is its colour."""

    name: str
    label: str
    slot: int
    numbers: RunNumbers
