"""`playground score`: how surprising a text is to a run's model."""

import json
import sys
from pathlib import Path

from playground.commands.opening import open_model


def score(run: str, file: Path, step: int, as_json: bool) -> int:
    """Write loss, perplexity and bits per byte of a text file; returns the exit code.

    Raises:
        TextError: the file is no text, or too short.
        RunError, TokenizerError: as `open_model`.
    """
    from playground.engine.text.corpus import read_corpus

    corpus = read_corpus(str(file))
    model, tokenizer, step = open_model(run, step)
    import torch

    from playground.engine.insight.surprise import surprise

    ids = tokenizer.encode(corpus.text)
    found = surprise(model, torch.from_numpy(ids), tokenizer.n_bytes(ids[1:].tolist()), _show_progress)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if as_json:
        values = {"loss": found.loss, "perplexity": found.perplexity, "bits_per_byte": found.bits_per_byte}
        print(json.dumps({**values, "n_tokens": len(ids), "step": step}))
    else:
        print(f"loss {found.loss:.4f} nats per token over {len(ids) - 1:,} tokens")
        print(f"perplexity {found.perplexity:.2f}")
        print(f"{found.bits_per_byte:.4f} bits per byte")
    return 0


def _show_progress(fraction: float) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{fraction:.0%}", end="", file=sys.stderr, flush=True)
