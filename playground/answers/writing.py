"""Answers about what comes next: the distribution after a prompt, and text written token by token.

Imports torch; import it only after `torch_import.import_torch`.
"""

import time

import numpy as np
import torch

from playground.answers.models import model_at
from playground.answers.ticket import Answering, Ticket
from playground.contract.config import SamplingConfig
from playground.contract.fields import checked
from playground.contract.messages import (
    FillMasks,
    Generate,
    Generated,
    GenerationEnded,
    MasksFilled,
    NextToken,
    PredictNext,
)
from playground.engine.generation.continuation import end_id_of, go_on
from playground.engine.generation.generate import DrawnToken
from playground.engine.generation.samplers import Distribution, next_token_distribution
from playground.engine.insight.blanks import logits_at_masks
from playground.engine.insight.reading import read_text
from playground.engine.tokenizers.tokenizer import Tokenizer

_LEAST_PART_S = 0.015  # tokens that come faster than this are sent together
_AS_IT_IS = SamplingConfig(temperature=1.0)
_NOTHING = NextToken(
    ids=np.empty(0, dtype=np.int32),
    pieces=[],
    before=np.empty(0, dtype=np.float32),
    after=np.empty(0, dtype=np.float32),
    cut_by=[],
    n_kept=0,
    entropy_nats=0.0,
)


def predict(request: PredictNext, ticket: Ticket) -> NextToken:
    """Raises: ConfigError, RunError, TokenizerError."""
    sampling = checked(request.sampling)
    model, tokenizer = model_at(request.run, request.step)
    drawing = go_on(model, tokenizer, request.prompt, request.source, sampling, n_shown=request.n_shown)
    distribution = next(drawing).distribution
    assert distribution is not None, "it was asked for"
    return _next_token(distribution, tokenizer)


def generate_text(request: Generate, ticket: Ticket) -> Answering:
    """One token a step. Raises: ConfigError, RunError, TokenizerError."""
    sampling = checked(request.sampling)
    model, tokenizer = model_at(request.run, request.step)
    stream, end_id = tokenizer.stream(goes_on=bool(request.prompt)), end_id_of(model, tokenizer)
    began = sent = time.monotonic()
    n_tokens, reason, waiting = 0, "length", _Waiting()
    for drawn in go_on(model, tokenizer, request.prompt, request.source, sampling, n_shown=request.n_shown):
        if drawn.id == end_id:
            reason = "end"
            break
        n_tokens += 1
        waiting.add(drawn, stream.add(drawn.id))
        if time.monotonic() - sent >= _LEAST_PART_S:
            ticket.send(waiting.taken(tokenizer))
            sent = time.monotonic()
        yield
    if waiting.drawn:
        ticket.send(waiting.taken(tokenizer))
    elapsed_s = time.monotonic() - began
    return GenerationEnded(
        reason=reason,
        n_tokens=n_tokens,
        elapsed_s=elapsed_s,
        tokens_per_s=n_tokens / max(elapsed_s, 1e-9),
        seed=sampling.seed,
    )


class _Waiting:
    """Drawn tokens that are not sent yet."""

    def __init__(self) -> None:
        self.drawn: list[DrawnToken] = []
        self._texts: list[str] = []

    def add(self, token: DrawnToken, text: str) -> None:
        self.drawn.append(token)
        self._texts.append(text)

    def taken(self, tokenizer: Tokenizer) -> Generated:
        """All of them as a message; nothing waits afterwards."""
        last = self.drawn[-1].distribution
        assert last is not None, "every token was drawn with its distribution"
        message = Generated(
            ids=np.array([token.id for token in self.drawn], dtype=np.int32),
            texts=self._texts,
            probabilities=np.array([token.probability for token in self.drawn], dtype=np.float32),
            last=_next_token(last, tokenizer),
        )
        self.drawn, self._texts = [], []
        return message


def fill_masks(request: FillMasks, ticket: Ticket) -> MasksFilled:
    """Raises: TextError, PlaygroundError (no encoder, no such token), RunError, TokenizerError."""
    model, tokenizer = model_at(request.run, request.step)
    reading = read_text(model.config, tokenizer, request.text)
    kept, n_dropped = reading.tokens, reading.n_dropped
    masked = sorted({index - n_dropped for index in request.masked if index >= n_dropped})
    ids = torch.from_numpy(kept.ids)
    logits = logits_at_masks(model, ids, masked, tokenizer.specials.mask_id)  # (M, V)
    best = logits.softmax(dim=-1).max(dim=-1)
    true = logits.softmax(dim=-1)[range(len(masked)), ids[masked].long()]
    chosen = masked.index(request.chosen - n_dropped) if request.chosen - n_dropped in masked else 0
    return MasksFilled(
        tokens=kept,
        masked=masked,
        guesses=[tokenizer.piece(int(id)) for id in best.indices],
        guessed_ids=best.indices.numpy().astype(np.int32),
        probabilities=best.values.numpy(),
        true_probabilities=true.numpy(),
        chosen_index=masked[chosen] if masked else -1,
        chosen=_next_token(next_token_distribution(logits[chosen], _AS_IT_IS, request.n_shown), tokenizer)
        if masked
        else _NOTHING,
        n_dropped=n_dropped,
    )


def _next_token(distribution: Distribution, tokenizer: Tokenizer) -> NextToken:
    return NextToken(
        ids=distribution.ids,
        pieces=[tokenizer.piece(int(id)) for id in distribution.ids],
        before=distribution.before,
        after=distribution.after,
        cut_by=distribution.cut_by,
        n_kept=distribution.n_kept,
        entropy_nats=distribution.entropy_nats,
    )
