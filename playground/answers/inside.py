"""Answers about what happens inside a model as it reads a text: attention of its heads, surprise at its tokens.

Imports torch; import it only after `torch_import.import_torch`.
"""

import numpy as np
import torch
from torch import Tensor

from playground.answers.models import model_at
from playground.answers.shelf import Shelf
from playground.answers.ticket import Ticket
from playground.contract.errors import TextError
from playground.contract.messages import (
    ENCODER_PART,
    SELF,
    HeadAttention,
    Progress,
    ReadHead,
    Score,
    Scored,
    Trace,
    TraceOverview,
)
from playground.contract.model_config import ENCODER_DECODER
from playground.engine.generation.translate import translated_ids
from playground.engine.insight.causal_mask import with_causal_mask
from playground.engine.insight.heads import head_attention, losses_of, overview, part_shape
from playground.engine.insight.reading import Reading, check_part, read_pair, read_source, read_text
from playground.engine.insight.surprise import Surprise, surprise, translation_surprise
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.tokenizer import Tokenizer

_TRANSLATIONS_LIMIT_BYTES = 4_000_000
_BYTES_PER_ID = 32

_translations: Shelf[list[int]] = Shelf(_TRANSLATIONS_LIMIT_BYTES, lambda ids: _BYTES_PER_ID * (len(ids) + 1))


def trace_text(request: Trace, ticket: Ticket) -> TraceOverview:
    """Raises: TextError, PlaygroundError (no such part), RunError, TokenizerError."""
    trained, tokenizer = model_at(request.run, request.step)
    check_part(trained.config, request.part)
    reading = _reading(request, trained, tokenizer)
    model = with_causal_mask(trained, request.causal_mask)
    ids, source = _ids(reading)
    end_id = tokenizer.specials.end_id if source is not None and request.part != ENCODER_PART else None
    found = overview(model, ids, request.thumbnail_size, source, request.part, end_id)
    other = np.zeros(0, dtype=np.float32)
    if model is not trained and request.part != ENCODER_PART:
        other = losses_of(trained, ids, source, end_id)
    tokens, text = reading.rows(request.part)
    columns, column_text = reading.columns(request.part)
    n_layers, n_heads = part_shape(model, request.part)
    return TraceOverview(
        tokens=tokens,
        columns=columns,
        text=text,
        column_text=column_text,
        target=reading.text if reading.source is not None else "",
        is_own_target=reading.source is not None and not request.text,
        thumbnails=found.thumbnails,
        losses=found.losses,
        other_losses=other,
        end_piece="" if end_id is None else tokenizer.piece(end_id),
        stream=found.stream,
        part=request.part,
        is_causal=request.part == SELF and model.main.is_causal,
        n_layers=n_layers,
        n_heads=n_heads,
        n_dropped=reading.n_dropped,
    )


def read_head(request: ReadHead, ticket: Ticket) -> HeadAttention:
    """Raises: TextError, PlaygroundError (no such part or head), RunError, TokenizerError."""
    model, tokenizer = model_at(request.run, request.step)
    check_part(model.config, request.part)
    ids, source = _ids(_reading(request, model, tokenizer))
    model = with_causal_mask(model, request.causal_mask)
    return head_attention(model, ids, request.layer, request.head, source, request.part)


def score(request: Score, ticket: Ticket) -> Scored:
    """Raises: TextError, PlaygroundError (the model predicts no text), RunError, TokenizerError."""
    model, tokenizer = model_at(request.run, request.step)
    if model.config.kind == ENCODER_DECODER:
        return _score_translation(request, model, tokenizer)
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


def _score_translation(request: Score, model: Transformer, tokenizer: Tokenizer) -> Scored:
    if not request.text:
        raise TextError("There is no translation to score. Give one.")
    reading = read_pair(model.config, tokenizer, request.source, request.text)
    ids, source = _ids(reading)
    assert source is not None
    n_bytes = tokenizer.n_bytes(reading.tokens.ids[1:])
    found: Surprise = translation_surprise(model, source, ids, n_bytes)
    return Scored(
        tokens=reading.tokens,
        losses=found.losses,
        loss=found.loss,
        perplexity=found.perplexity,
        bits_per_byte=found.bits_per_byte,
    )


def _reading(request: Trace | ReadHead, model: Transformer, tokenizer: Tokenizer) -> Reading:
    """What the model reads; without a translation it writes its own, as it was trained, with its mask."""
    config = model.config
    if config.kind != ENCODER_DECODER:
        return read_text(config, tokenizer, request.text)
    if request.text:
        return read_pair(config, tokenizer, request.source, request.text)
    read_source(config, tokenizer, request.source)  # says what is wrong with it
    key = (id(model), request.run, request.step, request.source)
    kept = _translations.find(key)
    if kept is None:
        kept = _translations.keep(key, translated_ids(model, tokenizer, request.source, config.n_ctx - 1))
    return read_pair(config, tokenizer, request.source, kept)


def _ids(reading: Reading) -> tuple[Tensor, Tensor | None]:
    source = None if reading.source is None else torch.from_numpy(reading.source.ids)
    return torch.from_numpy(reading.tokens.ids), source
