"""Texts as ids, in the frames that each objective wants: bare, as lines, or as pairs."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from playground.contract.errors import TextError
from playground.engine.generation.translate import source_frame
from playground.engine.tokenizers.tokenizer import Tokenizer

_CHUNK = 100_000  # characters encoded at a time, so that progress moves and a stop is heard
_REPORT_EVERY = 20_000  # characters of single lines between two reports
_N_PROMPT_TOKENS = 12

Report = Callable[[str, float], None]
"""Told the phase and how far it is, 0 to 1; may raise to give up."""


class Encoder:
    """A tokenizer that reports how far it is in all of a run's text."""

    def __init__(self, tokenizer: Tokenizer, n_characters: int, report: Report) -> None:
        self.tokenizer = tokenizer
        self._n_characters, self._report = max(1, n_characters), report
        self._done, self._reported = 0, 0

    def encoded(self, text: str) -> np.ndarray:
        """Ids (n,) int32 of a text of any length."""
        parts = [np.empty(0, dtype=np.int32), *(self.line(chunk) for chunk in chunks(text))]
        return np.concatenate(parts)

    def line(self, text: str) -> np.ndarray:
        """Ids (n,) int32 of a short text."""
        ids = self.tokenizer.encode(text)
        self._done += len(text)
        if self._done - self._reported >= _REPORT_EVERY or self._done >= self._n_characters:
            self._reported = self._done
            self._report("encoding", min(1.0, self._done / self._n_characters))
        return ids


def chunks(text: str) -> list[str]:
    """Cut at line ends into pieces of about 100,000 characters; a longer line stays whole.

    A line end is a token of its own, so the pieces encode to the same ids as the whole.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    found, current, size = [], [], 0
    for line in lines:
        current.append(line)
        size += len(line)
        if size >= _CHUNK:
            found.append("".join(current))
            current, size = [], 0
    return [*found, "".join(current)] if current else found


def framed_lines(encoder: Encoder, text: str, room: int) -> tuple[list[np.ndarray], int]:
    """Each line that is not blank between the tokenizer's marks of begin and end, and how many were too long.

    Args:
        room: most tokens of a line, marks included.

    Raises:
        TextError: no line is left.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    framed = [_framed(encoder, line) for line in lines]
    fitting = [ids for ids in framed if 1 < len(ids) <= room]
    if not fitting:
        longest = max(map(len, framed), default=0)
        raise TextError(
            f"No line of the text fits into the context: the longest has {longest:,} tokens, and {room:,} are the "
            "most. Raise model.n_ctx, or set data.examples to windows."
        )
    return fitting, len(framed) - len(fitting)


def framed_pairs(
    encoder: Encoder, pairs: Sequence[tuple[str, str]], n_ctx: int
) -> tuple[list[np.ndarray], list[np.ndarray], int]:
    """Sources with a mark of end, targets between both marks, and how many pairs were too long for the context.

    Raises:
        TextError: no pair is left.
    """
    sources, targets = [], []
    for source, target in pairs:
        source_ids, target_ids = (
            np.array(source_frame(encoder.tokenizer, encoder.line(source)), dtype=np.int64),
            _framed(encoder, target),
        )
        if len(source_ids) <= n_ctx and 1 < len(target_ids) <= n_ctx + 1:
            sources.append(source_ids)
            targets.append(target_ids)
    if not sources:
        raise TextError(
            f"No pair of sentences fits into the context of {n_ctx:,} tokens. Raise model.n_ctx, or cut the sentences."
        )
    return sources, targets, len(pairs) - len(sources)


def sample_prompt(tokenizer: Tokenizer, validation_text: str, n_ctx: int) -> list[int]:
    """The beginning of a line of the validation text: the same for all samples of a run, never seen in training."""
    _, _, after_first_line = validation_text[:10_000].partition("\n")
    opening = (after_first_line.lstrip() or validation_text)[:200]
    ids: list[int] = tokenizer.encode(opening).tolist()
    return ids[: max(1, min(_N_PROMPT_TOKENS, n_ctx // 4))]


def unigram_entropy(rows: Sequence[np.ndarray]) -> float:
    """Nats per token of a model that knows how frequent each token is, and nothing else (Shannon 1948, section 6)."""
    _, counts = np.unique(np.concatenate(rows), return_counts=True)
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _framed(encoder: Encoder, line: str) -> np.ndarray:
    special = encoder.tokenizer.specials
    begin = [] if special.start_id is None else [special.start_id]
    end = [] if special.end_id is None else [special.end_id]
    return np.array([*begin, *encoder.line(line), *end], dtype=np.int64)
