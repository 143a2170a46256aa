"""Answers about what comes next: the distribution after a prompt, and text written token by token.

Imports torch; import it only after `torch_import.import_torch`.
"""

import time

import numpy as np

from playground.answers.models import model_at
from playground.answers.ticket import Answering, Ticket
from playground.contract.fields import checked
from playground.contract.messages import Generate, Generated, GenerationEnded, NextToken, PredictNext
from playground.engine.generation.generate import DrawnToken, generate, predict_next
from playground.engine.generation.samplers import Distribution
from playground.engine.tokenizers.tokenizer import Tokenizer

_LEAST_PART_S = 0.015  # tokens that come faster than this are sent together


def predict(request: PredictNext, ticket: Ticket) -> NextToken:
    """Raises: ConfigError, RunError, TokenizerError."""
    sampling = checked(request.sampling)
    model, tokenizer = model_at(request.run, request.step)
    ids = _prompt_ids(tokenizer, request.prompt)
    return _next_token(predict_next(model, ids, sampling, request.n_shown), tokenizer)


def generate_text(request: Generate, ticket: Ticket) -> Answering:
    """One token a step. Raises: ConfigError, RunError, TokenizerError."""
    sampling = checked(request.sampling)
    model, tokenizer = model_at(request.run, request.step)
    stream = tokenizer.stream()
    began = sent = time.monotonic()
    n_tokens, waiting = 0, _Waiting()
    for drawn in generate(model, _prompt_ids(tokenizer, request.prompt), sampling, n_shown=request.n_shown):
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
        reason="length",
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


def _prompt_ids(tokenizer: Tokenizer, prompt: str) -> list[int]:
    """An empty prompt is the beginning of a line."""
    return [int(id) for id in tokenizer.encode(prompt or "\n")]


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
