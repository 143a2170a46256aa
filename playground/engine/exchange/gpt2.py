"""GPT-2 (Radford et al. 2019): norms before, learned positions, GELU, biases everywhere, matrices transposed."""

from typing import Any

from playground.contract.model_config import DECODER, ModelConfig
from playground.engine.exchange.families import LARGEST_CONTEXT, Family, Mapped, Values, no_names, no_shapes, only

_ACTIVATIONS = {"gelu_new": "gelu", "gelu_pytorch_tanh": "gelu", "gelu": "gelu_exact", "relu": "relu"}
_THEIRS = {"gelu": "gelu_new", "gelu_exact": "gelu", "relu": "relu"}
_KEYS = """
vocab_size n_positions n_ctx n_embd n_layer n_head n_inner activation_function layer_norm_epsilon
tie_word_embeddings resid_pdrop embd_pdrop attn_pdrop initializer_range scale_attn_weights
scale_attn_by_inverse_layer_idx reorder_and_upcast_attn add_cross_attention use_cache summary_type
summary_use_proj summary_activation summary_proj_to_labels summary_first_dropout
"""


def _to_ours(values: dict[str, Any]) -> ModelConfig:
    read = Values(values)
    read.must_be("add_cross_attention", False, "A GPT-2 that looks at an encoder cannot be built here.")
    read.must_be("scale_attn_by_inverse_layer_idx", False, "Attention scaled by the layer cannot be built here.")
    read.must_be("scale_attn_weights", True, "Attention without its scale cannot be built here.")
    width = read.whole("n_embd", default=768)
    return ModelConfig(
        kind=DECODER,
        n_layers=read.whole("n_layer", default=12),
        n_heads=read.whole("n_head", default=12),
        d_model=width,
        d_ff=read.whole("n_inner", default=4 * width),
        n_ctx=min(read.whole("n_positions", "n_ctx", default=1024), LARGEST_CONTEXT),
        activation=read.choice("activation_function", "gelu_new", _ACTIVATIONS),
        norm_epsilon=read.number("layer_norm_epsilon", 1e-5),
        tied_embeddings=read.flag("tie_word_embeddings", True),
    )


def _to_theirs(config: ModelConfig, vocab_size: int) -> dict[str, Any]:
    return {
        "architectures": ["GPT2LMHeadModel"],
        "model_type": "gpt2",
        "vocab_size": vocab_size,
        "n_positions": config.n_ctx,
        "n_embd": config.d_model,
        "n_layer": config.n_layers,
        "n_head": config.n_heads,
        "n_inner": config.d_ff,
        "activation_function": _THEIRS[config.activation],
        "layer_norm_epsilon": config.norm_epsilon,
        "tie_word_embeddings": config.tied_embeddings,
        **dict.fromkeys(("resid_pdrop", "embd_pdrop", "attn_pdrop"), config.dropout),
    }


def _mapped(config: ModelConfig) -> list[Mapped]:
    found = [
        Mapped("token_table", ("wte.weight",)),
        Mapped("decoder.positions.table", ("wpe.weight",)),
        Mapped("decoder.final_norm.weight", ("ln_f.weight",)),
        Mapped("decoder.final_norm.bias", ("ln_f.bias",)),
    ]
    if not config.tied_embeddings:
        found.append(Mapped("read_out.table.weight", ("lm_head.weight",)))
    names = {"attention.qkv": "attn.c_attn", "attention.out": "attn.c_proj",
             "feed_forward.up": "mlp.c_fc", "feed_forward.down": "mlp.c_proj"}  # fmt: skip
    norms = {"attention_norm": "ln_1", "feed_forward_norm": "ln_2"}
    for index in range(config.n_layers):
        ours, theirs = f"decoder.blocks.{index}", f"h.{index}"
        for one, other in names.items():
            found.append(Mapped(f"{ours}.{one}.weight", (f"{theirs}.{other}.weight",), transposed=True))
            found.append(Mapped(f"{ours}.{one}.bias", (f"{theirs}.{other}.bias",)))
        for one, other in norms.items():
            found += [Mapped(f"{ours}.{one}.{part}", (f"{theirs}.{other}.{part}",)) for part in ("weight", "bias")]
    return found


def _obstacles(config: ModelConfig) -> list[str]:
    return only(
        config, "GPT-2", kind=DECODER, position="learned", norm="layer", norm_place="before",
        activation=tuple(_THEIRS), queries_per_kv_head=1, query_key_norm=False, causal_mask=True, embedding_norm=False,
        output_transform=False, output_bias=False,
    )  # fmt: skip


def _doubles(config: ModelConfig) -> dict[str, str]:
    return {"lm_head.weight": "wte.weight"} if config.tied_embeddings else {}


GPT2 = Family(
    name="GPT-2",
    model_types=("gpt2",),
    prefixes=("transformer.",),
    to_ours=_to_ours,
    to_theirs=_to_theirs,
    mapped=_mapped,
    obstacles=_obstacles,
    ignored=(r"h\.\d+\.attn\.(bias|masked_bias)",),
    doubles=_doubles,
    known_keys=frozenset(_KEYS.split()),
    folded=no_names,
    added=no_shapes,
)
