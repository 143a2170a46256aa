"""BERT (Devlin et al. 2019): an encoder, norms after, a norm on the embedding, a transform before the prediction."""

from typing import Any

from playground.contract.errors import ExchangeError
from playground.contract.model_config import ENCODER, ModelConfig
from playground.engine.exchange.families import LARGEST_CONTEXT, Family, Mapped, Values, only

_ACTIVATIONS = {"gelu": "gelu_exact", "gelu_new": "gelu", "gelu_pytorch_tanh": "gelu", "relu": "relu"}
_THEIRS = {"gelu_exact": "gelu", "gelu": "gelu_new", "relu": "relu"}
_TYPES = "embeddings.token_type_embeddings.weight"
_HEAD = "cls.predictions"
_KEYS = """
vocab_size hidden_size num_hidden_layers num_attention_heads intermediate_size hidden_act hidden_dropout_prob
attention_probs_dropout_prob max_position_embeddings type_vocab_size initializer_range layer_norm_eps
position_embedding_type use_cache classifier_dropout is_decoder add_cross_attention tie_word_embeddings
gradient_checkpointing
"""


def _to_ours(values: dict[str, Any]) -> ModelConfig:
    read = Values(values)
    read.must_be("is_decoder", False, "A BERT that reads left to right cannot be built here.")
    read.must_be("add_cross_attention", False, "A BERT that looks at an encoder cannot be built here.")
    if values.get("position_embedding_type", "absolute") != "absolute":
        raise ExchangeError("config.json: position_embedding_type is not 'absolute', the only one that can be built.")
    return ModelConfig(
        kind=ENCODER,
        n_layers=read.whole("num_hidden_layers", default=12),
        n_heads=read.whole("num_attention_heads", default=12),
        d_model=read.whole("hidden_size", default=768),
        d_ff=read.whole("intermediate_size", default=3072),
        n_ctx=min(read.whole("max_position_embeddings", default=512), LARGEST_CONTEXT),
        norm_place="after",
        activation=read.choice("hidden_act", "gelu", _ACTIVATIONS),
        norm_epsilon=read.number("layer_norm_eps", 1e-12),
        tied_embeddings=read.flag("tie_word_embeddings", True),
        embedding_norm=True,
        output_transform=True,
        output_bias=True,
    )


def _to_theirs(config: ModelConfig, vocab_size: int) -> dict[str, Any]:
    return {
        "architectures": ["BertForMaskedLM"],
        "model_type": "bert",
        "vocab_size": vocab_size,
        "hidden_size": config.d_model,
        "num_hidden_layers": config.n_layers,
        "num_attention_heads": config.n_heads,
        "intermediate_size": config.d_ff,
        "hidden_act": _THEIRS[config.activation],
        "max_position_embeddings": config.n_ctx,
        "type_vocab_size": 2,
        "layer_norm_eps": config.norm_epsilon,
        "tie_word_embeddings": config.tied_embeddings,
        "hidden_dropout_prob": config.dropout,
        "attention_probs_dropout_prob": config.dropout,
    }


def _mapped(config: ModelConfig) -> list[Mapped]:
    found = [
        Mapped("token_table", ("embeddings.word_embeddings.weight",)),
        Mapped("encoder.positions.table", ("embeddings.position_embeddings.weight",)),
    ]
    if config.tied_embeddings:
        found.append(Mapped("read_out.bias", (f"{_HEAD}.bias",)))
    else:
        found.append(Mapped("read_out.bias", (f"{_HEAD}.decoder.bias",)))  # the one that is in use then
        found.append(Mapped("read_out.table.weight", (f"{_HEAD}.decoder.weight",)))
    pairs = {
        "encoder.embedding_norm": "embeddings.LayerNorm",
        "read_out.transform.dense": f"{_HEAD}.transform.dense",
        "read_out.transform.norm": f"{_HEAD}.transform.LayerNorm",
    }
    width = config.d_model
    for index in range(config.n_layers):
        ours, theirs = f"encoder.blocks.{index}", f"encoder.layer.{index}"
        pairs |= {
            f"{ours}.attention.out": f"{theirs}.attention.output.dense",
            f"{ours}.attention_norm": f"{theirs}.attention.output.LayerNorm",
            f"{ours}.feed_forward.up": f"{theirs}.intermediate.dense",
            f"{ours}.feed_forward.down": f"{theirs}.output.dense",
            f"{ours}.feed_forward_norm": f"{theirs}.output.LayerNorm",
        }
        for part in ("weight", "bias"):
            names = tuple(f"{theirs}.attention.self.{name}.{part}" for name in ("query", "key", "value"))
            found.append(Mapped(f"{ours}.attention.qkv.{part}", names, (width, width, width)))
    for one, other in pairs.items():
        found += [Mapped(f"{one}.{part}", (f"{other}.{part}",)) for part in ("weight", "bias")]
    return found


def _obstacles(config: ModelConfig) -> list[str]:
    return only(
        config, "BERT", kind=ENCODER, position="learned", norm="layer", norm_place="after", activation=tuple(_THEIRS),
        queries_per_kv_head=1, query_key_norm=False, embedding_norm=True, output_transform=True,
    )  # fmt: skip


def _doubles(config: ModelConfig) -> dict[str, str]:
    if not config.tied_embeddings:
        return {}
    return {
        f"{_HEAD}.decoder.bias": f"{_HEAD}.bias",
        f"{_HEAD}.decoder.weight": "embeddings.word_embeddings.weight",
    }


def _folded(config: ModelConfig) -> dict[str, str]:
    """One text alone is all of the first type, so its vector is a part of each position's."""
    return {"encoder.positions.table": _TYPES}


def _added(config: ModelConfig, vocab_size: int) -> dict[str, tuple[int, ...]]:
    unused = {} if config.tied_embeddings else {f"{_HEAD}.bias": (vocab_size,)}
    return {_TYPES: (2, config.d_model), **unused}


BERT = Family(
    name="BERT",
    model_types=("bert",),
    prefixes=("bert.",),
    to_ours=_to_ours,
    to_theirs=_to_theirs,
    mapped=_mapped,
    obstacles=_obstacles,
    ignored=(
        r"pooler\..*",
        r"cls\.seq_relationship\..*",
        r"embeddings\.(position_ids|token_type_ids)",
        r"cls\.predictions\.bias",
    ),
    doubles=_doubles,
    known_keys=frozenset(_KEYS.split()),
    folded=_folded,
    added=_added,
)
