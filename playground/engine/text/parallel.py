"""Texts in two versions, sentence by sentence: built in, a file with tabs, or two files line by line.

Knows sentences, never tokens.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from playground.contract.config import BUILTIN_PAIRS
from playground.contract.errors import TextError
from playground.engine.text.corpus import read_corpus

Pair = tuple[str, str]

_TASKS = tuple(f"builtin:{name}" for name in ("copy", "reverse", "sort", "addition"))  # lines are question=answer


@dataclass(frozen=True, kw_only=True)
class ParallelCorpus:
    """Pairs of a source and its target in memory."""

    source: str
    pairs: tuple[Pair, ...]
    size_bytes: int  # of the files as they lie on the disk
    n_files: int

    @property
    def sha256(self) -> str:
        """Of the pairs as lines with tabs, in UTF-8."""
        return hashlib.sha256("".join(f"{a}\t{b}\n" for a, b in self.pairs).encode("utf-8")).hexdigest()


def read_parallel(source: str, target: str = "", *, builtin_seed: int = 1) -> ParallelCorpus:
    """Read pairs: from a file whose lines are source, tab, target; from two files line by line; or `builtin:NAME`.

    Blank lines are skipped, and spaces around a sentence do not belong to it. A folder is read as all its files in
    a row, and lines are counted through.

    Raises:
        TextError: a file cannot be read, a line is no pair, or the files do not match.
    """
    is_builtin = source.startswith("builtin:")
    corpus = read_corpus(source, builtin_seed=builtin_seed)
    if is_builtin and (target or source not in BUILTIN_PAIRS):
        raise TextError(_unsuited(source, target))
    if target:
        other = read_corpus(target, builtin_seed=builtin_seed)
        pairs = _matched(_lines(corpus.text), _lines(other.text), source, target)
        size, n_files = corpus.size_bytes + other.size_bytes, corpus.n_files + other.n_files
    else:
        pairs = _cut(corpus.text, "=" if is_builtin and source in _TASKS else "\t", source)
        size, n_files = corpus.size_bytes, corpus.n_files
    if not pairs:
        raise TextError(f"{source} holds no pair of sentences. Choose a file with some lines of source, tab, target.")
    return ParallelCorpus(source=source, pairs=tuple(pairs), size_bytes=size, n_files=n_files)


def split_pairs(pairs: Sequence[Pair], validation_fraction: float) -> tuple[list[Pair], list[Pair]]:
    """Cut into a training part and a validation part, the last `validation_fraction`.

    A pair of the validation part whose source is also trained on is left out of it: what is judged was never seen.

    Raises:
        TextError: one of the parts would be empty.
    """
    n_validation = max(1, round(len(pairs) * validation_fraction))
    train, last = list(pairs[:-n_validation]), pairs[-n_validation:]
    known = {source for source, _ in train}
    validation = [pair for pair in last if pair[0] not in known]
    if not train or not validation:
        raise TextError(
            f"The text is too short: of its {len(pairs):,} pairs {len(train):,} are left to learn from and "
            f"{len(validation):,} new ones to judge by. Choose a longer text, or change data.validation_fraction."
        )
    return train, validation


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _cut(text: str, separator: str, where: str) -> list[Pair]:
    pairs = []
    for number, line in enumerate(_lines(text), 1):
        if not line.strip():
            continue
        parts = line.split(separator)
        if fault := _fault(parts):
            raise TextError(
                f"Line {number:,} of {where} is no pair: {fault}, and it must be a sentence, one tab, and its "
                "translation. Correct the line, or name a second file in data.target."
            )
        pairs.append((parts[0].strip(), parts[1].strip()))
    return pairs


def _fault(parts: list[str]) -> str:
    """What is wrong with a line cut at its tabs, "" if nothing is."""
    if len(parts) != 2:
        return "it has no tab" if len(parts) == 1 else f"it has {len(parts) - 1:,} tabs"
    if not parts[0].strip():
        return "there is nothing before its tab"
    return "" if parts[1].strip() else "there is nothing after its tab"


def _unsuited(source: str, target: str) -> str:
    known = ", ".join(BUILTIN_PAIRS)
    if source not in BUILTIN_PAIRS:
        return f"{source} holds no pairs. Choose one of {known}, or a file of your own."
    return f"{source} holds both sides of its pairs, but data.target is {target}. Empty data.target."


def _matched(sources: list[str], targets: list[str], source: str, target: str) -> list[Pair]:
    if len(sources) != len(targets):
        raise TextError(
            f"{source} has {len(sources):,} lines and {target} has {len(targets):,}; they must match line by line. "
            "Correct the files."
        )
    pairs = []
    for number, (one, other) in enumerate(zip(sources, targets, strict=True), 1):
        if bool(one.strip()) != bool(other.strip()):
            raise TextError(
                f"Line {number:,} is empty in {target if one.strip() else source} only. Fill it, or delete it in both."
            )
        if one.strip():
            pairs.append((one.strip(), other.strip()))
    return pairs
