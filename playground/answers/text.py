"""Answers about texts and tokenizers. Never imports torch, so they come at once.

Imported at the first such question; the engine behind it too.
"""

import threading
import time
from pathlib import Path

from playground.answers.shelf import Shelf, look_of
from playground.answers.ticket import Ticket
from playground.contract.messages import (
    Answer,
    DescribeText,
    ListVocabulary,
    Progress,
    TextDescription,
    Tokenize,
    TokenizerTrained,
    Tokens,
    TrainTokenizer,
    Vocabulary,
)
from playground.engine.text.corpus import describe, read_corpus
from playground.engine.tokenizers.tokenizer import Tokenizer, load_tokenizer
from playground.engine.tokenizers.training import train_tokenizer

_TOKENIZERS_LIMIT_BYTES = 200_000_000
_BYTES_PER_PIECE = 200  # a rough measure of what one takes in memory

_tokenizers: Shelf[Tokenizer] = Shelf(_TOKENIZERS_LIMIT_BYTES, lambda kept: kept.vocab_size * _BYTES_PER_PIECE)
_loading = threading.Lock()


def tokenizer_at(folder: Path) -> Tokenizer:
    """The tokenizer in a folder, remembered while its files stay as they are.

    Raises:
        TokenizerError: there is none, or a damaged one.
    """
    with _loading:
        key = (folder, look_of(folder))
        return _tokenizers.find(key) or _tokenizers.keep(key, load_tokenizer(folder))


def describe_text(request: DescribeText, ticket: Ticket) -> TextDescription:
    """Raises: TextError."""
    return describe(read_corpus(request.source, builtin_seed=request.builtin_seed))


def tokenize(request: Tokenize, ticket: Ticket) -> Tokens:
    """Raises: TokenizerError."""
    return tokenizer_at(Path(request.tokenizer)).tokens(request.text)


def list_vocabulary(request: ListVocabulary, ticket: Ticket) -> Vocabulary:
    """Raises: TokenizerError."""
    return tokenizer_at(Path(request.tokenizer)).vocabulary()


def train(request: TrainTokenizer, ticket: Ticket) -> Answer:
    """Train a tokenizer in this process, telling how far it is.

    Raises:
        TextError, TokenizerError, StorageError, CancelledError.
    """
    started = time.monotonic()
    ticket.send(Progress(fraction=0.0, what="reading the text"))
    corpus = read_corpus(request.source, builtin_seed=request.builtin_seed)
    tokenizer = train_tokenizer(
        corpus.text, request.config, lambda fraction: ticket.send(Progress(fraction=fraction, what="training"))
    )
    tokenizer.save(Path(request.folder))
    elapsed_s = time.monotonic() - started
    return TokenizerTrained(folder=request.folder, vocab_size=tokenizer.vocab_size, elapsed_s=elapsed_s)
