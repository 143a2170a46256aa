"""The Build page's numbers as words: pure functions."""

from playground.contract.config import RunConfig
from playground.contract.messages import TextDescription
from playground.contract.model_config import ENCODER_DECODER
from playground.ui.charts.block_words import heads_words, layers_words
from playground.ui.shell.words import duration_words
from playground.ui.state.speed import TimeEstimate
from playground.ui.translation import translate
from playground.ui.widgets.source_field import size_words

UNKNOWN = "–"


def memory_words(size_bytes: int) -> str:
    """An estimate, e.g. "≈ 52 MB"."""
    return f"≈ {size_words(size_bytes)}"


def flops_words(n: int) -> str:
    """Three digits and a prefix, e.g. "1.85 M"."""
    value, prefixes = float(n), ["", " k", " M", " G", " T", " P"]
    while value >= 999.5 and len(prefixes) > 1:
        value /= 1000
        prefixes.pop(0)
    return f"{value:.3g}{prefixes[0]}"


def flops_help(config: RunConfig | None) -> str:
    """What the number counts."""
    if config is not None and config.model.kind == ENCODER_DECODER:
        return translate(
            "BuildPage", "Arithmetic of one token of the source and one of the target; training takes three times that"
        )
    return translate("BuildPage", "Arithmetic of one token's forward pass; training takes about three times that")


def time_words(estimate: TimeEstimate | None) -> str:
    """A range, or one time where both ends read the same."""
    if estimate is None:
        return UNKNOWN
    low, high = duration_words(estimate.low_s), duration_words(estimate.high_s)
    return f"≈ {low}" if low == high else f"{low} – {high}"


def time_help(estimate: TimeEstimate | None) -> str:
    """Where the estimate comes from."""
    if estimate is None:
        return translate("BuildPage", "Not known before a first training on this machine.")
    one = translate("BuildPage", "An estimate for all steps, from the speed of the last run on this machine.")
    more = translate("BuildPage", "An estimate for all steps, from the speeds of {0} runs on this machine.")
    return one if estimate.n_runs == 1 else more.format(estimate.n_runs)


def passes_words(config: RunConfig, text: TextDescription | None) -> str:
    """How often the planned steps read the training part of the text.

    Lines are counted. In a text without them characters are tokens one by one; other tokens are longer, how much is
    known only after the tokenizer is trained.
    """
    if text is None or not text.n_characters:
        return UNKNOWN
    n_whole = text.n_lines if config.reads_lines else text.n_characters
    passes = _n_read(config) / (n_whole * (1 - config.data.validation_fraction))
    words = f"{passes:,.0f}" if passes >= 99.5 else f"{passes:.1f}" if passes >= 9.95 else f"{passes:.2g}"
    is_known = config.reads_lines or config.tokenizer.type == "characters"
    return words if is_known else f"≥ {words}"


def passes_help(config: RunConfig, text: TextDescription | None) -> str:
    """What the number means, or why there is none."""
    if text is None:
        return translate("BuildPage", "How long the text is, is not known yet; choose it on the Train page.")
    if config.reads_lines:
        words = translate("BuildPage", "{0} lines are read in {1} steps; the text has {2}.")
        return words.format(f"{_n_read(config):,}", f"{config.training.max_steps:,}", f"{text.n_lines:,}")
    if config.tokenizer.type == "characters":
        words = translate("BuildPage", "{0} tokens are read in {1} steps; the text has {2} characters, each a token.")
    else:
        words = translate(
            "BuildPage",
            "{0} tokens are read in {1} steps; the text has {2} characters, and a token stands for one or more.",
        )
    return words.format(f"{_n_read(config):,}", f"{config.training.max_steps:,}", f"{text.n_characters:,}")


def tokens_words(config: RunConfig, n_tokens: int) -> str:
    """A number of tokens that windows have, and lines have at most."""
    return f"≤ {n_tokens:,}" if config.reads_lines else f"{n_tokens:,}"


def _n_read(config: RunConfig) -> int:
    """Lines or tokens of all planned steps."""
    per_step = config.training.sequences_per_step if config.reads_lines else config.tokens_per_step
    return config.training.max_steps * per_step


def model_sentence(config: RunConfig) -> str:
    """The line under the heading."""
    model = config.model
    width, seen = f"{model.d_model:,}", f"{model.n_ctx:,}"
    if model.kind == ENCODER_DECODER:
        layers = translate("BuildPage", "{0} + {1} layers").format(model.n_encoder_layers, model.n_layers)
    else:
        layers = layers_words(model.n_layers)
    words = translate("BuildPage", "{0} × {1}, {2} wide, sees {3} tokens at once")
    return words.format(layers, heads_words(model), width, seen)
