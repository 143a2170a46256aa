"""`playground quantize` and `playground merge`: a new run made from a run's model."""

import dataclasses
import json
import sys
from pathlib import Path

from playground.commands.opening import find_run, pick_step


def quantize(name: str, step: int, bits: int, to: Path, as_json: bool) -> int:
    """Write the model in fewer bits as a run of its own, and say what that costs; returns the exit code.

    Raises:
        RunError, TextError, StorageError: as the engine.
    """
    from playground.engine.exchange.derived import compared, quantized_run

    run = find_run(name)
    step = pick_step(run, step)
    small = quantized_run(run, step, bits, to)

    def report(phase: str, progress: float) -> None:
        if sys.stderr.isatty():
            print(f"\r\x1b[K{phase} {progress:.0%}", end="", file=sys.stderr, flush=True)

    rows = compared([("before", run, step), (f"int{bits}", small, step)], report)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if as_json:
        print(json.dumps([dataclasses.asdict(row) for row in rows]))
        return 0
    print(f"{'':8}{'size':>12}{'perplexity':>14}{'tokens/s':>12}")
    for row in rows:
        speed = f"{row.tokens_per_s:,.0f}" if row.tokens_per_s else "-"
        print(f"{row.name:8}{row.size_bytes / 1e6:>9,.2f} MB{row.perplexity:>14.4f}{speed:>12}")
    before, after = rows
    change = after.perplexity / before.perplexity - 1
    print(f"{after.size_bytes / before.size_bytes:.0%} of the size, perplexity {change:+.2%}: {small.path}")
    return 0


def merge(name: str, step: int, to: Path) -> int:
    """Write a run with adapters as a plain model; returns the exit code.

    Raises:
        RunError, StorageError: as the engine.
    """
    from playground.engine.exchange.derived import merged_run

    run = find_run(name)
    print(merged_run(run, pick_step(run, step), to).path)
    return 0
