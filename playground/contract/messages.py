"""What may be asked of the worker, and what it answers.

Requests name a run by its path and a snapshot by its step; the worker reads the run directory itself.
Answers may come in parts: all but the last travel with `final=False`. A request is withdrawn with `Cancel`.
All texts are Python strings; `starts` and `ends` count its characters (code points).
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from playground.contract.attention_cost_messages import AttentionCost, AttentionMeasured, MeasureAttention
from playground.contract.config import SamplingConfig, TokenizerConfig
from playground.contract.embedding_messages import EmbeddingMap, FindNeighbours, MapEmbeddings, Neighbours
from playground.contract.exchange_messages import ExportRun, ImportFolder, MergeRun, ModelTable, QuantizeRun, RunMade

SELF, ENCODER_PART, CROSS = "self", "encoder", "cross"
PARTS = (SELF, ENCODER_PART, CROSS)
"""Attention of the stack that predicts, of an encoder-decoder's encoder, and from its decoder to its encoder."""
CLEAREST = -1

# ---------------------------------------------------------------- requests


@dataclass(frozen=True, kw_only=True)
class Hello:
    """Are you there? Answered by `Ready` before torch is imported."""


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Withdraw the request with that id; its last answer is then `Failure(cancelled=True)`."""

    target: int


@dataclass(frozen=True, kw_only=True)
class DescribeText:
    """What is in this text? `source` is a file, a folder or builtin:NAME. Answered by `TextDescription`."""

    source: str
    builtin_seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Tokenize:
    """Cut a text with the tokenizer in a folder. Answered by `Tokens`."""

    tokenizer: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TrainTokenizer:
    """Train a tokenizer into `folder`. Answered by `Progress` parts, then `TokenizerTrained`."""

    source: str
    config: TokenizerConfig
    folder: str
    builtin_seed: int = 1


@dataclass(frozen=True, kw_only=True)
class ListVocabulary:
    """All pieces of the tokenizer in a folder. Answered by `Vocabulary`."""

    tokenizer: str


@dataclass(frozen=True, kw_only=True)
class PredictNext:
    """The distribution after a prompt; of an encoder-decoder after what it has written for a source.

    Answered by `NextToken`.
    """

    run: str
    step: int
    prompt: str
    sampling: SamplingConfig
    n_shown: int = 20
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Generate:
    """Go on from a prompt, or from what is written for a source (an encoder-decoder).

    Answered by `Generated` parts while it writes, then `GenerationEnded`.
    """

    run: str
    step: int
    prompt: str
    sampling: SamplingConfig
    n_shown: int = 20
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FillMasks:
    """What would an encoder put in the place of some tokens? Answered by `MasksFilled`.

    `masked` are indices of the text's tokens; `chosen` is the one of them whose distribution is wanted, -1 for none.
    """

    run: str
    step: int
    text: str
    masked: list[int]
    chosen: int = -1
    n_shown: int = 20


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Run a text through the model and keep all attention of one part. Answered by `TraceOverview`.

    An encoder-decoder reads `source`, and `text` is the translation that its decoder reads; without one it is the
    model's own, greedy. An encoder's text may hold "<mask>". `part` is one of `PARTS`. With another `causal_mask`
    than the model was trained with, the same weights are used with or without it.
    """

    run: str
    step: int
    text: str
    source: str = ""
    part: str = SELF
    causal_mask: bool = True
    thumbnail_size: int = 64


@dataclass(frozen=True, kw_only=True)
class ReadHead:
    """One head's attention in full. Answered by `HeadAttention`.

    The texts are as in `Trace`. `CLEAREST` as layer and head stands for the head whose tokens each look at another
    place the most clearly.
    """

    run: str
    step: int
    text: str
    layer: int
    head: int
    source: str = ""
    part: str = SELF
    causal_mask: bool = True


@dataclass(frozen=True, kw_only=True)
class Score:
    """How surprising is this text, or this translation of `source`? Answered by `Scored`."""

    run: str
    step: int
    text: str
    source: str = ""


# ---------------------------------------------------------------- answers


@dataclass(frozen=True, kw_only=True)
class Ready:
    """The worker lives."""

    pid: int
    version: str


@dataclass(frozen=True, kw_only=True)
class Failure:
    """No answer: why, in a sentence for a person. `is_bug` says that the fault is ours and is in the log."""

    message: str
    is_bug: bool = False
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a long answer is: `fraction` from 0 to 1, `what` in a few English words."""

    fraction: float
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class TextDescription:
    """Facts of a text. `preview` is its first few thousand characters."""

    source: str
    size_bytes: int
    n_characters: int
    n_distinct_characters: int
    n_lines: int
    n_files: int
    encoding: str
    preview: str


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """A text cut into tokens.

    `pieces[i]` is the piece as the vocabulary spells it, `text[starts[i]:ends[i]]` what it stands for; the bytes
    of one split character share its span. `kinds[i]` is 0 for a piece, 1 for a byte, 2 for unknown, 3 for control.
    """

    ids: np.ndarray  # (T,) int32
    pieces: list[str]
    starts: np.ndarray  # (T,) int32
    ends: np.ndarray  # (T,) int32
    kinds: np.ndarray  # (T,) uint8
    vocab_size: int

    def last(self, n: int) -> "Tokens":
        """The last `n` tokens, or all if there are not so many; spans still count from the text's beginning."""
        at = max(len(self.ids) - n, 0)
        return dataclasses.replace(
            self,
            ids=self.ids[at:],
            pieces=self.pieces[at:],
            starts=self.starts[at:],
            ends=self.ends[at:],
            kinds=self.kinds[at:],
        )


@dataclass(frozen=True, kw_only=True)
class TokenizerTrained:
    """A tokenizer lies in `folder`; it may have fewer pieces than were asked for."""

    folder: str
    vocab_size: int
    elapsed_s: float


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All pieces by id. Scores are log-probabilities (unigram) or merge ranks below zero (BPE)."""

    pieces: list[str]
    scores: np.ndarray  # (V,) float32
    kinds: np.ndarray  # (V,) uint8
    type: str


@dataclass(frozen=True, kw_only=True)
class NextToken:
    """The likeliest next tokens, sorted by `before`.

    `before` is the model's softmax at temperature 1; `after` is what is drawn from: temperature, top-k and top-p
    applied and renormalised, 0 for what they cut. `cut_by[i]` is "", "top_k" or "top_p".
    """

    ids: np.ndarray  # (N,) int32
    pieces: list[str]
    before: np.ndarray  # (N,) float32
    after: np.ndarray  # (N,) float32
    cut_by: list[str]
    n_kept: int  # tokens with after > 0, of the whole vocabulary
    entropy_nats: float  # of `before`, whole vocabulary


@dataclass(frozen=True, kw_only=True)
class Generated:
    """Newly drawn tokens, and the distribution from which the last of them was drawn.

    `texts[i]` is what token i adds to the text ("" while a character waits for more bytes).
    """

    ids: np.ndarray  # (N,) int32
    texts: list[str]
    probabilities: np.ndarray  # (N,) float32, of each drawn token, before the sliders
    last: NextToken


@dataclass(frozen=True, kw_only=True)
class GenerationEnded:
    """All is written: `reason` is "length", or "end" where the model itself ended a translation.

    One that is withdrawn ends in a `Failure`.
    """

    reason: str
    n_tokens: int
    elapsed_s: float
    tokens_per_s: float
    seed: int


@dataclass(frozen=True, kw_only=True)
class MasksFilled:
    """An encoder's guesses, M of them, for the masked ones among the text's tokens that fit into its context.

    `chosen` is the distribution at the place that was asked for; the first masked one if it was none of them, and
    empty without any.
    """

    tokens: Tokens
    masked: list[int]  # rising
    guesses: list[str]  # the likeliest piece at each
    guessed_ids: np.ndarray  # (M,) int32
    probabilities: np.ndarray  # (M,) float32, of the likeliest
    true_probabilities: np.ndarray  # (M,) float32, of the token that stands there
    chosen_index: int
    chosen: NextToken
    n_dropped: int  # tokens at the front that did not fit


@dataclass(frozen=True, kw_only=True)
class StreamSizes:
    """Mean length (L2 norm) of the residual stream over all tokens, and of what each part of a layer changes in it.

    With the norm before the parts that is what they add; with the norm after them (`is_norm_after`) it is the change
    that a part and its norm make together.
    """

    stream: np.ndarray  # (L+1,) float32: after the embedding, then after each layer
    attention: np.ndarray  # (L,) float32
    cross: np.ndarray  # (L,) float32, or (0,) without a source
    feed_forward: np.ndarray  # (L,) float32
    is_norm_after: bool


@dataclass(frozen=True, kw_only=True)
class TraceOverview:
    """All heads of a part small: mean-pooled to at most `thumbnail_size` cells a side, weight 1 = 255.

    L layers, H heads, T tokens that ask (rows), S tokens that are looked at (columns; the same but for "cross").
    Spans of tokens count in `text` and `column_text`; `target` is what an encoder-decoder's decoder reads.
    """

    tokens: Tokens
    columns: Tokens
    text: str
    column_text: str
    target: str
    is_own_target: bool  # the model wrote it
    thumbnails: np.ndarray  # (L, H, t, s) uint8
    losses: np.ndarray  # (T,) float32 nats, of each token given those before it, the first 0; (0,) if none is predicted
    other_losses: np.ndarray  # the same with the mask as trained, where it was switched; else (0,)
    end_piece: str  # of an encoder-decoder the mark of end, whose loss comes last: then both have (T+1,); else ""
    stream: StreamSizes
    part: str
    is_causal: bool  # a row sees no later column
    n_layers: int
    n_heads: int
    n_dropped: int  # tokens at the front that did not fit into the context


@dataclass(frozen=True, kw_only=True)
class HeadAttention:
    """One head in full. A masked cell has weight 0 and score -inf."""

    layer: int
    head: int
    weights: np.ndarray  # (T, S) float32, rows sum to 1
    scores: np.ndarray  # (T, S) float32, q·k/sqrt(d_head) before the softmax
    row_ids: np.ndarray  # (T,) int32, the tokens that ask


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Surprise of each token, and the text's averages over all tokens but the first."""

    tokens: Tokens
    losses: np.ndarray  # (T,) float32 nats; the first is 0
    loss: float
    perplexity: float
    bits_per_byte: float


Request = (
    Hello | Cancel | DescribeText | Tokenize | TrainTokenizer | ListVocabulary
    | PredictNext | Generate | FillMasks | Trace | ReadHead | Score
    | QuantizeRun | MergeRun | ImportFolder | ExportRun | MapEmbeddings | FindNeighbours
    | MeasureAttention
)  # fmt: skip
Answer = (
    Ready | Failure | Progress | TextDescription | Tokens | TokenizerTrained | Vocabulary
    | NextToken | Generated | GenerationEnded | MasksFilled | TraceOverview | HeadAttention | Scored
    | ModelTable | RunMade | EmbeddingMap | Neighbours | AttentionCost | AttentionMeasured
)  # fmt: skip
Message = Request | Answer
