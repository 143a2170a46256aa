"""What is said of a tokenizer that is refused."""

import time
from pathlib import Path

import pytest

from playground.contract.errors import TokenizerError
from playground.engine.tokenizers.importing import import_tokenizer

LIMIT_S = 11.0  # ten for the process that tries it


def refusal(folder: Path) -> str:
    """What is said of the folder, which is refused within the limit."""
    started = time.monotonic()
    with pytest.raises(TokenizerError) as caught:
        import_tokenizer(folder)
    assert time.monotonic() - started < LIMIT_S
    told = str(caught.value)
    assert told.endswith(".")
    assert len(told) < 700
    assert str(folder) in told
    return told
