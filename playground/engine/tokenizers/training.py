"""Trains a tokenizer on a text: SentencePiece's unigram (Kudo 2018), BPE (Sennrich et al. 2016), or characters.

The text is taken as it is: no normalization, no space put before it, line ends and runs of spaces kept, so that every
token is an exact span of the text and decoding gives the text back.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from playground.contract.config import TokenizerConfig
from playground.contract.errors import TokenizerError
from playground.contract.fields import checked
from playground.engine.tokenizers.sentencepiece_backend import SentencePieceBackend
from playground.engine.tokenizers.sentencepiece_process import train_model
from playground.engine.tokenizers.tokenizer import SPACE, Tokenizer

_MODEL_TYPES = {"unigram": "unigram", "bpe": "bpe", "characters": "char"}
_N_BYTES = 256
_N_META = 2  # <unk> and the newline
_TEXT_LIMIT_CHARACTERS = 16_000_000  # of a longer text evenly spread parts are taken
_PIECE_LIMIT_CHARACTERS = 4000  # longer lines are cut
_LEAST_SHARE_OF_LONGER_PIECES = 0.25  # of the vocabulary, where rare characters have to give way
_LINE_LIMIT_BYTES = 1 << 20
_RESERVED = frozenset(
    "\u2585\x1f"
)  # SentencePiece's own marks: text with them is skipped, unless they are named as symbols
_WORD = re.compile(r" \w{2,32}(?!\w)")
_WORD_LIMIT = 50_000

Progress = Callable[[float], None]


def train_tokenizer(text: str, config: TokenizerConfig, progress: Progress) -> Tokenizer:
    """Train on a text. The same text and config give the same tokenizer.

    Characters that do not fit into the vocabulary are spelled as bytes, the rarest first. U+2581 is a space.

    Args:
        progress: told the fraction done, 0 to 1; may raise to give up.

    Raises:
        ConfigError: the config is impossible.
        TokenizerError: the text's characters do not fit and byte fallback is off; or the text is too short.
    """
    checked(config)
    text = text.replace(SPACE, " ")
    counts = Counter(text)
    counts.pop("\n", None)
    if not counts:
        raise TokenizerError("There is no text to train a tokenizer on. Choose a text with some characters in it.")
    kept = kept_characters(counts, config)
    options = _options(config, kept)
    pieces = list(_pieces(_with_only(kept, counts, _sampled(text))))
    if config.type == "unigram":
        pieces += _words(pieces)
    progress(0.0)
    model = train_model(options, pieces, config.vocab_size, progress)
    tokenizer = Tokenizer(SentencePieceBackend(model), config.type)
    progress(1.0)
    return tokenizer


def kept_characters(counts: Counter[str], config: TokenizerConfig) -> list[str]:
    """The characters that get a piece of their own, the most frequent first.

    The space is one of them wherever there are bytes, even if the text has none: SentencePiece would spell it with the
    bytes of U+2581, and a text would not come back from its tokens.

    Raises:
        TokenizerError: they do not fit into the vocabulary, and there are no bytes to spell the others with.
    """
    ranked = sorted(counts, key=lambda character: (-counts[character], character))
    covered = _covering(ranked, counts, config.character_coverage)
    room = _room(config)
    if config.byte_fallback:
        return _with_space(covered, _room_of_characters(config, len(covered)))
    if len(covered) > room:
        least = len(covered) + (0 if config.type == "characters" else _N_META)
        raise TokenizerError(
            f"The text has {len(covered):,} distinct characters, more than a vocabulary of {config.vocab_size:,} "
            f"holds. Set tokenizer.vocab_size to at least {least:,}, or switch tokenizer.byte_fallback on."
        )
    return covered


def _room_of_characters(config: TokenizerConfig, n_characters: int) -> int:
    """How many characters get a piece where the others are spelled as bytes."""
    room = _room(config)
    if config.type == "characters" or n_characters <= room:
        return room
    return max(1, int(room * (1 - _LEAST_SHARE_OF_LONGER_PIECES)))


def _with_space(ranked: list[str], room: int) -> list[str]:
    kept = ranked[:room]
    return kept if " " in kept else [*kept[: room - 1], " "]


def _room(config: TokenizerConfig) -> int:
    if config.type == "characters":
        return config.vocab_size
    return config.vocab_size - _N_META - (_N_BYTES if config.byte_fallback else 0)


def _covering(ranked: list[str], counts: Counter[str], coverage: float) -> list[str]:
    """The fewest characters that make up that share of the text."""
    wanted = coverage * counts.total()
    reached = 0
    for n, character in enumerate(ranked, 1):
        reached += counts[character]
        if reached >= wanted:
            return ranked[:n]
    return ranked


def _with_only(kept: list[str], counts: Counter[str], text: str) -> str:
    """The text with newlines for all other characters, and every kept one in it at least once."""
    others = set(counts).difference(kept).union(counts.keys() & _RESERVED)
    if others:
        text = text.translate(dict.fromkeys(map(ord, others), "\n"))
    missing = set(kept).difference(text, _RESERVED)
    return text + "\n".join(["", *sorted(missing)])


def _options(config: TokenizerConfig, kept: list[str]) -> dict[str, Any]:
    n_meta = _N_META + (_N_BYTES if config.byte_fallback else 0)
    vocab_size = len(kept) + n_meta if config.type == "characters" else config.vocab_size
    return {
        "model_type": _MODEL_TYPES[config.type],
        "vocab_size": vocab_size,
        "hard_vocab_limit": False,
        "byte_fallback": config.byte_fallback,
        "character_coverage": 1.0,  # the text given to it holds only the characters to keep
        "normalization_rule_name": "identity",
        "add_dummy_prefix": False,
        "remove_extra_whitespaces": False,
        "allow_whitespace_only_pieces": True,
        "user_defined_symbols": ["\n", *sorted(_RESERVED.intersection(kept))],
        "unk_id": 0,
        "bos_id": -1,
        "eos_id": -1,
        "pad_id": -1,
        "unk_surface": "\ufffd",
        "max_sentence_length": _LINE_LIMIT_BYTES,
        "num_threads": 2,  # a fixed number, so that the result does not depend on the machine
    }


def _words(pieces: list[str]) -> list[str]:
    """Each word that comes more than once, with the space before it, by itself.

    SentencePiece proposes only pieces that are followed by different characters; a word that always has a space
    behind it would never become a piece, however frequent, unless it also stands at an end once.
    """
    counts = Counter(word for piece in pieces for word in _WORD.findall(piece))
    return [word for word, count in counts.most_common(_WORD_LIMIT) if count > 1]


def _sampled(text: str) -> str:
    if len(text) <= _TEXT_LIMIT_CHARACTERS:
        return text
    n_parts = 1000
    stride, size = len(text) // n_parts, _TEXT_LIMIT_CHARACTERS // n_parts
    return "".join(text[part * stride : part * stride + size] for part in range(n_parts))


def _pieces(text: str) -> Iterator[str]:
    """The text's lines with their ends, long ones in parts."""
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), _PIECE_LIMIT_CHARACTERS):
            yield line[start : start + _PIECE_LIMIT_CHARACTERS]
