"""From a run's config to token ids: read the text, split it, train or load the tokenizer, encode."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from playground.contract.config import RunConfig
from playground.contract.errors import RunError
from playground.contract.run_directory import DataFacts, RunDirectory
from playground.engine.text.corpus import Corpus, read_corpus, require_length, split_corpus
from playground.engine.tokenizers.tokenizer import Tokenizer, load_tokenizer
from playground.engine.tokenizers.training import train_tokenizer
from playground.engine.training.evaluation import judged_ids

_CHUNK = 100_000  # characters encoded at a time, so that progress moves and a stop is heard
_N_PROMPT_TOKENS = 12

Report = Callable[[str, float], None]
"""Told the phase and how far it is, 0 to 1; may raise to give up."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """All that a training learns from and is judged by."""

    tokenizer: Tokenizer
    train_ids: Tensor  # (N,) int64
    judged_ids: Tensor  # (M,) int64
    judged_bytes: int  # of all judged tokens but the first
    prompt_ids: list[int]  # what samples go on from


def prepare(run: RunDirectory, config: RunConfig, report: Report) -> Material:
    """Read, split, tokenize; writes data.json and, for a new run, the tokenizer.

    Raises:
        TextError: the text cannot be used.
        TokenizerError: no tokenizer can be trained on it.
        RunError: the text is not the one that the run began with.
    """
    report("text", 0.0)
    corpus = read_corpus(config.data.source, builtin_seed=config.data.builtin_seed)
    _check_same_text(run, corpus)
    train_text, validation_text = split_corpus(corpus.text, config.data.validation_fraction)
    report("text", 1.0)
    tokenizer = _tokenizer(run, config, train_text, report)
    n_characters = len(corpus.text)
    done = 0

    def encoded(part: str) -> Tensor:
        nonlocal done
        arrays = [np.empty(0, dtype=np.int32)]
        for chunk in chunks(part):
            arrays.append(tokenizer.encode(chunk))
            done += len(chunk)
            report("encoding", done / n_characters)
        return torch.from_numpy(np.concatenate(arrays)).long()

    train_ids, validation_ids = encoded(train_text), encoded(validation_text)
    n_ctx = config.model.n_ctx
    require_length(len(train_ids), len(validation_ids), n_ctx)
    judged = judged_ids(validation_ids, config.training.evaluation_fraction, n_ctx)
    run.write_data_facts(
        DataFacts(
            source=config.data.source,
            sha256=corpus.sha256,
            size_bytes=corpus.size_bytes,
            n_characters=n_characters,
            n_train_characters=len(train_text),
            n_train_tokens=len(train_ids),
            n_validation_tokens=len(validation_ids),
            n_validation_bytes=len(validation_text.encode("utf-8")),
        )
    )
    return Material(
        tokenizer=tokenizer,
        train_ids=train_ids,
        judged_ids=judged,
        judged_bytes=tokenizer.n_bytes(judged[1:].tolist()),
        prompt_ids=sample_prompt(tokenizer, validation_text, n_ctx),
    )


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


def sample_prompt(tokenizer: Tokenizer, validation_text: str, n_ctx: int) -> list[int]:
    """The beginning of a line of the validation text: the same for all samples of a run, never seen in training."""
    _, _, after_first_line = validation_text[:10_000].partition("\n")
    opening = (after_first_line.lstrip() or validation_text)[:200]
    ids: list[int] = tokenizer.encode(opening).tolist()
    return ids[: max(1, min(_N_PROMPT_TOKENS, n_ctx // 4))]


def _tokenizer(run: RunDirectory, config: RunConfig, train_text: str, report: Report) -> Tokenizer:
    if (run.tokenizer_path / "tokenizer.toml").is_file():
        return load_tokenizer(run.tokenizer_path)
    report("tokenizer", 0.0)
    tokenizer = train_tokenizer(train_text, config.tokenizer, lambda progress: report("tokenizer", progress))
    tokenizer.save(run.tokenizer_path)
    return tokenizer


def _check_same_text(run: RunDirectory, corpus: Corpus) -> None:
    facts = run.data_facts()
    if facts.sha256 and facts.sha256 != corpus.sha256:
        raise RunError(
            f"The text {corpus.source} has changed since this run began, so it cannot go on exactly. "
            "Restore the text, or start a new run on the new one."
        )
