"""Shapes and formulas of a decoder's parts, as the diagram writes them: pure functions of the config."""

from playground.contract.model_config import ModelConfig
from playground.ui.translation import translate
from playground.ui.widgets.choice_words import choice_label

_EPSILON = "1e-5"  # as in `engine/model/norms.py`


def stream_words(config: ModelConfig) -> str:
    """The shape of the residual stream."""
    return f"(B, T, {config.d_model:,})"


def layers_words(config: ModelConfig) -> str:
    """How many layers, e.g. "4 layers"."""
    one, more = translate("BlockDiagram", "1 layer"), translate("BlockDiagram", "{0} layers")
    return one if config.n_layers == 1 else more.format(config.n_layers)


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
    if config.norm == "layer" and config.bias:
        return translate("BlockDiagram", "{0} scales, {0} shifts").format(width)
    return translate("BlockDiagram", "{0} scales").format(width)


def norm_formula(config: ModelConfig) -> str:
    """Root mean square (Zhang & Sennrich 2019) or layer norm (Ba et al. 2016)."""
    if config.norm == "rms":
        return f"g · x / √(mean(x²) + {_EPSILON})"
    shift = " + b" if config.bias else ""
    return f"g · (x − mean(x)) / √(var(x) + {_EPSILON}){shift}"


def embedding_formula(config: ModelConfig, vocab_size: int) -> str:
    """Sinusoidal positions want larger vectors (Vaswani et al. 2017, section 3.4)."""
    scale = f"√{config.d_model:,} · " if config.position == "sinusoidal" else ""
    return f"x = {scale}E[id],  E: {vocab_size:,} × {config.d_model:,}"


def position_name(config: ModelConfig) -> str:
    names = {
        "learned": translate("BlockDiagram", "Learned positions"),
        "sinusoidal": translate("BlockDiagram", "Sinusoidal positions"),
        "rotary": translate("BlockDiagram", "Rotary positions"),
    }
    return names[config.position]


def position_formula(config: ModelConfig) -> str:
    """What is added for the place t (Vaswani et al. 2017, section 3.5, for the waves)."""
    if config.position == "learned":
        return f"x = x + P[t],  P: {config.n_ctx:,} × {config.d_model:,}"
    angle = f"t / 10000^(2i/{config.d_model})"
    return f"P[t, 2i] = sin({angle}),  P[t, 2i+1] = cos({angle})"


def attention_words(config: ModelConfig) -> str:
    """The shape of the heads, e.g. "Q, K, V (B, 4, T, 32)"."""
    return f"Q, K, V (B, {config.n_heads}, T, {config.d_head:,})"


def attention_formula(config: ModelConfig) -> str:
    """Vaswani et al. 2017, equation 1, with the maps around it."""
    width = config.d_model
    turned = "rot(Q) rot(K)ᵀ" if config.position == "rotary" else "Q Kᵀ"
    maps = f"QKV {matrix_words(width, 3 * width, config.bias)}, W {matrix_words(width, width, config.bias)}"
    return f"softmax(mask({turned} / √{config.d_head})) V W,  {maps}"


def feed_forward_words(config: ModelConfig) -> str:
    """The widths on the way, e.g. "128 → 512 → 128, GELU"."""
    hidden = f"2 × {config.d_ff:,}" if config.activation == "swiglu" else f"{config.d_ff:,}"
    return f"(B, T, {config.d_model:,} → {hidden} → {config.d_model:,})"


def feed_forward_formula(config: ModelConfig) -> str:
    """Vaswani et al. 2017, section 3.3; SwiGLU as in Shazeer 2020."""
    up, down = (" + b", " + c") if config.bias else ("", "")
    if config.activation == "swiglu":
        gate = f"SiLU(x W₁{' + a' if config.bias else ''})"
        return f"({gate} · (x W₂{up})) W₃{down}"
    return f"{choice_label(config.activation)}(x W₁{up}) W₂{down}"


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
