"""What happens in a training, as typed events: whoever iterates over them decides to print, write or draw."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Preparing:
    """Before the first step: `phase` is "text", "tokenizer" or "encoding", `progress` 0 to 1."""

    phase: str
    progress: float


@dataclass(frozen=True, kw_only=True)
class Started:
    """The model stands; steps follow. `step` is 0, or where a resumed run goes on."""

    step: int
    max_steps: int
    n_parameters: int
    vocab_size: int
    device: str
    passed_over: str = ""  # checkpoints that did not verify, in a sentence


@dataclass(frozen=True, kw_only=True)
class Evaluating:
    """The validation text is about to be judged, which may take a while."""

    step: int


@dataclass(frozen=True, kw_only=True)
class StepDone:
    """One update. `loss` in nats is the mean over the whole step; `gradient_norm` is that before clipping."""

    step: int
    loss: float
    learning_rate: float
    gradient_norm: float
    tokens: int  # seen since the run began
    elapsed_s: float  # active time since the run began
    tokens_per_s: float
    time_left_s: float


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """A look at the validation text; `loss` in nats per token."""

    step: int
    loss: float
    perplexity: float
    bits_per_byte: float


@dataclass(frozen=True, kw_only=True)
class SampleWritten:
    """Text that the model wrote; the first `n_prompt_characters` were given to it."""

    step: int
    text: str
    n_prompt_characters: int


@dataclass(frozen=True, kw_only=True)
class SnapshotSaved:
    step: int


@dataclass(frozen=True, kw_only=True)
class CheckpointSaved:
    step: int


@dataclass(frozen=True, kw_only=True)
class Paused:
    step: int


@dataclass(frozen=True, kw_only=True)
class Resumed:
    step: int


@dataclass(frozen=True, kw_only=True)
class RateChanged:
    """The learning rate of the schedule is multiplied by `factor` from now on."""

    step: int
    factor: float


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Ended by a wish, with a checkpoint to go on from."""

    step: int


@dataclass(frozen=True, kw_only=True)
class Finished:
    step: int


TrainingEvent = (
    Preparing | Started | Evaluating | StepDone | Evaluated | SampleWritten | SnapshotSaved | CheckpointSaved
    | Paused | Resumed | RateChanged | Stopped | Finished
)  # fmt: skip
