"""The parts of a model in the order in which tokens pass them: names, shapes, formulas, parameters.

Pure functions of the config; knows nothing of pixels.
"""

from dataclasses import dataclass, replace

from playground.contract.model_config import ENCODER, ModelConfig
from playground.contract.model_size import (
    model_size,
    norm_parameters,
    output_parameters,
    parameter_parts,
    position_parameters,
)
from playground.ui.charts.block_formulas import (
    attention_formula,
    cross_formula,
    embedding_formula,
    feed_forward_formula,
    layer_formula,
    norm_formula,
    position_formula,
    transform_formula,
)
from playground.ui.charts.block_rows import (
    ATTENTION,
    ATTENTION_NORM,
    CROSS,
    CROSS_NORM,
    EMBEDDING,
    EMBEDDING_NORM,
    ENCODER_SIDE,
    FEED_FORWARD,
    FEED_FORWARD_NORM,
    FINAL_NORM,
    LAYERS,
    OUTPUT,
    POSITIONS,
    SOFTMAX,
    STREAM,
    TOKENS,
    TRANSFORM,
    encoder_rows,
    has_two,
    norms_of_layer,
    rows_of,
)
from playground.ui.charts.block_sentences import (
    attention_about,
    attention_name,
    position_about,
    softmax_about,
    tokens_about,
    tokens_name,
)
from playground.ui.charts.block_words import (
    attention_words,
    cross_words,
    feed_forward_words,
    layers_words,
    matrix_words,
    norm_name,
    norm_words,
    position_name,
    stream_words,
)
from playground.ui.translation import translate

_NORMS = (ATTENTION_NORM, CROSS_NORM, FEED_FORWARD_NORM)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part; `words` are its shapes in short, `about` one sentence, `setting` what a click asks for."""

    key: str
    kind: str  # the family that shares a colour: embedding, positions, norms, attention, feed_forward, output or ""
    name: str
    words: str
    formula: str
    about: str
    setting: str
    n_each: int = 0
    n_times: int = 1

    @property
    def n_parameters(self) -> int:
        return self.n_each * self.n_times


def parts_of(config: ModelConfig, vocab_size: int, batch_size: int) -> tuple[Part, ...]:
    """All parts from top to bottom, an encoder beside a decoder first; what lies inside attention is no part."""
    main = [_part(key, config, vocab_size, batch_size) for key in rows_of(config)]
    beside = [_beside(key, config, vocab_size, batch_size) for key in encoder_rows(config)]
    return (*beside, *main)


def extra_parts(config: ModelConfig) -> tuple[Part, ...]:
    """What can be pointed at besides the parts: the layers and the streams."""
    stream = Part(
        key=STREAM, kind="", name=translate("BlockDiagram", "Residual stream"), words="",
        formula=stream_words(config),
        about=translate("BlockDiagram", "One vector per token runs through all layers; each part adds to it."),
        setting="model.d_model",
    )  # fmt: skip
    found = [_layers(config, has_source=has_two(config)), stream]
    if has_two(config):
        found.append(_layers(config, has_source=False))
        found.append(replace(stream, key=ENCODER_SIDE + STREAM))
    return tuple(found)


def _layers(config: ModelConfig, *, has_source: bool) -> Part:
    is_beside = has_two(config) and not has_source
    n_layers = config.n_encoder_layers if is_beside else config.n_layers
    size = model_size(config, 1)
    attention = size.attention_per_layer * (2 if has_source else 1)
    return Part(
        key=ENCODER_SIDE + LAYERS if is_beside else LAYERS, kind="", name=layers_words(n_layers), words="",
        formula=layer_formula(config, has_source=has_source),
        about=translate("BlockDiagram", "Blocks of the same shape, each with weights of its own, one after another."),
        setting="model.n_encoder_layers" if is_beside else "model.n_layers",
        n_each=attention + size.feed_forward_per_layer + norms_of_layer(config, has_source=has_source),
        n_times=n_layers,
    )  # fmt: skip


def _beside(key: str, config: ModelConfig, vocab_size: int, batch_size: int) -> Part:
    """The same part of the encoder that stands beside the decoder; the table of the tokens is counted once."""
    part = _part(key, config, vocab_size, batch_size)
    n_times = config.n_encoder_layers if key in (*_NORMS, ATTENTION, FEED_FORWARD) else 1
    if key == EMBEDDING:
        return replace(part, key=ENCODER_SIDE + key, n_each=0)
    if key == TOKENS:
        return replace(part, key=ENCODER_SIDE + key, name=translate("BlockDiagram", "Source"))
    part = replace(part, key=ENCODER_SIDE + key, n_times=n_times)
    if key == ATTENTION:
        alone = encoder_alone(config)
        return replace(part, formula=attention_formula(alone), about=attention_about(alone))
    return part


def encoder_alone(config: ModelConfig) -> ModelConfig:
    """The encoder of an encoder-decoder as a model of its own."""
    return replace(config, kind=ENCODER, n_layers=config.n_encoder_layers)


def _part(key: str, config: ModelConfig, vocab_size: int, batch_size: int) -> Part:
    if key in _NORMS:
        return _norm(config, key, config.n_layers)
    if key in (EMBEDDING_NORM, FINAL_NORM):
        return _norm(config, key, 1)
    if key in (ATTENTION, CROSS, FEED_FORWARD):
        return _layer_part(key, config)
    if key in (TRANSFORM, OUTPUT, SOFTMAX):
        return _last(key, config, vocab_size)
    return _first(key, config, vocab_size, batch_size)


def _first(key: str, config: ModelConfig, vocab_size: int, batch_size: int) -> Part:
    width = f"{config.d_model:,}"
    if key == TOKENS:
        words = translate("BlockDiagram", "B = {0} sequences of T = {1} tokens")
        return Part(
            key=TOKENS, kind="", name=tokens_name(config),
            words=words.format(f"{batch_size:,}", f"{config.n_ctx:,}"),
            formula=f"(B, T) = ({batch_size:,}, {config.n_ctx:,}), 0 ≤ id < {vocab_size:,}",
            about=tokens_about(config), setting="model.n_ctx",
        )  # fmt: skip
    if key == EMBEDDING:
        return Part(
            key=EMBEDDING, kind="embedding", name=translate("BlockDiagram", "Embedding"),
            words=f"{vocab_size:,} × {width}", formula=embedding_formula(config, vocab_size),
            about=translate("BlockDiagram", "Each piece of the vocabulary has a vector of its own."),
            setting="tokenizer.vocab_size", n_each=parameter_parts(config, vocab_size).embedding,
        )  # fmt: skip
    assert key == POSITIONS, key
    return Part(
        key=POSITIONS, kind="positions", name=position_name(config), words=f"{config.n_ctx:,} × {width}",
        formula=position_formula(config), about=position_about(config), setting="model.position",
        n_each=position_parameters(config),
    )  # fmt: skip


def _layer_part(key: str, config: ModelConfig) -> Part:
    size = model_size(config, 1)
    if key == FEED_FORWARD:
        return Part(
            key=FEED_FORWARD, kind="feed_forward", name=translate("BlockDiagram", "Feed-forward"),
            words=feed_forward_words(config), formula=feed_forward_formula(config),
            about=translate("BlockDiagram", "Each token alone is widened, bent, and brought back."),
            setting="model.d_ff", n_each=size.feed_forward_per_layer, n_times=config.n_layers,
        )  # fmt: skip
    if key == CROSS:
        return Part(
            key=CROSS, kind="cross_attention", name=translate("BlockDiagram", "Cross-attention"),
            words=cross_words(config), formula=cross_formula(config),
            about=translate("BlockDiagram", "Each token asks the encoder's result of the source, once per head."),
            setting="model.kind", n_each=size.attention_per_layer, n_times=config.n_layers,
        )  # fmt: skip
    return Part(
        key=ATTENTION, kind="attention", name=attention_name(config), words=attention_words(config),
        formula=attention_formula(config), about=attention_about(config), setting="model.n_heads",
        n_each=size.attention_per_layer, n_times=config.n_layers,
    )  # fmt: skip


def _norm(config: ModelConfig, key: str, n_times: int) -> Part:
    if key == EMBEDDING_NORM:
        setting = "model.embedding_norm"
    else:
        setting = "model.norm" if config.norm_place == "before" else "model.norm_place"
    about = (
        translate("BlockDiagram", "Brings each token's vector to a steady length before it is read.")
        if config.norm_place == "before"
        else translate("BlockDiagram", "Brings the stream itself to a steady length after each part has added to it.")
    )
    return Part(
        key=key, kind="norms", name=norm_name(config), words=norm_words(config), formula=norm_formula(config),
        about=about, setting=setting, n_each=norm_parameters(config), n_times=n_times,
    )  # fmt: skip


def _last(key: str, config: ModelConfig, vocab_size: int) -> Part:
    matrix = matrix_words(config.d_model, vocab_size, config.output_bias)
    if key == TRANSFORM:
        return Part(
            key=TRANSFORM, kind="transform", name=translate("BlockDiagram", "Output transform"),
            words=matrix_words(config.d_model, config.d_model, True), formula=transform_formula(config),
            about=translate("BlockDiagram", "One more layer and norm, for the prediction alone."),
            setting="model.output_transform", n_each=output_parameters(config, 0) + norm_parameters(config),
        )  # fmt: skip
    if key == SOFTMAX:
        return Part(
            key=SOFTMAX, kind="", name=translate("BlockDiagram", "Softmax"),
            words=translate("BlockDiagram", "over V = {0} pieces").format(f"{vocab_size:,}"),
            formula="p = exp(logit) / Σ exp(logits)", about=softmax_about(config), setting="tokenizer.vocab_size",
        )  # fmt: skip
    tied = config.tied_embeddings
    shift = " + b" if config.output_bias else ""
    table = f"{config.d_model:,} × {vocab_size:,}"
    own = (0 if tied else config.d_model * vocab_size) + (vocab_size if config.output_bias else 0)
    return Part(
        key=OUTPUT, kind="output", name=translate("BlockDiagram", "Output"),
        words=translate("BlockDiagram", "{0}, the embedding's table again").format(matrix) if tied else matrix,
        formula=f"logits = x Eᵀ{shift}" if tied else f"logits = x W{shift},  W: {table}",
        about=translate("BlockDiagram", "A score for every piece of the vocabulary."),
        setting="model.tied_embeddings", n_each=own,
    )  # fmt: skip
