"""`playground runs`: the runs in a folder."""

import json
import math
from pathlib import Path
from typing import Any

from playground import places
from playground.contract.config import RunConfig
from playground.contract.errors import PlaygroundError
from playground.contract.run_directory import RunDirectory, find_runs
from playground.contract.run_notes import notes_hint
from playground.ui.state.best_loss import BestLoss
from playground.ui.state.run_origin import read_origin
from playground.ui.visible_text import visible


def runs(folder: Path | None, as_json: bool) -> int:
    """Write one line per run: name, state, step, validation loss, text; returns the exit code."""
    folder = folder or places.runs_folder()
    rows = [_row(run) for run in find_runs(folder)]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    if not rows:
        print(f"No runs in {folder}. Make one: playground train {folder / 'my-run'} --preset tiny")
        return 0
    width = max(len(visible(row["name"])) for row in rows)
    for row in rows:
        if row["problem"]:
            print(f"{visible(row['name']):<{width}}  {visible(row['problem'])}")
            continue
        loss = "" if row["validation_loss"] is None else f"{row['validation_loss']:.4f}"
        steps = f"{row['step']:,}/{row['max_steps']:,}"
        print(f"{visible(row['name']):<{width}}  {row['state']:<11}  {steps:>15}  {loss:>7}  {visible(row['source'])}")
    return 0


def _row(run: RunDirectory) -> dict[str, Any]:
    row: dict[str, Any] = {"name": run.name, "path": str(run.path), "problem": ""}
    try:
        config, status = run.config(), run.status()
        row |= {"state": run.state(), "step": status.step, "max_steps": status.max_steps or config.training.max_steps}
        row |= {"source": config.data.source, "validation_loss": _last_validation_loss(run), "kind": config.model.kind}
        row |= _best(run) | {"note": notes_hint(run.path), "from": _origin(run, config)}
    except PlaygroundError as error:
        row["problem"] = str(error)
    return row


def _best(run: RunDirectory) -> dict[str, Any]:
    """The lowest validation loss and its step; None where nothing was evaluated."""
    best = BestLoss(run.metrics_path)
    while not best.is_complete:
        best.read()
    is_known = not math.isnan(best.nats)
    return {"best_validation_loss": best.nats if is_known else None, "best_step": best.step if is_known else None}


def _origin(run: RunDirectory, config: RunConfig) -> dict[str, Any] | None:
    """What its model comes from; None if it began at random."""
    origin = read_origin(run, config)
    return {"source": origin.source, "step": origin.step, "how": origin.how} if origin else None


def _last_validation_loss(run: RunDirectory) -> float | None:
    tail, last = run.metrics_tail(), None
    while lines := tail.read():
        for line in lines:
            last = _number(line.get("validation_loss"), last)
    return last


def _number(value: object, former: float | None) -> float | None:
    """A loss as the trainer writes it, "inf" and "nan" as text; anything else is damage, and the former one stays."""
    try:
        return float(value) if isinstance(value, int | float | str) else former
    except (ValueError, OverflowError):
        return former
