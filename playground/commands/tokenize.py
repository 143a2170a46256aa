"""`playground tokenize` and `playground tokenizer train`."""

import json
import sys
import time
from pathlib import Path

from playground.commands.opening import argument_text, find_run, open_tokenizer
from playground.contract.config import DataConfig, TokenizerConfig
from playground.contract.errors import ConfigError
from playground.ui.visible_text import visible

_KINDS = ("piece", "byte", "unknown", "control")


def tokenize(run: str | None, tokenizer: Path | None, text: str, as_json: bool) -> int:
    """Write the tokens of a text: id, span, kind and piece of each; returns the exit code.

    Args:
        run: whose tokenizer to use; or
        tokenizer: the folder that holds one.

    Raises:
        RunError, TokenizerError: there is none, or it is damaged.
    """
    folder = tokenizer if tokenizer is not None else find_run(run or "").tokenizer_path
    tokens = open_tokenizer(folder).tokens(argument_text(text))
    rows = [
        {"id": int(id), "start": int(start), "end": int(end), "kind": _KINDS[kind], "piece": piece}
        for id, start, end, kind, piece in zip(
            tokens.ids, tokens.starts, tokens.ends, tokens.kinds, tokens.pieces, strict=True
        )
    ]
    if as_json:
        print(json.dumps({"tokens": rows, "vocab_size": tokens.vocab_size}, ensure_ascii=False))
        return 0
    for row in rows:
        span = f"{row['start']}:{row['end']}"
        kind = "" if row["kind"] == "piece" else f"  ({row['kind']})"
        print(f"{row['id']:>7}  {span:>9}  {visible(str(row['piece']))}{kind}")
    print(f"{len(rows):,} tokens of {tokens.vocab_size:,} pieces", file=sys.stderr)
    return 0


def train_tokenizer(data: DataConfig, config: TokenizerConfig, out: Path, as_json: bool) -> int:
    """Train a tokenizer on a text into a folder; returns the exit code.

    Raises:
        ConfigError, TextError, TokenizerError, StorageError.
    """
    from playground.engine.text.corpus import read_corpus
    from playground.engine.tokenizers.training import train_tokenizer as trained_on

    if (out / "tokenizer.toml").exists():
        raise ConfigError([f"{out} already holds a tokenizer. Choose another folder."])
    began = time.monotonic()
    corpus = read_corpus(data.source, builtin_seed=data.builtin_seed)
    tokenizer = trained_on(corpus.text, config, _show_progress)
    tokenizer.save(out)
    elapsed_s = time.monotonic() - began
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if as_json:
        print(json.dumps({"folder": str(out), "vocab_size": tokenizer.vocab_size, "elapsed_s": elapsed_s}))
    else:
        print(f"{out}: {tokenizer.vocab_size:,} pieces ({config.type}), {elapsed_s:.1f} s")
    return 0


def _show_progress(fraction: float) -> None:
    if sys.stderr.isatty():
        bar = "━" * round(24 * fraction) + "─" * (24 - round(24 * fraction))
        print(f"\r\x1b[K{bar} {fraction:.0%}", end="", file=sys.stderr, flush=True)
