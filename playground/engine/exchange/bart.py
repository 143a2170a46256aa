"""BART (Lewis et al. 2020): an encoder and a decoder, norms after, a norm on each embedding, one shared table."""

from typing import Any

from playground.contract.errors import ExchangeError
from playground.contract.model_config import ENCODER_DECODER, ModelConfig
from playground.engine.exchange.families import LARGEST_CONTEXT, Family, Mapped, Values, no_names, no_shapes, only

_ACTIVATIONS = {"gelu": "gelu_exact", "gelu_new": "gelu", "gelu_pytorch_tanh": "gelu", "relu": "relu"}
_THEIRS = {"gelu_exact": "gelu", "gelu": "gelu_new", "relu": "relu"}
_N_SKIPPED = 2  # rows before the first position, a habit of its padding
_KEYS = """
vocab_size max_position_embeddings encoder_layers encoder_ffn_dim encoder_attention_heads decoder_layers
decoder_ffn_dim decoder_attention_heads encoder_layerdrop decoder_layerdrop activation_function d_model dropout
attention_dropout activation_dropout init_std classifier_dropout scale_embedding use_cache is_encoder_decoder
decoder_start_token_id forced_eos_token_id forced_bos_token_id tie_word_embeddings num_hidden_layers
normalize_before normalize_embedding add_final_layer_norm add_bias_logits gradient_checkpointing
static_position_embeddings extra_pos_embeddings force_bos_token_to_be_generated
"""


def _to_ours(values: dict[str, Any]) -> ModelConfig:
    read = Values(values)
    heads = read.whole("decoder_attention_heads", default=16), read.whole("encoder_attention_heads", default=16)
    widths = read.whole("decoder_ffn_dim", default=4096), read.whole("encoder_ffn_dim", default=4096)
    for name, (one, other) in (("attention_heads", heads), ("ffn_dim", widths)):
        if one != other:
            raise ExchangeError(
                f"config.json: encoder_{name} is {other} and decoder_{name} is {one}. Only equal ones can be built."
            )
    read.must_be("scale_embedding", False, "Token vectors scaled by the width go only with sinusoidal positions here.")
    return ModelConfig(
        kind=ENCODER_DECODER,
        n_layers=read.whole("decoder_layers", default=12),
        n_encoder_layers=read.whole("encoder_layers", default=12),
        n_heads=heads[0],
        d_model=read.whole("d_model", default=1024),
        d_ff=widths[0],
        n_ctx=min(read.whole("max_position_embeddings", default=1024), LARGEST_CONTEXT),
        norm_place="after",
        activation=read.choice("activation_function", "gelu", _ACTIVATIONS),
        tied_embeddings=read.flag("tie_word_embeddings", True),
        embedding_norm=True,
        output_bias=True,
    )


def _to_theirs(config: ModelConfig, vocab_size: int) -> dict[str, Any]:
    sizes = {"encoder_layers": config.n_encoder_layers, "decoder_layers": config.n_layers}
    for side in ("encoder", "decoder"):
        sizes |= {f"{side}_attention_heads": config.n_heads, f"{side}_ffn_dim": config.d_ff}
    return {
        "architectures": ["BartForConditionalGeneration"],
        "model_type": "bart",
        "vocab_size": vocab_size,
        "d_model": config.d_model,
        **sizes,
        "max_position_embeddings": config.n_ctx,
        "activation_function": _THEIRS[config.activation],
        "scale_embedding": False,
        "tie_word_embeddings": config.tied_embeddings,
        "is_encoder_decoder": True,
        "forced_eos_token_id": None,
        "forced_bos_token_id": None,
        "dropout": config.dropout,
        "attention_dropout": config.dropout,
    }


def _mapped(config: ModelConfig) -> list[Mapped]:
    found = [
        Mapped("token_table", ("shared.weight",)),
        Mapped("read_out.bias", ("final_logits_bias",), row=True, may_lack=True),
    ]
    if not config.tied_embeddings:
        found.append(Mapped("read_out.table.weight", ("lm_head.weight",)))
    for side, n_layers in (("encoder", config.n_encoder_layers), ("decoder", config.n_layers)):
        positions = f"{side}.embed_positions.weight"
        found.append(Mapped(f"{side}.positions.table", (positions,), n_skipped=_N_SKIPPED))
        found += _pair(f"{side}.embedding_norm", f"{side}.layernorm_embedding")
        for index in range(n_layers):
            ours, theirs = f"{side}.blocks.{index}", f"{side}.layers.{index}"
            found += _attention(config, f"{ours}.attention", f"{theirs}.self_attn")
            found += _pair(f"{ours}.attention_norm", f"{theirs}.self_attn_layer_norm")
            if side == "decoder":
                found += _attention(config, f"{ours}.cross_attention", f"{theirs}.encoder_attn")
                found += _pair(f"{ours}.cross_attention_norm", f"{theirs}.encoder_attn_layer_norm")
            found += _pair(f"{ours}.feed_forward.up", f"{theirs}.fc1")
            found += _pair(f"{ours}.feed_forward.down", f"{theirs}.fc2")
            found += _pair(f"{ours}.feed_forward_norm", f"{theirs}.final_layer_norm")
    return found


def _attention(config: ModelConfig, ours: str, theirs: str) -> list[Mapped]:
    width = config.d_model
    found = _pair(f"{ours}.out", f"{theirs}.out_proj")
    for part in ("weight", "bias"):
        names = tuple(f"{theirs}.{name}_proj.{part}" for name in "qkv")
        found.append(Mapped(f"{ours}.qkv.{part}", names, (width, width, width)))
    return found


def _pair(ours: str, theirs: str) -> list[Mapped]:
    return [Mapped(f"{ours}.{part}", (f"{theirs}.{part}",)) for part in ("weight", "bias")]


def _obstacles(config: ModelConfig) -> list[str]:
    return only(
        config, "BART", kind=ENCODER_DECODER, position="learned", norm="layer", norm_place="after",
        activation=tuple(_THEIRS), queries_per_kv_head=1, query_key_norm=False, causal_mask=True,
        embedding_norm=True, output_transform=False, norm_epsilon=1e-5,
    )  # fmt: skip


def _doubles(config: ModelConfig) -> dict[str, str]:
    found = {f"{side}.embed_tokens.weight": "shared.weight" for side in ("encoder", "decoder")}
    return found | ({"lm_head.weight": "shared.weight"} if config.tied_embeddings else {})


BART = Family(
    name="BART",
    model_types=("bart",),
    prefixes=("model.",),
    to_ours=_to_ours,
    to_theirs=_to_theirs,
    mapped=_mapped,
    obstacles=_obstacles,
    ignored=(),
    doubles=_doubles,
    known_keys=frozenset(_KEYS.split()),
    folded=no_names,
    added=no_shapes,
)
