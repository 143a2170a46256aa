"""Of the worker's questions and answers those that make a run or a folder out of a model, without training.

A question is answered by `Progress` parts, then by the answer that it names. What is made appears whole or not at all.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class QuantizeRun:
    """The model of `run` at `step` with its matrices in 8 or 4 bits, as a new run at `to`. Answered by `ModelTable`."""

    run: str
    step: int
    bits: int
    to: str


@dataclass(frozen=True, kw_only=True)
class MergeRun:
    """The model of a run with adapters as a plain one, a new run at `to`. Answered by `RunMade`."""

    run: str
    step: int
    to: str


@dataclass(frozen=True, kw_only=True)
class ImportFolder:
    """A Hugging Face folder as a new run at `to`. Answered by `RunMade`."""

    folder: str
    to: str


@dataclass(frozen=True, kw_only=True)
class ExportRun:
    """The model of `run` at `step` as a new Hugging Face folder. Answered by `RunMade` with the folder's path."""

    run: str
    step: int
    folder: str


@dataclass(frozen=True, kw_only=True)
class ModelTable:
    """A new run at `path`, and N models side by side: the one that it was made of, then the new one.

    Judged by the same text. Where it cannot be read, nothing is measured: then those arrays are empty, and `words`
    says why.
    """

    path: str
    names: list[str]
    sizes_bytes: np.ndarray  # (N,) int64, of the weights on the disk
    perplexities: np.ndarray  # (N,) float64, on the judged part of the validation text
    tokens_per_s: np.ndarray  # (N,) float64, written one by one; 0 for a model that does not write
    words: list[str]


@dataclass(frozen=True, kw_only=True)
class RunMade:
    """There is a run, or a folder, at `path`; `words` are sentences about what is not quite as it was."""

    path: str
    words: list[str]
