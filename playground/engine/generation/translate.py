"""Writing a target for a source, token by token, until the model says that it is done.

The decoder begins with the mark of begin, as it did in training, and looks at the encoder's memory at every step.
"""

from collections.abc import Iterable, Iterator, Sequence

import torch

from playground.contract.config import SamplingConfig
from playground.contract.errors import PlaygroundError
from playground.engine.generation.generate import DrawnToken, draw_token
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.modes import evaluating
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.tokenizer import Tokenizer


def source_frame(tokenizer: Tokenizer, ids: Iterable[int]) -> list[int]:
    """A source as the encoder reads it: with a mark of end, and one of begin if that is another."""
    return [*tokenizer.specials.begins, *(int(id) for id in ids), *tokenizer.specials.ends]


def write_target(
    model: Transformer, source: Sequence[int], written: Sequence[int], end_id: int | None, sampling: SamplingConfig, *,
    n_shown: int = 0,
) -> Iterator[DrawnToken]:  # fmt: skip
    """Write up to `sampling.max_tokens` tokens for a source; the mark of end is the last one, if it comes.

    Each token is computed when it is asked for. A source longer than the context is an error, and a target ends there.

    Args:
        written: the mark of begin, and what there is of the target already.

    Raises:
        PlaygroundError: the source is empty or too long, or what is written fills the context.
        RunError: the model's output is not a number.
    """
    n_ctx = model.config.n_ctx
    if len(written) > n_ctx:
        raise PlaygroundError(
            f"The translation fills the context of {n_ctx:,} tokens, so nothing can follow. Clear it."
        )
    if not source:
        raise PlaygroundError("There is nothing to translate. Type a sentence.")
    if len(source) > n_ctx:
        raise PlaygroundError(
            f"The sentence has {len(source):,} tokens, and this model reads at most {n_ctx:,}. Shorten it."
        )
    return _drawn(model, source, written, end_id, sampling, n_shown)


def translate(model: Transformer, tokenizer: Tokenizer, text: str, max_tokens: int) -> str:
    """The likeliest translation, token by token.

    Raises:
        PlaygroundError: as `write_target`.
    """
    return tokenizer.decode(translated_ids(model, tokenizer, text, max_tokens))


def translated_ids(model: Transformer, tokenizer: Tokenizer, text: str, max_tokens: int) -> list[int]:
    """Ids of the likeliest translation, without the marks of begin and end.

    Raises:
        PlaygroundError: as `write_target`.
    """
    end_id = tokenizer.specials.end_id
    sampling = SamplingConfig(temperature=0.0, max_tokens=max_tokens)
    drawn = write_target(
        model, source_frame(tokenizer, tokenizer.encode(text)), [start_of_target(tokenizer)], end_id, sampling
    )
    return [token.id for token in drawn if token.id != end_id]


def start_of_target(tokenizer: Tokenizer) -> int:
    """The id that the decoder begins with."""
    special = tokenizer.specials
    found = special.start_id if special.start_id is not None else special.end_id
    return 0 if found is None else found


def _drawn(
    model: Transformer,
    source: Sequence[int],
    written: Sequence[int],
    end_id: int | None,
    sampling: SamplingConfig,
    n_shown: int,
) -> Iterator[DrawnToken]:
    generator = torch.Generator().manual_seed(sampling.seed)
    cache = KeyValueCache(model.config, 1, model.device, model.token_table.dtype)
    with evaluating(model):
        with torch.inference_mode():
            memory = model.encode(torch.tensor([list(source)], device=model.device))
        fresh = list(written)
        for _ in range(min(sampling.max_tokens, model.config.n_ctx + 1 - len(written))):
            with torch.inference_mode():
                read = torch.tensor([fresh], device=model.device)  # (1, T)
                logits = model.next_logits(read, cache, memory)[0].float().cpu()  # (V,)
            token = draw_token(logits, sampling, generator, n_shown)
            yield token
            if token.id == end_id:
                return
            fresh = [token.id]
