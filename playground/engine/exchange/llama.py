"""The Llama family (Touvron et al. 2023; Mistral, Qwen2): RMS norms before, rotary positions, SwiGLU, shared keys."""

from typing import Any

from playground.contract.errors import ExchangeError
from playground.contract.model_config import DECODER, ModelConfig
from playground.engine.exchange.families import LARGEST_CONTEXT, Family, Mapped, Values, no_names, no_shapes, only

_KEYS = """
vocab_size hidden_size intermediate_size num_hidden_layers num_attention_heads num_key_value_heads head_dim
max_position_embeddings rms_norm_eps hidden_act rope_theta rope_scaling rope_parameters tie_word_embeddings
attention_bias attention_dropout mlp_bias sliding_window use_sliding_window max_window_layers layer_types
initializer_range use_cache pretraining_tp
"""
_LEFT_OUT: dict[str, dict[str, Any]] = {  # what holds where a config says nothing, besides Llama's own
    "mistral": {
        "intermediate_size": 14336, "num_key_value_heads": 8, "max_position_embeddings": 131_072,
        "sliding_window": 4096,
    },
    "qwen2": {"intermediate_size": 22016, "max_position_embeddings": 32_768, "sliding_window": 4096},
}  # fmt: skip


def _to_ours(values: dict[str, Any]) -> ModelConfig:
    kind = str(values.get("model_type"))
    values = _LEFT_OUT.get(kind, {}) | values
    read = Values(values)
    n_heads = read.whole("num_attention_heads", default=32)
    n_kv_heads = read.whole("num_key_value_heads", default=n_heads)
    width = read.whole("hidden_size", default=4096)
    if n_heads % n_kv_heads:
        raise ExchangeError(f"config.json: {n_heads} heads cannot share {n_kv_heads} key heads evenly.")
    if width % n_heads == 0 and read.whole("head_dim", default=width // n_heads) != width // n_heads:
        raise ExchangeError(
            f"config.json: head_dim is {values['head_dim']}, and only hidden_size / num_attention_heads = "
            f"{width // n_heads} can be built here."
        )
    read.must_be("mlp_bias", False, "Biases in the feed-forward network alone cannot be built here.")
    attention_bias = read.flag("attention_bias", False)
    if attention_bias:
        raise ExchangeError("config.json: attention_bias is true, and biases in attention alone cannot be built here.")
    read.choice("hidden_act", "silu", {"silu": "swiglu", "swish": "swiglu"})
    return ModelConfig(
        kind=DECODER,
        n_layers=read.whole("num_hidden_layers", default=32),
        n_heads=n_heads,
        queries_per_kv_head=n_heads // n_kv_heads,
        d_model=width,
        d_ff=read.whole("intermediate_size", default=11008),
        n_ctx=_context(read, values),
        position="rotary",
        rotary_base=_rotary_base(read, values),
        norm="rms",
        norm_epsilon=read.number("rms_norm_eps", 1e-6),
        activation="swiglu",
        bias=False,
        qkv_bias=kind == "qwen2",
        tied_embeddings=read.flag("tie_word_embeddings", False),
    )


def _context(read: Values, values: dict[str, Any]) -> int:
    """As long as the model was made for, but no longer than its sliding window, which cannot be built here."""
    n_ctx = min(read.whole("max_position_embeddings", default=2048), LARGEST_CONTEXT)
    slides = values.get("model_type") == "mistral" or values.get("use_sliding_window") is True
    if slides and values.get("sliding_window") is not None:
        n_ctx = min(n_ctx, read.whole("sliding_window"))
    return n_ctx


def _rotary_base(read: Values, values: dict[str, Any]) -> float:
    """`rope_theta`, or in newer files that of `rope_parameters`; any scaling of positions is refused."""
    for name in ("rope_scaling", "rope_parameters"):
        found = values.get(name)
        if found is None:
            continue
        if not isinstance(found, dict):
            raise ExchangeError(f"config.json: {name} is no object. Fetch the folder anew.")
        kind = found.get("rope_type", found.get("type", "default"))
        if kind != "default":
            raise ExchangeError(
                f"config.json: {name} scales the positions ({kind!r:.40}), which cannot be built here yet. "
                "Choose a model with plain rotary positions."
            )
        if "rope_theta" in found:
            return Values(found).number("rope_theta", 10_000.0)
    return read.number("rope_theta", 10_000.0)


def _to_theirs(config: ModelConfig, vocab_size: int) -> dict[str, Any]:
    is_qwen = config.qkv_bias
    found = {
        "architectures": ["Qwen2ForCausalLM" if is_qwen else "LlamaForCausalLM"],
        "model_type": "qwen2" if is_qwen else "llama",
        "vocab_size": vocab_size,
        "hidden_size": config.d_model,
        "intermediate_size": config.d_ff,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "num_key_value_heads": config.n_kv_heads,
        "max_position_embeddings": config.n_ctx,
        "rms_norm_eps": config.norm_epsilon,
        "hidden_act": "silu",
        "rope_theta": config.rotary_base,
        "rope_parameters": {"rope_type": "default", "rope_theta": config.rotary_base},
        "tie_word_embeddings": config.tied_embeddings,
    }
    return found | ({"use_sliding_window": False} if is_qwen else {"attention_bias": False, "mlp_bias": False})


def _mapped(config: ModelConfig) -> list[Mapped]:
    found = [Mapped("token_table", ("embed_tokens.weight",)), Mapped("decoder.final_norm.weight", ("norm.weight",))]
    if not config.tied_embeddings:
        found.append(Mapped("read_out.table.weight", ("lm_head.weight",)))
    keys = config.n_kv_heads * config.d_head
    for index in range(config.n_layers):
        ours, theirs = f"decoder.blocks.{index}", f"layers.{index}"
        for part in ("weight", "bias") if config.qkv_bias else ("weight",):
            names = tuple(f"{theirs}.self_attn.{name}_proj.{part}" for name in "qkv")
            found.append(Mapped(f"{ours}.attention.qkv.{part}", names, (config.d_model, keys, keys)))
        gates = (f"{theirs}.mlp.gate_proj.weight", f"{theirs}.mlp.up_proj.weight")
        found += [
            Mapped(f"{ours}.attention.out.weight", (f"{theirs}.self_attn.o_proj.weight",)),
            Mapped(f"{ours}.feed_forward.up.weight", gates, (config.d_ff, config.d_ff)),
            Mapped(f"{ours}.feed_forward.down.weight", (f"{theirs}.mlp.down_proj.weight",)),
            Mapped(f"{ours}.attention_norm.weight", (f"{theirs}.input_layernorm.weight",)),
            Mapped(f"{ours}.feed_forward_norm.weight", (f"{theirs}.post_attention_layernorm.weight",)),
        ]
    return found


def _obstacles(config: ModelConfig) -> list[str]:
    return only(
        config, "Llama", kind=DECODER, position="rotary", norm="rms", norm_place="before", activation="swiglu",
        bias=False, query_key_norm=False, causal_mask=True, embedding_norm=False, output_transform=False,
        output_bias=False,
    )  # fmt: skip


def _doubles(config: ModelConfig) -> dict[str, str]:
    return {"lm_head.weight": "embed_tokens.weight"} if config.tied_embeddings else {}


LLAMA = Family(
    name="Llama",
    model_types=("llama", "mistral", "qwen2"),
    prefixes=("model.",),
    to_ours=_to_ours,
    to_theirs=_to_theirs,
    mapped=_mapped,
    obstacles=_obstacles,
    ignored=(r".*rotary_emb\.inv_freq",),
    doubles=_doubles,
    known_keys=frozenset(_KEYS.split()),
    folded=no_names,
    added=no_shapes,
)
