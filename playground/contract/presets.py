"""Ready-made runs by name. A preset sets model, tokenizer and training; the text stays the person's own.

Only a built-in text that a preset cannot learn from, because it holds no pairs, gives way to one that it can.
"""

import difflib
from dataclasses import dataclass, replace

from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.errors import ConfigError
from playground.contract.model_config import ModelConfig
from playground.contract.training_config import TrainingConfig


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named starting point: what it is for, and its settings."""

    name: str
    label: str
    help: str
    model: ModelConfig
    tokenizer: TokenizerConfig
    training: TrainingConfig
    source: str = ""  # the built-in text that suits it, where not every text does

    def applied_to(self, config: RunConfig) -> RunConfig:
        """`config` with this preset's settings, its text kept if it is of use."""
        data = config.data
        if self.source and data.is_builtin and not data.has_builtin_pairs:
            data = replace(data, source=self.source, target="")
        return replace(config, model=self.model, tokenizer=self.tokenizer, training=self.training, data=data)


_ALL = (
    Preset(
        name="tiny",
        label="Tiny",
        help="Writes recognizable sentences within a minute on two cores.",
        model=ModelConfig(
            n_layers=2, n_heads=4, d_model=128, d_ff=512, n_ctx=128, position="rotary", norm="rms", bias=False
        ),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=1024),
        training=TrainingConfig(
            max_steps=1200, batch_size=8, learning_rate=4e-3, warmup_steps=60, evaluate_every=100,
            evaluation_fraction=0.1, checkpoint_every=300, max_snapshots=32,
        ),
    ),
    Preset(
        name="small",
        label="Small",
        help="Better text in a quarter of an hour.",
        model=ModelConfig(
            n_layers=6, n_heads=6, d_model=192, d_ff=768, n_ctx=128, position="rotary", norm="rms", bias=False,
            dropout=0.1,
        ),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=2048),
        training=TrainingConfig(
            max_steps=3000, batch_size=16, learning_rate=2e-3, warmup_steps=100, evaluate_every=200,
            evaluation_fraction=0.25, checkpoint_every=500,
        ),
    ),
    Preset(
        name="nanogpt-cpu",
        label="nanoGPT on a CPU",
        help="The shape of nanoGPT's CPU recipe on characters: 4 layers, 4 heads, width 128, context 64.",
        model=ModelConfig(n_layers=4, n_heads=4, d_model=128, d_ff=512, n_ctx=64, bias=False),
        tokenizer=TokenizerConfig(type="characters", vocab_size=8192, byte_fallback=False),
        training=TrainingConfig(
            # Twice nanoGPT's own rate: 1.81 instead of 1.90 on the whole validation split of its Shakespeare.
            max_steps=2000, batch_size=12, learning_rate=2e-3, warmup_steps=100, evaluate_every=250,
            evaluation_fraction=1.0, checkpoint_every=500,
        ),
    ),
    Preset(
        name="gpt2-small",
        label="GPT-2 small",
        help="The shape of GPT-2's smallest model, 124 million parameters; wants a GPU and much text.",
        model=ModelConfig(n_layers=12, n_heads=12, d_model=768, d_ff=3072, n_ctx=1024, dropout=0.1),
        tokenizer=TokenizerConfig(type="bpe", vocab_size=50_257),
        training=TrainingConfig(
            max_steps=600_000, batch_size=12, accumulation_steps=40, learning_rate=6e-4, warmup_steps=2000,
            beta2=0.95, evaluate_every=1000, checkpoint_every=1000, precision="bf16", max_snapshot_megabytes=20_000,
        ),
    ),
    Preset(
        name="gpt-tiny",
        label="GPT, tiny",
        help="The choices of GPT-2 in small: learned positions, layer norm before each part, GELU.",
        model=ModelConfig(n_layers=4, n_heads=4, d_model=128, d_ff=512, n_ctx=128),
        tokenizer=TokenizerConfig(type="bpe", vocab_size=1024),
        training=TrainingConfig(
            max_steps=1200, batch_size=8, learning_rate=2e-3, warmup_steps=100, evaluate_every=100,
            evaluation_fraction=0.1, checkpoint_every=300, max_snapshots=32,
        ),
    ),
    Preset(
        name="bert-tiny",
        label="BERT, tiny",
        help="The choices of BERT in small: learned positions, layer norm after each part, the exact GELU.",
        model=ModelConfig(
            kind="encoder", n_layers=2, n_heads=4, d_model=128, d_ff=512, n_ctx=32, norm_place="after",
            activation="gelu_exact", embedding_norm=True, output_transform=True, output_bias=True, norm_epsilon=1e-12,
        ),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=1024),
        training=TrainingConfig(
            max_steps=4000, batch_size=16, learning_rate=1e-3, warmup_steps=200, schedule="linear",
            final_learning_rate_fraction=0.0, beta2=0.98, weight_decay=0.01, evaluate_every=200,
            evaluation_fraction=0.25, checkpoint_every=500, max_snapshots=32,
        ),
    ),
    Preset(
        name="encoder-tiny",
        label="Encoder, tiny",
        help="Fills in masked names and things, nearly all of them right, after four minutes on two cores.",
        model=ModelConfig(
            kind="encoder", n_layers=2, n_heads=4, d_model=128, d_ff=512, n_ctx=128, position="rotary", norm="rms",
            bias=False,
        ),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=1024),
        training=TrainingConfig(
            # Muon finds out within 2,000 steps that a name stands elsewhere in the text; AdamW does not.
            max_steps=2400, batch_size=8, learning_rate=4e-3, warmup_steps=60, optimizer="muon", mask_fraction=0.4,
            evaluate_every=200, evaluation_fraction=0.1, checkpoint_every=400, max_snapshots=32,
        ),
    ),
    Preset(
        name="bert-base",
        label="BERT, base",
        help="The shape of BERT base, 110 million parameters (Devlin et al. 2019); wants a GPU and much text.",
        model=ModelConfig(
            kind="encoder", n_layers=12, n_heads=12, d_model=768, d_ff=3072, n_ctx=512, norm_place="after",
            activation="gelu_exact", embedding_norm=True, output_transform=True, output_bias=True, norm_epsilon=1e-12,
            dropout=0.1,
        ),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=30_522),
        training=TrainingConfig(
            max_steps=1_000_000, batch_size=32, accumulation_steps=8, learning_rate=1e-4, warmup_steps=10_000,
            schedule="linear", final_learning_rate_fraction=0.0, beta2=0.999, weight_decay=0.01, evaluate_every=1000,
            checkpoint_every=1000, precision="bf16", max_snapshot_megabytes=20_000,
        ),
    ),
    Preset(
        name="transformer-tiny",
        label="Original Transformer, tiny",
        help="Encoder and decoder as in the first paper; translates short sentences after some minutes on two cores.",
        source="builtin:translate-en-ja",
        model=ModelConfig(
            kind="encoder_decoder", n_layers=2, n_encoder_layers=2, n_heads=4, d_model=128, d_ff=512, n_ctx=48,
            position="sinusoidal", norm_place="after", activation="relu", dropout=0.0,
        ),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=768),
        training=TrainingConfig(
            max_steps=2000, batch_size=32, learning_rate=1e-3, warmup_steps=200, schedule="inverse_square_root",
            final_learning_rate_fraction=0.0, beta2=0.98, weight_decay=0.0, label_smoothing=0.1, optimizer="adam",
            evaluate_every=200, evaluation_fraction=0.1, checkpoint_every=500, max_snapshots=32,
        ),
    ),
    Preset(
        name="transformer-base",
        label="Original Transformer, base",
        help="The base model of the first paper (Vaswani et al. 2017): 6 + 6 layers, width 512; wants a GPU.",
        source="builtin:translate-en-ja",
        model=ModelConfig(
            kind="encoder_decoder", n_layers=6, n_encoder_layers=6, n_heads=8, d_model=512, d_ff=2048, n_ctx=256,
            position="sinusoidal", norm_place="after", activation="relu", dropout=0.1,
        ),
        tokenizer=TokenizerConfig(type="bpe", vocab_size=37_000),
        training=TrainingConfig(
            max_steps=100_000, batch_size=32, accumulation_steps=4, learning_rate=7e-4, warmup_steps=4000,
            schedule="inverse_square_root", final_learning_rate_fraction=0.0, beta2=0.98, weight_decay=0.0,
            label_smoothing=0.1, optimizer="adam", evaluate_every=1000, checkpoint_every=1000, precision="bf16",
            max_snapshot_megabytes=20_000,
        ),
    ),
    Preset(
        name="llama-tiny",
        label="Llama-like, tiny",
        help="RMS norm, rotary positions, SwiGLU, heads that share keys, no biases; sentences within two minutes.",
        model=ModelConfig(
            n_layers=4, n_heads=4, queries_per_kv_head=2, d_model=128, d_ff=352, n_ctx=128, position="rotary",
            norm="rms", activation="swiglu", bias=False,
        ),
        tokenizer=TokenizerConfig(type="bpe", vocab_size=1024),
        training=TrainingConfig(
            max_steps=1200, batch_size=8, learning_rate=4e-3, warmup_steps=60, beta2=0.95, evaluate_every=100,
            evaluation_fraction=0.1, checkpoint_every=300, max_snapshots=32,
        ),
    ),
    Preset(
        name="llama-small",
        label="Llama-like, 100 million",
        help="The same choices with 12 layers and width 768; wants a GPU and much text.",
        model=ModelConfig(
            n_layers=12, n_heads=12, queries_per_kv_head=3, d_model=768, d_ff=2048, n_ctx=1024, position="rotary",
            norm="rms", activation="swiglu", bias=False,
        ),
        tokenizer=TokenizerConfig(type="bpe", vocab_size=32_000),
        training=TrainingConfig(
            max_steps=100_000, batch_size=16, accumulation_steps=8, learning_rate=6e-4, warmup_steps=2000, beta2=0.95,
            evaluate_every=1000, checkpoint_every=1000, precision="bf16", max_snapshot_megabytes=20_000,
        ),
    ),
)  # fmt: skip

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _ALL}


def preset(name: str) -> Preset:
    """The preset of that name.

    Raises:
        ConfigError: with the nearest name, if there is none.
    """
    if name not in PRESETS:
        near = difflib.get_close_matches(name, PRESETS, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are {', '.join(PRESETS)}."
        raise ConfigError([f"Unknown preset {name!r}. {hint}"])
    return PRESETS[name]
