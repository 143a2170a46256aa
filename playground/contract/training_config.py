"""How a model learns: objective, optimizer, schedule, and how often it is judged and kept."""

from dataclasses import dataclass

from playground.contract.fields import range_problems, setting

OPTIMIZERS = ("adamw", "adam", "sgd", "muon", "adafactor")
SCHEDULES = ("cosine", "linear", "constant", "warmup_stable_decay", "inverse_square_root")
ATTENTIONS = ("fused", "explicit")
PRECISIONS = ("fp32", "bf16")
SHARDINGS = ("none", "full")
DEVICES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """How the model learns: an optimizer under a warmed-up schedule."""

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
    optimizer: str = setting(
        "adamw",
        "Optimizer",
        "The rule that turns gradients into changes of the weights.",
        choices=OPTIMIZERS,
        term="optimizer",
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
    decay_fraction: float = setting(
        0.2,
        "Decay share",
        "Share of the steps over which the rate falls at the end.",
        low=0.0,
        high=1.0,
        term="learning_rate_schedule",
        advanced=True,
        needs=("schedule", ("warmup_stable_decay",)),
    )
    weight_decay: float = setting(
        0.1,
        "Weight decay",
        "Pull of the matrices towards zero at each step.",
        low=0.0,
        high=10.0,
        term="weight_decay",
    )
    beta1: float = setting(
        0.9,
        "Beta 1",
        "Adam's memory of the gradient.",
        low=0.0,
        high=0.9999,
        advanced=True,
        needs=("optimizer", ("adamw", "adam", "muon")),
    )
    beta2: float = setting(
        0.99,
        "Beta 2",
        "Adam's memory of the gradient's square.",
        low=0.0,
        high=0.99999,
        advanced=True,
        needs=("optimizer", ("adamw", "adam", "muon")),
    )
    momentum: float = setting(
        0.9,
        "Momentum",
        "How much of the former direction each change keeps.",
        low=0.0,
        high=0.9999,
        advanced=True,
        needs=("optimizer", ("sgd", "muon")),
    )
    gradient_clip: float = setting(
        1.0,
        "Clip gradient at",
        "Longest gradient that is taken as it is; 0 never clips.",
        low=0.0,
        high=1000.0,
        term="gradient_clipping",
    )
    label_smoothing: float = setting(
        0.0,
        "Label smoothing",
        "Share of each target's probability that is spread over all tokens, so that the model never is too sure.",
        low=0.0,
        high=0.9,
        term="label_smoothing",
        advanced=True,
    )
    mask_fraction: float = setting(
        0.15,
        "Masked share",
        "Share of the tokens that an encoder has to fill in.",
        low=0.01,
        high=0.9,
        term="masked_language_model",
        needs=("model.kind", ("encoder",)),
    )
    mask_whole_words: bool = setting(
        False,
        "Mask whole words",
        "Choose words instead of tokens, so that no piece of a word gives the rest away.",
        term="masked_language_model",
        needs=("model.kind", ("encoder",)),
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
    attention: str = setting(
        "fused",
        "Attention",
        "Fused never stores the weights, explicit does: the same numbers, other time and memory.",
        choices=ATTENTIONS,
        term="flash_attention",
        advanced=True,
    )
    compile: bool = setting(
        False, "Compile", "Let torch compile the model first, where a C++ compiler is there.", advanced=True
    )
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

    sharding: str = setting(
        "none",
        "Weights of many processes",
        "Under torchrun each process holds all weights, or its share of them (FSDP2) where they would not fit.",
        choices=SHARDINGS,
        advanced=True,
    )

    @property
    def sequences_per_step(self) -> int:
        return self.batch_size * self.accumulation_steps

    def problems(self) -> list[str]:
        return range_problems(self, "training")
