"""Which rows the diagram of a model has, from top to bottom, and how high each is.

A key with the prefix `ENCODER_SIDE` is a row of the encoder that stands beside a decoder. Knows nothing of pixels.
"""

from playground.contract.model_config import ENCODER_DECODER, ModelConfig
from playground.contract.model_size import norm_parameters

TOKENS, EMBEDDING, POSITIONS, EMBEDDING_NORM = "tokens", "embedding", "positions", "embedding_norm"
ATTENTION_NORM, ATTENTION = "attention_norm", "attention"
CROSS_NORM, CROSS = "cross_attention_norm", "cross_attention"
FEED_FORWARD_NORM, FEED_FORWARD = "feed_forward_norm", "feed_forward"
FINAL_NORM, TRANSFORM, OUTPUT, SOFTMAX = "final_norm", "transform", "output", "softmax"
LAYERS, STREAM = "layers", "stream"  # can be pointed at, too, but are no rows of their own
ENCODER_SIDE = "encoder:"

BLOCK = (ATTENTION_NORM, ATTENTION, FEED_FORWARD_NORM, FEED_FORWARD)
BRANCHES = (ATTENTION, CROSS, FEED_FORWARD)
NORM_OF = {ATTENTION: ATTENTION_NORM, CROSS: CROSS_NORM, FEED_FORWARD: FEED_FORWARD_NORM}
ADDED_POSITIONS = ("learned", "sinusoidal")
_ONLY_LAST = (CROSS, CROSS_NORM, TRANSFORM, OUTPUT, SOFTMAX)  # which an encoder beside a decoder lacks

# Gaps above and heights, in units that grow with the picture.
_FIRST = {TOKENS: (0, 16), EMBEDDING: (18, 28), POSITIONS: (14, 18), EMBEDDING_NORM: (14, 18)}
_NORM_FIRST = {
    ATTENTION_NORM: (26, 18), ATTENTION: (10, 56), CROSS_NORM: (26, 18), CROSS: (10, 56), FEED_FORWARD_NORM: (26, 18),
    FEED_FORWARD: (10, 54), FINAL_NORM: (40, 18),
}  # fmt: skip
_NORM_LAST = {
    ATTENTION: (34, 56), ATTENTION_NORM: (26, 18), CROSS: (22, 56), CROSS_NORM: (26, 18), FEED_FORWARD: (22, 54),
    FEED_FORWARD_NORM: (26, 18),
}  # fmt: skip
_LAST = {TRANSFORM: (12, 24), OUTPUT: (12, 28), SOFTMAX: (17, 18)}
_AFTER_BLOCK = 34  # the gap between the block's last norm and the output


def has_two(config: ModelConfig) -> bool:
    """Whether an encoder stands beside the decoder."""
    return config.kind == ENCODER_DECODER


def rows_of(config: ModelConfig) -> dict[str, tuple[int, int]]:
    """Gap above and height of each row of the main stack, from top to bottom."""
    absent = set() if has_two(config) else {CROSS, CROSS_NORM}
    if config.position not in ADDED_POSITIONS:
        absent.add(POSITIONS)
    if not config.embedding_norm:
        absent.add(EMBEDDING_NORM)
    if not config.output_transform:
        absent.add(TRANSFORM)
    is_first = config.norm_place == "before"
    every = _FIRST | (_NORM_FIRST if is_first else _NORM_LAST) | _LAST
    rows = {key: row for key, row in every.items() if key not in absent}
    if not is_first:
        after = TRANSFORM if TRANSFORM in rows else OUTPUT
        rows[after] = (_AFTER_BLOCK, rows[after][1])
    return rows


def encoder_rows(config: ModelConfig) -> tuple[str, ...]:
    """The rows that the encoder beside a decoder has as well, without the prefix; none for the other kinds."""
    return tuple(key for key in rows_of(config) if key not in _ONLY_LAST) if has_two(config) else ()


def base_key(key: str) -> str:
    """A key without the prefix."""
    return key.removeprefix(ENCODER_SIDE)


def norms_of_layer(config: ModelConfig, *, has_source: bool) -> int:
    """Parameters of the norms of one layer."""
    return (3 if has_source else 2) * norm_parameters(config)
