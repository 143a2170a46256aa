"""What a model reads of the texts that a person gives it: tokens, with the marks that it was trained with.

A decoder reads the text's end that fits. An encoder's text may hold masks. An encoder-decoder reads a source with its
mark of end, and a target that begins with the mark of begin, as in training.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.contract.errors import PlaygroundError, TextError
from playground.contract.messages import CROSS, ENCODER_PART, PARTS, SELF, Tokens
from playground.contract.model_config import ENCODER, ENCODER_DECODER, ModelConfig
from playground.engine.generation.translate import start_of_target
from playground.engine.tokenizers.specials import MASK_PIECE
from playground.engine.tokenizers.tokenizer import Tokenizer


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Tokens of the main stack, and of the source where there is one; spans count in `text` and `source_text`."""

    tokens: Tokens
    text: str
    source: Tokens | None
    source_text: str
    n_dropped: int

    def rows(self, part: str) -> tuple[Tokens, str]:
        """Who asks in this part."""
        return self._source() if part == ENCODER_PART else (self.tokens, self.text)

    def columns(self, part: str) -> tuple[Tokens, str]:
        """Who is looked at in this part."""
        return (self.tokens, self.text) if part == SELF else self._source()

    def _source(self) -> tuple[Tokens, str]:
        assert self.source is not None, "this part has no source"
        return self.source, self.source_text


def parts_of(config: ModelConfig) -> tuple[str, ...]:
    """The parts with attention that a model of this shape has."""
    return (ENCODER_PART, SELF, CROSS) if config.kind == ENCODER_DECODER else (SELF,)


def check_part(config: ModelConfig, part: str) -> None:
    """Raises: PlaygroundError, if the model has no such part."""
    if part in parts_of(config):
        return
    if part in PARTS:
        raise PlaygroundError(
            f"This model has no {part!r} attention; it is of the kind {config.kind!r}, which has "
            f"{' and '.join(parts_of(config))}."
        )
    raise PlaygroundError(f"There is no part {part!r}; parts are {', '.join(PARTS)}.")


def read_text(config: ModelConfig, tokenizer: Tokenizer, text: str) -> Reading:
    """For a decoder or an encoder.

    Raises:
        TextError: there is no text, or it asks for a mask that the tokenizer lacks.
    """
    tokens = _encoder_tokens(tokenizer, text) if config.kind == ENCODER else tokenizer.tokens(text)
    if not text or not len(tokens.ids):
        raise TextError("There is no text to look at. Type some.")
    kept = tokens.last(config.n_ctx)
    return Reading(tokens=kept, text=text, source=None, source_text="", n_dropped=len(tokens.ids) - len(kept.ids))


def read_source(config: ModelConfig, tokenizer: Tokenizer, source: str) -> Tokens:
    """What an encoder-decoder's encoder reads.

    Raises:
        TextError: there is no source, or it does not fit.
    """
    tokens = tokenizer.tokens(source)
    if not len(tokens.ids):
        raise TextError("There is no sentence to look at. Type one.")
    marks = tokenizer.specials
    return _fitting(_framed(tokenizer, tokens, marks.begins, marks.ends, len(source)), config, "sentence")


def read_pair(config: ModelConfig, tokenizer: Tokenizer, source: str, target: str | Sequence[int]) -> Reading:
    """For an encoder-decoder: a sentence, and the translation that its decoder reads, as a text or as ids.

    Raises:
        TextError: there is no source, or one of both does not fit.
    """
    if isinstance(target, str):
        text, tokens = target, tokenizer.tokens(target)
    else:
        text = tokenizer.decode(list(target))
        tokens = tokens_of_ids(tokenizer, target)
    framed = _framed(tokenizer, tokens, [start_of_target(tokenizer)], [], len(text))
    return Reading(
        tokens=_fitting(framed, config, "translation"),
        text=text,
        source=read_source(config, tokenizer, source),
        source_text=source,
        n_dropped=0,
    )


def tokens_of_ids(tokenizer: Tokenizer, ids: Sequence[int]) -> Tokens:
    """Ids that a model wrote, as tokens; their spans are empty, as they were cut from no text."""
    nowhere = np.zeros(len(ids), dtype=np.int32)
    return Tokens(
        ids=np.array(ids, dtype=np.int32),
        pieces=[tokenizer.piece(id) for id in ids],
        starts=nowhere,
        ends=nowhere,
        kinds=np.array([tokenizer.kind(id) for id in ids], dtype=np.uint8),
        vocab_size=tokenizer.vocab_size,
    )


def _encoder_tokens(tokenizer: Tokenizer, text: str) -> Tokens:
    """The text with its masks, between marks of begin and end where these are two different ones, as BERT's are."""
    tokens, marks = _masked_tokens(tokenizer, text), tokenizer.specials
    return _framed(tokenizer, tokens, marks.begins, marks.ends, len(text)) if marks.begins else tokens


def _masked_tokens(tokenizer: Tokenizer, text: str) -> Tokens:
    if MASK_PIECE not in text:
        return tokenizer.tokens(text)
    mask_id = tokenizer.specials.mask_id
    if mask_id is None:
        raise TextError(f"This model's tokenizer has no mask, so {MASK_PIECE} means nothing to it. Leave it out.")
    parts: list[Tokens] = []
    place = 0
    stretches = text.split(MASK_PIECE)
    for index, stretch in enumerate(stretches):
        is_before_mask = index + 1 < len(stretches)
        # Where words are pieces with the space before them, the mask stands for the space as well.
        kept = stretch.removesuffix(" ") if is_before_mask and tokenizer.type != "characters" else stretch
        parts.append(_moved(tokenizer.tokens(kept), place))
        end = place + len(stretch) + len(MASK_PIECE)
        if is_before_mask:
            parts.append(_mark(tokenizer, mask_id, place + len(kept), end))
        place = end
    return _joined(parts)


def _framed(tokenizer: Tokenizer, tokens: Tokens, before: Sequence[int], after: Sequence[int], end: int) -> Tokens:
    marks = [_mark(tokenizer, id, 0, 0) for id in before]
    return _joined([*marks, tokens, *(_mark(tokenizer, id, end, end) for id in after)])


def _mark(tokenizer: Tokenizer, id: int, start: int, end: int) -> Tokens:
    """One token that stands for no text, or for a mask in it."""
    return Tokens(
        ids=np.array([id], dtype=np.int32),
        pieces=[tokenizer.piece(id)],
        starts=np.array([start], dtype=np.int32),
        ends=np.array([end], dtype=np.int32),
        kinds=np.array([tokenizer.kind(id)], dtype=np.uint8),
        vocab_size=tokenizer.vocab_size,
    )


def _moved(tokens: Tokens, by: int) -> Tokens:
    return Tokens(
        ids=tokens.ids, pieces=tokens.pieces, starts=tokens.starts + np.int32(by), ends=tokens.ends + np.int32(by),
        kinds=tokens.kinds, vocab_size=tokens.vocab_size,
    )  # fmt: skip


def _joined(parts: Sequence[Tokens]) -> Tokens:
    return Tokens(
        ids=np.concatenate([part.ids for part in parts]).astype(np.int32),
        pieces=list(itertools.chain.from_iterable(part.pieces for part in parts)),
        starts=np.concatenate([part.starts for part in parts]).astype(np.int32),
        ends=np.concatenate([part.ends for part in parts]).astype(np.int32),
        kinds=np.concatenate([part.kinds for part in parts]).astype(np.uint8),
        vocab_size=parts[0].vocab_size,
    )


def _fitting(tokens: Tokens, config: ModelConfig, what: str) -> Tokens:
    if len(tokens.ids) > config.n_ctx:
        raise TextError(
            f"The {what} has {len(tokens.ids):,} tokens with its marks, and this model reads at most "
            f"{config.n_ctx:,}. Shorten it."
        )
    return tokens
