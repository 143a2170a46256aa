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
    n_trained: int  # of them, how many training changes
    vocab_size: int
    device: str
    passed_over: str = ""  # checkpoints that did not verify, in a sentence
    n_processes: int = 1
    n_threads: int = 0  # of each; with torch's version, what the exact numbers depend on
    torch: str = ""


@dataclass(frozen=True, kw_only=True)
class Evaluating:
    """The validation text is about to be judged, which may take a while."""

    step: int


@dataclass(frozen=True, kw_only=True)
class StepDone:
    """One update. `loss` in nats is the mean over the whole step; `gradient_norm` is that before clipping, and
    `weight_norm` the length of all that weight decay pulls at, before the update."""

    step: int
    loss: float
    learning_rate: float
    gradient_norm: float
    weight_norm: float
    tokens: int  # seen since the run began
    elapsed_s: float  # active time since the run began
    tokens_per_s: float
    time_left_s: float
    time_left_low_s: float  # at the pace of the quicker quarter of recent steps
    time_left_high_s: float  # at that of the slower quarter


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """A look at the validation text; `loss` in nats per judged token.

    `accuracy` is the share of judged tokens that the model would have chosen itself, `exact` the share of examples
    without a single wrong one.
    """

    step: int
    loss: float
    perplexity: float
    bits_per_byte: float
    accuracy: float
    exact: float


@dataclass(frozen=True, kw_only=True)
class SampleWritten:
    """Text that the model wrote; the first `n_prompt_characters` were given to it."""

    step: int
    text: str
    n_prompt_characters: int


@dataclass(frozen=True, kw_only=True)
class MasksFilled:
    """An encoder's guesses: `texts` are the text's tokens, `guesses[i]` stands for token `masked[i]`, which it did
    not see; `probabilities[i]` is how sure it was."""

    step: int
    texts: list[str]
    masked: list[int]
    guesses: list[str]
    probabilities: list[float]


@dataclass(frozen=True, kw_only=True)
class TranslationsWritten:
    """What an encoder-decoder made of sentences of the validation text, beside their references."""

    step: int
    sources: list[str]
    references: list[str]
    translations: list[str]


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
class LengthChanged:
    """The run ends at step `max_steps` from now on."""

    step: int
    max_steps: int


@dataclass(frozen=True, kw_only=True)
class Diverged:
    """Step `step` was not taken, because a number of it is none; `examples` are those whose own loss is none."""

    step: int
    what: str
    learning_rate: float
    examples: list[int]


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """Ended by a wish, with a checkpoint to go on from."""

    step: int


@dataclass(frozen=True, kw_only=True)
class Finished:
    step: int


TrainingEvent = (
    Preparing | Started | Evaluating | StepDone | Evaluated | SampleWritten | MasksFilled | TranslationsWritten
    | SnapshotSaved | CheckpointSaved | Paused | Resumed | RateChanged | LengthChanged | Diverged | Stopped | Finished
)  # fmt: skip
