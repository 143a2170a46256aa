"""What a person sees of a model at each evaluation: a text gone on with, blanks filled in, or sentences translated."""

from dataclasses import dataclass

import numpy as np
import torch

from playground.contract.config import SamplingConfig
from playground.engine.generation.generate import generate
from playground.engine.generation.translate import translate
from playground.engine.model.modes import evaluating
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.tokenizer import Tokenizer
from playground.engine.training.events import MasksFilled, SampleWritten, TranslationsWritten
from playground.engine.training.masking import Masking, masked, noise_for
from playground.engine.training.rows import Rows, RowSource

_TEMPERATURE, _TOP_P = 0.8, 0.95
_N_SHOWN_TOKENS = 40


@dataclass(frozen=True)
class Prompt:
    """What a decoder's samples go on from."""

    ids: list[int]


@dataclass(frozen=True)
class Blanks:
    """A text of which an encoder fills in masked tokens."""

    rows: RowSource
    masking: Masking


@dataclass(frozen=True)
class Sentences:
    """Sources and references for an encoder-decoder."""

    pairs: tuple[tuple[str, str], ...]


Shown = Prompt | Blanks | Sentences
Sample = SampleWritten | MasksFilled | TranslationsWritten


def sample_of(model: Transformer, tokenizer: Tokenizer, shown: Shown, *, step: int, n_tokens: int, seed: int) -> Sample:
    """Let the model show what it can do by now; the same weights show the same.

    Args:
        n_tokens: of a text gone on with, or of a translation, at most.
    """
    if isinstance(shown, Prompt):
        return _written_on(model, tokenizer, shown, step, n_tokens, seed)
    if isinstance(shown, Blanks):
        return _filled_in(model, tokenizer, shown, step, seed)
    sources = [source for source, _ in shown.pairs]
    return TranslationsWritten(
        step=step,
        sources=sources,
        references=[reference for _, reference in shown.pairs],
        translations=[translate(model, tokenizer, source, n_tokens) for source in sources],
    )


def _written_on(
    model: Transformer, tokenizer: Tokenizer, shown: Prompt, step: int, n_tokens: int, seed: int
) -> SampleWritten:
    sampling = SamplingConfig(temperature=_TEMPERATURE, top_p=_TOP_P, max_tokens=n_tokens, seed=seed)
    drawn = [token.id for token in generate(model, shown.ids, sampling)]
    text = tokenizer.decode([*shown.ids, *drawn])
    return SampleWritten(step=step, text=text, n_prompt_characters=len(tokenizer.decode(shown.ids)))


def _filled_in(model: Transformer, tokenizer: Tokenizer, shown: Blanks, step: int, seed: int) -> MasksFilled:
    whole = shown.rows.rows(np.array([0]))
    n_tokens = min(_N_SHOWN_TOKENS, int(whole.lengths[0]))
    rows = Rows(whole.ids[:, :n_tokens], np.array([n_tokens]))
    noise = noise_for(np.random.default_rng(seed), 1, n_tokens)
    noise[:, :, 1] = 0.0  # all chosen tokens are masked: a person could not see the others
    seen, _ = masked(rows, shown.masking, noise)
    places = np.flatnonzero(seen[0] == shown.masking.mask_id)
    with evaluating(model), torch.inference_mode():
        logits = model(torch.from_numpy(seen).to(model.device))[0].float().cpu()
    best = logits.softmax(dim=-1).max(dim=-1)
    return MasksFilled(
        step=step,
        texts=[tokenizer.decode([int(id)], goes_on=True) for id in rows.ids[0]],
        masked=places.tolist(),
        guesses=[tokenizer.decode([int(best.indices[place])], goes_on=True) for place in places],
        probabilities=[float(best.values[place]) for place in places],
    )
