"""Going on from a prompt, one token at a time, for as long as somebody asks for the next.

Knows ids, never text; how ids become text is the tokenizer's affair.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from playground.contract.config import SamplingConfig
from playground.contract.errors import PlaygroundError
from playground.engine.generation.context import ContextWindow
from playground.engine.generation.samplers import Distribution, distribution_of, draw, filtered, noise
from playground.engine.model.modes import check_number, evaluating
from playground.engine.model.transformer import Transformer


@dataclass(frozen=True, slots=True)
class DrawnToken:
    """A newly written token and the model's own probability for it, before the sliders."""

    id: int
    probability: float
    distribution: Distribution | None  # what it was drawn from, when asked for


def fit_prompt(prompt_ids: Sequence[int], n_ctx: int) -> tuple[list[int], int]:
    """The last `n_ctx` ids of a prompt, and how many were dropped at its front."""
    kept = [int(token_id) for token_id in prompt_ids[-n_ctx:]]
    return kept, len(prompt_ids) - len(kept)


def generate(
    model: Transformer, prompt_ids: Sequence[int], sampling: SamplingConfig, *, n_shown: int = 0
) -> Iterator[DrawnToken]:
    """Write up to `sampling.max_tokens` tokens after the prompt; the same seed writes the same ones.

    Each token is computed when it is asked for, so whoever stops asking stops it at once. Of a prompt longer than
    the context the last part is read (`fit_prompt`); the text itself may outgrow the context (`ContextWindow`).
    The model is in evaluation mode until the iterator ends.

    Args:
        n_shown: how many of the likeliest tokens `distribution` names; 0 leaves it out, which is faster.

    Raises:
        PlaygroundError: the prompt is empty.
        RunError: the model's output is not a number.
    """
    if not len(prompt_ids):
        raise PlaygroundError("The prompt is empty, and the model needs at least one token to go on from. Type a word.")
    return _drawn_tokens(model, fit_prompt(prompt_ids, model.config.n_ctx)[0], sampling, n_shown)


def _drawn_tokens(
    model: Transformer, prompt: list[int], sampling: SamplingConfig, n_shown: int
) -> Iterator[DrawnToken]:
    generator = torch.Generator().manual_seed(sampling.seed)
    window = ContextWindow(model)
    fresh = prompt
    with evaluating(model):
        for _ in range(sampling.max_tokens):
            logits = window.read(fresh)  # (V,)
            drawn = draw_token(logits, sampling, generator, n_shown)
            yield drawn
            fresh = [drawn.id]


@torch.inference_mode()
def draw_token(logits: torch.Tensor, sampling: SamplingConfig, generator: torch.Generator, n_shown: int) -> DrawnToken:
    """A token out of the model's logits (V,), by the sliders and the generator's luck.

    Raises:
        RunError: the logits are no numbers.
    """
    chain = filtered(logits, sampling)
    token_id = draw(chain.logits, noise(logits.shape[0], generator))
    before = logits.softmax(dim=-1)
    probability = float(before[token_id])
    check_number(probability)
    distribution = distribution_of(before, chain, n_shown) if n_shown else None
    return DrawnToken(token_id, probability, distribution)
