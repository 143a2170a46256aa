"""The shape of a Transformer: which of the three kinds, how wide and deep, and every choice inside.

A kind is a composition: an encoder reads in both directions, a decoder from left to right, and an encoder-decoder
is one of each with cross-attention between them.
"""

from dataclasses import dataclass

from playground.contract.fields import range_problems, setting

DECODER, ENCODER, ENCODER_DECODER = "decoder", "encoder", "encoder_decoder"
KINDS = (DECODER, ENCODER, ENCODER_DECODER)
POSITIONS = ("learned", "sinusoidal", "rotary", "alibi", "none")
NORMS = ("layer", "rms", "batch")
NORM_PLACES = ("before", "after")
ACTIVATIONS = ("gelu", "gelu_exact", "relu", "relu_squared", "swiglu")


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """The shape of the Transformer (Vaswani et al. 2017), and what later papers changed in it."""

    kind: str = setting(
        DECODER,
        "Kind",
        "A decoder predicts the next token, an encoder fills in masked tokens, both together translate.",
        choices=KINDS,
        term="transformer",
    )
    n_layers: int = setting(
        4,
        "Layers",
        "How many blocks of attention and feed-forward lie on top of one another.",
        low=1,
        high=96,
        term="n_layers",
    )
    n_encoder_layers: int = setting(
        4,
        "Encoder layers",
        "Blocks of the encoder, which reads the source; the layers above are the decoder's.",
        low=1,
        high=96,
        term="encoder",
        needs=("kind", (ENCODER_DECODER,)),
    )
    n_heads: int = setting(
        4, "Heads", "Attention heads per layer; they must divide the width evenly.", low=1, high=128, term="n_heads"
    )
    queries_per_kv_head: int = setting(
        1,
        "Queries per key head",
        "Heads that share one key and value head: 1 is ordinary, all of them is multi-query attention.",
        low=1,
        high=128,
        term="grouped_query_attention",
        advanced=True,
    )
    d_model: int = setting(
        128,
        "Width (d_model)",
        "Numbers per token in the residual stream.",
        low=4,
        high=16384,
        logarithmic=True,
        term="d_model",
    )
    d_ff: int = setting(
        512,
        "Feed-forward width (d_ff)",
        "Numbers per token inside the feed-forward network; four times the width is usual.",
        low=4,
        high=65536,
        logarithmic=True,
        term="d_ff",
    )
    n_ctx: int = setting(
        64,
        "Context",
        "How many tokens the model sees at once.",
        low=2,
        high=8192,
        unit="tokens",
        logarithmic=True,
        term="context",
    )
    position: str = setting(
        "learned",
        "Positions",
        "How the model knows the order of the tokens.",
        choices=POSITIONS,
        term="position_encoding",
    )
    norm: str = setting(
        "layer",
        "Norm",
        "Layer norm centres and scales each token, RMS norm only scales, batch norm uses the whole batch.",
        choices=NORMS,
        term="layer_normalization",
    )
    norm_place: str = setting(
        "before",
        "Norm stands",
        "Before each block the stream itself stays free of norms; after it, as in the first Transformer and BERT.",
        choices=NORM_PLACES,
        term="layer_normalization",
    )
    activation: str = setting(
        "gelu",
        "Activation",
        "The bend inside the feed-forward network.",
        choices=ACTIVATIONS,
        term="feed_forward_network",
    )
    dropout: float = setting(
        0.0,
        "Dropout",
        "Share of activations switched off at random while training.",
        low=0.0,
        high=0.9,
        term="dropout",
    )
    causal_mask: bool = setting(
        True,
        "Causal mask",
        "Hide later tokens from earlier ones; without it a decoder sees the answers that it should predict.",
        term="causal_mask",
        advanced=True,
        needs=("kind", (DECODER, ENCODER_DECODER)),
    )
    query_key_norm: bool = setting(
        False,
        "Query-key norm",
        "Bring each head's queries and keys to one length before they meet.",
        term="query",
        advanced=True,
    )
    bias: bool = setting(True, "Biases", "Add a learned offset in each linear map and layer norm.", advanced=True)
    qkv_bias: bool = setting(
        False,
        "Query, key, value biases",
        "Learned offsets for queries, keys and values alone, as in Qwen2.",
        advanced=True,
        needs=("bias", (False,)),
    )
    tied_embeddings: bool = setting(
        True,
        "Tied embeddings",
        "Use one table for reading tokens in and predicting them.",
        term="embedding",
        advanced=True,
    )
    embedding_norm: bool = setting(
        False, "Norm after embedding", "One more norm right after the token vectors, as in BERT.", advanced=True
    )
    output_transform: bool = setting(
        False,
        "Output transform",
        "A dense layer with activation and norm before the prediction, as in BERT.",
        advanced=True,
    )
    output_bias: bool = setting(
        False, "Output biases", "A learned offset for each token of the vocabulary, as in BERT.", advanced=True
    )
    rotary_base: float = setting(
        10_000.0,
        "Rotary base",
        "The slowest rotation takes about this many tokens; larger suits long contexts.",
        low=10.0,
        high=1e8,
        logarithmic=True,
        term="rope",
        advanced=True,
        needs=("position", ("rotary",)),
    )
    norm_epsilon: float = setting(
        1e-5,
        "Norm epsilon",
        "Added before the norm's division, so that it never divides by zero.",
        low=1e-12,
        high=1e-2,
        logarithmic=True,
        advanced=True,
    )

    @property
    def d_head(self) -> int:
        """Numbers per head in each query, key and value."""
        return self.d_model // self.n_heads

    @property
    def n_kv_heads(self) -> int:
        """Heads of keys and values, each shared by `queries_per_kv_head` query heads (Ainslie et al. 2023)."""
        return self.n_heads // self.queries_per_kv_head

    @property
    def has_encoder(self) -> bool:
        return self.kind != DECODER

    @property
    def has_decoder(self) -> bool:
        return self.kind != ENCODER

    @property
    def encoder_layers(self) -> int:
        """Blocks of the encoder, 0 if there is none."""
        return {DECODER: 0, ENCODER: self.n_layers}.get(self.kind, self.n_encoder_layers)

    @property
    def decoder_layers(self) -> int:
        """Blocks of the decoder, 0 if there is none."""
        return self.n_layers if self.has_decoder else 0

    @property
    def n_attentions(self) -> int:
        """Attention layers in all: one per block, two per block of a decoder that looks at an encoder."""
        return self.encoder_layers + self.decoder_layers * (2 if self.kind == ENCODER_DECODER else 1)

    def problems(self) -> list[str]:
        """Every range that is left, or else every combination that cannot be built."""
        return range_problems(self, "model") or [*self._head_problems(), *self._other_problems()]

    def _head_problems(self) -> list[str]:
        if self.d_model % self.n_heads:
            fits = [n for n in range(1, self.d_model + 1) if self.d_model % n == 0 and n <= 128]
            near = min(fits, key=lambda n: abs(n - self.n_heads))
            return [
                f"model.n_heads is {self.n_heads}, which does not divide model.d_model = {self.d_model}. "
                f"Choose {near} heads, or a width that is a multiple of {self.n_heads}."
            ]
        found = []
        if self.n_heads % self.queries_per_kv_head:
            fits = [n for n in range(1, self.n_heads + 1) if self.n_heads % n == 0]
            near = min(fits, key=lambda n: abs(n - self.queries_per_kv_head))
            found.append(
                f"model.queries_per_kv_head is {self.queries_per_kv_head}, which does not divide model.n_heads = "
                f"{self.n_heads}. Choose {near}."
            )
        if self.position == "rotary" and self.d_head % 2:
            found.append(
                f"model.position is 'rotary', which turns pairs of numbers, but each head has {self.d_head}. "
                "Choose fewer heads, another width, or learned positions."
            )
        return found

    def _other_problems(self) -> list[str]:
        if self.position == "sinusoidal" and self.d_model % 2:
            return [f"model.position is 'sinusoidal', which needs an even model.d_model, not {self.d_model}."]
        return []
