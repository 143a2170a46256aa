"""How surprising a text is to the model: the loss of each token, perplexity, bits per byte.

A text longer than the context is read in windows of the whole context that advance by half of it, and each token is
scored once: the first window scores all its tokens, each later one the tokens in its second half, which have at
least half a context before them. The last window is moved back so that it ends with the text.

Shapes: T position in the text, V vocabulary, W windows, N context.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from playground.contract.errors import PlaygroundError, TextError
from playground.contract.model_config import ENCODER, ENCODER_DECODER, ModelConfig
from playground.engine.model.modes import check_number, evaluating
from playground.engine.model.transformer import Transformer

_LOGITS_AT_ONCE = 4_000_000  # numbers, so 16 MB
_LARGEST_EXPONENT = 709.0  # e to more than that is no float64


@dataclass(frozen=True, kw_only=True)
class Window:
    """A stretch of input tokens from `start` on; the first `n_read_only` of them only serve as context."""

    start: int
    n_read_only: int


@dataclass(frozen=True, kw_only=True)
class Surprise:
    """`losses[i]` is -ln of the probability of token i given those before it; the averages leave out token 0."""

    losses: np.ndarray  # (T,) float32 nats, the first 0
    loss: float  # mean, nats per token
    perplexity: float  # e^loss
    bits_per_byte: float  # all losses in bits, shared among the bytes


def next_token_losses(logits: Tensor, ids: Tensor) -> np.ndarray:
    """Nats of each of `ids` (T,) under the logits (T or T-1, V) of the token before it; the first is 0: (T,)."""
    losses = np.zeros(len(ids), dtype=np.float32)
    before, targets = logits[: len(ids) - 1], ids[1:].to(logits.device).long()
    losses[1:] = functional.cross_entropy(before, targets, reduction="none").numpy()
    return losses


def surprise(
    model: Transformer, ids: Tensor, n_bytes: int, on_progress: Callable[[float], None] | None = None
) -> Surprise:
    """Score the tokens `ids` (T,) of any length.

    Args:
        n_bytes: UTF-8 bytes of the text that the scored tokens stand for, so without those of token 0.
        on_progress: told the finished share, 0 to 1, now and then; whatever it raises ends the work.

    Raises:
        PlaygroundError: the model is no decoder, so it predicts no text from its beginning.
        TextError: there are fewer than two tokens, so that there is nothing to predict.
        RunError: the model's output is not a number.
    """
    check_predicts(model.config)
    if len(ids) < 2:
        raise TextError(f"The text has {len(ids)} tokens, and the first has nothing before it. Score a longer text.")
    losses = torch.zeros(len(ids), dtype=torch.float32)
    size = min(len(ids) - 1, model.config.n_ctx)
    windows = plan_windows(len(ids) - 1, model.config.n_ctx)
    n_at_once = max(1, _LOGITS_AT_ONCE // (size * model.vocab_size))
    with torch.inference_mode(), evaluating(model):
        for first in range(0, len(windows), n_at_once):
            batch = windows[first : first + n_at_once]
            _score(model, ids, batch, size, losses)
            if on_progress is not None:
                on_progress((first + len(batch)) / len(windows))
    return _averaged(losses, n_bytes)


def translation_surprise(model: Transformer, source: Tensor, ids: Tensor, n_bytes: int) -> Surprise:
    """How surprising the tokens `ids` (T,), the mark of begin first, are as a translation of `source` (S,).

    Raises:
        TextError: there is nothing after the mark of begin.
        RunError: the model's output is not a number.
    """
    if len(ids) < 2:
        raise TextError("The translation has no tokens. Give one.")
    with torch.inference_mode(), evaluating(model):
        memory = model.encode(source[None].to(model.device).long())
        logits = model(ids[None].to(model.device).long(), memory=memory)[0].float().cpu()  # (T, V)
    return _averaged(torch.from_numpy(next_token_losses(logits, ids)), n_bytes)


def check_predicts(config: ModelConfig) -> None:
    """Raises: PlaygroundError, if the model does not predict each token from those before it alone."""
    if config.kind == ENCODER:
        raise PlaygroundError(
            "This model is an encoder: it sees the whole text at once and fills in masks, so it has no surprise at "
            "each next token. Score a text with a decoder."
        )
    if config.kind == ENCODER_DECODER:
        raise PlaygroundError(
            "This model translates, so it is surprised by a translation of a sentence, not by a text alone. "
            "Score a text with a decoder."
        )


def plan_windows(n_inputs: int, n_ctx: int) -> list[Window]:
    """Cut `n_inputs` input tokens into windows of at most `n_ctx`, so that the token after each is scored once."""
    stride, last_start = max(1, n_ctx // 2), max(0, n_inputs - n_ctx)
    windows = [Window(start=0, n_read_only=0)]
    while windows[-1].start < last_start:
        start = min(windows[-1].start + stride, last_start)
        windows.append(Window(start=start, n_read_only=windows[-1].start + n_ctx - start))
    return windows


def _score(model: Transformer, ids: Tensor, windows: list[Window], size: int, losses: Tensor) -> None:
    """Read the windows as one batch, and write the losses (T,) of the tokens that are theirs to score."""
    rows = torch.stack([ids[window.start : window.start + size + 1] for window in windows])  # (W, N+1)
    rows = rows.to(model.device).long()
    logits = model(rows[:, :-1]).float()  # (W, N, V)
    scored = (
        functional.cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten(), reduction="none").view(-1, size).cpu()
    )
    for window, row in zip(windows, scored.view(-1, size).cpu(), strict=True):
        losses[window.start + window.n_read_only + 1 : window.start + size + 1] = row[window.n_read_only :]


def _averaged(losses: Tensor, n_bytes: int) -> Surprise:
    total = float(losses.double().sum())
    check_number(total)
    loss = total / (len(losses) - 1)
    return Surprise(
        losses=losses.numpy(),
        loss=loss,
        perplexity=math.exp(loss) if loss < _LARGEST_EXPONENT else math.inf,
        bits_per_byte=total / math.log(2) / max(1, n_bytes),
    )
