"""Parameters, memory and arithmetic of a model from its config alone, without building it.

Pure sums, so that the form answers while a slider moves. A test holds each against the built model.
"""

from dataclasses import dataclass

from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER, ModelConfig
from playground.contract.training_config import TrainingConfig

_FLOAT = 4  # bytes
_NUMBERS_PER_SCORE = 2  # that explicit attention keeps: the score and its softmax


@dataclass(frozen=True, kw_only=True)
class ModelSize:
    """How big a model is; counts are numbers, not bytes. Cross-attention is as big as attention."""

    embedding: int
    attention_per_layer: int
    feed_forward_per_layer: int
    norms: int
    output_head: int
    n_layers: int  # of encoder and decoder together
    n_attentions: int

    @property
    def total(self) -> int:
        attention = self.n_attentions * self.attention_per_layer
        feed_forward = self.n_layers * self.feed_forward_per_layer
        return self.embedding + attention + feed_forward + self.norms + self.output_head


def model_size(config: ModelConfig, vocab_size: int) -> ModelSize:
    """Count the parameters of each part; equal to what the built model holds."""
    width, hidden, bias = config.d_model, config.d_ff, int(config.bias)
    n_in = gates(config)
    feed_forward = n_in * (width * hidden + bias * hidden) + hidden * width + bias * width
    return ModelSize(
        embedding=vocab_size * width + n_stacks(config) * position_parameters(config),
        attention_per_layer=_attention_parameters(config),
        feed_forward_per_layer=feed_forward,
        norms=n_norms(config) * norm_parameters(config),
        output_head=(0 if config.tied_embeddings else vocab_size * width) + output_parameters(config, vocab_size),
        n_layers=config.encoder_layers + config.decoder_layers,
        n_attentions=config.n_attentions,
    )


def n_stacks(config: ModelConfig) -> int:
    """Encoder and decoder are a stack each."""
    return 2 if config.kind == ENCODER_DECODER else 1


def gates(config: ModelConfig) -> int:
    """How many matrices widen a token in the feed-forward network: a gate is one more."""
    return 2 if config.activation == "swiglu" else 1


def norm_parameters(config: ModelConfig) -> int:
    """Of one norm: a scale per number, and a shift where the kind of norm has one."""
    return config.d_model * (2 if config.norm != "rms" and config.bias else 1)


def position_parameters(config: ModelConfig) -> int:
    """Of one stack's table of learned positions."""
    return config.n_ctx * config.d_model if config.position == "learned" else 0


def n_norms(config: ModelConfig) -> int:
    """One per attention and feed-forward network, and those before, between and after the stacks."""
    layers = config.encoder_layers + config.decoder_layers
    per_stack = int(config.norm_place == "before") + int(config.embedding_norm)
    return config.n_attentions + layers + n_stacks(config) * per_stack + int(config.output_transform)


def output_parameters(config: ModelConfig, vocab_size: int) -> int:
    """Of the output besides its table: a dense layer and an offset per token, if there are any."""
    dense = config.d_model * config.d_model + config.d_model if config.output_transform else 0
    return dense + (vocab_size if config.output_bias else 0)


def _attention_parameters(config: ModelConfig) -> int:
    width, keys = config.d_model, 2 * config.n_kv_heads * config.d_head
    maps = width * (width + keys) + width * width
    offsets = (width + keys) * int(config.bias or config.qkv_bias) + width * int(config.bias)
    return maps + offsets + (2 * config.d_head if config.query_key_norm else 0)


def forward_flops_per_token(config: ModelConfig, vocab_size: int) -> int:
    """Multiply-adds times two of one token's forward pass; a causal mask leaves half the context on average.

    An encoder-decoder is counted for one token of the source and one of the target.
    """
    size = model_size(config, vocab_size)
    matrices = size.n_attentions * size.attention_per_layer + size.n_layers * size.feed_forward_per_layer
    read_out = vocab_size * config.d_model + output_parameters(config, 0)
    seen_by_decoder = config.n_ctx // 2 if config.causal_mask else config.n_ctx
    n_looks = config.decoder_layers * seen_by_decoder + (config.n_attentions - config.decoder_layers) * config.n_ctx
    return 2 * (matrices + read_out + 2 * config.d_model * n_looks)


def training_flops_per_step(config: ModelConfig, training: TrainingConfig, vocab_size: int) -> int:
    """Forward and backward, which is about twice as much, of all tokens of a step (Kaplan et al. 2020, 2.1)."""
    return 3 * training.sequences_per_step * config.n_ctx * forward_flops_per_token(config, vocab_size)


def training_memory_bytes(config: ModelConfig, training: TrainingConfig, vocab_size: int) -> int:
    """An estimate of the memory of training.

    It sums weights, gradients, what the optimizer remembers, and the activations kept for the way back.
    """
    n_parameters = model_size(config, vocab_size).total
    weights = 2 * n_parameters + optimizer_numbers(config, training, vocab_size)
    tokens = training.batch_size * config.n_ctx
    return _FLOAT * (weights + tokens * _kept_per_token(config, training, vocab_size))


def optimizer_numbers(config: ModelConfig, training: TrainingConfig, vocab_size: int) -> int:
    """How many numbers an optimizer remembers besides the weights.

    Two per parameter for Adam, one for momentum; Muon keeps one for the matrices inside the layers and Adam's two
    for the rest; Adafactor (Shazeer & Stern 2018) keeps a row and a column for each matrix.
    """
    size = model_size(config, vocab_size)
    if training.optimizer == "sgd":
        return size.total if training.momentum else 0
    if training.optimizer == "muon":
        inside = size.n_attentions * size.attention_per_layer + size.n_layers * size.feed_forward_per_layer
        return inside + 2 * (size.total - inside)
    if training.optimizer == "adafactor":
        width, hidden = config.d_model, config.d_ff
        per_layer = 2 * width + hidden + width
        return size.n_attentions * 5 * width + size.n_layers * per_layer + vocab_size + width
    return 2 * size.total


def _kept_per_token(config: ModelConfig, training: TrainingConfig, vocab_size: int) -> int:
    """Numbers that one token's way back needs: about ten widths per layer, the hidden layer, and the logits."""
    layers = config.encoder_layers + config.decoder_layers
    per_layer = 10 * config.d_model + (gates(config) + 1) * config.d_ff
    cross = (config.n_attentions - layers) * 6 * config.d_model
    scores = _NUMBERS_PER_SCORE * config.n_heads * config.n_ctx if training.attention == "explicit" else 0
    judged = training.mask_fraction if config.kind == ENCODER else 1.0
    return layers * per_layer + cross + config.n_attentions * scores + round(3 * judged * vocab_size)


def inference_memory_bytes(config: ModelConfig, vocab_size: int) -> int:
    """Weights in fp32 and, where a decoder writes, the keys and values of one full sequence and of its source."""
    n_caches = config.decoder_layers * (1 if config.kind == DECODER else 2)
    cache = 2 * n_caches * config.n_ctx * config.n_kv_heads * config.d_head
    return _FLOAT * (model_size(config, vocab_size).total + cache)


@dataclass(frozen=True, kw_only=True)
class ParameterParts:
    """The same parameters by what they do, all layers together; a tied output has no table of its own."""

    embedding: int
    positions: int
    attention: int
    feed_forward: int
    norms: int
    output: int

    @property
    def total(self) -> int:
        return self.embedding + self.positions + self.attention + self.feed_forward + self.norms + self.output


def parameter_parts(config: ModelConfig, vocab_size: int) -> ParameterParts:
    """Where the parameters of the whole model are; their sum is `model_size(...).total`."""
    size = model_size(config, vocab_size)
    positions = n_stacks(config) * position_parameters(config)
    return ParameterParts(
        embedding=size.embedding - positions,
        positions=positions,
        attention=size.n_attentions * size.attention_per_layer,
        feed_forward=size.n_layers * size.feed_forward_per_layer,
        norms=size.norms,
        output=size.output_head,
    )
