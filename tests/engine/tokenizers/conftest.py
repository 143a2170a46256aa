"""Each kind of tokenizer as a fixture."""

import pytest
from trained_tokenizers import trained_once

from playground.contract.config import TRAINABLE_TOKENIZERS
from playground.engine.tokenizers.tokenizer import Tokenizer

KINDS = [(type, byte_fallback) for type in TRAINABLE_TOKENIZERS for byte_fallback in (True, False)]


@pytest.fixture(params=KINDS, ids=[f"{type}-{'bytes' if fallback else 'no-bytes'}" for type, fallback in KINDS])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    """Each of the six kinds in turn."""
    type, byte_fallback = request.param
    return trained_once(type, byte_fallback)


@pytest.fixture(params=TRAINABLE_TOKENIZERS)
def with_bytes(request: pytest.FixtureRequest) -> Tokenizer:
    """Each type in turn, with byte fallback: nothing is ever lost."""
    return trained_once(request.param, True)


@pytest.fixture(params=TRAINABLE_TOKENIZERS)
def without_bytes(request: pytest.FixtureRequest) -> Tokenizer:
    """Each type in turn, without byte fallback: characters may be unknown."""
    return trained_once(request.param, False)
