"""Formulas of a model's parts, as the diagram writes them: pure functions of the config."""

from playground.contract.model_config import ModelConfig
from playground.ui.charts.block_words import matrix_words
from playground.ui.widgets.choice_words import choice_label


def epsilon_words(value: float) -> str:
    """A small number without padding, e.g. "1e-5"."""
    return f"{value:g}".replace("e-0", "e-")


def layer_formula(config: ModelConfig, *, has_source: bool) -> str:
    """What a layer does to the stream, with its norms where they stand."""
    names = ("attention", *(("cross",) if has_source else ()), "feed_forward")
    if config.norm_place == "before":
        return ";  ".join(f"x = x + {name}(norm(x))" for name in names)
    return ";  ".join(f"x = norm(x + {name}(x))" for name in names)


def norm_formula(config: ModelConfig) -> str:
    """Root mean square (Zhang & Sennrich 2019), layer norm (Ba et al. 2016), batch norm (Ioffe & Szegedy 2015)."""
    epsilon = epsilon_words(config.norm_epsilon)
    if config.norm == "rms":
        return f"g · x / √(mean(x²) + {epsilon})"
    shift = " + b" if config.bias else ""
    over = "B, T: " if config.norm == "batch" else ""
    return f"{over}g · (x − mean(x)) / √(var(x) + {epsilon}){shift}"


def embedding_formula(config: ModelConfig, vocab_size: int) -> str:
    """Sinusoidal positions want larger vectors (Vaswani et al. 2017, section 3.4)."""
    scale = f"√{config.d_model:,} · " if config.position == "sinusoidal" else ""
    return f"x = {scale}E[id],  E: {vocab_size:,} × {config.d_model:,}"


def position_formula(config: ModelConfig) -> str:
    """What is added for the place t (Vaswani et al. 2017, section 3.5, for the waves)."""
    if config.position == "learned":
        return f"x = x + P[t],  P: {config.n_ctx:,} × {config.d_model:,}"
    angle = f"t / 10000^(2i/{config.d_model})"
    return f"P[t, 2i] = sin({angle}),  P[t, 2i+1] = cos({angle})"


def attention_formula(config: ModelConfig) -> str:
    """Vaswani et al. 2017, equation 1, with the maps around it; ALiBi as in Press et al. 2022."""
    far = " − mₕ·|t − s|" if config.position == "alibi" else ""
    scores = f"{_product(config, is_turned=config.position == 'rotary')} / √{config.d_head}{far}"
    is_masked = config.has_decoder and config.causal_mask
    return f"softmax({f'mask({scores})' if is_masked else scores}) V W,  {_maps(config)}"


def cross_formula(config: ModelConfig) -> str:
    """Queries from the decoder's x, keys and values from the encoder's result M; nothing is masked or turned."""
    return f"softmax({_product(config, is_turned=False)} / √{config.d_head}) V W,  Q: x,  K, V: M"


def _product(config: ModelConfig, *, is_turned: bool) -> str:
    queries, keys = ("norm(Q)", "norm(K)") if config.query_key_norm else ("Q", "K")
    if is_turned:
        queries, keys = f"rot({queries})", f"rot({keys})"
    return f"{queries} {keys}ᵀ"


def _maps(config: ModelConfig) -> str:
    width = config.d_model
    together = width + 2 * config.n_kv_heads * config.d_head
    joint = matrix_words(width, together, config.bias or config.qkv_bias)
    return f"QKV {joint}, W {matrix_words(width, width, config.bias)}"


def feed_forward_formula(config: ModelConfig) -> str:
    """Vaswani et al. 2017, section 3.3; SwiGLU as in Shazeer 2020."""
    up, down = (" + b", " + c") if config.bias else ("", "")
    if config.activation == "swiglu":
        gate = f"SiLU(x W₁{' + a' if config.bias else ''})"
        return f"({gate} · (x W₂{up})) W₃{down}"
    if config.activation == "relu_squared":
        return f"ReLU(x W₁{up})² W₂{down}"
    return f"{choice_label(config.activation)}(x W₁{up}) W₂{down}"


def transform_formula(config: ModelConfig) -> str:
    """BERT's layer before the prediction (Devlin et al. 2019); a gate becomes plain GELU there."""
    bend = "GELU" if config.activation == "swiglu" else choice_label(config.activation)
    return f"x = norm({bend}(x W + b))"
