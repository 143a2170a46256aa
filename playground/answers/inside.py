"""Answers about what happens inside a model as it reads a text: attention of its heads, surprise at its tokens.

Imports torch; import it only after `torch_import.import_torch`.
"""

import torch

from playground.answers.models import model_at
from playground.answers.ticket import Ticket
from playground.contract.errors import TextError
from playground.contract.messages import HeadAttention, Progress, ReadHead, Score, Scored, Tokens, Trace, TraceOverview
from playground.engine.insight.heads import head_attention, overview
from playground.engine.insight.surprise import surprise
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.tokenizer import Tokenizer


def trace_text(request: Trace, ticket: Ticket) -> TraceOverview:
    """Raises: TextError, RunError, TokenizerError."""
    model, tokenizer = model_at(request.run, request.step)
    tokens, n_dropped = _seen(model, tokenizer, request.text)
    found = overview(model, torch.from_numpy(tokens.ids), request.thumbnail_size)
    return TraceOverview(
        tokens=tokens,
        thumbnails=found.thumbnails,
        losses=found.losses,
        n_layers=model.config.n_layers,
        n_heads=model.config.n_heads,
        n_dropped=n_dropped,
    )


def read_head(request: ReadHead, ticket: Ticket) -> HeadAttention:
    """Raises: TextError, PlaygroundError (no such head), RunError, TokenizerError."""
    model, tokenizer = model_at(request.run, request.step)
    tokens, _ = _seen(model, tokenizer, request.text)
    return head_attention(model, torch.from_numpy(tokens.ids), request.layer, request.head)


def score(request: Score, ticket: Ticket) -> Scored:
    """Raises: TextError, RunError, TokenizerError."""
    model, tokenizer = model_at(request.run, request.step)
    tokens = tokenizer.tokens(request.text)
    ids = torch.from_numpy(tokens.ids)
    n_bytes = tokenizer.n_bytes(tokens.ids[1:])
    found = surprise(model, ids, n_bytes, lambda fraction: ticket.send(Progress(fraction=fraction, what="scoring")))
    return Scored(
        tokens=tokens,
        losses=found.losses,
        loss=found.loss,
        perplexity=found.perplexity,
        bits_per_byte=found.bits_per_byte,
    )


def _seen(model: Transformer, tokenizer: Tokenizer, text: str) -> tuple[Tokens, int]:
    """The tokens of the text's end that fit into the context, and how many do not."""
    tokens = tokenizer.tokens(text)
    if not len(tokens.ids):
        raise TextError("There is no text to look at. Type some.")
    kept = tokens.last(model.config.n_ctx)
    return kept, len(tokens.ids) - len(kept.ids)
