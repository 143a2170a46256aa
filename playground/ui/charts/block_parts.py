"""The parts of a decoder in the order in which tokens pass them: names, shapes, formulas, parameters.

Pure functions of the config; knows nothing of pixels.
"""

from dataclasses import dataclass

from playground.contract.model_config import ModelConfig
from playground.contract.model_size import model_size, parameter_parts
from playground.ui.charts.block_words import (
    attention_formula,
    attention_words,
    embedding_formula,
    feed_forward_formula,
    feed_forward_words,
    heads_words,
    layers_words,
    matrix_words,
    norm_formula,
    norm_name,
    norm_words,
    position_formula,
    position_name,
    stream_words,
)
from playground.ui.translation import translate

TOKENS, EMBEDDING, POSITIONS = "tokens", "embedding", "positions"
ATTENTION_NORM, ATTENTION = "attention_norm", "attention"
FEED_FORWARD_NORM, FEED_FORWARD = "feed_forward_norm", "feed_forward"
FINAL_NORM, OUTPUT, SOFTMAX = "final_norm", "output", "softmax"
LAYERS, STREAM = "layers", "stream"  # can be pointed at, too, but are no rows of their own

BLOCK = (ATTENTION_NORM, ATTENTION, FEED_FORWARD_NORM, FEED_FORWARD)


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
    """All parts from top to bottom; rotary positions are inside attention, so they are no part."""
    first = (_tokens(config, vocab_size, batch_size), _embedding(config, vocab_size))
    positions = () if config.position == "rotary" else (_positions(config),)
    return (*first, *positions, *_block(config), *_last(config, vocab_size))


def extra_parts(config: ModelConfig) -> tuple[Part, ...]:
    """What can be pointed at besides the parts: the layers and the stream."""
    size = model_size(config, 1)
    per_norm = size.norms // (2 * config.n_layers + 1)
    layers = Part(
        key=LAYERS, kind="", name=layers_words(config),
        words="", formula="x = x + attention(norm(x));  x = x + feed_forward(norm(x))",
        about=translate("BlockDiagram", "Blocks of the same shape, each with weights of its own, one after another."),
        setting="model.n_layers",
        n_each=size.attention_per_layer + size.feed_forward_per_layer + 2 * per_norm, n_times=config.n_layers,
    )  # fmt: skip
    stream = Part(
        key=STREAM, kind="", name=translate("BlockDiagram", "Residual stream"), words="",
        formula=stream_words(config),
        about=translate("BlockDiagram", "One vector per token runs through all layers; each part adds to it."),
        setting="model.d_model",
    )  # fmt: skip
    return layers, stream


def _tokens(config: ModelConfig, vocab_size: int, batch_size: int) -> Part:
    words = translate("BlockDiagram", "B = {0} sequences of T = {1} tokens")
    return Part(
        key=TOKENS, kind="", name=translate("BlockDiagram", "Token ids"),
        words=words.format(f"{batch_size:,}", f"{config.n_ctx:,}"),
        formula=f"(B, T) = ({batch_size:,}, {config.n_ctx:,}), 0 ≤ id < {vocab_size:,}",
        about=translate("BlockDiagram", "A batch of text, cut into tokens; each is the number of its piece."),
        setting="model.n_ctx",
    )  # fmt: skip


def _embedding(config: ModelConfig, vocab_size: int) -> Part:
    return Part(
        key=EMBEDDING, kind="embedding", name=translate("BlockDiagram", "Embedding"),
        words=f"{vocab_size:,} × {config.d_model:,}",
        formula=embedding_formula(config, vocab_size),
        about=translate("BlockDiagram", "Each piece of the vocabulary has a vector of its own."),
        setting="tokenizer.vocab_size",
        n_each=parameter_parts(config, vocab_size).embedding,
    )  # fmt: skip


def _positions(config: ModelConfig) -> Part:
    is_learned = config.position == "learned"
    about = (
        translate("BlockDiagram", "Each place in the context has a vector of its own, too; it is added.")
        if is_learned
        else translate("BlockDiagram", "Waves of different lengths tell the places apart; nothing is learned.")
    )
    words = f"{config.n_ctx:,} × {config.d_model:,}"
    return Part(
        key=POSITIONS, kind="positions", name=position_name(config), words=words, formula=position_formula(config),
        about=about, setting="model.position", n_each=parameter_parts(config, 1).positions,
    )  # fmt: skip


def _block(config: ModelConfig) -> tuple[Part, ...]:
    size = model_size(config, 1)
    attention = Part(
        key=ATTENTION, kind="attention", name=translate("BlockDiagram", "Attention, {0}").format(heads_words(config)),
        words=attention_words(config), formula=attention_formula(config),
        about=translate("BlockDiagram", "Each token asks all before it and takes in what fits, once per head."),
        setting="model.n_heads", n_each=size.attention_per_layer, n_times=config.n_layers,
    )  # fmt: skip
    feed_forward = Part(
        key=FEED_FORWARD, kind="feed_forward", name=translate("BlockDiagram", "Feed-forward"),
        words=feed_forward_words(config), formula=feed_forward_formula(config),
        about=translate("BlockDiagram", "Each token alone is widened, bent, and brought back."),
        setting="model.d_ff", n_each=size.feed_forward_per_layer, n_times=config.n_layers,
    )  # fmt: skip
    return (
        _norm(config, ATTENTION_NORM, config.n_layers),
        attention,
        _norm(config, FEED_FORWARD_NORM, config.n_layers),
        feed_forward,
    )


def _norm(config: ModelConfig, key: str, n_times: int) -> Part:
    per_norm = model_size(config, 1).norms // (2 * config.n_layers + 1)
    return Part(
        key=key, kind="norms", name=norm_name(config), words=norm_words(config), formula=norm_formula(config),
        about=translate("BlockDiagram", "Brings each token's vector to a steady length before it is read."),
        setting="model.norm", n_each=per_norm, n_times=n_times,
    )  # fmt: skip


def _last(config: ModelConfig, vocab_size: int) -> tuple[Part, ...]:
    tied = config.tied_embeddings
    matrix = matrix_words(config.d_model, vocab_size, False)
    output = Part(
        key=OUTPUT, kind="output", name=translate("BlockDiagram", "Output"),
        words=translate("BlockDiagram", "{0}, the embedding's table again").format(matrix) if tied else matrix,
        formula="logits = x Eᵀ" if tied else f"logits = x W,  W: {matrix.replace('→', '×')}",
        about=translate("BlockDiagram", "A score for every piece of the vocabulary."),
        setting="model.tied_embeddings", n_each=parameter_parts(config, vocab_size).output,
    )  # fmt: skip
    softmax = Part(
        key=SOFTMAX, kind="", name=translate("BlockDiagram", "Softmax"),
        words=translate("BlockDiagram", "over V = {0} pieces").format(f"{vocab_size:,}"),
        formula="p = exp(logit) / Σ exp(logits)",
        about=translate("BlockDiagram", "The scores become the probabilities of the next token."),
        setting="tokenizer.vocab_size",
    )  # fmt: skip
    return _norm(config, FINAL_NORM, 1), output, softmax
