"""Each kind of tokenizer as a fixture."""

import pytest
from trained_tokenizers import trained_once

from playground.contract.config import TOKENIZER_TYPES
from playground.engine.tokenizers.tokenizer import Tokenizer

KINDS = [(type, byte_fallback) for type in TOKENIZER_TYPES for byte_fallback in (True, False)]


@pytest.fixture(params=KINDS, ids=[f"{type}-{'bytes' if fallback else 'no-bytes'}" for type, fallback in KINDS])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    """Each of the six kinds in turn."""
    type, byte_fallback = request.param
    return trained_once(type, byte_fallback)


@pytest.fixture(params=TOKENIZER_TYPES)
def with_bytes(request: pytest.FixtureRequest) -> Tokenizer:
    """Each type in turn, with byte fallback: nothing is ever lost."""
    return trained_once(request.param, True)


@pytest.fixture(params=TOKENIZER_TYPES)
def without_bytes(request: pytest.FixtureRequest) -> Tokenizer:
    """Each type in turn, without byte fallback: characters may be unknown."""
    return trained_once(request.param, False)
