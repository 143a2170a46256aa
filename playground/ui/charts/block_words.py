"""Names and shapes of a model's parts, as the diagram writes them: pure functions of the config."""

from playground.contract.model_config import ModelConfig
from playground.ui.translation import translate


def stream_words(config: ModelConfig) -> str:
    """The shape of the residual stream."""
    return f"(B, T, {config.d_model:,})"


def layers_words(n_layers: int) -> str:
    """How many layers, e.g. "4 layers"."""
    one, more = translate("BlockDiagram", "1 layer"), translate("BlockDiagram", "{0} layers")
    return one if n_layers == 1 else more.format(n_layers)


def heads_words(config: ModelConfig) -> str:
    """How many heads, e.g. "4 heads"."""
    one, more = translate("BlockDiagram", "1 head"), translate("BlockDiagram", "{0} heads")
    return one if config.n_heads == 1 else more.format(config.n_heads)


def matrix_words(n_in: int, n_out: int, bias: bool) -> str:
    """A linear map by its widths, e.g. "128 → 512 + bias"."""
    words = f"{n_in:,} → {n_out:,}"
    return translate("BlockDiagram", "{0} + bias").format(words) if bias else words


def norm_name(config: ModelConfig) -> str:
    names = {
        "layer": translate("BlockDiagram", "Layer norm"),
        "rms": translate("BlockDiagram", "RMS norm"),
        "batch": translate("BlockDiagram", "Batch norm"),
    }
    return names[config.norm]


def norm_words(config: ModelConfig) -> str:
    width = f"{config.d_model:,}"
    if config.norm != "rms" and config.bias:
        return translate("BlockDiagram", "{0} scales, {0} shifts").format(width)
    return translate("BlockDiagram", "{0} scales").format(width)


def position_name(config: ModelConfig) -> str:
    names = {
        "learned": translate("BlockDiagram", "Learned positions"),
        "sinusoidal": translate("BlockDiagram", "Sinusoidal positions"),
        "rotary": translate("BlockDiagram", "Rotary positions"),
        "alibi": "ALiBi",
        "none": translate("BlockDiagram", "No positions"),
    }
    return names[config.position]


def attention_words(config: ModelConfig) -> str:
    """The shape of the heads, e.g. "Q, K, V (B, 4, T, 32)"; keys and values have a shape of their own if shared."""
    if config.queries_per_kv_head == 1:
        return f"Q, K, V (B, {config.n_heads}, T, {config.d_head:,})"
    return f"Q (B, {config.n_heads}, T, {config.d_head:,}), K, V (B, {config.n_kv_heads}, T, {config.d_head:,})"


def cross_words(config: ModelConfig) -> str:
    """Queries of the target's T places, keys and values of the source's S."""
    return f"Q (B, {config.n_heads}, T, {config.d_head:,}), K, V (B, {config.n_kv_heads}, S, {config.d_head:,})"


def memory_words(config: ModelConfig) -> str:
    """The shape of what the encoder made of the source."""
    return f"(B, S, {config.d_model:,})"


def feed_forward_words(config: ModelConfig) -> str:
    """The widths on the way, e.g. "128 → 512 → 128, GELU"."""
    hidden = f"2 × {config.d_ff:,}" if config.activation == "swiglu" else f"{config.d_ff:,}"
    return f"(B, T, {config.d_model:,} → {hidden} → {config.d_model:,})"


def dropout_words(config: ModelConfig) -> str:
    """ "" when nothing is dropped."""
    return translate("BlockDiagram", "dropout {0}").format(f"{config.dropout:g}") if config.dropout else ""


def share_words(share: float) -> str:
    """A share of the whole, e.g. "61 %", "0.4 %"."""
    percent = 100 * share
    if percent == 0:
        return ""
    if percent < 0.1:
        return translate("BlockDiagram", "< 0.1 %")
    return f"{percent:.0f} %" if percent >= 9.95 else f"{percent:.1f} %"
