"""Lines of metrics.jsonl as rows of numbers, a hundred thousand lines in well under a second. Pure: no Qt, no disk.

Lines as the trainer writes them are decoded by msgspec, straight into the fields that are wanted and five times as
fast as the standard library does it: a run of a million steps is read in seconds. A block with anything unusual in it
(damage, foreign types) is read line by line by the standard library.
"""

import itertools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

import msgspec
import numpy as np


@dataclass(frozen=True)
class Kind:
    """One kind of record: the word that names it, and the numbers that are kept of it."""

    word: str
    columns: tuple[str, ...]


TRAIN = Kind(
    "train",
    ("step", "loss", "learning_rate", "gradient_norm", "weight_norm", "tokens", "elapsed_s", "tokens_per_s"),
)
EVALUATION = Kind(
    "evaluation", ("step", "validation_loss", "perplexity", "bits_per_byte", "accuracy", "exact", "elapsed_s")
)
_KINDS = {kind.word: kind for kind in (TRAIN, EVALUATION)}
_NUMBERS = tuple(dict.fromkeys(TRAIN.columns + EVALUATION.columns))


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """Neighbouring records of one segment: n rows of training steps and m of evaluations, in their order."""

    segment: int
    first_step: float  # of the first record of either kind
    begins_with_train: bool
    train: np.ndarray  # (n, train columns)
    evaluation: np.ndarray  # (m, evaluation columns)


# As the trainer writes them: infinity and what is no number travel as strings, for JSON has none.
_Record = msgspec.defstruct(
    "_Record",
    [("kind", str), ("segment", int, 0), *((name, float | str | None, None) for name in _NUMBERS)],
    gc=False,
)
_DECODER = msgspec.json.Decoder(_Record)
_VALUES = {kind.word: attrgetter(*kind.columns) for kind in (TRAIN, EVALUATION)}


def parts_of(data: bytes) -> tuple[list[Part], int]:
    """Whole lines as parts, and how many of them were damaged."""
    try:
        return _parts_of_plain(data), 0
    except (msgspec.DecodeError, ValueError, OverflowError):
        records, n_damaged = _slowly(data)
        return records_of(records), n_damaged


def records_of(records: Iterable[Mapping[str, Any]]) -> list[Part]:
    """Records of any shape as parts; what is of another kind, or has no step, is left out."""
    return _parts([_plain(record) for record in records if _is_one_of_ours(record)])


def number(value: Any) -> float:
    """A value of a record as a number; NaN if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    try:  # "NaN" and "Infinity" travel as strings
        return float(value)
    except (ValueError, OverflowError):
        return math.nan


def _parts_of_plain(data: bytes) -> list[Part]:
    decoded = cast(list[Any], _DECODER.decode_lines(data))
    return _parts([record for record in decoded if record.kind in _KINDS])


def _parts(records: Sequence[Any]) -> list[Part]:
    """Cut where the segment is another one; nearly always there is but one."""
    segments = [record.segment for record in records]
    if not records or segments.count(segments[0]) == len(segments):
        return [_part(records)] if records else []
    places = [0, *(i for i in range(1, len(segments)) if segments[i] != segments[i - 1]), len(segments)]
    return [_part(records[first:last]) for first, last in itertools.pairwise(places)]


def _part(records: Sequence[Any]) -> Part:
    train, evaluation = _matrix(records, TRAIN), _matrix(records, EVALUATION)
    begins_with_train = records[0].kind == TRAIN.word
    return Part(
        segment=records[0].segment,
        first_step=float((train if begins_with_train else evaluation)[0, 0]),
        begins_with_train=begins_with_train,
        train=train,
        evaluation=evaluation,
    )


def _matrix(records: Sequence[Any], kind: Kind) -> np.ndarray:
    """(n, columns); None becomes NaN, and the strings of numbers become those.

    Raises:
        ValueError: another string, or a record without a step.
    """
    values, word = _VALUES[kind.word], kind.word
    rows = [values(record) for record in records if record.kind == word]
    matrix = np.fromiter(itertools.chain.from_iterable(rows), dtype=np.float64, count=len(rows) * len(kind.columns))
    matrix = matrix.reshape(len(rows), len(kind.columns))
    if np.isnan(matrix[:, 0]).any():
        raise ValueError("a record without a step")
    return matrix


def _plain(record: Mapping[str, Any]) -> Any:
    known = {name: number(record.get(name)) for name in _NUMBERS}
    return _Record(kind=record["kind"], segment=record.get("segment", 0), **known)


def _slowly(data: bytes) -> tuple[list[Mapping[str, Any]], int]:
    records: list[Mapping[str, Any]] = []
    n_damaged = 0
    for line in data.splitlines():
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            records.append(value)
        else:
            n_damaged += 1
    return records, n_damaged


def _is_one_of_ours(record: Mapping[str, Any]) -> bool:
    segment = record.get("segment", 0)
    is_known = isinstance(record.get("kind"), str) and record["kind"] in _KINDS
    return is_known and type(segment) is int and not math.isnan(number(record.get("step")))
