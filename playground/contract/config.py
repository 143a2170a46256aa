"""What a run is: model, tokenizer, data, training, what it goes on from; and how text is drawn from it: sampling.

Frozen values. Every number that follows from others is a property. `problems()` of each section
names every violation, its own ranges and the impossible combinations.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

from playground.contract.fields import checked, range_problems, setting
from playground.contract.model_config import ENCODER_DECODER, ModelConfig
from playground.contract.training_config import TrainingConfig

FORMAT = 1

TOKENIZER_TYPES = ("unigram", "bpe", "characters", "imported")
TRAINABLE_TOKENIZERS = TOKENIZER_TYPES[:-1]
EXAMPLES = ("windows", "lines")
LORA_TARGETS = ("attention", "feed_forward", "all")
METHODS = ("full", "lora")
BUILTIN_PAIRS = tuple(f"builtin:{name}" for name in ("translate-en-ja", "copy", "reverse", "sort", "addition"))


@dataclass(frozen=True, kw_only=True)
class TokenizerConfig:
    """How the tokenizer is trained on the text (Kudo & Richardson 2018)."""

    type: str = setting(
        "unigram",
        "Type",
        "Unigram keeps the likeliest pieces, BPE merges frequent pairs, characters keeps single characters.",
        choices=TRAINABLE_TOKENIZERS,
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
    target: str = setting(
        "",
        "Translations",
        "A text file with the translations, line by line; leave it empty if the text holds both, with tabs between.",
        needs=("model.kind", ("encoder_decoder",)),
    )
    examples: str = setting(
        "windows",
        "Examples",
        "Windows begin anywhere in the text; lines are learned one by one, padded to the longest of their batch.",
        choices=EXAMPLES,
        term="padding",
        advanced=True,
        needs=("model.kind", ("decoder", "encoder")),
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

    @property
    def has_builtin_pairs(self) -> bool:
        """Whether the text is a built-in one that holds a source and a target in each line."""
        return self.source in BUILTIN_PAIRS

    def problems(self) -> list[str]:
        found = range_problems(self, "data")
        if isinstance(self.source, str) and not self.source.strip():
            found.append("data.source is empty. Choose a text file, a folder, or builtin:tales-en.")
        return found


@dataclass(frozen=True, kw_only=True)
class StartConfig:
    """What a run goes on from: nothing, or another run's model; all of it, or small adapters (Hu et al. 2021)."""

    run: str = setting("", "Go on from", "A run whose weights this one begins with; empty begins at random.")
    step: int = setting(0, "At step", "Which snapshot of that run.", low=0, high=10_000_000)
    method: str = setting(
        "full",
        "Method",
        "Full changes all weights; LoRA adds small matrices and leaves the rest as it is.",
        choices=METHODS,
        term="fine_tuning",
    )
    lora_rank: int = setting(
        8, "LoRA rank", "Width of the added matrices.", low=1, high=1024, term="lora", needs=("method", ("lora",))
    )
    lora_alpha: float = setting(
        16.0,
        "LoRA alpha",
        "Weight of what is added: alpha / rank.",
        low=0.01,
        high=4096.0,
        term="lora",
        needs=("method", ("lora",)),
    )
    lora_dropout: float = setting(
        0.0,
        "LoRA dropout",
        "Share of the adapter's input switched off while training.",
        low=0.0,
        high=0.9,
        term="lora",
        advanced=True,
        needs=("method", ("lora",)),
    )
    lora_targets: str = setting(
        "attention",
        "LoRA on",
        "Which matrices get an adapter.",
        choices=LORA_TARGETS,
        term="lora",
        needs=("method", ("lora",)),
    )
    frozen_layers: int = setting(
        0, "Frozen layers", "This many layers from the bottom stay as they are.", low=0, high=96, term="fine_tuning"
    )
    freeze_embeddings: bool = setting(
        False, "Freeze embeddings", "Token and position tables stay as they are.", term="embedding"
    )

    def problems(self) -> list[str]:
        return range_problems(self, "start")


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
    start: StartConfig = dataclasses.field(default_factory=StartConfig)

    @property
    def reads_lines(self) -> bool:
        """Whether each sequence is a line of the text, or a pair of them, instead of a window."""
        return self.model.kind == ENCODER_DECODER or self.data.examples == "lines"

    @property
    def tokens_per_step(self) -> int:
        """What a step reads; at most so many where it reads lines, which may be shorter than the context."""
        return self.training.sequences_per_step * self.model.n_ctx

    @property
    def has_dropout(self) -> bool:
        """Whether training draws random numbers in its forward passes."""
        return self.model.dropout > 0 or (self.start.method == "lora" and self.start.lora_dropout > 0)

    def problems(self) -> list[str]:
        """Every violation in every section, as sentences; empty when the run can start."""
        sections = (self.model, self.tokenizer, self.data, self.training, self.start)
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
    "start": StartConfig,
}
