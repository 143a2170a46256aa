"""A text gone on with, whatever kind of model does it: after a prompt, or as the translation of a source."""

from collections.abc import Iterator

from playground.contract.config import SamplingConfig
from playground.contract.errors import PlaygroundError
from playground.contract.model_config import ENCODER, ENCODER_DECODER
from playground.engine.generation.generate import DrawnToken, generate
from playground.engine.generation.translate import source_frame, start_of_target, write_target
from playground.engine.model.transformer import Transformer
from playground.engine.tokenizers.tokenizer import Tokenizer


def go_on(
    model: Transformer, tokenizer: Tokenizer, prompt: str, source: str, sampling: SamplingConfig, *, n_shown: int = 0
) -> Iterator[DrawnToken]:
    """Write on, token by token. An empty prompt is the beginning of a line.

    Args:
        source: for an encoder-decoder what it translates; `prompt` is then what it has written of the target.

    Raises:
        PlaygroundError: the model is an encoder, which writes nothing; or there is no source, or a too long one.
        RunError: the model's output is not a number.
    """
    kind = model.config.kind
    if kind == ENCODER:
        raise PlaygroundError("This model is an encoder: it fills masked tokens in, and cannot write on. Mask some.")
    if kind == ENCODER_DECODER:
        written = [start_of_target(tokenizer), *(int(id) for id in tokenizer.encode(prompt))]
        read = source_frame(tokenizer, tokenizer.encode(source)) if source.strip() else []
        return write_target(model, read, written, tokenizer.specials.end_id, sampling, n_shown=n_shown)
    return generate(model, _begun(tokenizer, prompt), sampling, n_shown=n_shown)


def _begun(tokenizer: Tokenizer, prompt: str) -> list[int]:
    """A prompt as a decoder reads it: imported models that know a mark of begin want it in front."""
    ids = [*tokenizer.specials.begins, *(int(id) for id in tokenizer.encode(prompt))]
    return ids or [start_of_target(tokenizer)]


def end_id_of(model: Transformer, tokenizer: Tokenizer) -> int | None:
    """The id with which the model itself ends a text; a decoder never does."""
    return tokenizer.specials.end_id if model.config.kind == ENCODER_DECODER else None
