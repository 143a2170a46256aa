"""`playground attention-cost`: time and memory of fused and explicit attention over longer and longer contexts."""

import dataclasses
import json
import sys

from playground.commands.opening import find_run
from playground.contract.attention_cost_messages import TOO_LONG, AttentionCost, AttentionShape
from playground.contract.config import RunConfig
from playground.contract.presets import preset

_COLUMNS = f"{'':8}{'forward, ms':^20}{'with backward, ms':^20}{'forward, MB':^20}{'with backward, MB':^20}"


def attention_cost(preset_name: str, run: str, longest: int, as_json: bool) -> int:
    """Measure the attention of a preset's or a run's model, and write a line per length; returns the exit code.

    Raises:
        RunError, ConfigError: no such run or preset; a model that cannot be built; no length at all.
    """
    config = find_run(run).config() if run else preset(preset_name).applied_to(RunConfig())
    shape = AttentionShape.of(config.model)
    from playground.engine.insight.attention_cost import AttentionCosts, Limits, device_name, measuring_device

    device = measuring_device()
    costs = AttentionCosts(shape, device, _show_progress, Limits(longest=longest))
    rows = []
    if not as_json:
        _print_head(shape, device_name(device))
    for row in costs:
        rows.append(row)
        _clear_progress()
        if not as_json:
            _print_row(row)
    if as_json:
        found = {"shape": dataclasses.asdict(shape), "device": device_name(device), "stopped": costs.stopped}
        print(json.dumps({**found, "rows": [dataclasses.asdict(row) for row in rows]}))
        return 0
    if rows:
        print(f"Same numbers: largest difference {max(row.largest_difference for row in rows):.0e}")
    if costs.stopped:
        why = "would take too long" if costs.stopped == TOO_LONG else "needs more memory than is free"
        print(f"Not measured up to {longest:,} tokens: the next length {why}.")
    return 0


def _print_head(shape: AttentionShape, device: str) -> None:
    heads = f"{shape.n_heads} heads of {shape.d_head}"
    if shape.n_kv_heads != shape.n_heads:
        heads += f", {shape.n_kv_heads} key heads"
    mask = "causal" if shape.is_causal else "both directions"
    print(f"One attention layer, {heads}, {mask}{', ALiBi' if shape.has_bias else ''}, one sequence, on {device}")
    print(_COLUMNS.rstrip())
    print(f"{'tokens':>8}" + f"{'fused':>10}{'explicit':>10}" * 4)


def _print_row(row: AttentionCost) -> None:
    ways = (row.fused, row.explicit)
    times = [way.forward_ms for way in ways] + [way.training_ms for way in ways]
    sizes = [way.forward_bytes for way in ways] + [way.training_bytes for way in ways]
    cells = [f"{value:>10,.2f}" for value in [*times, *(size / 1e6 for size in sizes)]]
    print(f"{row.n_tokens:>8,}" + "".join(cells), flush=True)


def _show_progress(n_tokens: int, share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{n_tokens:,} tokens, {share:.0%}", end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
