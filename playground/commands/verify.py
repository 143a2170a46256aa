"""`playground verify`: whether a run can go on exactly, proven by training its last stretch again."""

import dataclasses
import json
import sys
import time

import torch

from playground.commands.opening import find_run
from playground.engine.training import verification

_TELL_EVERY_S = 0.1


def verify(name: str, as_json: bool) -> int:
    """Say whether all numbers are equal, and which is the first that is not; returns the exit code, 1 if one differs.

    As JSON lines: how far it is, some times a second, and at last the finding.

    Raises:
        PlaygroundError: as `verification.verify`.
    """
    run = find_run(name)
    origin = verification.origin_of(run)
    if origin.n_threads:
        torch.set_num_threads(origin.n_threads)
    progress = _Progress(as_json)
    found = verification.verify(run, progress.report)
    progress.end()
    if as_json:
        print(json.dumps(dataclasses.asdict(found)), flush=True)
        return 1 if found.difference else 0
    again = f"Steps {found.first_step + 1:,} to {found.last_step:,} were trained again"
    if found.difference:
        print(f"{again}. {found.difference}")
        return 1
    print(f"{again}: all {found.n_compared:,} numbers are equal bit for bit.")
    return 0


class _Progress:
    """A line that renews itself on a terminal, or a JSON object now and then."""

    def __init__(self, as_json: bool) -> None:
        self._as_json, self._is_terminal = as_json, sys.stderr.isatty()
        self._told_at = 0.0

    def report(self, first: int, step: int, last: int) -> None:
        now = time.monotonic()
        if now - self._told_at < _TELL_EVERY_S:
            return
        self._told_at = now
        if self._as_json:
            print(json.dumps({"first": first, "step": step, "last": last}), flush=True)
        elif self._is_terminal:
            print(f"\r\x1b[Kstep {step:,} of {first:,} to {last:,}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._is_terminal and not self._as_json:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
