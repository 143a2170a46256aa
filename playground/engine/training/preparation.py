"""From a run's config to examples: read the text, split it, train or load the tokenizer, encode."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.contract import storage
from playground.contract.config import RunConfig
from playground.contract.errors import RunError
from playground.contract.model_config import ENCODER, ENCODER_DECODER
from playground.contract.run_directory import DataFacts, RunDirectory
from playground.engine.text.corpus import read_corpus, require_length, split_corpus
from playground.engine.text.parallel import read_parallel, split_pairs
from playground.engine.tokenizers.tokenizer import CONTROL, Tokenizer, load_tokenizer
from playground.engine.tokenizers.training import train_tokenizer
from playground.engine.training.encoding import (
    Encoder,
    Report,
    framed_lines,
    framed_pairs,
    sample_prompt,
    unigram_entropy,
)
from playground.engine.training.evaluation import Judged, first_share
from playground.engine.training.masking import Masking
from playground.engine.training.objectives import FillMasks, NextToken, Objective, Translate
from playground.engine.training.rows import Lines, RowSource, Windows
from playground.engine.training.showing import Blanks, Prompt, Sentences, Shown

_N_SHOWN_PAIRS = 4


@dataclass(frozen=True, kw_only=True)
class Material:
    """All that a training learns from and is judged by."""

    tokenizer: Tokenizer
    train: Objective
    judged: Judged
    shown: Shown  # what samples are made of
    facts: DataFacts


def prepare(run: RunDirectory, config: RunConfig, report: Report) -> Material:
    """Read, split, tokenize; writes data.json and, for a new run, the tokenizer.

    Raises:
        TextError: the text cannot be used.
        TokenizerError: no tokenizer can be trained on it.
        RunError: the text is not the one that the run began with.
    """
    material = read_material(run, config, report)
    run.write_data_facts(material.facts)
    return material


def read_material(run: RunDirectory, config: RunConfig, report: Report) -> Material:
    """Like `prepare` for a run that has its tokenizer; writes nothing then."""
    prepared = _pairs if config.model.kind == ENCODER_DECODER else _text
    return prepared(run, config, report)


def _text(run: RunDirectory, config: RunConfig, report: Report) -> Material:
    """One long text, for a decoder to go on with or an encoder to fill in."""
    report("text", 0.0)
    corpus = read_corpus(config.data.source, builtin_seed=config.data.builtin_seed)
    _check_same_text(run, corpus.sha256, corpus.source)
    train_text, validation_text = split_corpus(corpus.text, config.data.validation_fraction)
    report("text", 1.0)
    is_encoder = config.model.kind == ENCODER
    tokenizer = _tokenizer(run, config, train_text, report)
    encoder = Encoder(tokenizer, len(corpus.text), report)
    n_ctx = config.model.n_ctx
    if config.data.examples == "lines":
        room = n_ctx if is_encoder else n_ctx + 1
        train_lines, n_left_out = framed_lines(encoder, train_text, room)
        validation_lines, _ = framed_lines(encoder, validation_text, room)
        train: RowSource = Lines(train_lines)
        validation: RowSource = Lines(validation_lines)
        learned, n_validation = train_lines, sum(map(len, validation_lines))
    else:
        train_ids, validation_ids = encoder.encoded(train_text), encoder.encoded(validation_text)
        learned, n_validation, n_left_out = [train_ids], len(validation_ids), 0
        require_length(len(train_ids), n_validation, n_ctx)
        size, stride = (n_ctx, n_ctx) if is_encoder else (n_ctx + 1, n_ctx)
        train, validation = Windows(train_ids, size, stride), Windows(validation_ids, size, stride)
    facts = DataFacts(
        source=config.data.source,
        sha256=corpus.sha256,
        size_bytes=corpus.size_bytes,
        n_characters=len(corpus.text),
        n_train_characters=len(train_text),
        n_train_tokens=sum(map(len, learned)),
        n_validation_tokens=n_validation,
        n_validation_bytes=len(validation_text.encode("utf-8")),
        n_left_out=n_left_out,
        unigram_entropy=unigram_entropy(learned),
    )
    masking = _masking(tokenizer, config) if is_encoder else None
    prompt = Prompt(sample_prompt(tokenizer, validation_text, n_ctx))
    return Material(
        tokenizer=tokenizer,
        train=_objective(train, masking, n_ctx),
        judged=_judged(_objective(validation, masking, n_ctx), config, tokenizer),
        shown=prompt if masking is None else Blanks(validation, masking),
        facts=facts,
    )


def _pairs(run: RunDirectory, config: RunConfig, report: Report) -> Material:
    """Sentences and their translations, for an encoder-decoder."""
    report("text", 0.0)
    corpus = read_parallel(config.data.source, config.data.target, builtin_seed=config.data.builtin_seed)
    _check_same_text(run, corpus.sha256, corpus.source)
    train_pairs, validation_pairs = split_pairs(corpus.pairs, config.data.validation_fraction)
    report("text", 1.0)
    train_text = "".join(f"{source}\n{target}\n" for source, target in train_pairs)
    tokenizer = _tokenizer(run, config, train_text, report)
    n_characters = sum(len(source) + len(target) for source, target in corpus.pairs)
    encoder = Encoder(tokenizer, n_characters, report)
    n_ctx = config.model.n_ctx
    sources, targets, n_left_out = framed_pairs(encoder, train_pairs, n_ctx)
    judged_sources, judged_targets, _ = framed_pairs(encoder, validation_pairs, n_ctx)
    facts = DataFacts(
        source=config.data.source,
        sha256=corpus.sha256,
        size_bytes=corpus.size_bytes,
        n_characters=n_characters,
        n_train_characters=sum(len(source) + len(target) for source, target in train_pairs),
        n_train_tokens=sum(map(len, sources)) + sum(map(len, targets)),
        n_validation_tokens=sum(map(len, judged_sources)) + sum(map(len, judged_targets)),
        n_validation_bytes=sum(len((source + target).encode("utf-8")) for source, target in validation_pairs),
        n_left_out=n_left_out,
        unigram_entropy=unigram_entropy(targets),
    )
    return Material(
        tokenizer=tokenizer,
        train=Translate(Lines(sources), Lines(targets)),
        judged=_judged(Translate(Lines(judged_sources), Lines(judged_targets)), config, tokenizer),
        shown=Sentences(tuple(validation_pairs[:_N_SHOWN_PAIRS])),
        facts=facts,
    )


def _objective(rows: RowSource, masking: Masking | None, n_ctx: int) -> Objective:
    return NextToken(rows) if masking is None else FillMasks(rows, masking, n_ctx)


def _judged(objective: Objective, config: RunConfig, tokenizer: Tokenizer) -> Judged:
    indices = first_share(objective.judged(), config.training.evaluation_fraction)
    sizes = np.array([tokenizer.n_bytes([id]) for id in range(tokenizer.vocab_size)], dtype=np.int64)
    return Judged(objective=objective, indices=indices, bytes_per_id=sizes)


def _masking(tokenizer: Tokenizer, config: RunConfig) -> Masking:
    mask_id = tokenizer.specials.mask_id
    assert mask_id is not None, "an encoder's tokenizer has a mask"
    ids = range(tokenizer.vocab_size)
    words = np.array([tokenizer.starts_word(id) for id in ids]) if config.training.mask_whole_words else None
    return Masking(
        mask_id=mask_id,
        n_random=mask_id if mask_id == tokenizer.vocab_size - 1 else tokenizer.vocab_size,
        fraction=config.training.mask_fraction,
        is_maskable=np.array([tokenizer.kind(id) != CONTROL for id in ids]),
        starts_word=words,
    )


def _tokenizer(run: RunDirectory, config: RunConfig, train_text: str, report: Report) -> Tokenizer:
    """The run's tokenizer: its own, that of the run it goes on from, or a new one. An encoder's has a mask."""
    tokenizer = _tokenizer_at(run.tokenizer_path)
    if tokenizer is None and config.start.run:
        tokenizer = load_tokenizer(RunDirectory(config.start.run).tokenizer_path)
        tokenizer.save(run.tokenizer_path)
    if tokenizer is None:
        report("tokenizer", 0.0)
        tokenizer = train_tokenizer(train_text, config.tokenizer, lambda progress: report("tokenizer", progress))
        tokenizer.save(run.tokenizer_path)
    if config.model.kind == ENCODER and tokenizer.specials.mask_id is None:
        tokenizer = tokenizer.with_mask()
        tokenizer.save(run.tokenizer_path)
    return tokenizer


def _tokenizer_at(folder: Path) -> Tokenizer | None:
    return load_tokenizer(folder) if storage.exists(folder / "tokenizer.toml") else None


def _check_same_text(run: RunDirectory, sha256: str, source: str) -> None:
    known = run.data_facts().sha256
    if known and known != sha256:
        raise RunError(
            f"The text {source} has changed since this run began, so it cannot go on exactly. "
            "Restore the text, or start a new run on the new one."
        )
