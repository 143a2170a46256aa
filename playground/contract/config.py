"""What a run is: model, tokenizer, data, training; and how text is drawn from it: sampling.

Frozen values. Every number that follows from others is a property. `problems()` of each section
names every violation, its own ranges and the impossible combinations.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

from playground.contract.fields import checked, range_problems, setting

FORMAT = 1

KINDS = ("decoder",)
POSITIONS = ("learned", "sinusoidal", "rotary")
NORMS = ("layer", "rms")
ACTIVATIONS = ("gelu", "relu", "swiglu")
TOKENIZER_TYPES = ("unigram", "bpe", "characters")
SCHEDULES = ("cosine", "linear", "constant")
PRECISIONS = ("fp32", "bf16")
DEVICES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """The shape of the Transformer (Vaswani et al. 2017; pre-norm as in Radford et al. 2019)."""

    kind: str = setting(
        "decoder", "Kind", "A decoder reads left to right and predicts the next token.", choices=KINDS, term="decoder"
    )
    n_layers: int = setting(
        4,
        "Layers",
        "How many blocks of attention and feed-forward lie on top of one another.",
        low=1,
        high=96,
        term="n_layers",
    )
    n_heads: int = setting(
        4, "Heads", "Attention heads per layer; they must divide the width evenly.", low=1, high=128, term="n_heads"
    )
    d_model: int = setting(
        128,
        "Width (d_model)",
        "Numbers per token in the residual stream.",
        low=4,
        high=16384,
        logarithmic=True,
        term="d_model",
    )
    d_ff: int = setting(
        512,
        "Feed-forward width (d_ff)",
        "Numbers per token inside the feed-forward network; four times the width is usual.",
        low=4,
        high=65536,
        logarithmic=True,
        term="d_ff",
    )
    n_ctx: int = setting(
        64,
        "Context",
        "How many tokens the model sees at once.",
        low=2,
        high=8192,
        unit="tokens",
        logarithmic=True,
        term="context",
    )
    position: str = setting(
        "learned",
        "Positions",
        "How the model knows the order of the tokens.",
        choices=POSITIONS,
        term="position_encoding",
    )
    norm: str = setting(
        "layer",
        "Norm",
        "Layer norm centres and scales; RMS norm only scales.",
        choices=NORMS,
        term="layer_normalization",
    )
    activation: str = setting(
        "gelu",
        "Activation",
        "The bend inside the feed-forward network.",
        choices=ACTIVATIONS,
        term="feed_forward_network",
    )
    dropout: float = setting(
        0.0,
        "Dropout",
        "Share of activations switched off at random while training.",
        low=0.0,
        high=0.9,
        term="dropout",
    )
    bias: bool = setting(True, "Biases", "Add a learned offset in each linear map and layer norm.", advanced=True)
    tied_embeddings: bool = setting(
        True,
        "Tied embeddings",
        "Use one table for reading tokens in and predicting them.",
        term="embedding",
        advanced=True,
    )

    @property
    def d_head(self) -> int:
        """Numbers per head in each query, key and value."""
        return self.d_model // self.n_heads

    def problems(self) -> list[str]:
        found = range_problems(self, "model")
        if found:
            return found
        if self.d_model % self.n_heads:
            fits = [n for n in range(1, self.d_model + 1) if self.d_model % n == 0 and n <= 128]
            near = min(fits, key=lambda n: abs(n - self.n_heads))
            found.append(
                f"model.n_heads is {self.n_heads}, which does not divide model.d_model = {self.d_model}. "
                f"Choose {near} heads, or a width that is a multiple of {self.n_heads}."
            )
        elif self.position == "rotary" and self.d_head % 2:
            found.append(
                f"model.position is 'rotary', which turns pairs of numbers, but each head has {self.d_head}. "
                "Choose fewer heads, another width, or learned positions."
            )
        if self.position == "sinusoidal" and self.d_model % 2:
            found.append(f"model.position is 'sinusoidal', which needs an even model.d_model, not {self.d_model}.")
        return found


@dataclass(frozen=True, kw_only=True)
class TokenizerConfig:
    """How the tokenizer is trained on the text (Kudo & Richardson 2018)."""

    type: str = setting(
        "unigram",
        "Type",
        "Unigram keeps the likeliest pieces, BPE merges frequent pairs, characters keeps single characters.",
        choices=TOKENIZER_TYPES,
        term="tokenizer",
    )
    vocab_size: int = setting(
        1024,
        "Vocabulary",
        "At most this many pieces; a short text may yield fewer.",
        low=16,
        high=200_000,
        unit="pieces",
        logarithmic=True,
        term="vocabulary",
    )
    byte_fallback: bool = setting(
        True,
        "Byte fallback",
        "Spell characters that the vocabulary lacks as bytes, so that nothing is lost.",
        term="sentencepiece",
    )
    character_coverage: float = setting(
        1.0,
        "Character coverage",
        "Share of the text's characters that get a piece; 0.9995 suits Japanese with byte fallback.",
        low=0.9,
        high=1.0,
        advanced=True,
    )

    def problems(self) -> list[str]:
        found = range_problems(self, "tokenizer")
        if not found and self.byte_fallback and self.vocab_size < 300:
            if self.type == "characters":
                return found  # the vocabulary grows with the text's characters
            found.append(
                f"tokenizer.vocab_size is {self.vocab_size}, but byte fallback alone takes 256 pieces. "
                "Choose at least 300, or switch byte fallback off."
            )
        return found


@dataclass(frozen=True, kw_only=True)
class DataConfig:
    """Where the text comes from and how it is split."""

    source: str = setting(
        "builtin:tales-en", "Text", "A UTF-8 text file, a folder of them, or one of the built-in texts."
    )
    validation_fraction: float = setting(
        0.1, "Validation share", "The last part of the text, kept aside to judge the model.", low=0.001, high=0.5
    )
    builtin_seed: int = setting(
        1, "Built-in seed", "Another seed writes other stories.", low=0, high=2**31 - 1, advanced=True
    )

    @property
    def is_builtin(self) -> bool:
        return self.source.startswith("builtin:")

    def problems(self) -> list[str]:
        found = range_problems(self, "data")
        if isinstance(self.source, str) and not self.source.strip():
            found.append("data.source is empty. Choose a text file, a folder, or builtin:tales-en.")
        return found


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """How the model learns: AdamW (Loshchilov & Hutter 2019) under a warmed-up schedule."""

    max_steps: int = setting(
        1000, "Steps", "How many times the weights are changed.", low=1, high=10_000_000, logarithmic=True
    )
    batch_size: int = setting(
        16,
        "Batch size",
        "Sequences per forward pass; a step sees this times the accumulation.",
        low=1,
        high=4096,
        unit="sequences",
        logarithmic=True,
    )
    accumulation_steps: int = setting(
        1,
        "Accumulation",
        "Forward passes whose gradients add up to one step.",
        low=1,
        high=1024,
        term="gradient_accumulation",
        advanced=True,
    )
    learning_rate: float = setting(
        1e-3,
        "Learning rate",
        "Size of each change at the top of the schedule.",
        low=1e-7,
        high=1.0,
        logarithmic=True,
        term="learning_rate_schedule",
    )
    schedule: str = setting(
        "cosine",
        "Schedule",
        "How the learning rate falls after warmup.",
        choices=SCHEDULES,
        term="learning_rate_schedule",
    )
    warmup_steps: int = setting(
        50, "Warmup", "Steps over which the learning rate rises from zero.", low=0, high=1_000_000, term="warmup"
    )
    final_learning_rate_fraction: float = setting(
        0.1, "Final rate", "Where the schedule ends, as a share of its top.", low=0.0, high=1.0, advanced=True
    )
    weight_decay: float = setting(
        0.1,
        "Weight decay",
        "Pull of the matrices towards zero at each step.",
        low=0.0,
        high=10.0,
        term="weight_decay",
    )
    beta1: float = setting(0.9, "Beta 1", "AdamW's memory of the gradient.", low=0.0, high=0.9999, advanced=True)
    beta2: float = setting(
        0.99, "Beta 2", "AdamW's memory of the gradient's square.", low=0.0, high=0.99999, advanced=True
    )
    gradient_clip: float = setting(
        1.0,
        "Clip gradient at",
        "Longest gradient that is taken as it is; 0 never clips.",
        low=0.0,
        high=1000.0,
        term="gradient_clipping",
    )
    evaluate_every: int = setting(
        100, "Evaluate every", "Steps between two looks at the validation text.", low=1, high=1_000_000, unit="steps"
    )
    evaluation_fraction: float = setting(
        1.0,
        "Evaluated share",
        "Share of the validation text that is judged, always the same part; 1 is the whole.",
        low=0.001,
        high=1.0,
        advanced=True,
    )
    sample_tokens: int = setting(
        100, "Sample length", "Tokens written as a sample at each evaluation.", low=0, high=4096, advanced=True
    )
    checkpoint_every: int = setting(
        500, "Checkpoint every", "Steps between two full states to resume from.", low=1, high=1_000_000, unit="steps"
    )
    max_snapshots: int = setting(
        48, "Snapshots", "Stops of the time machine, dense early and sparse late.", low=2, high=1000, advanced=True
    )
    max_snapshot_megabytes: int = setting(
        512,
        "Snapshot space",
        "All snapshots together stay below this.",
        low=1,
        high=1_000_000,
        unit="MB",
        advanced=True,
    )
    seed: int = setting(1, "Seed", "Same seed, same text, same curve.", low=0, high=2**31 - 1)
    precision: str = setting(
        "fp32",
        "Precision",
        "bf16 halves the bits of the matrix products where the machine supports it.",
        choices=PRECISIONS,
        advanced=True,
    )
    device: str = setting(
        "auto", "Device", "Where to compute; auto takes a GPU if there is one.", choices=DEVICES, advanced=True
    )

    @property
    def sequences_per_step(self) -> int:
        return self.batch_size * self.accumulation_steps

    def problems(self) -> list[str]:
        return range_problems(self, "training")


@dataclass(frozen=True, kw_only=True)
class SamplingConfig:
    """How the next token is drawn from the model's distribution."""

    temperature: float = setting(
        0.8, "Temperature", "Below 1 safer, above 1 wilder; 0 always takes the likeliest.", low=0.0, high=3.0,
        term="temperature",
    )  # fmt: skip
    top_k: int = setting(
        0, "Top-k", "Keep only this many of the likeliest tokens; 0 keeps all.", low=0, high=200_000, term="top_k"
    )
    top_p: float = setting(
        1.0, "Top-p", "Keep the likeliest tokens that together reach this probability; 1 keeps all.", low=0.01,
        high=1.0, term="top_p",
    )  # fmt: skip
    max_tokens: int = setting(
        200, "At most", "Tokens to write before stopping.", low=1, high=100_000, unit="tokens", logarithmic=True
    )
    seed: int = setting(1, "Seed", "Same seed, same text.", low=0, high=2**31 - 1)

    def problems(self) -> list[str]:
        return range_problems(self, "sampling")


@dataclass(frozen=True, kw_only=True)
class RunConfig:
    """Everything that config.toml of a run directory holds."""

    model: ModelConfig = dataclasses.field(default_factory=ModelConfig)
    tokenizer: TokenizerConfig = dataclasses.field(default_factory=TokenizerConfig)
    data: DataConfig = dataclasses.field(default_factory=DataConfig)
    training: TrainingConfig = dataclasses.field(default_factory=TrainingConfig)

    @property
    def tokens_per_step(self) -> int:
        return self.training.sequences_per_step * self.model.n_ctx

    def problems(self) -> list[str]:
        """Every violation in every section, as sentences; empty when the run can start."""
        sections = (self.model, self.tokenizer, self.data, self.training)
        return [problem for section in sections for problem in section.problems()]

    def checked(self) -> "RunConfig":
        """Itself, when nothing is wrong.

        Raises:
            ConfigError: with every violation at once.
        """
        return checked(self)

    def with_values(self, changes: dict[str, Any]) -> "RunConfig":
        """A copy with dotted names replaced, e.g. `{"training.max_steps": 500}`; not yet checked."""
        result = self
        for dotted, value in changes.items():
            section, name = dotted.split(".", 1)
            part = dataclasses.replace(getattr(result, section), **{name: value})
            result = dataclasses.replace(result, **{section: part})
        return result


SECTIONS: dict[str, type] = {
    "model": ModelConfig,
    "tokenizer": TokenizerConfig,
    "data": DataConfig,
    "training": TrainingConfig,
}
